import { NEVER, of, Subject, throwError } from 'rxjs'
import type { BookTicker } from '../../lib/events/BookTicker.js'
import type { BookState, Synced } from '../../lib/operators/BookState.js'
import { verifyBook, type BookCheck } from '../../lib/operators/verifyBook.js'
import { marbles } from '../../lib/testing/marbles.js'
import { fc, test as prop } from '../property.js'
import { gap, stale, synced } from './synced.js'

/** `10x1/11x1` at an id. */
const ticker = (updateId: number, best = '10x1/11x1', symbol = 'BTCUSDT'): BookTicker => {
  const [, bidPrice = '0', bidQuantity = '0', askPrice = '0', askQuantity = '0'] =
    /^(.*)x(.*)\/(.*)x(.*)$/.exec(best) ?? []
  return { updateId, symbol, bidPrice, bidQuantity, askPrice, askQuantity }
}

const shown = (check: BookCheck): string =>
  check._tag === 'Agrees'
    ? `${check.updateId} agrees ${check.comparisons}`
    : `${check.updateId} diverges ${check.comparisons}`

const pair = () => {
  const book$ = new Subject<BookState>()
  const bookTicker$ = new Subject<BookTicker>()
  const checks: BookCheck[] = []
  const subscription = verifyBook(book$, bookTicker$).subscribe((check) => checks.push(check))
  return { book$, bookTicker$, checks, subscription, said: () => checks.splice(0).map(shown) }
}

test(
  'compares at equal ids, whichever came first',
  marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const states = { s: gap, 2: synced(2), 4: synced(4), 6: synced(6), 8: synced(8), 9: synced(9) }
    const book$ = cold<BookState>('  --s---2--4------6--8--s---9--|', states)
    const tickers = { 2: ticker(2), 3: ticker(3, '7x1/11x1'), 4: ticker(4), 6: ticker(6, '10x1/11x2'), 8: ticker(8) }
    const ticker$ = cold<BookTicker>('--------3-4---5-6--8---------9-|', { ...tickers, 5: ticker(5), 9: ticker(9) })
    const compared = { symbol: 'BTCUSDT' }
    const values: Record<string, BookCheck> = {
      a: { _tag: 'Agrees', ...compared, eventTime: 4, updateId: 4, comparisons: 1 },
      d: {
        ...{ _tag: 'Diverges', ...compared, eventTime: 6, updateId: 6, comparisons: 2 },
        ...{ book: states[6].top, bookTicker: tickers[6] },
        updates: [states[2], states[4], states[6]].flatMap(({ update }) => update ?? []),
      },
      e: { _tag: 'Agrees', ...compared, eventTime: 9, updateId: 9, comparisons: 1 },
    }
    expectObservable(verifyBook(book$, ticker$)).toBe('----------a-----d------------e-|', values)
    expectObservable(verifyBook(book$, ticker$), '-----------!').toBe('----------a', values)
    expectSubscriptions(book$.subscriptions).toBe(['^----------------------------!', '^----------!'])
    expectSubscriptions(ticker$.subscriptions).toBe(['^------------------------------!', '^----------!'])
  }),
)

test('the ends and the errors of both', () => {
  const ended = (check$: ReturnType<typeof verifyBook>) => {
    const told: unknown[] = []
    check$.subscribe({
      next: () => told.push('next'),
      error: (error: unknown) => told.push(String(error)),
      complete: () => told.push('|'),
    })
    return told
  }
  expect(ended(verifyBook(NEVER, NEVER))).toEqual([])
  expect(ended(verifyBook(of(), NEVER))).toEqual([])
  expect(ended(verifyBook(of(), of()))).toEqual(['|'])
  expect(
    ended(
      verifyBook(
        throwError(() => new Error('book')),
        NEVER,
      ),
    ),
  ).toEqual(['Error: book'])
  expect(
    ended(
      verifyBook(
        NEVER,
        throwError(() => new Error('ticker')),
      ),
    ),
  ).toEqual(['Error: ticker'])
  expect(ended(verifyBook(of(synced(1)), of(ticker(1))))).toEqual(['next', '|'])
})

test('by value, not by how it is written; an empty side is one of no quantity', () => {
  const { book$, bookTicker$, said } = pair()
  book$.next(synced(1, '10x1', '11x1'))
  bookTicker$.next(ticker(1, '10.00x1.000/11.0x1'))
  book$.next(synced(2, '10x1', ''))
  bookTicker$.next(ticker(2, '10x1/0.00000000x0.00000000'))
  book$.next(synced(3, '', ''))
  bookTicker$.next(ticker(3, '0x0/11x1'))
  expect(said()).toEqual(['1 agrees 1', '2 agrees 2', '3 diverges 3'])
})

test.each(['9x1/11x1', '10x2/11x1', '10x1/12x1', '10x1/11x0.1', '0x0/11x1'])('%s is another best', (best) => {
  const { book$, bookTicker$, said } = pair()
  bookTicker$.next(ticker(1, best))
  book$.next(synced(1))
  expect(said()).toEqual(['1 diverges 1'])
})

