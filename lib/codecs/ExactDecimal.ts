import { Decimal } from './Decimal.js'
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

export const subtract = (a: ExactDecimal, b: ExactDecimal): ExactDecimal => add(a, { ...b, units: -b.units })

/** Negative where `a` is less, 0 where they are equal, else positive. */
export const compare = (a: ExactDecimal, b: ExactDecimal): number => {
  const { units } = subtract(a, b)
  return units < 0n ? -1 : units > 0n ? 1 : 0
}

/**
 * `a` / `b` with so many digits behind the point: the nearest one, the even one of two that are as near, or, `down`, the
 * nearest towards zero. `b` must not be zero.
 */
export const divide = (a: ExactDecimal, b: ExactDecimal, scale: number, rounding?: 'down'): ExactDecimal => {
  const shift = scale + b.scale - a.scale
  const over = shift < 0 ? a.units : a.units * power(shift)
  const under = shift < 0 ? b.units * power(-shift) : b.units
  const units = over / under
  if (rounding === 'down') return { units, scale }
  const rest = 2n * absolute(over % under) - absolute(under)
  const isUp = rest > 0n || (rest === 0n && units % 2n !== 0n)
  const away = over < 0n === under < 0n ? 1n : -1n
  return { units: isUp ? units + away : units, scale }
}

const absolute = (units: bigint): bigint => (units < 0n ? -units : units)

/**
 * As plain text without an exponent, with as many digits behind the point as it needs, and at least so many:
 * `'3.5'`, `'0'`, or with 3 `'3.500'`, `'0.000'`.
 */
export const decimalText = ({ units, scale }: ExactDecimal, atLeast = 0): Decimal => {
  const sign = units < 0n ? '-' : ''
  const digits = absolute(units)
    .toString()
    .padStart(scale + 1, '0')
  const point = digits.length - scale
  let end = digits.length
  while (end > point + atLeast && digits.charCodeAt(end - 1) === ZERO) end--
  const fraction = digits.slice(point, end).padEnd(atLeast, '0')
  return sign + digits.slice(0, point) + (fraction === '' ? '' : `.${fraction}`)
}

/** Nothing, with as many digits behind the point. */
export const zeroOf = ({ scale }: ExactDecimal): ExactDecimal => ({ units: 0n, scale })

/** With all of its digits, zeros at the end too. */
export const fullText = (value: ExactDecimal): Decimal => decimalText(value, value.scale)

/** Venues write no amount, price times quantity, with more digits behind the point, unless it needs them. */
const AMOUNT_DIGITS = 8

/** An amount as venues write it: with the digits of prices and quantities together, of which zeros beyond 8 are left out. */
export const amountText = (amount: ExactDecimal): Decimal => decimalText(amount, Math.min(amount.scale, AMOUNT_DIGITS))

/** A decimal that somebody gives, above 0. @throws TypeError for everything else. */
export const positive = (what: string, text: unknown): ExactDecimal => {
  const value = Decimal.is(text) ? exact(text) : zero
  if (value.units > 0n) return value
  throw new TypeError(`${what}: expected a decimal above 0 as a text, as '1.5', came ${String(text)}`)
}
