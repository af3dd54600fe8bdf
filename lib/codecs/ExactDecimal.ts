import type { Decimal } from './Decimal.js'

/** A decimal number without rounding: `units` × 10^-`scale`. */
export interface ExactDecimal {
  readonly units: bigint
  /** Never below 0. */
  readonly scale: number
}

export const zero: ExactDecimal = { units: 0n, scale: 0 }

const power = (exponent: number): bigint => 10n ** BigInt(exponent)

/** Reads a decimal text; exponents are fine. */
export const exact = (text: Decimal): ExactDecimal => {
  const [mantissa = '', exponent = '0'] = text.split(/[eE]/)
  const [whole = '', fraction = ''] = mantissa.split('.')
  const units = BigInt(whole + fraction)
  const scale = fraction.length - Number(exponent)
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
  const fraction = digits.slice(point).replace(/0+$/, '')
  return sign + digits.slice(0, point) + (fraction === '' ? '' : `.${fraction}`)
}
