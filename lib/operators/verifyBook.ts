import { defer, filter, map, merge, type Observable } from 'rxjs'
import { isZero } from '../book/isZero.js'
import type { BookLevel } from '../book/OrderBook.js'
import { anObservable, checked } from '../codecs/checked.js'
import { compareDecimals } from '../codecs/compareDecimals.js'
import type { Decimal } from '../codecs/Decimal.js'
import type { BookTicker } from '../events/BookTicker.js'
import type { DepthUpdate } from '../events/DepthUpdate.js'
import type { BookState, Synced, TopOfBook } from './BookState.js'

/** What a comparison is about. */
interface Compared {
  /** The market: `BTCUSDT`. */
  readonly symbol: string
  /** The venue's time of the ticker, ms since 1970 (UTC), or else of the book; `undefined` where neither says. */
  readonly eventTime: number | undefined
  /** The id of the update after which both are what they are. */
  readonly updateId: number
  /** How many comparisons there were since the book was synced, this one included. */
  readonly comparisons: number
}

/** The best prices and quantities of the book are those that the venue says. */
export interface BookAgrees extends Compared {
  readonly _tag: 'Agrees'
}

/** The book is not what the venue says. */
export interface BookDiverges extends Compared {
  readonly _tag: 'Diverges'
  /** The best of the book. */
  readonly book: TopOfBook
  /** What the venue says instead. */
  readonly bookTicker: BookTicker
  /** The last updates in the book, at most 10, the newest last. */
  readonly updates: readonly DepthUpdate[]
}

/** What a comparison of a book with a ticker of the same update id gave. */
export type BookCheck = BookAgrees | BookDiverges

/** The best of a book that no ticker of its id has come for. */
interface Moment {
  readonly updateId: number
  readonly symbol: string
  readonly eventTime: number | undefined
  readonly top: TopOfBook
}

/** How many are remembered, of each at most one by the rest of its id: a power of two. */
const TICKERS = 1_024
const MOMENTS = 64
const UPDATES = 10

/**
 * Compares an order book, while it runs, with the best bid and ask that the venue sends: wherever both are of one update
 * id, by value, and whichever came first. The venue sends them at some ids of the book, so a comparison comes now and then:
 * in recordings of Binance at every sixth to tenth update. Who wants no more than the alarm takes what `Diverges`.
 *
 * ```
 * book$        --s---S2--S4------S6--S8--g---S9--|
 * bookTicker$  --2-----3-4---5-6-----8---------9-|
 *              ------a---a-------d-------------a-|     a: Agrees, d: Diverges
 * ```
 *
 * After the first divergence nothing is compared until the book is synced anew. Tickers of other symbols are left alone,
 * and what is remembered is bounded. Completes when both have completed; errors when one does. Unsubscribing unsubscribes
 * from both.
 *
 * ```ts
 * verifyBook(client.book('btcusdt'), client.stream('btcusdt@bookTicker'))
 *   .pipe(filter((check) => check._tag === 'Diverges'))
 *   .subscribe(({ updateId, book, bookTicker, updates }) => alarm(updateId, book, bookTicker, updates))
 * ```
 */
export const verifyBook = checked(
  'verifyBook',
  [anObservable('the states of a book'), anObservable('book tickers')],
  (book$: Observable<BookState>, bookTicker$: Observable<BookTicker>): Observable<BookCheck> =>
    defer(() => {
      const tickers = new Array<BookTicker | undefined>(TICKERS)
      const moments = new Array<Moment | undefined>(MOMENTS)
      let updates: DepthUpdate[] = []
      let comparisons = 0
      let hasDiverged = false
      let own: string | undefined

      const compare = ({ top, updateId, symbol, eventTime }: Moment, ticker: BookTicker): BookCheck => {
        comparisons++
        const compared = { symbol, eventTime: ticker.eventTime ?? eventTime, updateId, comparisons }
        if (
          isSame(top.bid, ticker.bidPrice, ticker.bidQuantity) &&
          isSame(top.ask, ticker.askPrice, ticker.askQuantity)
        )
          return { _tag: 'Agrees', ...compared }
        hasDiverged = true
        const until = updates.filter(({ lastUpdateId }) => lastUpdateId <= updateId)
        return { _tag: 'Diverges', ...compared, book: top, bookTicker: ticker, updates: until }
      }

      const onSynced = ({ book, top, update }: Synced): BookCheck | undefined => {
        if (hasDiverged) return undefined
        const { symbol, eventTime, lastUpdateId: updateId } = book
        own = symbol
        if (update !== undefined && update !== updates.at(-1)) {
          updates.push(update)
          if (updates.length > UPDATES) updates.shift()
        }
        const moment = { updateId, symbol, eventTime, top }
        const ticker = tickers[updateId % TICKERS]
        if (ticker?.updateId === updateId && ticker.symbol === symbol) return compare(moment, ticker)
        moments[updateId % MOMENTS] = moment
        return undefined
      }

      const onState = (state: BookState): BookCheck | undefined => {
        if (state._tag === 'Synced') return onSynced(state)
        if (state._tag === 'Stale') return undefined
        // What was sent before may be of ids that come again.
        tickers.fill(undefined)
        moments.fill(undefined)
        updates = []
        comparisons = 0
        hasDiverged = false
        return undefined
      }

      const onTicker = (ticker: BookTicker): BookCheck | undefined => {
        const { updateId, symbol } = ticker
        if (hasDiverged || (own !== undefined && symbol !== own)) return undefined
        const moment = moments[updateId % MOMENTS]
        if (moment?.updateId === updateId) {
          moments[updateId % MOMENTS] = undefined
          return compare(moment, ticker)
        }
        tickers[updateId % TICKERS] = ticker
        return undefined
      }

      return merge(book$.pipe(map(onState)), bookTicker$.pipe(map(onTicker))).pipe(
        filter((check) => check !== undefined),
      )
    }),
)

/** An empty side has no price, or a quantity of zero. */
export const isSame = (level: BookLevel | undefined, price: Decimal, quantity: Decimal): boolean =>
  level === undefined
    ? isZero(quantity)
    : compareDecimals(level.price, price) === 0 && compareDecimals(level.quantity, quantity) === 0
