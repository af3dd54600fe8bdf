import { decimalsOf, ladderOf, largestTotal } from '../../../../lib/cli/dashboard/state/ladder.js'
import { syncedBook, syncing } from './books.js'

const state = syncedBook(
  [
    ['9.90', '1.5'],
    ['9.80', '2'],
    ['9.70', '100'],
  ],
  [['10.10', '0.5']],
)

test('adds up what is offered, and keeps the texts of the venue', () => {
  const ladder = ladderOf(state, 2)
  expect(ladder).toEqual({
    bids: [
      { price: '9.90', quantity: '1.5', total: 1.5 },
      { price: '9.80', quantity: '2', total: 3.5 },
    ],
    asks: [{ price: '10.10', quantity: '0.5', total: 0.5 }],
    ...{ mid: 10, spread: expect.closeTo(0.2) as number, isStale: false },
  })
  expect(ladder && largestTotal(ladder)).toBe(3.5)
})

test('a book that is not synced has none, a stale one is said to be', () => {
  expect(ladderOf(syncing('gap'), 2)).toBeUndefined()
  const { book, top } = state
  expect(ladderOf({ _tag: 'Stale', book, top, quiet: 1 }, 2)?.isStale).toBe(true)
})

test('a book without levels has an empty one', () => {
  const ladder = ladderOf(syncedBook([], []), 2)
  expect(ladder).toEqual({ bids: [], asks: [], mid: undefined, spread: undefined, isStale: false })
  expect(ladder && largestTotal(ladder)).toBe(0)
})

test.each([
  ['61686.10', 2],
  ['5', 0],
  ['0.00000001', 8],
])('%s has %d decimals', (text, decimals) => {
  expect(decimalsOf(text)).toBe(decimals)
})
