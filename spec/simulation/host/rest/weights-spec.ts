import { weights } from '../../../../lib/simulation/host/rest/weights.js'

test('weight adds up until the minute ends', () => {
  const spend = weights()
  expect(spend(5, 60_000)).toEqual({ used: 5, left: 60_000 })
  expect(spend(2, 119_999)).toEqual({ used: 7, left: 1 })
  expect(spend(1, 120_000)).toEqual({ used: 1, left: 60_000 })
})
