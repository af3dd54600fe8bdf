import { byteAt, fourDigitsAt, load } from './input.js'
import { cursor } from './scan.js'

const DOT = 46
const ZERO = 48
const NINE = 57

/** So many digits fit into a whole number of 32 bits. */
const FEW = 9
/** The most digits behind the point, so that two counts fit into a byte that is not 255. */
const MOST_SCALE = 14
/** A decimal whose digits make a number below it is told from every other such one by its own number. */
const EXACT = 1e15

const powers = Float64Array.from({ length: FEW + 1 }, (_, exponent) => 10 ** exponent)

/**
 * Reads the decimal that starts at `at`, where `Number` and `toFixed` lead from its text to a number and back: no sign,
 * no exponent, no zero before other digits, at most 14 digits behind the point, and at most 15 digits that count. It
 * leaves the digits behind the point in `cursor.scale` and the place behind the decimal in `cursor.at`. NaN for others.
 */
export const scanNumber = (text: string, start: number): number => {
  let at = start
  let code = byteAt(at)
  let whole = 0
  while (code >= ZERO && code <= NINE) {
    whole = (whole * 10 + (code - ZERO)) | 0
    code = byteAt(++at)
  }
  const digits = at - start
  let part = 0
  let scale = 0
  if (code === DOT) {
    const first = ++at
    for (let four = fourDigitsAt(at); four >= 0; four = fourDigitsAt(at)) {
      part = (part * 10_000 + four) | 0
      at += 4
    }
    code = byteAt(at)
    while (code >= ZERO && code <= NINE) {
      part = (part * 10 + (code - ZERO)) | 0
      code = byteAt(++at)
    }
    scale = at - first
    if (scale === 0) return NaN
  }
  if (digits === 0 || (digits > 1 && byteAt(start) === ZERO)) return NaN
  cursor.at = at
  cursor.scale = scale
  if (digits > FEW || scale > FEW) return longNumber(text.slice(start, at), scale)
  if (part === 0) return whole
  // The digits and the power are exact, so that one division rounds once.
  const power = powers[scale] as number
  const units = whole * power + part
  return units < EXACT ? units / power : NaN
}

const longNumber = (text: string, scale: number): number => {
  const number = Number(text)
  const isExact = number * 10 ** scale < EXACT || (number < EXACT && /\.0+$/.test(text))
  return scale <= MOST_SCALE && isExact ? number : NaN
}

/** The same of a whole text. */
export const plainNumber = (text: string): number => {
  if (!load(text)) return NaN
  const number = scanNumber(text, 0)
  return cursor.at === text.length ? number : NaN
}
