import { of } from 'rxjs'
import { depthWithin, type DepthWithin, type DepthWithinConfig } from '../../lib/operators/depthWithin.js'
import type { BookState } from '../../lib/operators/BookState.js'
import { operatorCases } from './operatorCases.js'
import { gap, momentOf, synced } from './synced.js'

type Side = readonly [quantity: string, amount: string, levels: number]
const depth = ([bidQuantity, bidAmount, bidLevels]: Side, [askQuantity, askAmount, askLevels]: Side) => ({
  ...{ bidQuantity, bidAmount, bidLevels, askQuantity, askAmount, askLevels },
})
const none: Side = ['0', '0', 0]

describe('the fixed list', () =>
  operatorCases(depthWithin({ distance: '1' }), {
    ...{ a: synced(1), x: { ...momentOf(1), ...depth(['1', '10', 1], ['1', '11', 1]) } },
    ...{ b: synced(2, '10x2', '11x1'), y: { ...momentOf(2), ...depth(['2', '20', 1], ['1', '11', 1]) } },
  }))

const told = (config: DepthWithinConfig, ...states: readonly BookState[]) => {
  const all: (DepthWithin | undefined)[] = []
  of(...states)
    .pipe(depthWithin(config))
    .subscribe((value) => all.push(value))
  return all
}

const bids = '99.50x1.5 99.00x2 98.99x4 50x1'
const asks = '100.50x0.25 101.00x1 101.01x3'

test.each<[DepthWithinConfig, Side, Side]>([
  // Halfway is 100.
  [{ distance: '0.49' }, ['0.0', '0.000', 0], ['0.00', '0.0000', 0]],
  [{ distance: '0.5' }, ['1.5', '149.250', 1], ['0.25', '25.1250', 1]],
  [{ distance: '1' }, ['3.5', '347.250', 2], ['1.25', '126.1250', 2]],
  [{ distance: '1.009999999999999999999' }, ['3.5', '347.250', 2], ['1.25', '126.1250', 2]],
  [{ distance: '1.01' }, ['7.5', '743.210', 3], ['4.25', '429.1550', 3]],
  [{ distance: '1000' }, ['8.5', '793.210', 4], ['4.25', '429.1550', 3]],
  [{ basisPoints: '49.9' }, ['0.0', '0.000', 0], ['0.00', '0.0000', 0]],
  [{ basisPoints: '50' }, ['1.5', '149.250', 1], ['0.25', '25.1250', 1]],
  [{ basisPoints: '100' }, ['3.5', '347.250', 2], ['1.25', '126.1250', 2]],
])('%j', (config, bid, ask) => {
  expect(told(config, synced(1, bids, asks))).toEqual([{ ...momentOf(1), ...depth(bid, ask) }])
})

test('more levels than are read at first', () => {
  const many = Array.from({ length: 100 }, (_, i) => `${101 + i}x1`).join(' ')
  // Halfway is 100.5.
  expect(told({ distance: '49.5' }, synced(1, '100x1', many))).toEqual([
    { ...momentOf(1), ...depth(['1', '100', 1], ['50', '6275', 50]) },
  ])
})

test('where a side is empty nothing is within any distance', () => {
  expect(told({ distance: '1' }, synced(1, '10x1', ''))).toEqual([{ ...momentOf(1), ...depth(none, none) }])
})

test('says nothing of levels beyond, says what changes, and once that sync is lost', () => {
  const states = [synced(1, '10x1 5x1'), synced(2, '10x1 5x7'), synced(3, '10x1 9.5x1'), gap, gap, synced(4)]
  expect(told({ distance: '1' }, ...states)).toEqual([
    { ...momentOf(1), ...depth(['1', '10', 1], ['1', '11', 1]) },
    { ...momentOf(3), ...depth(['2', '19.5', 2], ['1', '11', 1]) },
    undefined,
    { ...momentOf(4), ...depth(['1', '10', 1], ['1', '11', 1]) },
  ])
})

test.each<[string, unknown]>([
  ["distance: expected a decimal above 0 as a text, as '1.5', came 1", { distance: 1 }],
  ["distance: expected a decimal above 0 as a text, as '1.5', came undefined", {}],
  ["basisPoints: expected a decimal above 0 as a text, as '1.5', came 0", { basisPoints: '0' }],
])('%s', (message, config) => {
  expect(() => depthWithin(config as DepthWithinConfig)).toThrow(new TypeError(`depthWithin: ${message}`))
})
