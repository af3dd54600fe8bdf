import {
  columnOf,
  rangeOf,
  rowsOf,
  withColumn,
  type Column,
  type ColumnBook,
} from '../../../../lib/cli/dashboard/state/heatMap.js'
import { syncedBook, syncing } from './books.js'

const bookOf = (state: ReturnType<typeof syncedBook>): ColumnBook => {
  const { book } = columnOf(state, 0)
  if (book === undefined) throw new Error('no book')
  return book
}

/** Bids from 99 down, asks from 101 up, a level each, moved by `by`. */
const book = (by = 0) => {
  const levels = (sign: number) =>
    Array.from({ length: 20 }, (_, i): [string, string] => [String(100 + by + sign * (i + 1)), String(i + 1)])
  return bookOf(syncedBook(levels(-1), levels(1)))
}

test('a column is a copy of the book as numbers, and says where there is none', () => {
  const column = columnOf(
    syncedBook(
      [
        ['9.9', '1'],
        ['9.8', '2'],
      ],
      [['10.1', '3']],
    ),
    7,
  )
  expect(column).toEqual({
    at: 7,
    book: { bids: Float64Array.of(9.9, 1, 9.8, 2), asks: Float64Array.of(10.1, 3), bid: 9.9, ask: 10.1 },
    isStale: false,
  })
  for (const none of [undefined, syncing('gap'), syncedBook([], [])])
    expect(columnOf(none, 7)).toEqual({ at: 7, book: undefined, isStale: false })
})

test('a column of a stale book says so', () => {
  const { book, top } = syncedBook([['9.9', '1']], [['10.1', '3']])
  expect(columnOf({ _tag: 'Stale', book, top, quiet: 5 }, 7).isStale).toBe(true)
})

test('a book with one side has that side in the middle', () => {
  expect(bookOf(syncedBook([], [['10.1', '3']]))).toMatchObject({ bid: 10.1, ask: 10.1 })
})

test('the oldest columns are let go', () => {
  const columns = [1, 2, 3].map((at): Column => ({ at, book: undefined, isStale: false }))
  expect(columns.reduce((all: readonly Column[], one) => withColumn(all, one, 2), [])).toEqual(columns.slice(1))
})

test('a range holds the wanted levels, and stays while the middle is in its inner half', () => {
  const range = rangeOf(undefined, book(), 10)
  expect(range).toEqual({ low: 85, high: 115 })
  expect(rangeOf(range, book(7), 10)).toBe(range)
  expect(rangeOf(range, book(8), 10)).toEqual({ low: 93, high: 123 })
})

test('a range follows a book that grows much wider or narrower', () => {
  const range = rangeOf(undefined, book(), 10)
  expect(rangeOf(range, book(), 20)).toEqual({ low: 70, high: 130 })
  expect(rangeOf(range, book(), 2)).toEqual({ low: 97, high: 103 })
})

test('rows add what is offered within each, the highest price on top, and leave out what lies beyond', () => {
  const rows = rowsOf(book(), { low: 95, high: 105 }, 5)
  // 104 and 103 to 105, 102 and 101 to 103, 100 to 101 and 99, 98 and 97, 96 and 95: a price on an edge lies below it.
  const expected = [104, 102, 100, 98, 96].map((middle) =>
    [...Array(20).keys()]
      .flatMap((i) => [
        { price: 101 + i, quantity: i + 1 },
        { price: 99 - i, quantity: i + 1 },
      ])
      .filter(({ price }) => price > middle - 1 && price <= middle + 1)
      .reduce((sum, { quantity }) => sum + quantity, 0),
  )
  expect([...rows]).toEqual(expected)
})
