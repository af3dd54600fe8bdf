import { createLags } from '../../../../lib/cli/dashboard/state/lags.js'

test('has no quantile before the first', () => {
  expect(createLags(4).quantile(0.5)).toBeNaN()
})

test('takes quantiles by the nearest rank, of the last ones only', () => {
  const lags = createLags(100)
  // 1 to 100 in another order, after a hundred that are forgotten.
  for (let i = 0; i < 100; i++) lags.add(1e6)
  for (let i = 0; i < 100; i++) lags.add(((i * 37) % 100) + 1)
  expect([0, 0.01, 0.5, 0.99, 1].map(lags.quantile)).toEqual([1, 1, 50, 99, 100])
})

test('a lag below 0 is none', () => {
  const lags = createLags(2)
  lags.add(-5)
  expect(lags.quantile(1)).toBe(0)
})
