/** Half of the digits of a number below 2^50, in base 2. */
const HALF = 2 ** 25
const BITS = 25n
/** Up to there products may be added without an error. */
const MOST = 2 ** 52

/** The sum of the first `count` numbers of a list, exactly: whole numbers below 10^15. */
export const sumOf = (numbers: readonly number[], count: number): bigint => {
  let total = 0n
  let sum = 0
  for (let i = 0; i < count; i++) {
    // There are as many as the count says.
    sum += numbers[i] as number
    if (sum > MOST) {
      total += BigInt(sum)
      sum = 0
    }
  }
  return total + BigInt(sum)
}

/**
 * The sum of the products of the first `count` numbers of two lists, exactly: whole numbers below 10^15, none negative.
 * In two halves, as one would multiply on paper, since big integers take many times as long.
 */
export const sumOfProducts = (left: readonly number[], right: readonly number[], count: number): bigint => {
  let total = 0n
  let [high, middle, low] = [0, 0, 0]
  for (let i = 0; i < count; i++) {
    // There are as many as the count says.
    const [a, b] = [left[i] as number, right[i] as number]
    const [a1, b1] = [Math.floor(a / HALF), Math.floor(b / HALF)]
    const [a0, b0] = [a - a1 * HALF, b - b1 * HALF]
    low += a0 * b0
    middle += a1 * b0 + a0 * b1
    const fromLow = Math.floor(low / HALF)
    low -= fromLow * HALF
    middle += fromLow
    const fromMiddle = Math.floor(middle / HALF)
    middle -= fromMiddle * HALF
    high += a1 * b1 + fromMiddle
    if (high > MOST) {
      total += BigInt(high) << (2n * BITS)
      high = 0
    }
  }
  return total + (BigInt(high) << (2n * BITS)) + (BigInt(middle) << BITS) + BigInt(low)
}
