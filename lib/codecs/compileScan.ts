import { cursor, scanFlag, scanInteger, scanNull, scanText, type Scan } from './scan.js'
import { eventSource, type WireField, type WireTag } from './WireField.js'

/** Passes over a value that no field asked for: nothing nested, because that would be slower than `JSON.parse`. */
const skip = (text: string, at: number): boolean =>
  [scanText, scanInteger, scanFlag, scanNull].some((scan) => scan(text, at) !== undefined)

/** Source that is true where `expected` stands at `at + from`. */
const stands = (expected: string, from: number): string =>
  Array.from(expected, (char, i) => `text.charCodeAt(at + ${from + i}) === ${char.charCodeAt(0)}`).join(' && ')

interface Case {
  readonly key: string
  readonly source: string
}

const fieldCases = ({ key, alias }: WireField, i: number): readonly Case[] => {
  const read = (one: string) =>
    `if ((v${i} = c${i}(text, at + ${one.length + 3})) === undefined) return undefined; at = cursor.at;`
  if (alias === undefined) return [{ key, source: read(key) }]
  // Where both names come, `decode` says which one counts.
  return [key, alias].map((one) => ({ key: one, source: `if (v${i} !== undefined) return undefined; ${read(one)}` }))
}

const tagCase = ({ e }: WireTag): Case => ({
  key: 'e',
  source: `if (!(${stands(`"${e}"`, 4)})) return undefined; tagged = true; at += ${e.length + 6};`,
})

/** All keys that start with one character: the rest of the key decides. */
const switchCase = (char: string, cases: readonly Case[]): string =>
  [
    `case ${char.charCodeAt(0)}:`,
    ...cases
      .filter(({ key }) => key.startsWith(char))
      .map(({ key, source }) => `if (${stands(`${key.slice(1)}":`, 2)}) { ${source} break key; }`),
    'break;',
  ].join('\n')

/** Source that passes over a key that the table does not name, and its value. */
const skipKey = `
  if (text.charCodeAt(at) !== 34 || readText(text, at) === undefined || text.charCodeAt(cursor.at) !== 58) return undefined;
  if (!skip(text, cursor.at + 1)) return undefined;
  at = cursor.at;`

/**
 * Turns a table of fields into one straight function from text to event: keys in any order, every value read by its
 * codec's own scan. `undefined` where one of the codecs has none.
 *
 * @throws EvalError where the host forbids generated source.
 */
export const compileScan = (fields: readonly WireField[], tag: WireTag | undefined): Scan<unknown> | undefined => {
  const scans = fields.map(({ codec }) => codec.scan)
  if (scans.includes(undefined)) return undefined
  const cases = [...fields.flatMap(fieldCases), ...(tag ? [tagCase(tag)] : [])]
  const source = [
    'return (text, at, symbol) => {',
    'if (text.charCodeAt(at++) !== 123) return undefined;',
    `let tagged = ${tag === undefined || tag.optional};`,
    ...fields.map(({ supplied }, i) => `let v${i}${supplied ? ' = symbol' : ''};`),
    'for (;;) {',
    'key: {',
    'switch (text.charCodeAt(at) === 34 ? text.charCodeAt(at + 1) : 0) {',
    ...[...new Set(cases.map(({ key }) => key.charAt(0)))].map((char) => switchCase(char, cases)),
    '}',
    skipKey,
    '}',
    'const code = text.charCodeAt(at++);',
    'if (code === 125) break;',
    'if (code !== 44) return undefined;',
    '}',
    'if (!tagged) return undefined;',
    ...fields.map(({ optional }, i) => (optional ? '' : `if (v${i} === undefined) return undefined;`)),
    'cursor.at = at;',
    eventSource(fields),
    'return event; }',
  ].join('\n')
  // The source is made of the table alone: nothing that a venue sends gets into it.
  const make = new Function('cursor', 'readText', 'skip', ...fields.map((_, i) => `c${i}`), source) as (
    ...values: readonly unknown[]
  ) => Scan<unknown>
  return make(cursor, scanText, skip, ...scans)
}
