import { from } from 'rxjs'
import { volumeBars } from '../../lib/operators/volumeBars.js'
import { barOf, tradeOfOne } from './oneTrade.js'
import { operatorCases } from './operatorCases.js'

const [a, b] = [tradeOfOne(1, '10', '1.5'), tradeOfOne(2, '11', '1.5')]

describe('the fixed list', () =>
  operatorCases(volumeBars({ volume: '3' }), { a, b, x: barOf([a], false), y: barOf([a, b], true) }))

test('a bar is over as soon as it holds as much, to the last digit, and no trade is divided', () => {
  const quantities = ['0.1', '0.19999999999999999999', '0.00000000000000000001', '5', '0.3', '0.2']
  const over: boolean[] = []
  from(quantities.map((quantity, i) => tradeOfOne(i, '10', quantity)))
    .pipe(volumeBars({ volume: '0.30' }))
    .subscribe(({ isClosed }) => over.push(isClosed))
  expect(over).toEqual([false, false, true, true, true, false])
})

test.each([1, '0', '-1', '', 'x', undefined])('a volume of %p is a mistake', (volume) => {
  expect(() => volumeBars({ volume: volume as string })).toThrow(TypeError)
})
