import type { Decimal } from './Decimal.js'
import { decimalParts } from './decimalParts.js'

const ZERO = 48

/** A decimal number without rounding: `units` × 10^-`scale`. */
export interface ExactDecimal {
  readonly units: bigint
  /** Never below 0. */
  readonly scale: number
}

export const zero: ExactDecimal = { units: 0n, scale: 0 }

const power = (exponent: number): bigint => 10n ** BigInt(exponent)

/** Beyond it, a power of ten is no quantity, and costs seconds. */
const MOST_ZEROS = 1_000

/**
 * Reads a decimal text; exponents are fine.
 *
 * @throws RangeError where the exponent is beyond every quantity's.
 */
export const exact = (text: Decimal): ExactDecimal => {
  const { isNegative, digits, fraction, exponent } = decimalParts(text)
  // F71
  if (!(Math.abs(exponent) <= MOST_ZEROS)) throw new RangeError(`expected a quantity, came an exponent of ${exponent}`)
  const units = BigInt(isNegative ? `-${digits}` : digits)
  const scale = fraction - exponent
  return scale < 0 ? { units: units * power(-scale), scale: 0 } : { units, scale }
}

export const add = (a: ExactDecimal, b: ExactDecimal): ExactDecimal => {
  if (a.scale < b.scale) return add(b, a)
  return { units: a.units + b.units * power(a.scale - b.scale), scale: a.scale }
}

export const multiply = (a: ExactDecimal, b: ExactDecimal): ExactDecimal => ({
  units: a.units * b.units,
  scale: a.scale + b.scale,
})

/** As plain text without an exponent and without zeros at the end: `'3.5'`, `'0'`. */
export const decimalText = ({ units, scale }: ExactDecimal): Decimal => {
  const sign = units < 0n ? '-' : ''
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0')
  const point = digits.length - scale
  let end = digits.length
  while (end > point && digits.charCodeAt(end - 1) === ZERO) end--
  const fraction = digits.slice(point, end)
  return sign + digits.slice(0, point) + (fraction === '' ? '' : `.${fraction}`)
}
