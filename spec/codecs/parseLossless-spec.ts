import { parseLossless } from '../../lib/codecs/parseLossless.js'
import { fc, test as property } from '../property.js'

const BIG = '1812112568701845504'

test.each([
  ['alone', BIG, BIG],
  ['first', `{"i":${BIG},"s":"x"}`, { i: BIG, s: 'x' }],
  ['last', `{"s":"x","i":${BIG}}`, { s: 'x', i: BIG }],
  ['in an array', `[${BIG},1,${BIG}]`, [BIG, 1, BIG]],
  ['negative', `{"i":-${BIG}}`, { i: `-${BIG}` }],
  ['nested', `{"a":{"b":[{"i":${BIG}}]}}`, { a: { b: [{ i: BIG }] } }],
  ['with white space', `{ "i" :\n ${BIG} }`, { i: BIG }],
  ['2^53', '{"i":9007199254740992}', { i: '9007199254740992' }],
  ['behind a text with quotes', `{"s":"a\\"b:1","i":${BIG}}`, { s: 'a"b:1', i: BIG }],
  ['behind a text that ends in a backslash', `{"s":"a\\\\","i":${BIG}}`, { s: 'a\\', i: BIG }],
  ['beside escapes', `{"s":"\\u5e01\\n\\/","i":${BIG}}`, { s: '币\n/', i: BIG }],
  ['twice under one key', `{"i":1,"i":${BIG}}`, { i: BIG }],
])('a whole number beyond 2^53, %s', (_, text, value) => {
  expect(parseLossless(text)).toEqual(value)
})

test.each([
  ['-8.02e-05', '-8.02e-05'],
  ['0.10', '0.10'],
  ['1E5', '1E5'],
  ['0.12345678901234567890123', '0.12345678901234567890123'],
  ['5', 5],
  ['-1', -1],
  ['0', 0],
  ['9007199254740991', 9007199254740991],
  ['-9007199254740991', -9007199254740991],
])('%s is %j', (text, value) => {
  expect(parseLossless(`{"q":${text}}`)).toEqual({ q: value })
})

test.each([
  `{"i":"${BIG}"}`,
  `{"s":"say: ${BIG}, and [${BIG}] or \\"i\\":${BIG}"}`,
  '{"s":"1.5","n":null,"t":true,"f":false,"a":[],"o":{}}',
  `{"${BIG}":":${BIG}"}`,
])('%s has nothing to lose', (text) => {
  expect(parseLossless(text)).toEqual(JSON.parse(text))
})

test.each([
  '',
  '{',
  `{"i":${BIG}`,
  `{"i":${BIG},}`,
  `{"i":0${BIG}}`,
  '{"q":1.}',
  '{"q":.5}',
  '{"q":1e}',
  `[${BIG}}`,
  `{i:${BIG}}`,
  `{"i":${BIG}} x`,
  '{"q":+1.5}',
  '{"s":"\n","q":1.5}',
])('%j is no JSON', (text) => {
  expect(() => parseLossless(text)).toThrow(SyntaxError)
})

test('a key by the name of a prototype is a key', () => {
  const value = parseLossless(`{"__proto__":{"polluted":${BIG}}}`)
  expect(Object.keys(value as object)).toEqual(['__proto__'])
  expect('polluted' in {}).toBe(false)
})

test('deeper than the stack is still JSON', () => {
  const deep = `{"i":${BIG},"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
  expect(() => parseLossless(deep)).not.toThrow()
})

/** Values as a venue may send them, and the text of each. */
const text = fc.letrec((tie) => ({
  number: fc.oneof(
    fc.bigInt(-(10n ** 20n), 10n ** 20n).map(String),
    fc.integer().map(String),
    fc.tuple(fc.integer({ min: 0, max: 999 }), fc.stringMatching(/^\d{1,20}$/)).map(([a, b]) => `${a}.${b}`),
    fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -20, max: 20 })).map(([a, b]) => `${a}e${b}`),
  ),
  leaf: fc.oneof(
    fc.string({ unit: 'binary' }).map((value) => JSON.stringify(value)),
    fc.constantFrom('true', 'false', 'null'),
  ),
  value: fc.oneof({ depthSize: 'small' }, tie('number'), tie('leaf'), tie('list'), tie('object')),
  list: fc.array(tie('value'), { maxLength: 5 }).map((items) => `[${items.join(',')}]`),
  object: fc.dictionary(fc.string(), tie('value'), { maxKeys: 5 }).map(
    (entries) =>
      `{${Object.entries(entries)
        .map(([key, value]) => `${JSON.stringify(key)}:${String(value)}`)
        .join(',')}}`,
  ),
})).value as fc.Arbitrary<string>

/** Every number as its text. */
const written = (value: unknown): unknown => {
  if (typeof value === 'number') return String(value)
  if (Array.isArray(value)) return value.map(written)
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).map(([key, part]) => [key, written(part)])
  return value
}

property.prop([text], { seed: 1, numRuns: 500 })(
  'every number is there digit for digit, and all else as JSON.parse has it',
  (json) => {
    const quoted = json.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:e-?\d+)?/g, (part) =>
      part.startsWith('"') ? part : `"${part}"`,
    )
    expect(written(parseLossless(json))).toEqual(written(JSON.parse(quoted)))
  },
)

property.prop([text, fc.nat(), fc.constantFrom('', ' ', ',', '"', '{', '}', ']', '0', '.', 'e', '-', '\\', 'x')], {
  seed: 1,
  numRuns: 500,
})('a text is no JSON here where it is none for JSON.parse', (json, place, other) => {
  const at = json.length === 0 ? 0 : place % json.length
  const spoilt = json.slice(0, at) + other + json.slice(at + 1)
  const outcome = (parse: (of: string) => unknown) => {
    try {
      parse(spoilt)
      return 'JSON'
    } catch {
      return 'none'
    }
  }
  expect(outcome(parseLossless)).toBe(outcome(JSON.parse))
})
