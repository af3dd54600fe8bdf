import { minuteWeight, rateLimit } from '../../../lib/simulation/host/rateLimits.js'

test('weight adds up until the minute ends', () => {
  const spend = minuteWeight()
  expect(spend(5, 60_000)).toEqual({ used: 5, left: 60_000 })
  expect(spend(2, 119_999)).toEqual({ used: 7, left: 1 })
  expect(spend(1, 120_000)).toEqual({ used: 1, left: 60_000 })
})

test('within another span', () => {
  const isTooOften = rateLimit({ most: 1, per: 300 })
  expect([0, 299, 600, 900].map((now) => isTooOften(now))).toEqual([false, true, false, false])
})

test('more than so many within a second', () => {
  const isTooOften = rateLimit({ most: 2, per: 1_000 })
  expect([0, 0, 999, 1_000, 1_998, 2_000].map((now) => isTooOften(now))).toEqual([
    false,
    false,
    true,
    false,
    true,
    false,
  ])
})