test('after a divergence it says no more until the book is synced anew', () => {
  const { book$, bookTicker$, said } = pair()
  book$.next(synced(1))
  bookTicker$.next(ticker(1, '9x1/11x1'))
  book$.next(synced(2))
  bookTicker$.next(ticker(2, '9x1/11x1'))
  bookTicker$.next(ticker(3))
  book$.next(synced(3))
  expect(said()).toEqual(['1 diverges 1'])
  book$.next(gap)
  book$.next(synced(4))
  bookTicker$.next(ticker(4))
  expect(said()).toEqual(['4 agrees 1'])
})

test('what was sent before sync was lost is of no use: ids may come again', () => {
  const { book$, bookTicker$, said } = pair()
  bookTicker$.next(ticker(1, '9x1/11x1'))
  book$.next(synced(5))
  book$.next(gap)
  book$.next(synced(1))
  bookTicker$.next(ticker(5, '9x1/11x1'))
  expect(said()).toEqual([])
  book$.next(synced(6))
  book$.next(stale)
  bookTicker$.next(ticker(6))
  expect(said()).toEqual(['6 agrees 1'])
})

test('tickers of other symbols are left alone', () => {
  const { book$, bookTicker$, said } = pair()
  bookTicker$.next(ticker(1, '9x1/11x1', 'ETHUSDT'))
  book$.next(synced(1))
  bookTicker$.next(ticker(1, '9x1/11x1', 'ETHUSDT'))
  bookTicker$.next(ticker(1))
  expect(said()).toEqual(['1 agrees 1'])
})

test('the last ten updates that are in the book at that id', () => {
  const { book$, bookTicker$, checks } = pair()
  for (let id = 1; id <= 15; id++) book$.next(synced(id))
  bookTicker$.next(ticker(13, '9x1/11x1'))
  const [check] = checks
  const ids = check?._tag === 'Diverges' ? check.updates.map(({ lastUpdateId }) => lastUpdateId) : []
  expect(ids).toEqual([6, 7, 8, 9, 10, 11, 12, 13])
})

test('the time of the ticker is told, where it has one', () => {
  const { book$, bookTicker$, checks } = pair()
  book$.next(synced(1))
  bookTicker$.next({ ...ticker(1), eventTime: 77 })
  expect(checks).toEqual([{ _tag: 'Agrees', symbol: 'BTCUSDT', eventTime: 77, updateId: 1, comparisons: 1 }])
})

test('two subscriptions have nothing in common', () => {
  const book$ = new Subject<BookState>()
  const bookTicker$ = new Subject<BookTicker>()
  const check$ = verifyBook(book$, bookTicker$)
  const told: string[][] = [[], []]
  check$.subscribe((check) => told[0]?.push(shown(check)))
  book$.next(synced(1))
  const second = check$.subscribe((check) => told[1]?.push(shown(check)))
  bookTicker$.next(ticker(1))
  second.unsubscribe()
  expect(told).toEqual([['1 agrees 1'], []])
  expect(book$.observed && bookTicker$.observed).toBe(true)
})

/** Ids with a best, of which the book has some and the ticker some, in any order among each other. */
const market = fc.array(
  fc.record({ best: fc.integer({ min: 1, max: 3 }), inBook: fc.boolean(), inTicker: fc.boolean() }),
  {
    maxLength: 60,
  },
)

prop.prop([market, fc.array(fc.boolean(), { minLength: 120, maxLength: 120 }), fc.nat(60)], { seed: 1, numRuns: 300 })(
  'a true book never diverges; one that is false from some id on does at the first comparison from there',
  (ids, bookFirst, wrongFrom) => {
    const bestAt = ids.map(({ best }) => best)
    const books = ids.flatMap(({ inBook }, id) => (inBook ? [id] : []))
    const tickers = ids.flatMap(({ inTicker }, id) => (inTicker ? [id] : []))
    const both = books.filter((id) => tickers.includes(id))
    const run = (shift: (id: number) => number) => {
      const { book$, bookTicker$, checks } = pair()
      const [bookQueue, tickerQueue] = [[...books], [...tickers]]
      for (const isBook of bookFirst) {
        const id = (isBook ? bookQueue : tickerQueue).shift()
        if (id === undefined) continue
        const best = bestAt[id] ?? 0
        if (isBook) book$.next(synced(id + 1, `10x${best + shift(id)}`, '11x1') satisfies Synced)
        else bookTicker$.next(ticker(id + 1, `10x${best}/11x1`))
      }
      return { checks, isWhole: bookQueue.length + tickerQueue.length === 0 }
    }
    const sound = run(() => 0)
    expect(sound.checks.every(({ _tag }) => _tag === 'Agrees')).toBe(true)
    if (sound.isWhole) expect(sound.checks.map(({ updateId }) => updateId - 1).sort((a, b) => a - b)).toEqual(both)
    const wrong = run((id) => (id >= wrongFrom ? 1 : 0))
    const diverged = wrong.checks.filter(({ _tag }) => _tag === 'Diverges')
    expect(diverged.length).toBeLessThanOrEqual(1)
    if (wrong.isWhole && both.some((id) => id >= wrongFrom)) expect(diverged[0]?.updateId).toBeGreaterThan(wrongFrom)
  },
)
