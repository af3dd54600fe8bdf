import { of, toArray } from 'rxjs'
import { microprice, type Microprice } from '../../lib/operators/microprice.js'
import { operatorCases } from './operatorCases.js'
import { momentOf, synced } from './synced.js'

describe('the fixed list', () =>
  operatorCases(microprice(), {
    ...{ a: synced(1), x: { ...momentOf(1), microprice: '10.5000' } },
    ...{ b: synced(2, '10x3', '11x1'), y: { ...momentOf(2), microprice: '10.7500' } },
  }))

test.each([
  // (10 × 1 + 11 × 2) / 3, to the nearest
  ['10x2', '11x1', '10.6667'],
  // (10 × 2 + 11 × 1) / 3
  ['10x1', '11x2', '10.3333'],
  // 10.00005 and 10.00015: the even one of two that are as near
  ['10x1', '10.0001x1', '10.00005000'],
  ['10x0.00005', '11x0.99995', '10.0000'],
  ['10x0.00015', '11x0.99985', '10.0002'],
  ['61659.70x1.486', '61659.80x0.981', '61659.760235'],
  ['10x1', '', undefined],
])('between %s and %s it is %s', (bids, asks, expected) => {
  const told: (Microprice | undefined)[][] = []
  of(synced(1, bids, asks))
    .pipe(microprice(), toArray())
    .subscribe((all) => told.push(all))
  expect(told).toEqual([[{ ...momentOf(1), microprice: expected }]])
})
