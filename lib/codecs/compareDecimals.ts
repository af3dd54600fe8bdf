import type { Decimal } from './Decimal.js'
import { decimalParts } from './decimalParts.js'

/** A decimal as sign, digits without zeros around them, and the place of the point before the first of them. */
interface Parts {
  readonly sign: number
  readonly magnitude: number
  readonly digits: string
}

const ZERO = 48

const parts = (text: Decimal): Parts => {
  const { isNegative, digits: all, fraction, exponent } = decimalParts(text)
  let start = 0
  let end = all.length
  while (all.charCodeAt(start) === ZERO) start++
  while (end > start && all.charCodeAt(end - 1) === ZERO) end--
  return {
    sign: start === all.length ? 0 : isNegative ? -1 : 1,
    magnitude: all.length - start - fraction + exponent,
    digits: all.slice(start, end),
  }
}

const exactly = (a: Parts, b: Parts): number => {
  if (a.sign !== b.sign) return a.sign - b.sign
  if (a.magnitude !== b.magnitude && a.sign !== 0) return a.sign * (a.magnitude - b.magnitude)
  return a.digits === b.digits ? 0 : a.digits < b.digits ? -a.sign : a.sign
}

/**
 * Compares two decimals by value: negative where `a` is less, 0 where they are equal (`4.00` and `4.0`), else positive.
 * Numbers decide where they differ; where they are equal the texts do, however many digits they have.
 */
export const compareDecimals = (a: Decimal, b: Decimal): number => {
  if (a === b) return 0
  const difference = Number(a) - Number(b)
  return difference > 0 || difference < 0 ? difference : exactly(parts(a), parts(b))
}
