import type { Decimal } from './Decimal.js'

/** What a decimal's text is made of. */
export interface DecimalParts {
  readonly isNegative: boolean
  /** All digits, without the point. */
  readonly digits: string
  /** How many of them stand behind the point. */
  readonly fraction: number
  /** 0 where none is written. */
  readonly exponent: number
}

/** Takes a decimal apart by its places, whatever its length. */
export const decimalParts = (text: Decimal): DecimalParts => {
  const capital = text.indexOf('E')
  const e = capital < 0 ? text.indexOf('e') : capital
  const end = e < 0 ? text.length : e
  const isNegative = text.startsWith('-')
  const start = isNegative || text.startsWith('+') ? 1 : 0
  const dot = text.indexOf('.')
  const point = dot < 0 ? end : dot
  return {
    isNegative,
    digits: text.slice(start, point) + text.slice(point + 1, end),
    fraction: Math.max(0, end - point - 1),
    exponent: e < 0 ? 0 : Number(text.slice(e + 1)),
  }
}
