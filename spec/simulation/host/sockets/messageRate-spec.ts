import { messageRate } from '../../../../lib/simulation/host/sockets/messageRate.js'

test('within another span', () => {
  const tooOften = messageRate(1, 300)
  expect([0, 299, 600, 900].map(tooOften)).toEqual([false, true, false, false])
})

test('more than so many within a second', () => {
  const tooOften = messageRate(2)
  expect([0, 0, 999, 1_000, 1_998, 2_000].map(tooOften)).toEqual([false, false, true, false, true, false])
})
