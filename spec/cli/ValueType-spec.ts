import {
  aCount,
  aDuration,
  anAddress,
  anEscapedText,
  aPace,
  aSize,
  aTime,
  oneOf,
  type ValueType,
} from '../../lib/cli/ValueType.js'

const cases: readonly (readonly [string, ValueType<unknown>, Readonly<Record<string, unknown>>])[] = [
  [
    'a count',
    aCount(1, 10),
    {
      '1': 1,
      '10': 10,
      '0': undefined,
      '11': undefined,
      '1.5': undefined,
      '': undefined,
      '1e1': undefined,
      ' 1': undefined,
    },
  ],
  [
    'a duration, in ms',
    aDuration(),
    {
      '500ms': 500,
      '1.5h': 5_400_000,
      '90s': 90_000,
      '15m': 900_000,
      '1d': 86_400_000,
      '10': undefined,
      '0s': undefined,
      '5 m': undefined,
      '-1s': undefined,
      '1constructor': undefined,
    },
  ],
  ['a duration with a bound', aDuration(60_000), { '1m': 60_000, '61s': undefined }],
  [
    'a size, in bytes',
    aSize,
    { '500': 500, '500k': 500_000, '1.5M': 1_500_000, '2Gi': 2_147_483_648, '1T': undefined, '': undefined },
  ],
  [
    'a time, in ms since 1970',
    aTime,
    {
      '0': 0,
      '1723161630000.5': 1_723_161_630_000.5,
      '2024-08-09': 1_723_161_600_000,
      '2024-08-09T00:00': 1_723_161_600_000,
      '2024-08-09T00:00:30.002': 1_723_161_630_002,
      '2024-08-09T02:00+02:00': 1_723_161_600_000,
      '2024-08-09T00:00:00.123456789Z': 1_723_161_600_123,
      '2024-02-29': 1_709_164_800_000,
      '2023-02-29': undefined,
      '2024-13-01': undefined,
      '2024-08-09T25:00': undefined,
      '9 Aug 2024': undefined,
      yesterday: undefined,
    },
  ],
  [
    'a pace',
    aPace,
    {
      instant: 'instant',
      recorded: 'recorded',
      '10': 10,
      '.5': 0.5,
      '0': undefined,
      '-1': undefined,
      fast: undefined,
      Infinity: undefined,
    },
  ],
  [
    'an address',
    anAddress(['ws', 'wss']),
    {
      'ws://127.0.0.1:1': 'ws://127.0.0.1:1',
      'wss://a/b': 'wss://a/b',
      'http://a': undefined,
      'ws://u:p@a': undefined,
      'ws://a?k=1': undefined,
      'ws://a/b@c': undefined,
      'ws://': undefined,
    },
  ],
  ['a text with escapes', anEscapedText, { '\\r\\n': '\r\n', '\\\\n': '\\n', ';': ';', '': undefined }],
  ['one of a list', oneOf('X', ['a', 'b']), { a: 'a', c: undefined }],
]

test.each(cases)('%s', (_, type, expected) => {
  const found = Object.fromEntries(Object.keys(expected).map((text) => [text, type.read(text)]))
  expect(found).toEqual(expected)
})
