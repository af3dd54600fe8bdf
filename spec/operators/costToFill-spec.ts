import { of } from 'rxjs'
import { costToFill, type CostToFill, type CostToFillConfig } from '../../lib/operators/costToFill.js'
import type { BookState } from '../../lib/operators/BookState.js'
import { operatorCases } from './operatorCases.js'
import { gap, momentOf, synced } from './synced.js'

const filled = (
  quantity: string,
  amount: string,
  price: string | undefined,
  worst: string | undefined,
  isFilled = true,
) => ({ quantity, amount, price, worst, isFilled })

describe('the fixed list', () =>
  operatorCases(costToFill({ side: 'buy', quantity: '1' }), {
    ...{ a: synced(1), x: { ...momentOf(1), ...filled('1', '11', '11.0000', '11') } },
    ...{ b: synced(2, '10x1', '12x3'), y: { ...momentOf(2), ...filled('1', '12', '12.0000', '12') } },
  }))

const told = (config: CostToFillConfig, ...states: readonly BookState[]) => {
  const all: (CostToFill | undefined)[] = []
  of(...states)
    .pipe(costToFill(config))
    .subscribe((value) => all.push(value))
  return all
}

const bids = '10.00x0.5 9.50x2.000 9.00x10'
const asks = '10.10x1 10.20x1 10.30x1'

test.each<[CostToFillConfig, ReturnType<typeof filled>]>([
  [{ side: 'buy', quantity: '0.5' }, filled('0.5', '5.050', '10.100000', '10.10')],
  [{ side: 'buy', quantity: '1' }, filled('1', '10.10', '10.100000', '10.10')],
  [{ side: 'buy', quantity: '2.5' }, filled('2.5', '25.450', '10.180000', '10.30')],
  [{ side: 'buy', quantity: '3' }, filled('3', '30.60', '10.200000', '10.30')],
  [{ side: 'buy', quantity: '3.001' }, filled('3', '30.60', '10.200000', '10.30', false)],
  // (10 × 0.5 + 9.5 × 0.25) / 0.75, to the nearest
  [{ side: 'sell', quantity: '0.75' }, filled('0.750', '7.37500', '9.833333', '9.50')],
  [{ side: 'sell', quantity: '12.5' }, filled('12.500', '114.00000', '9.120000', '9.00')],
  [{ side: 'sell', quantity: '13' }, filled('12.500', '114.00000', '9.120000', '9.00', false)],
  // 20 buys 1 at 10.10 and, of the 9.90 that are left, none of the next whole one
  [{ side: 'buy', amount: '20' }, filled('1', '10.10', '10.100000', '10.10')],
  [{ side: 'buy', amount: '20.3' }, filled('2', '20.30', '10.150000', '10.20')],
  [{ side: 'buy', amount: '100' }, filled('3', '30.60', '10.200000', '10.30', false)],
  // 0.5 at 10 brings 5, and 0.021 at 9.50 another 0.1995: 0.022 would bring more than 0.2
  [{ side: 'sell', amount: '5.2' }, filled('0.521', '5.19950', '9.979846', '9.50')],
  [{ side: 'sell', amount: '0.9' }, filled('0', '0', undefined, undefined)],
])('%j of %#', (config, expected) => {
  expect(told(config, synced(1, bids, asks))).toEqual([{ ...momentOf(1), ...expected }])
})

test('a side that is empty fills nothing', () => {
  expect(told({ side: 'buy', quantity: '1' }, synced(1, bids, ''))).toEqual([
    { ...momentOf(1), ...filled('0', '0', undefined, undefined, false) },
  ])
})

test('more levels than are read at first', () => {
  const many = Array.from({ length: 100 }, (_, i) => `${101 + i}x1`).join(' ')
  expect(told({ side: 'buy', quantity: '100' }, synced(1, '', many))).toEqual([
    { ...momentOf(1), ...filled('100', '15050', '150.5000', '200') },
  ])
  expect(told({ side: 'buy', quantity: '16' }, synced(1, '', many))).toEqual([
    { ...momentOf(1), ...filled('16', '1736', '108.5000', '116') },
  ])
})

test('says nothing of levels that are not reached, says what changes, and once that sync is lost', () => {
  const states = [synced(1, '10x1 9x1'), synced(2, '10x1 9x5', '20x1'), synced(3, '10x0.5 9x5'), gap, gap, synced(4)]
  expect(told({ side: 'sell', quantity: '1' }, ...states)).toEqual([
    { ...momentOf(1), ...filled('1', '10', '10.0000', '10') },
    { ...momentOf(3), ...filled('1.0', '9.5', '9.5000', '9') },
    undefined,
    { ...momentOf(4), ...filled('1', '10', '10.0000', '10') },
  ])
})

test.each<[string, unknown]>([
  ["side: expected 'buy' or 'sell', came BUY", { side: 'BUY', quantity: '1' }],
  ["quantity: expected a decimal above 0 as a text, as '1.5', came 1", { side: 'buy', quantity: 1 }],
  ["quantity: expected a decimal above 0 as a text, as '1.5', came 0", { side: 'buy', quantity: '0' }],
  ["quantity: expected a decimal above 0 as a text, as '1.5', came undefined", { side: 'buy' }],
  ["amount: expected a decimal above 0 as a text, as '1.5', came -1", { side: 'buy', amount: '-1' }],
])('%s', (message, config) => {
  expect(() => costToFill(config as CostToFillConfig)).toThrow(new TypeError(`costToFill: ${message}`))
})
