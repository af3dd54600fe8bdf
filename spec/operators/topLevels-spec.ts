import { NEVER, Subject } from 'rxjs'
import { LiveBook } from '../../lib/book/LiveBook.js'
import type { BookState } from '../../lib/operators/BookState.js'
import { topLevels } from '../../lib/operators/topLevels.js'
import { marbles } from '../../lib/testing/marbles.js'
import { levels, snapshot, update } from './depth.js'

const syncedTo = (bids: string, asks: string): BookState => ({
  _tag: 'Synced',
  book: new LiveBook('BTCUSDT', snapshot(1, bids, asks)).reader,
  top: { bid: undefined, ask: undefined },
  update: update('1-1'),
})

const copies = (bids: string, asks: string) => {
  const copy = (text: string) => levels(text).map(([price, quantity]) => ({ price, quantity }))
  return { bids: copy(bids), asks: copy(asks) }
}

test(
  'says what changes among the best, and once that sync is lost',
  marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold<BookState>('-s-a-A-b-a-c-a-d-a-e-g-g-a-|', {
      s: { _tag: 'Syncing', reason: 'start', attempt: 1 },
      g: { _tag: 'Syncing', reason: 'gap', attempt: 1 },
      a: syncedTo('10x1 9x1 8x1', '11x1 12x1'),
      A: syncedTo('10x1 9x1 8x5', '11x1 12x1 13x1'),
      b: syncedTo('10x1 9x2', '11x1 12x1'),
      c: syncedTo('10x1 9x1', '11x1 12.0x1'),
      d: syncedTo('10x1', '11x1 12x1'),
      e: syncedTo('10x1 9x1', '11x1'),
    })
    const a = copies('10x1 9x1', '11x1 12x1')
    expectObservable(source.pipe(topLevels(2))).toBe('---a---b-a-c-a-d-a-e-u---a-|', {
      a,
      b: copies('10x1 9x2', '11x1 12x1'),
      c: copies('10x1 9x1', '11x1 12.0x1'),
      d: copies('10x1', '11x1 12x1'),
      e: copies('10x1 9x1', '11x1'),
      u: undefined,
    })
    expectObservable(source.pipe(topLevels(2)), '----!').toBe('---a', { a })
    expectSubscriptions(source.subscriptions).toBe(['^--------------------------!', '^---!'])
  }),
)

test('are copies: the live book changes, they do not', () => {
  const book = new LiveBook('BTCUSDT', snapshot(1))
  const seen: unknown[] = []
  const state: BookState = {
    _tag: 'Synced',
    book: book.reader,
    top: { bid: undefined, ask: undefined },
    update: update('1-1'),
  }
  const states = new Subject<BookState>()
  states.pipe(topLevels(1)).subscribe((top) => seen.push(top))
  states.next(state)
  book.apply(update('2-2 10x5'))
  states.next(state)
  expect(seen).toEqual([copies('10x1', '11x1'), copies('10x5', '11x1')])
})

test(
  'ends as its source does',
  marbles(({ cold, expectObservable }) => {
    expectObservable(NEVER.pipe(topLevels(1))).toBe('-')
    expectObservable(cold<BookState>('--|').pipe(topLevels(1))).toBe('--|')
    expectObservable(cold<BookState>('--#').pipe(topLevels(1))).toBe('--#')
  }),
)

test.each([0, -1, 1.5, NaN, Infinity])('%p levels are a mistake', (depth) => {
  expect(() => topLevels(depth)).toThrow(
    new RangeError(`topLevels takes a whole number of levels from 1 on, and got ${depth}`),
  )
})
