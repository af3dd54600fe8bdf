import { sumOf, sumOfProducts } from '../../lib/codecs/wholeSums.js'
import { fc, test as prop } from '../property.js'

const numbers = fc.array(
  fc.tuple(fc.integer({ min: 0, max: 999_999_999_999_999 }), fc.integer({ min: 0, max: 999_999_999_999_999 })),
  { maxLength: 200 },
)

prop.prop([numbers, fc.nat(200)], { seed: 1, numRuns: 500 })('sums are those of big integers', (pairs, most) => {
  const count = Math.min(most, pairs.length)
  const [left, right] = [pairs.map(([a]) => a), pairs.map(([, b]) => b)]
  const some = pairs.slice(0, count)
  expect(sumOf(left, count)).toBe(some.reduce((sum, [a]) => sum + BigInt(a), 0n))
  expect(sumOfProducts(left, right, count)).toBe(some.reduce((sum, [a, b]) => sum + BigInt(a) * BigInt(b), 0n))
})

test('the largest of all, many times', () => {
  const most = Array.from({ length: 10_000 }, () => 999_999_999_999_999)
  expect(sumOf(most, 10_000)).toBe(10_000n * 999_999_999_999_999n)
  expect(sumOfProducts(most, most, 10_000)).toBe(10_000n * 999_999_999_999_999n ** 2n)
})
