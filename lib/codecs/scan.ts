import { byteAt, expected, fourDigitsAt, stands } from './input.js'

/**
 * Reads the one JSON value that starts at `at` straight from a text, without building what nobody asked for, and
 * leaves the place behind it in `cursor.at`. It gives `undefined` for whatever is not the plain form that venues send
 * (white space, escapes, exponents) and for anything wrong: then `JSON.parse` and `decode` decide, with their errors.
 * `symbol` is the one in the stream's name, for events that do not say theirs. `text` is the one that was loaded.
 */
export type Scan<A> = (text: string, at: number, symbol?: string) => A | undefined

/**
 * Where the last scan ended, and how many digits stood behind the point of the last number. Scans run one after the other
 * and call nobody else, so one place is enough.
 */
export const cursor = { at: 0, scale: 0 }

const SPACE = 32
const QUOTE = 34
const COMMA = 44
const MINUS = 45
const DOT = 46
const ZERO = 48
const NINE = 57
const COLON = 58
const BRACKET = 91
const BACKSLASH = 92
const END_BRACKET = 93
const LETTER_F = 102
const LETTER_N = 110
const LETTER_T = 116

/** `-`? digits (`.` digits)?: the place behind it, or -1. */
const endOfDecimal = (start: number): number => {
  let at = start
  let code = byteAt(at)
  if (code === MINUS) code = byteAt(++at)
  const whole = at
  while (code >= ZERO && code <= NINE) code = byteAt(++at)
  if (at === whole) return -1
  if (code !== DOT) return at
  const fraction = ++at
  while (fourDigitsAt(at) >= 0) at += 4
  code = byteAt(at)
  while (code >= ZERO && code <= NINE) code = byteAt(++at)
  return at === fraction ? -1 : at
}

/** No double has more digits before its point, or behind it up to its first: what is longer is no quantity. */
export const LONGEST_DECIMAL = 400

/** A decimal in quotes. */
export const scanDecimal: Scan<string> = (text, at) => {
  if (byteAt(at) !== QUOTE) return undefined
  const end = endOfDecimal(at + 1)
  if (end < 0 || byteAt(end) !== QUOTE || end - at - 1 > LONGEST_DECIMAL) return undefined
  cursor.at = end + 1
  return text.slice(at + 1, end)
}

/** A whole number, as long as a number holds it exactly. */
export const scanInteger: Scan<number> = (_, start) => {
  let at = start
  let code = byteAt(at)
  if (code === MINUS) code = byteAt(++at)
  const first = at
  let value = 0
  for (let four = fourDigitsAt(at); four >= 0; four = fourDigitsAt(at)) {
    value = value * 10_000 + four
    at += 4
  }
  code = byteAt(at)
  while (code >= ZERO && code <= NINE) {
    value = value * 10 + (code - ZERO)
    code = byteAt(++at)
  }
  if (at === first || value > Number.MAX_SAFE_INTEGER) return undefined
  if (at - first > 1 && byteAt(first) === ZERO) return undefined
  cursor.at = at
  return first === start ? value : -value
}

/** Passes over a text without escapes: whether there is one. */
const passText = (start: number): boolean => {
  if (byteAt(start) !== QUOTE) return false
  let at = start + 1
  let code = byteAt(at)
  while (code >= SPACE && code !== QUOTE && code !== BACKSLASH) code = byteAt(++at)
  cursor.at = at + 1
  return code === QUOTE
}

/** A text without escapes. */
export const scanText: Scan<string> = (text, start) =>
  passText(start) ? text.slice(start + 1, cursor.at - 1) : undefined

const yes = expected('true')
const no = expected('false')
const none = expected('null')

/** `true` or `false`. */
export const scanFlag: Scan<boolean> = (_, at) => {
  const isTrue = stands(yes, at)
  if (!isTrue && !stands(no, at)) return undefined
  cursor.at = at + (isTrue ? yes : no).length
  return isTrue
}

/** `null`. */
export const scanNull: Scan<null> = (_, at) => {
  if (!stands(none, at)) return undefined
  cursor.at = at + none.length
  return null
}

/** Passes over a key and the `:` behind it: whether there is one. */
export const passKey = (at: number): boolean => passText(at) && byteAt(cursor.at++) === COLON

/** Passes over a value that nobody asked for: nothing nested, because that would be slower than `JSON.parse`. */
export const passValue = (text: string, at: number): boolean => {
  const code = byteAt(at)
  if (code === QUOTE) return passText(at)
  const scan = code === LETTER_N ? scanNull : code === LETTER_T || code === LETTER_F ? scanFlag : scanInteger
  return scan(text, at) !== undefined
}

/** `[`, items with `,` between them, `]`. */
export const scanList = <A>(item: Scan<A>, text: string, start: number): A[] | undefined => {
  if (byteAt(start) !== BRACKET) return undefined
  const values: A[] = []
  let at = start + 1
  if (byteAt(at) === END_BRACKET) {
    cursor.at = at + 1
    return values
  }
  for (;;) {
    const value = item(text, at)
    if (value === undefined) return undefined
    values.push(value)
    const code = byteAt(cursor.at)
    at = cursor.at + 1
    if (code === END_BRACKET) break
    if (code !== COMMA) return undefined
  }
  cursor.at = at
  return values
}

/** `["61686.00","2.29"]` */
export const scanPair: Scan<[string, string]> = (text, at) => {
  if (byteAt(at) !== BRACKET) return undefined
  const first = scanDecimal(text, at + 1)
  if (first === undefined || byteAt(cursor.at) !== COMMA) return undefined
  const second = scanDecimal(text, cursor.at + 1)
  if (second === undefined || byteAt(cursor.at) !== END_BRACKET) return undefined
  cursor.at++
  return [first, second]
}
