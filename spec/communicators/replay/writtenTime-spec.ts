import { writtenTime, type Prefix } from '../../../lib/communicators/replay/writtenTime.js'
import { fc, test as property } from '../../property.js'

const read = (format: Prefix, text: string) => {
  const bytes = Buffer.from(`..${text}..`)
  return writtenTime(format)(bytes, 2, bytes.length - 2)
}

test.each<[Prefix, string, number]>([
  ['ns', '1723161253937085768', 1723161253937.0858],
  ['ns', '5', 0.000005],
  ['ns', '0', 0],
  ['us', '1723161253937085', 1723161253937.085],
  ['us', '1723161253937085.5', 1723161253937.0855],
  ['ms', '1723161253937', 1723161253937],
  ['ms', '1723161253937.0857', 1723161253937.0857],
  ['ms', '1723161253937.08576812345', 1723161253937.0857],
  ['ms', '0', 0],
  ['ms', '0.1', 0.1],
  ['ms', '1e-7', 1e-7],
  ['ms', '1.5e-7', 1.5e-7],
  ['ms', '253402300799999', 253402300799999],
  ['s', '1633998512.0633569', 1633998512063.3569],
  ['s', '1633998512', 1633998512000],
  ['s', '0.5', 500],
  ['s', '5000000.5', 5000000500],
  ['iso', '2024-08-08T23:54:13.937085768Z', 1723161253937.0857],
  ['iso', '2024-08-08T23:54:13,5Z', 1723161253500],
  ['iso', '2024-08-08T23:54:13Z', 1723161253000],
  ['iso', '2024-08-08T23:54:13', 1723161253000],
  ['iso', '2024-08-09T01:54:13.25+02:00', 1723161253250],
  ['iso', '2024-08-08T22:54:13-01:00', 1723161253000],
])('%s %s', (format, text, ms) => {
  expect(read(format, text)).toBe(ms)
})

test.each<[Prefix, string]>([
  ['ms', ''],
  ['ms', 'abc'],
  ['ms', '17231612539x7'],
  ['ms', '1723161253937/'],
  ['ms', '1723161253937:'],
  ['ms', '-5'],
  ['ms', '+5'],
  ['ms', ' 5'],
  ['ms', '1723161253937.'],
  ['ms', '.5'],
  ['ms', '1723161253937.1.1'],
  ['ms', '0x10'],
  ['ms', '1e5'],
  ['ms', 'Infinity'],
  ['ms', '1723161253937085'],
  ['ms', '1723161253937085768'],
  ['ms', '253402300800000'],
  ['us', '1723161253937085768'],
  ['ns', '1e-7'],
  ['s', '1723161253937'],
  ['iso', '1723161253937'],
  ['iso', '2024-08-08'],
  ['iso', '2024-08-08 23:54:13Z'],
  ['iso', '2024-13-08T23:54:13Z'],
  ['iso', '2024-08-08T23:54:13.Z'],
  ['iso', '2024-08-08T23:54:13Zx'],
  ['iso', 'x2024-08-08T23:54:13Z'],
])('%s %j is no time', (format, text) => {
  expect(read(format, text)).toBeNaN()
})

const exponents = { s: 3, ms: 0, us: -3, ns: -6 }

property.prop([
  fc.constantFrom<keyof typeof exponents>('s', 'ms', 'us', 'ns'),
  fc.bigInt({ min: 0n, max: 10n ** 15n }),
  fc.option(fc.stringMatching(/^\d{1,10}$/), { nil: undefined }),
])('the number nearest to what is written, whichever way it is read', (format, digits, fraction) => {
  const text = fraction === undefined ? `${digits}` : `${digits}.${fraction}`
  const nearest = Number(`${text}e${exponents[format]}`)
  expect(read(format, text)).toBe(nearest < 253402300800000 ? nearest : NaN)
})

property.prop([fc.double({ min: 0, max: 253402300799999, noNaN: true })])(
  'any number of ms, as its shortest text',
  (ms) => {
    expect(read('ms', String(ms))).toBe(ms === 0 ? 0 : ms)
  },
)
