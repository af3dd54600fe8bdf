import { tickBars } from '../../lib/operators/tickBars.js'
import { barOf, tradeOfOne } from './oneTrade.js'
import { operatorCases } from './operatorCases.js'

const [a, b] = [tradeOfOne(1, '10', '1'), tradeOfOne(2, '11', '2')]

describe('the fixed list', () =>
  operatorCases(tickBars({ trades: 2 }), { a, b, x: barOf([a], false), y: barOf([a, b], true) }))

test.each([0, -1, 1.5, NaN, Infinity, '2'])('%p trades are a mistake', (trades) => {
  expect(() => tickBars({ trades: trades as number })).toThrow(
    new TypeError(`tickBars: expected a whole number of trades from 1 on, came ${String(trades)}`),
  )
})
