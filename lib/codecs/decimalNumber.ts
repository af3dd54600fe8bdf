import type { Decimal } from './Decimal.js'

const DOT = 46
const ZERO = 48
const NINE = 57

/** A decimal of at most so many characters is told from every other one by its number. */
export const EXACT = 15

const powers = Array.from({ length: EXACT }, (_, exponent) => 10 ** exponent)

/**
 * The number nearest to a decimal, just as `Number` gives it, in less than half of its time where the text is short:
 * its digits and a power of ten are exact, so one division rounds once.
 */
export const decimalNumber = (text: Decimal): number => {
  const { length } = text
  if (length > EXACT) return Number(text)
  let units = 0
  let behindPoint = length
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at)
    if (code >= ZERO && code <= NINE) units = units * 10 + (code - ZERO)
    else if (code === DOT) behindPoint = at + 1
    else return Number(text)
  }
  // A text of one point has a digit before it, so the exponent is below 15.
  return units / (powers[length - behindPoint] as number)
}
