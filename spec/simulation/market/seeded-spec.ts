import { seeded } from '../../../lib/simulation/market/seeded.js'
import { fc, test as property } from '../../property.js'

const some = (seed: number, count = 5) => {
  const random = seeded(seed)
  return Array.from({ length: count }, random)
}

test('says the same after the same seed, in every run', () => {
  expect(some(1).map((x) => x.toFixed(10))).toEqual([
    '0.6270739406',
    '0.0027357212',
    '0.5274470400',
    '0.9810509675',
    '0.9683778982',
  ])
  expect(some(1)).toEqual(some(1))
  expect(some(1)).not.toEqual(some(2))
})

test('only the lower 32 bits of a seed count', () => {
  expect(some(2 ** 32 + 1)).toEqual(some(1))
  expect(some(1.9)).toEqual(some(1))
})

property.prop([fc.integer()], { seed: 1 })('numbers are at least 0 and below 1', (seed) => {
  for (const number of some(seed, 100)) {
    expect(number).toBeGreaterThanOrEqual(0)
    expect(number).toBeLessThan(1)
  }
})

test('they are spread evenly', () => {
  const tenths = Array.from({ length: 10 }, () => 0)
  for (const number of some(7, 100_000)) {
    const tenth = Math.floor(number * 10)
    tenths[tenth] = (tenths[tenth] ?? 0) + 1
  }
  for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(400)
})
