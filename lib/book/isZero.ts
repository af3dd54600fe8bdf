import type { Decimal } from '../codecs/Decimal.js'

const MINUS = 45
const POINT = 46
const ZERO = 48
const NINE = 57

/** True for zero in any spelling: `0`, `0.00000000`, `0e-8`. By character: every change of a book asks. */
export const isZero = (decimal: Decimal): boolean => {
  let at = 0
  let code = decimal.charCodeAt(at)
  while (code === ZERO || code === POINT || code === MINUS) code = decimal.charCodeAt(++at)
  return !(code <= NINE)
}
