import { byteAt, expected, isAscii, wordAt } from './input.js'
import { cursor, passKey, passValue, type Scan } from './scan.js'
import { eventSource, type WireField, type WireTag } from './WireField.js'

/** Source that is true where a text of ASCII stands at `at + from`. */
const standing = (text: string, from: number): string =>
  expected(text)
    .words.map((word, i) => `wordAt(at + ${from + Math.min(4 * i, text.length - 4)}) === ${word}`)
    .join(' && ')

interface Case {
  readonly key: string
  readonly source: string
}

/** What may stand for a field: nothing, where it is optional. */
interface Place {
  readonly cases: readonly Case[]
  readonly optional: boolean
}

const fieldPlace = ({ key, alias, optional }: WireField, i: number): Place => {
  const read = (one: string) =>
    `if ((v${i} = c${i}(text, at + ${one.length + 3})) === undefined) return undefined; at = cursor.at;`
  if (alias === undefined) return { cases: [{ key, source: read(key) }], optional }
  // Where both names come, `decode` says which one counts.
  const source = (one: string) => `if (v${i} !== undefined) return undefined; ${read(one)}`
  return { cases: [key, alias].map((one) => ({ key: one, source: source(one) })), optional }
}

const tagPlace = ({ e, optional }: WireTag): Place => {
  const source = `if (!(${standing(`"${e}"`, 4)})) return undefined; tagged = true; at += ${e.length + 6};`
  return { cases: [{ key: 'e', source }], optional }
}

/** Source that goes on behind a value: at the next key, or at the end. */
const goOn = 'code = byteAt(at++); if (code === 125) break object; if (code !== 44) return undefined;'

/** Source that reads a key where it stands in the order of the table, which is most venues' own. */
const inOrder = ({ cases, optional }: Place): string =>
  [
    ...cases.map(({ key, source }) => `if (${standing(`"${key}":`, 0)}) { ${source} ${goOn} }`),
    ...(optional ? [] : ['break order;']),
  ].join(' else ')

/** All keys that start with one character: the whole key decides. */
const switchCase = (char: string, cases: readonly Case[]): string =>
  [
    `case ${char.charCodeAt(0)}:`,
    ...cases
      .filter(({ key }) => key.startsWith(char))
      .map(({ key, source }) => `if (${standing(`"${key}":`, 0)}) { ${source} break key; }`),
    'break;',
  ].join('\n')

/** Source that passes over a key that the table does not name, and its value. */
const skipKey = `
  if (!passKey(at) || !passValue(text, cursor.at)) return undefined;
  at = cursor.at;`

/**
 * Turns a table of fields into one straight function from text to event: keys in any order, every value read by its
 * codec's own scan. `undefined` where one of the codecs has none, or a key is not of ASCII.
 *
 * @throws EvalError where the host forbids generated source.
 */
export const compileScan = (fields: readonly WireField[], tag: WireTag | undefined): Scan<unknown> | undefined => {
  const scans = fields.map(({ codec }) => codec.scan)
  if (scans.includes(undefined)) return undefined
  const places = [...(tag ? [tagPlace(tag)] : []), ...fields.map(fieldPlace)]
  const cases = places.flatMap((place) => place.cases)
  if (!cases.every(({ key }) => isAscii(key))) return undefined
  const source = [
    'return (text, at, symbol) => {',
    'if (byteAt(at++) !== 123) return undefined;',
    'let code;',
    `let tagged = ${tag === undefined || tag.optional};`,
    ...fields.map(({ supplied }, i) => `let v${i}${supplied ? ' = symbol' : ''};`),
    'object: {',
    'order: {',
    ...places.map(inOrder),
    '}',
    'for (;;) {',
    'key: {',
    'switch (byteAt(at) === 34 ? byteAt(at + 1) : 0) {',
    ...[...new Set(cases.map(({ key }) => key.charAt(0)))].map((char) => switchCase(char, cases)),
    '}',
    skipKey,
    '}',
    goOn,
    '}',
    '}',
    'if (!tagged) return undefined;',
    ...fields.map(({ optional }, i) => (optional ? '' : `if (v${i} === undefined) return undefined;`)),
    'cursor.at = at;',
    eventSource(fields),
    'return event; }',
  ].join('\n')
  // The source is made of the table alone: nothing that a venue sends gets into it.
  const make = new Function(
    'byteAt',
    'wordAt',
    'cursor',
    'passKey',
    'passValue',
    ...fields.map((_, i) => `c${i}`),
    source,
  ) as (...values: readonly unknown[]) => Scan<unknown>
  return make(byteAt, wordAt, cursor, passKey, passValue, ...scans)
}
