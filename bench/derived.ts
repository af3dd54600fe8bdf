import {
  backfill,
  costToFill,
  depthWithin,
  imbalance,
  klines,
  levelChanges,
  microprice,
  mid,
  notionalBars,
  parse,
  spread,
  syncDepth,
  tickBars,
  topLevels,
  topOfBook,
  verifyBook,
  volumeBars,
} from 'aster-rx'
import type { BookState, BookTicker, DepthSnapshot, DepthUpdate, Trade } from 'aster-rx'
import { asyncScheduler, NEVER, Subject, type Observable } from 'rxjs'
import type { Recording } from './recordings.js'
import { rounds, type Task } from './rounds.js'
import type { Table } from './table.js'

/** What a recording holds, decoded before anything is measured, in its order. */
type Event =
  | { readonly kind: 'depth'; readonly event: DepthUpdate }
  | { readonly kind: 'depthSnapshot'; readonly event: DepthSnapshot }
  | { readonly kind: 'bookTicker'; readonly event: BookTicker }
  | { readonly kind: 'trade'; readonly event: Trade }

const eventsOf = ({ venue, frames }: Recording): readonly Event[] => {
  const read = parse<typeof venue>(venue)
  return frames.flatMap((frame): readonly Event[] => {
    const parsed = read(frame)
    if (parsed._tag === 'Left' || !('kind' in parsed.right)) return []
    const { right: message } = parsed
    switch (message.kind) {
      case 'depth':
      case 'depthSnapshot':
      case 'bookTicker':
      case 'trade':
        return [message]
      default:
        return []
    }
  })
}

type OfBook = (book$: Observable<BookState>, ticker$: Observable<BookTicker>) => Observable<unknown>
type OfTrades = (trade$: Observable<Trade>) => Observable<unknown>

const ofBook: Readonly<Record<string, OfBook>> = {
  'topOfBook()': (book$) => book$.pipe(topOfBook()),
  'topLevels(10)': (book$) => book$.pipe(topLevels(10)),
  'mid()': (book$) => book$.pipe(mid()),
  'spread()': (book$) => book$.pipe(spread()),
  'microprice()': (book$) => book$.pipe(microprice()),
  'imbalance(10)': (book$) => book$.pipe(imbalance(10)),
  'costToFill, of 1': (book$) => book$.pipe(costToFill({ side: 'buy', quantity: '1' })),
  'depthWithin, 1 basis point': (book$) => book$.pipe(depthWithin({ basisPoints: '1' })),
  'levelChanges()': (book$) => book$.pipe(levelChanges()),
  verifyBook: (book$, ticker$) => verifyBook(book$, ticker$),
}

const ofTrades: Readonly<Record<string, OfTrades>> = {
  'klines, 1m': (trade$) => trade$.pipe(klines({ interval: '1m', scheduler: asyncScheduler })),
  'tickBars, of 100': (trade$) => trade$.pipe(tickBars({ trades: 100 })),
  'volumeBars, of 10': (trade$) => trade$.pipe(volumeBars({ volume: '10' })),
  'notionalBars, of a million': (trade$) => trade$.pipe(notionalBars({ amount: '1000000' })),
  backfill: (trade$) => trade$.pipe(backfill<Trade>({ history: () => NEVER })),
}

/** A book that follows the updates, its best read after each, and an operator on its states, if there is one. */
const bookTask =
  ({ venue }: Recording, events: readonly Event[], operator?: OfBook): Task =>
  () => {
    const [depth$, snapshot$, ticker$] = [
      new Subject<DepthUpdate>(),
      new Subject<DepthSnapshot>(),
      new Subject<BookTicker>(),
    ]
    const state$ = new Subject<BookState>()
    let synced = 0
    state$.subscribe((state) => {
      if (state._tag === 'Synced' && state.book.bestBid !== undefined && state.book.bestAsk !== undefined) synced++
    })
    ticker$.subscribe()
    operator?.(state$, ticker$).subscribe()
    depth$
      .pipe(syncDepth({ rule: venue.depthRule, snapshot: () => snapshot$, timeout: Infinity, receivedAt: () => 0 }))
      .subscribe(state$)
    return () => {
      for (const { kind, event } of events)
        if (kind === 'depth') depth$.next(event)
        else if (kind === 'depthSnapshot') snapshot$.next(event)
        else if (kind === 'bookTicker') ticker$.next(event)
      if (synced === 0) throw new Error('the book never synced')
    }
  }

const tradeTask =
  (events: readonly Event[], operator: OfTrades): Task =>
  () => {
    const trade$ = new Subject<Trade>()
    const subscription = operator(trade$).subscribe()
    return () => {
      for (const { kind, event } of events) if (kind === 'trade') trade$.next(event)
      subscription.unsubscribe()
    }
  }

const countOf = (events: readonly Event[], wanted: Event['kind']) => events.filter(({ kind }) => kind === wanted).length

/** What each operator adds to an update of the book, or takes for a trade, as a multiple of what the book takes for one. */
export const derived = async (all: readonly Recording[], count: number): Promise<Table> => {
  const table: Record<string, Record<string, number>> = {}
  const put = (row: string, column: string, value: number) => {
    table[row] = { ...table[row], [column]: value }
  }
  for (const recording of all) {
    const events = eventsOf(recording)
    const { name } = recording
    const books = Object.entries(ofBook)
    const trades = Object.entries(ofTrades)
    const [alone, ...others] = await rounds(
      count,
      bookTask(recording, events),
      ...books.map(([, operator]) => bookTask(recording, events, operator)),
      ...trades.map(([, operator]) => tradeTask(events, operator)),
    )
    if (alone === undefined) continue
    const update = alone.cpu / countOf(events, 'depth')
    put('the book alone, ns an update', name, update * 1e6)
    for (const [i, [title]] of books.entries())
      put(`${title}, × the book alone`, name, (others[i]?.cpu ?? NaN) / alone.cpu - 1)
    for (const [i, [title]] of trades.entries())
      put(`${title}, a trade`, name, (others[books.length + i]?.cpu ?? NaN) / countOf(events, 'trade') / update)
  }
  return table
}
