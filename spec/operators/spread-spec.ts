import { of, toArray } from 'rxjs'
import { spread, type Spread } from '../../lib/operators/spread.js'
import { marbles } from '../../lib/testing/marbles.js'
import { operatorCases } from './operatorCases.js'
import { gap, momentOf, stale, synced } from './synced.js'

describe('the fixed list', () =>
  operatorCases(spread(), {
    ...{ a: synced(1), x: { ...momentOf(1), spread: '1' } },
    ...{ b: synced(2, '10x1', '12x1'), y: { ...momentOf(2), spread: '2' } },
  }))

test(
  'says what changes, and once that sync is lost',
  marbles(({ cold, expectObservable }) => {
    const states = { a: synced(1), A: synced(2, '20x7', '21x3'), b: synced(3, '10x1', '11.5x1'), g: gap, s: stale }
    const values = { 1: { ...momentOf(1), spread: '1' }, 3: { ...momentOf(3), spread: '1.5' }, u: undefined }
    expectObservable(cold('g-a-A-b-g-g-a-s-a|', states).pipe(spread())).toBe('--1---3-u---1-u-1|', values)
  }),
)

test.each([
  ['61685.99000000x1', '61686.00000000x1', '0.01000000'],
  ['61659.70x1', '61659.80x1', '0.10'],
  ['0.1x1', '0.3x1', '0.2'],
  ['9007199254740993.1x1', '9007199254740993.3x1', '0.2'],
  ['', '11x1', undefined],
  ['10x1', '', undefined],
])('from %s to %s it is %s', (bids, asks, expected) => {
  const told: (Spread | undefined)[][] = []
  of(synced(1, bids, asks))
    .pipe(spread(), toArray())
    .subscribe((all) => told.push(all))
  expect(told).toEqual([[{ ...momentOf(1), spread: expected }]])
})
