import { isDeepStrictEqual } from 'node:util'
import { parseAll } from '../../lib/parser/parse.js'
import { frame } from '../../lib/Signal.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { rows } from '../fixtures/fixturesOf.js'
import { oracle, type Told } from '../helpers/wireOracle.js'

/** `RUNS=1000000` tries a million frames. */
const runs = Number(process.env['RUNS'] ?? 5_000)
const seed = Number(process.env['SEED'] ?? 1)

/** Numbers below a bound, by a linear congruence: the same for a seed. */
const random = (from: number) => {
  let state = from
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
type Random = ReturnType<typeof random>

const numbers =
  '0 -0 1 -1 1e5 1E+2 1.0 1.5 01 +1 .5 1. - 1e 9007199254740991 9007199254740992 9007199254740993 -9007199254740993 99999999999999 100000000000001 123456789012345678901234567890 1e400 1e-400 0e0 NaN Infinity 0x10'
const texts = [
  ...['""', '"x"', '"1"', '"01"', '"-1.50"', '"1."', '".5"', '"1e5"', '"1e99"', '"1e100"', '"1e999999999"', '"1,5"'],
  ...['"\\u0031"', '"1\\u002e5"', '"\\/"', '"\\x"', '"\\ud800"', '"\ud800"', '"\udc00\ud800"', '"a\nb"', '"a\u0000b"'],
  ...['"\u2028"', '"é"', '"币"', `"${'9'.repeat(400)}"`, `"${'9'.repeat(401)}"`, '"\u007f"', "'1'"],
]
const values = [
  ...numbers.split(' '),
  ...texts,
  ...['null', 'true', 'false', 'True', 'undefined', '[]', '{}', '[["1","2"]]', '[["1","2","3"]]', '[["1"]]', '[[1,2]]'],
  ...['[["1","2"],]', '[["1","1e5"]]', '{"__proto__":1}', '[null]', '{"e":"trade"}'],
]
const characters = [...Array.from(' \n\t\r,:{}[]"\\0-.e'), '\u00a0', '\ufeff', '\u0000', '\u001f', '\ud800', '/', 'x']
const tails = ['}', ' ', '\n', ',', 'x', '\u0000', '\ufeff', '{}', 'null', '"', '}}', ' \t\r\n']

const escaped = (text: string) =>
  Array.from(text, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')

/** Where something stands in a text, one of several. */
const oneOf = (pattern: RegExp, text: string, pick: Random): RegExpExecArray | undefined => {
  const found = [...text.matchAll(pattern)]
  return found[pick(found.length)]
}
const replaced = (text: string, at: number, length: number, by: string) =>
  text.slice(0, at) + by + text.slice(at + length)
const any = <A>(list: readonly A[], pick: Random): A => list[pick(list.length)] as A

const key = /"([A-Za-z_]+)":/g
const value = /(?<=:)("(?:[^"\\]|\\.)*"|-?[0-9][0-9.eE+-]*|true|false|null)/g

type Mutation = (text: string, pick: Random) => string
const mutations: readonly Mutation[] = [
  // Another value.
  (text, pick) => {
    const found = oneOf(value, text, pick)
    return found === undefined ? text : replaced(text, found.index, found[0].length, any(values, pick))
  },
  // A key, a name or a text with escapes.
  (text, pick) => {
    const found = oneOf(/"[^"\\]+"/g, text, pick)
    if (found === undefined) return text
    const at = found.index + 1 + pick(found[0].length - 2)
    return replaced(text, at, 1, escaped(text.charAt(at)))
  },
  // A key said twice, before or after.
  (text, pick) => {
    const found = oneOf(key, text, pick)
    const again = oneOf(key, text, pick)
    if (found === undefined || again === undefined) return text
    return replaced(text, again.index, 0, `"${found[1] ?? ''}":${any(values, pick)},`)
  },
  // A key that nobody asked for.
  (text, pick) => {
    const found = oneOf(key, text, pick)
    const name = any(['__proto__', 'constructor', 'toString', '', 'zz', 'data', 'stream', 'e'], pick)
    return found === undefined ? text : replaced(text, found.index, 0, `"${name}":${any(values, pick)},`)
  },
  // A key less.
  (text, pick) => {
    const found = oneOf(/"[A-Za-z_]+":("[^"]*"|[^,"{}[\]]*),/g, text, pick)
    return found === undefined ? text : replaced(text, found.index, found[0].length, '')
  },
  // Keys in another order.
  (text, pick) => {
    const turned = (part: unknown): unknown => {
      if (Array.isArray(part)) return part.map(turned)
      if (typeof part !== 'object' || part === null) return part
      const entries = Object.entries(part).map(([name, inner]) => [name, turned(inner)] as const)
      const at = pick(entries.length)
      return Object.fromEntries([...entries.slice(at), ...entries.slice(0, at)])
    }
    try {
      const whole = JSON.parse(text) as Readonly<Record<string, unknown>>
      return 'data' in whole ? JSON.stringify({ ...whole, data: turned(whole['data']) }) : text
    } catch {
      return text
    }
  },
  (text, pick) => replaced(text, pick(text.length + 1), 0, any(characters, pick)),
  (text, pick) => replaced(text, pick(text.length), 1, ''),
  (text, pick) => replaced(text, pick(text.length), 1, any(characters, pick)),
  (text, pick) => text.slice(0, pick(text.length)),
  (text, pick) => text + any(tails, pick),
  (text, pick) => any([' ', '\n', '\ufeff', '\u0000', ','], pick) + text,
  (text) => text + text,
  (text) => `[${text}]`,
  (text, pick) => `[${text},${any(frames, pick)}]`,
  // An element that is wrong among others.
  (text, pick) => text.replace('"data":[', () => `"data":[${any(values, pick)},`),
]

const kinds = ['trade', 'bookTicker', 'kline', 'depth', 'markPrices']
const frames = rows.flatMap(([, venue, { kind, text }]) =>
  venue === asterFutures && kinds.includes(kind) && text.startsWith('{"stream"') ? [text] : [],
)

const told = (text: string): readonly Told[] =>
  parseAll(asterFutures)(frame(text, 5)).map((parsed) => {
    if (parsed._tag === 'Left') return parsed.left._tag === 'Ambiguous' ? 'other' : parsed.left._tag
    if (!('kind' in parsed.right)) return 'other'
    const { kind, stream, event } = parsed.right
    return { kind, stream, event }
  })

test('F72 F73 F74 a frame says what JSON.parse and the documents say, however it is written', () => {
  const pick = random(seed)
  let compared = 0
  let good = 0
  for (let run = 0; run < runs; run++) {
    let text = any(frames, pick)
    for (let left = pick(3); left >= 0; left--) text = any(mutations, pick)(text, pick)
    const expected = oracle(text)
    const came = told(text)
    if (expected.includes('other')) continue
    compared++
    if (expected.some((one) => typeof one === 'object')) good++
    if (!isDeepStrictEqual(came, expected)) expect({ text, told: came }).toEqual({ text, told: expected })
  }
  if (runs > 5_000) process.stdout.write(`${runs} frames, ${compared} compared, ${good} with events\n`)
  expect(compared).toBeGreaterThan(0.8 * runs)
  expect(good).toBeGreaterThan(0.2 * runs)
})
