import { lotsFor, sweep } from '../../../lib/simulation/market/sweep.js'

const asks = [
  [101, 2],
  [103, 5],
] as const
const bids = [
  [99, 2],
  [97, 5],
] as const

test.each([
  ['BUY', 3, undefined, 3, 2 * 101 + 103],
  ['BUY', 9, undefined, 7, 2 * 101 + 5 * 103],
  ['BUY', 9, 102, 2, 202],
  ['BUY', 9, 100, 0, 0],
  ['SELL', 3, undefined, 3, 2 * 99 + 97],
  ['SELL', 9, 98, 2, 198],
  ['SELL', 9, 100, 0, 0],
] as const)('%s %s at %s', (side, quantity, price, taken, amount) => {
  const order = { side, quantity, ...(price !== undefined && { price }) }
  expect(sweep(side === 'BUY' ? asks : bids, order)).toEqual({ quantity: taken, amount })
})

test.each([
  [100, 0],
  [101, 1],
  [202, 2],
  [304, 2],
  [305, 3],
  [9_999, 7],
])('what %s buys', (budget, lots) => {
  expect(lotsFor(asks, budget)).toBe(lots)
})
