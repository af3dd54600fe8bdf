import { guarded } from './Codec.js'
import { cursor, endOfDecimal, scanDecimal } from './scan.js'

const isExponent = (text: string) => /^[eE][+-]?\d+$/.test(text)

/** By character, because every frame is full of decimals: a regular expression costs twice as much. */
const isDecimal = (u: unknown): u is string => {
  if (typeof u !== 'string') return false
  const end = endOfDecimal(u, 0)
  return end === u.length || (end > 0 && isExponent(u.slice(end)))
}

/** A decimal number as the text that the venue sent, never converted: `'61686.00000000'`. */
export type Decimal = string
export const Decimal = guarded<Decimal>('Decimal', isDecimal, { scan: scanDecimal })

/** A decimal, or the empty text that some venues send for "none". */
export const DecimalOrEmpty = guarded<Decimal>('Decimal or ""', (u): u is string => u === '' || isDecimal(u), {
  scan: (text, at) => {
    if (!text.startsWith('""', at)) return scanDecimal(text, at)
    cursor.at = at + 2
    return ''
  },
})
