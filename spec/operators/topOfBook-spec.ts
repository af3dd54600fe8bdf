import { NEVER, of, type Observable } from 'rxjs'
import { LiveBook } from '../../lib/book/LiveBook.js'
import type { BookState, SyncingReason } from '../../lib/operators/BookState.js'
import { topOfBook } from '../../lib/operators/topOfBook.js'
import { marbles } from '../../lib/testing/marbles.js'
import { snapshot, update } from './depth.js'

const level = (text: string) => {
  const [price = '', quantity = ''] = text.split('x')
  return text === '' ? undefined : { price, quantity }
}

const syncedTo = (bid: string, ask: string): BookState => ({
  _tag: 'Synced',
  book: new LiveBook('BTCUSDT', snapshot(1)).reader,
  top: { bid: level(bid), ask: level(ask) },
  update: update('1-1'),
})

const lost = (reason: SyncingReason): BookState => ({ _tag: 'Syncing', reason, attempt: 1 })

const states = {
  s: lost('start'),
  g: lost('gap'),
  a: syncedTo('10x1', '11x1'),
  A: syncedTo('10x1', '11x1'),
  p: syncedTo('9x1', '11x1'),
  q: syncedTo('10x2', '11x1'),
  P: syncedTo('10x1', '12x1'),
  Q: syncedTo('10x1', '11x2'),
  b: syncedTo('10x1', ''),
  e: syncedTo('', ''),
} satisfies Readonly<Record<string, BookState>>

const tops = {
  a: { bid: level('10x1'), ask: level('11x1') },
  p: { bid: level('9x1'), ask: level('11x1') },
  q: { bid: level('10x2'), ask: level('11x1') },
  P: { bid: level('10x1'), ask: level('12x1') },
  Q: { bid: level('10x1'), ask: level('11x2') },
  b: { bid: level('10x1'), ask: undefined },
  e: { bid: undefined, ask: undefined },
  u: undefined,
}

test(
  'says what changes, and once that sync is lost',
  marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold<BookState>('-s-s-a-a-A-p-a-q-a-P-a-Q-g-g-s-a-A-b-e-g-|', states)
    const expected = '              -----a-----p-a-q-a-P-a-Q-u-----a---b-e-u-|'
    expectObservable(source.pipe(topOfBook())).toBe(expected, tops)
    expectObservable(source.pipe(topOfBook()), '------!').toBe('-----a', tops)
    expectSubscriptions(source.subscriptions).toBe(['^----------------------------------------!', '^-----!'])
  }),
)

test(
  'ends as its source does',
  marbles(({ cold, expectObservable }) => {
    const through = (source: Observable<BookState>) => source.pipe(topOfBook())
    expectObservable(through(NEVER)).toBe('-')
    expectObservable(through(cold('|'))).toBe('|')
    expectObservable(through(cold('s-|', states))).toBe('--|')
    expectObservable(through(cold('a-#', states))).toBe('a-#', tops)
  }),
)

test('two subscriptions have nothing in common', () => {
  const source = of(states.a, states.A).pipe(topOfBook())
  const told: unknown[] = []
  source.subscribe((top) => told.push(top))
  source.subscribe((top) => told.push(top))
  expect(told).toEqual([tops.a, tops.a])
})
