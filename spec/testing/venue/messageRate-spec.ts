import { messageRate } from '../../../lib/testing/venue/messageRate.js'

test('more than so many within a second', () => {
  const tooOften = messageRate(2)
  expect([0, 0, 999, 1_000, 1_998, 2_000].map(tooOften)).toEqual([false, false, true, false, true, false])
})
