import { guarded } from './Codec.js'

const DOT = 46
const MINUS = 45
const ZERO = 48
const NINE = 57

/** `-`? digits (`.` digits)? (`e` sign? digits)?, checked by character: a regular expression costs twice as much. */
export const isDecimal = (u: unknown): u is string => {
  if (typeof u !== 'string') return false
  const length = u.length
  let at = u.charCodeAt(0) === MINUS ? 1 : 0
  let digits = 0
  let dots = 0
  for (; at < length; at++) {
    const code = u.charCodeAt(at)
    if (code >= ZERO && code <= NINE) digits++
    else if (code !== DOT || digits === 0 || dots++ > 0) return digits > 0 && isExponent(u, at)
  }
  return digits > 0 && u.charCodeAt(length - 1) !== DOT
}

const isExponent = (text: string, at: number): boolean =>
  text.charCodeAt(at - 1) !== DOT && /^[eE][+-]?\d+$/.test(text.slice(at))

/** A decimal number as the text that the venue sent, never converted: `'61686.00000000'`. */
export type Decimal = string
export const Decimal = guarded<Decimal>('Decimal', isDecimal)

/** A decimal, or the empty text that some venues send for "none". */
export const DecimalOrEmpty = guarded<Decimal>('Decimal or ""', (u): u is string => u === '' || isDecimal(u))
