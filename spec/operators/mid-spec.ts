import { of, toArray } from 'rxjs'
import { mid, type Mid } from '../../lib/operators/mid.js'
import { marbles } from '../../lib/testing/marbles.js'
import { operatorCases } from './operatorCases.js'
import { gap, momentOf, stale, synced } from './synced.js'

describe('the fixed list', () =>
  operatorCases(mid(), {
    ...{ a: synced(1), x: { ...momentOf(1), mid: '10.5' } },
    ...{ b: synced(2, '10x1', '12x1'), y: { ...momentOf(2), mid: '11' } },
  }))

test(
  'says what changes, and once that sync is lost',
  marbles(({ cold, expectObservable }) => {
    const states = {
      ...{ a: synced(1), A: synced(2, '10x7', '11x3'), b: synced(3, '10.5x1', '11x1'), g: gap, s: stale },
    }
    const values = {
      ...{ 1: { ...momentOf(1), mid: '10.5' }, 3: { ...momentOf(3), mid: '10.75' }, u: undefined },
    }
    expectObservable(cold('g-a-A-b-g-g-a-s-a|', states).pipe(mid())).toBe('--1---3-u---1-u-1|', values)
  }),
)

test.each([
  ['61685.99000000x1', '61686.00000000x1', '61685.99500000'],
  ['61659.70x1', '61659.81x1', '61659.755'],
  ['61659.70x1', '61659.80x1', '61659.75'],
  ['10x1', '10.001x1', '10.0005'],
  ['0.00000637x1', '0.00000638x1', '0.000006375'],
  ['9007199254740993.1x1', '9007199254740993.3x1', '9007199254740993.2'],
  ['', '11x1', undefined],
  ['10x1', '', undefined],
])('halfway between %s and %s is %s', (bids, asks, expected) => {
  const told: (Mid | undefined)[][] = []
  of(synced(1, bids, asks))
    .pipe(mid(), toArray())
    .subscribe((all) => told.push(all))
  expect(told).toEqual([[{ ...momentOf(1), mid: expected }]])
})
