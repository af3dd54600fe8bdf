import { from } from 'rxjs'
import { notionalBars } from '../../lib/operators/notionalBars.js'
import { barOf, tradeOfOne } from './oneTrade.js'
import { operatorCases } from './operatorCases.js'

const [a, b] = [tradeOfOne(1, '10', '1'), tradeOfOne(2, '11', '2')]

describe('the fixed list', () =>
  operatorCases(notionalBars({ amount: '32' }), { a, b, x: barOf([a], false), y: barOf([a, b], true) }))

test('a bar is over as soon as it holds as much, to the last digit, and no trade is divided', () => {
  const trades = [
    ...[tradeOfOne(1, '0.1', '0.1'), tradeOfOne(2, '0.1', '0.19999999999999999999')],
    ...[tradeOfOne(3, '0.00000000000000000001', '0.1'), tradeOfOne(4, '1000', '1000'), tradeOfOne(5, '0.2', '0.1')],
  ]
  const over: boolean[] = []
  from(trades)
    .pipe(notionalBars({ amount: '0.03' }))
    .subscribe(({ isClosed }) => over.push(isClosed))
  expect(over).toEqual([false, false, true, true, false])
})

test.each([1, '0', '-1', '', 'x', undefined])('an amount of %p is a mistake', (amount) => {
  expect(() => notionalBars({ amount: amount as string })).toThrow(TypeError)
})
