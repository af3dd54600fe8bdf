import { compareDecimals } from './compareDecimals.js'
import type { Decimal } from './Decimal.js'
import { EXACT } from './decimalNumber.js'

/**
 * Compares two decimals whose numbers are equal: negative where `a` is less, 0 where they are equal, else positive.
 * Those of at most 15 characters are equal without a look at them: their numbers would tell them apart.
 */
export const compareAlike = (a: Decimal, b: Decimal): number =>
  a.length <= EXACT && b.length <= EXACT ? 0 : compareDecimals(a, b)
