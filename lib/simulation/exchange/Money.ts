import type { Decimal } from '../../codecs/Decimal.js'
import { exact } from '../../codecs/ExactDecimal.js'

/** An amount of any asset, in hundred-millionths: a whole number, so that arithmetic loses nothing. */
export type Money = bigint

/** Digits behind the point. */
const DIGITS = 8
export const ONE: Money = 10n ** BigInt(DIGITS)

/** Reads an amount; `undefined` for one that is finer than a hundred-millionth. */
export const money = (text: Decimal): Money | undefined => {
  const { units, scale } = exact(text)
  if (scale <= DIGITS) return units * 10n ** BigInt(DIGITS - scale)
  const finer = 10n ** BigInt(scale - DIGITS)
  return units % finer === 0n ? units / finer : undefined
}

/** Writes an amount with so many digits behind the point, the others cut off. */
export const moneyText = (amount: Money, digits = DIGITS): Decimal => {
  const magnitude = amount < 0n ? -amount : amount
  const fraction = (magnitude % ONE).toString().padStart(DIGITS, '0').padEnd(digits, '0').slice(0, digits)
  const sign = amount < 0n ? '-' : ''
  return `${sign}${magnitude / ONE}${digits === 0 ? '' : `.${fraction}`}`
}
