import { isMany } from '../../lib/codecs/many.js'
import { frame, type Frame } from '../../lib/Signal.js'
import { parse, type Parsed } from '../../lib/parser/parse.js'
import { reader } from '../../lib/parser/reader.js'
import { codecOf } from '../../lib/venues/codecOf.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { router } from '../../lib/venues/router.js'
import { rows } from '../fixtures/fixturesOf.js'
import { open, pathsOf, put, type Json } from '../fixtures/Payload.js'
import { fc, test as property } from '../property.js'

type Class = 'routed' | 'unknown' | 'invalid' | 'control'

const classOf = (parsed: Parsed): Class => {
  if (parsed._tag === 'Right') return 'kind' in parsed.right ? 'routed' : 'control'
  return parsed.left._tag === 'UnknownStream' ? 'unknown' : 'invalid'
}

const futures = rows.filter(([, venue]) => venue === asterFutures).map(([, , { text }]) => text)

const texts: Readonly<Record<Class, fc.Arbitrary<string>>> = {
  routed: fc.constantFrom(...futures),
  control: fc.constantFrom(
    '{"result":null,"id":1}',
    '{"code":0,"msg":"Unknown property"}',
    '{"error":{"code":4,"msg":"Too many"},"id":19}',
  ),
  unknown: fc.oneof(
    fc.constantFrom('null', '[]', '{"e":"news"}', '{"stream":"btcusdt@news","data":{}}', '{"stream":"KEY","data":{}}'),
    fc.string({ minLength: 1 }).map((name) => JSON.stringify({ stream: `${name}@nothing`, data: {} })),
  ),
  invalid: fc.oneof(
    fc.constantFrom(...futures).chain((text) => fc.nat(text.length - 1).map((length) => text.slice(0, length))),
    fc.constantFrom('{"e":"depthUpdate"}', '{"stream":"btcusdt@trade","data":{"e":"trade"}}', '{"e":"MARGIN_CALL"}'),
  ),
}

const mixture = fc.array(
  fc
    .constantFrom<Class>('routed', 'unknown', 'invalid', 'control')
    .chain((wanted) => texts[wanted].map((text) => ({ wanted, text }))),
  { maxLength: 60 },
)

property.prop([mixture], { seed: 1 })('received = routed + unknown + invalid + control', (frames) => {
  const counted = { routed: 0, unknown: 0, invalid: 0, control: 0 }
  const wanted = { routed: 0, unknown: 0, invalid: 0, control: 0 }
  for (const each of frames) {
    counted[classOf(parse(asterFutures)(frame(each.text, 1)))]++
    wanted[each.wanted]++
  }
  expect(counted).toEqual(wanted)
  expect(counted.routed + counted.unknown + counted.invalid + counted.control).toBe(frames.length)
})

property.prop(
  [
    fc.oneof(
      fc.string(),
      fc.json(),
      fc.json().map((data) => `{"stream":"btcusdt@trade","data":${data}}`),
    ),
  ],
  { seed: 1 },
)('any text gives a value of one class, and its own time', (text) => {
  const parsed = parse(asterFutures)(frame(text, 1.5))
  expect(['routed', 'unknown', 'invalid', 'control']).toContain(classOf(parsed))
  if (parsed._tag === 'Left') expect(parsed.left.receivedAt).toBe(1.5)
})

test('a venue is read by one reader', () => {
  expect(reader(asterFutures)).toBe(reader(asterFutures))
})

test('a message says when its frame came', () => {
  const signal: Frame = { _tag: 'Frame', text: futures[0] ?? '', receivedAt: 7.25, source: { id: 'x' }, offset: 3 }
  expect(parse(asterFutures)(signal)).toMatchObject({ right: { receivedAt: 7.25 } })
})

/** What the tables say about a payload, without any short cut. */
const slowly = ([, venue, { kind, stream }]: (typeof rows)[number], text: string): unknown => {
  try {
    const payload = open(text).payload
    const supplied =
      stream.startsWith('bnbbtc@depth5') && typeof payload === 'object' ? put(payload, 's', 'BNBBTC') : payload
    const codec = codecOf(venue, kind)
    const result = codec.decode(supplied)
    if (result._tag === 'Left' && isMany(codec) && Array.isArray(supplied)) {
      const event = supplied.flatMap((item: unknown) => {
        const part = codec.item.decode(item)
        return part._tag === 'Right' ? [part.right] : []
      })
      return event.length > 0 ? { kind, stream, event, receivedAt: 5 } : 'InvalidEvent'
    }
    return result._tag === 'Right' ? { kind, stream, event: result.right, receivedAt: 5 } : 'InvalidEvent'
  } catch {
    return 'NotJson'
  }
}

const quickly = ([, venue]: (typeof rows)[number], text: string): unknown => {
  const parsed = parse(venue)(frame(text, 5))
  return parsed._tag === 'Right' ? parsed.right : parsed.left._tag
}

