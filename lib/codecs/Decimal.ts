import { guarded } from './Codec.js'
import { byteAt } from './input.js'
import { cursor, LONGEST_DECIMAL, scanDecimal } from './scan.js'

const QUOTE = 34

/** By character, because every frame is full of decimals: a regular expression costs twice as much. */
const isDecimal = (u: unknown): u is string => {
  if (typeof u !== 'string' || u.length > LONGEST_DECIMAL) return false // F71
  const end = endOfPlain(u)
  return end === u.length || (end > 0 && endOfExponent(u, end) === u.length)
}

/** `-`? digits (`.` digits)?: the place behind it, or -1. What a scan reads as bytes, of a text of its own. */
const endOfPlain = (text: string): number => {
  let at = 0
  let code = text.charCodeAt(at)
  if (code === 45) code = text.charCodeAt(++at)
  const whole = at
  while (code >= 48 && code <= 57) code = text.charCodeAt(++at)
  if (at === whole) return -1
  if (code !== 46) return at
  const fraction = at + 1
  do code = text.charCodeAt(++at)
  while (code >= 48 && code <= 57)
  return at === fraction ? -1 : at
}

/** `e`, a sign or none, and 1 or 2 digits behind zeros: the place behind it, or -1. A power of ten beyond is no quantity. */
const endOfExponent = (text: string, start: number): number => {
  let at = start
  let code = text.charCodeAt(at)
  if (code !== 101 && code !== 69) return -1
  code = text.charCodeAt(++at)
  if (code === 43 || code === 45) code = text.charCodeAt(++at)
  const first = at
  while (code === 48) code = text.charCodeAt(++at)
  const significant = at
  while (code >= 48 && code <= 57) code = text.charCodeAt(++at)
  return at === first || at - significant > 2 ? -1 : at // F71
}

/**
 * A decimal number as the text that the venue sent, never converted: `'61686.00000000'`; of at most 400 characters, and
 * with an exponent within ±99.
 */
export type Decimal = string
export const Decimal = guarded<Decimal>('Decimal', isDecimal, { scan: scanDecimal })

/** A decimal, or the empty text that some venues send for "none". */
export const DecimalOrEmpty = guarded<Decimal>('Decimal or ""', (u): u is string => u === '' || isDecimal(u), {
  scan: (text, at) => {
    if (byteAt(at) !== QUOTE || byteAt(at + 1) !== QUOTE) return scanDecimal(text, at)
    cursor.at = at + 2
    return ''
  },
})
