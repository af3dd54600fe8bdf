import { of } from 'rxjs'
import { imbalance, type Imbalance } from '../../lib/operators/imbalance.js'
import type { BookState } from '../../lib/operators/BookState.js'
import { operatorCases } from './operatorCases.js'
import { gap, momentOf, synced } from './synced.js'

const whole = (bidQuantity: string, askQuantity: string, value: number) => ({
  ...{ bidQuantity, askQuantity, imbalance: value },
})

describe('the fixed list', () =>
  operatorCases(imbalance(2), {
    ...{ a: synced(1), x: { ...momentOf(1), ...whole('1', '1', 0) } },
    ...{ b: synced(2, '10x3', '11x1'), y: { ...momentOf(2), ...whole('3', '1', 0.5) } },
  }))

const told = (levels: number, ...states: readonly BookState[]) => {
  const all: (Imbalance | undefined)[] = []
  of(...states)
    .pipe(imbalance(levels))
    .subscribe((value) => all.push(value))
  return all
}

test.each([
  [1, '10x0.30 9x100', '11x0.1 12x100', '0.30', '0.1', 0.5],
  [2, '10x0.30 9x0.005 8x9', '11x0.1 12x0.2 13x5', '0.305', '0.3', 0.005 / 0.605],
  [9, '10x0.1 9x0.2', '', '0.3', '0', 1],
  [9, '', '10x0.1 11x0.2', '0', '0.3', -1],
  [9, '', '', '0', '0', 0],
  // 1 - 2 / 9007199254740994, to the nearest number
  [1, '10x9007199254740993', '11x1', '9007199254740993', '1', 0.9999999999999998],
])('of %d levels, %s and %s: %s, %s, %d', (levels, bids, asks, bidQuantity, askQuantity, value) => {
  expect(told(levels, synced(1, bids, asks))).toEqual([{ ...momentOf(1), ...whole(bidQuantity, askQuantity, value) }])
})

test('says nothing of levels beyond, says what changes, and once that sync is lost', () => {
  const states = [synced(1, '10x1 9x1'), synced(2, '10x1 9x5'), synced(3, '10x2 9x5'), gap, gap, synced(4, '10x2')]
  expect(told(1, ...states)).toEqual([
    { ...momentOf(1), ...whole('1', '1', 0) },
    { ...momentOf(3), ...whole('2', '1', 1 / 3) },
    undefined,
    { ...momentOf(4), ...whole('2', '1', 1 / 3) },
  ])
})

test.each([0, -1, 1.5, NaN, Infinity])('%p levels are a mistake', (levels) => {
  expect(() => imbalance(levels)).toThrow(
    new RangeError(`imbalance takes a whole number of levels from 1 on, and got ${levels}`),
  )
})