describe('the short ways say what the tables say', () => {
  const combined = rows.filter(
    ([, venue, { text, stream }]) => text.startsWith('{"stream"') && router(venue)(stream)?.isAccount === false,
  )
  const row = fc.constantFrom(...combined)
  const anything: fc.Arbitrary<Json> = fc.oneof(
    fc.constantFrom<Json>(
      0,
      -0,
      1,
      -1,
      1.5,
      1e21,
      1e-7,
      2 ** 53 - 1,
      2 ** 53,
      -(2 ** 53),
      null,
      true,
      false,
      [],
      {},
      '',
    ),
    fc.constantFrom(
      '1',
      '-1',
      '1.',
      '.5',
      '01',
      '1e5',
      '1E+05',
      '-0.0',
      '1.2.3',
      '--1',
      '+1',
      'é',
      'a"b',
      'a\\b',
      '\n',
      '\u2028',
    ),
    fc.constantFrom<Json>(
      [['1', '2']],
      [['1', '2', '3']],
      [['1']],
      [['1', 2]],
      [[]],
      [['1', '2'], []],
      ['1', '2'],
      [[['1']]],
    ),
    fc.string(),
  )

  property.prop([row, fc.array(fc.tuple(fc.nat(), anything), { minLength: 1, maxLength: 3 })], {
    numRuns: 1500,
    seed: 1,
  })('with other values at some places', (fixture, changes) => {
    const { payload, wrap } = open(fixture[2].text)
    const paths = pathsOf(payload)
    const changed = changes.reduce<Json>((value, [at, other]) => {
      try {
        return put(value, paths[at % paths.length] ?? '', other)
      } catch {
        return value
      }
    }, payload)
    expect(quickly(fixture, wrap(changed))).toEqual(slowly(fixture, wrap(changed)))
  })

  property.prop([row, fc.nat(), fc.nat()], { seed: 1 })('with its keys in another order', (fixture, seed, turn) => {
    const { payload, wrap } = open(fixture[2].text)
    const turned = (value: Json): Json => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
      const entries = Object.entries(value).map(([key, inner]) => [key, turned(inner)] as const)
      const at = (seed + turn) % Math.max(entries.length, 1)
      return Object.fromEntries([...entries.slice(at), ...entries.slice(0, at)].reverse())
    }
    const text = wrap(turned(payload))
    expect(quickly(fixture, text)).toEqual(quickly(fixture, fixture[2].text))
  })

  property.prop(
    [
      row,
      fc.nat(),
      fc.constantFrom(' ', '\n', '\t', '\r', ',', '}', ']', '"', '\\', '0', '-', '.', 'e', '\u00a0', ':'),
    ],
    {
      numRuns: 2000,
      seed: 1,
    },
  )('with one more character somewhere', (fixture, at, character) => {
    const text = fixture[2].text
    const place = at % (text.length + 1)
    const changed = `${text.slice(0, place)}${character}${text.slice(place)}`
    // A name that was hit belongs to another stream, or to none.
    if (place > 0 && place < text.indexOf('"data"') + 7) expect(quickly(fixture, changed)).toEqual(expect.anything())
    else expect(quickly(fixture, changed)).toEqual(slowly(fixture, changed))
  })

  property.prop([row, fc.nat()], { numRuns: 1000, seed: 1 })('with one character less', (fixture, at) => {
    const text = fixture[2].text
    const from = text.indexOf('"data":') + 7
    const place = from + (at % (text.length - from))
    const changed = `${text.slice(0, place)}${text.slice(place + 1)}`
    expect(quickly(fixture, changed)).toEqual(slowly(fixture, changed))
  })

  property.prop([row, fc.nat(), anything], { seed: 1 })(
    'with a key said twice: the last one counts',
    (fixture, at, value) => {
      const { payload, wrap } = open(fixture[2].text)
      if (Array.isArray(payload) || typeof payload !== 'object' || payload === null) return
      const keys = Object.keys(payload)
      const key = keys[at % keys.length] ?? ''
      const text = wrap(payload).replace(/\}\}$/, `,${JSON.stringify(key)}:${JSON.stringify(value)}}}`)
      expect(quickly(fixture, text)).toEqual(slowly(fixture, text))
    },
  )

  test('with escapes in names and values', () => {
    for (const fixture of combined) {
      const escaped = fixture[2].text.replaceAll('"s":"', '"\\u0073":"').replaceAll('USDT"', '\\u0055SDT"')
      expect(quickly(fixture, escaped)).toEqual(quickly(fixture, fixture[2].text))
    }
  })

  test('with a second stream name behind the data', () => {
    const [first] = futures
    const text = (first ?? '').replace(/\}$/, ',"stream":"btcusdt@nothing"}')
    expect(parse(asterFutures)(frame(text, 5))).toMatchObject({
      left: { _tag: 'UnknownStream', stream: 'btcusdt@nothing' },
    })
  })
})
