import { backoff } from '../../lib/timing/backoff.js'

const waits = (options: Parameters<typeof backoff>[0]) => [1, 2, 3, 4, 5, 6, 7, 8, 1000].map((n) => backoff(options, n))

test('doubles from 500 ms up to 30 s', () => {
  expect(waits({})).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000])
})

test('delay and the longest delay are options', () => {
  expect(waits({ delay: 10, maxDelay: 50 })).toEqual([10, 20, 40, 50, 50, 50, 50, 50, 50])
})

test('chance cuts a wait by up to a half', () => {
  expect(backoff({ random: () => 0 }, 1)).toBe(500)
  expect(backoff({ random: () => 0.5 }, 1)).toBe(375)
  expect(backoff({ random: () => 1 }, 1)).toBe(250)
})
