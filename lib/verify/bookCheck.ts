import type { BookTicker } from '../events/BookTicker.js'
import type { BookState, TopOfBook } from '../operators/BookState.js'
import { isSame } from '../operators/verifyBook.js'
import { collect } from './findings.js'
import type { BookReport, Mismatch, TopText } from './RecordingReport.js'

/** So many tickers and tops of a book wait for each other, and no more. */
const MOST_WAITING = 10_000

/** Follows the book of one symbol, and compares it with what the venue itself says is its best bid and ask. */
export interface CheckedBook {
  readonly state: (state: BookState, at: number) => void
  readonly ticker: (ticker: BookTicker) => void
  /** The connection was lost: what it said says nothing of what comes next. */
  readonly lost: () => void
  readonly report: (end: number) => BookReport
}

const level = (price = '-', quantity = '-') => `${price} × ${quantity}`
const ofBook = ({ bid, ask }: TopOfBook): TopText => [
  level(bid?.price, bid?.quantity),
  level(ask?.price, ask?.quantity),
]
const ofTicker = ({ bidPrice, bidQuantity, askPrice, askQuantity }: BookTicker): TopText => [
  level(bidPrice, bidQuantity),
  level(askPrice, askQuantity),
]

/**
 * The venue's best bid and ask after an update are those of its last ticker whose id is not later; it may arrive after the
 * update, so what the book says of one waits for the first ticker beyond it. `isCompared` is false where ids tell nothing.
 */
export const createBookCheck = (symbol: string, isCompared: () => boolean): CheckedBook => {
  const mismatches = collect<Mismatch>()
  let tickers: BookTicker[] = []
  let waiting: { readonly id: number; readonly top: TopOfBook }[] = []
  let [comparisons, crossed, syncs, unsynced] = [0, 0, 0, 0]
  let lastTag: BookState['_tag'] | undefined
  let changedAt = NaN

  const compare = (id: number, top: TopOfBook, ticker: BookTicker) => {
    comparisons += 1
    const isBid = isSame(top.bid, ticker.bidPrice, ticker.bidQuantity)
    if (isBid && isSame(top.ask, ticker.askPrice, ticker.askQuantity)) return
    mismatches.add({ updateId: id, book: ofBook(top), ticker: ofTicker(ticker) })
  }

  const settle = (isLast: boolean) => {
    let [done, passed] = [0, 0]
    const newest = tickers.at(-1)?.updateId ?? 0
    for (const { id, top } of waiting) {
      if (!isLast && newest <= id) break
      while ((tickers[passed + 1]?.updateId ?? Infinity) <= id) passed += 1
      const ticker = tickers[passed]
      if (ticker !== undefined && ticker.updateId <= id) compare(id, top, ticker)
      done += 1
    }
    waiting.splice(0, done)
    tickers.splice(0, passed)
  }

  const forget = () => {
    tickers = []
    waiting = []
  }

  const isOpen = (tag: typeof lastTag) => tag === 'Syncing' || tag === undefined
  const changed = (tag: BookState['_tag'], at: number) => {
    if (Number.isNaN(changedAt)) changedAt = at
    if (isOpen(tag) === isOpen(lastTag)) return void (lastTag = tag)
    if (isOpen(lastTag)) {
      unsynced += at - changedAt
      syncs += 1
    } else forget()
    lastTag = tag
    changedAt = at
  }

  return {
    state: (state, at) => {
      changed(state._tag, at)
      if (state._tag !== 'Synced') return
      const { top, book } = state
      if (top.bid !== undefined && top.ask !== undefined && !(Number(top.bid.price) < Number(top.ask.price)))
        crossed += 1
      if (!isCompared()) return
      waiting.push({ id: book.lastUpdateId, top })
      if (waiting.length > MOST_WAITING) waiting.shift()
      settle(false)
    },
    ticker: (ticker) => {
      if (!isCompared()) return
      tickers.push(ticker)
      if (tickers.length > MOST_WAITING) tickers.shift()
      if (waiting.length > 0) settle(false)
    },
    lost: forget,
    report: (end) => {
      settle(true)
      const isSynced = !isOpen(lastTag)
      return {
        ...{ symbol, isSynced, syncs, comparisons, crossed, mismatches: mismatches.found() },
        unsynced: unsynced + (isSynced || Number.isNaN(changedAt) ? 0 : end - changedAt),
      }
    },
  }
}
