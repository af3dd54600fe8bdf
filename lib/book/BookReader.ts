import type { SchedulerLike } from 'rxjs'
import type { Decimal } from '../codecs/Decimal.js'
import type { Level } from '../codecs/Levels.js'
import { exact } from '../codecs/ExactDecimal.js'
import type { BookSide, ExactLevel, PlainLevels } from './BookSide.js'
import type { BookLevel, BookSnapshot, OrderBook } from './OrderBook.js'

/** What a book is made of, and what changes in it. */
export interface BookContent {
  readonly symbol: string
  readonly bids: BookSide
  readonly asks: BookSide
  readonly clock: Pick<SchedulerLike, 'now'>
  lastUpdateId: number
  eventTime: number | undefined
  /** When its last change came, in ms since 1970 by our clock. */
  changedAt: number
  /** Why nobody may read it any more. */
  lost: string | undefined
}

const tuple = ({ price, quantity }: BookLevel): Level => [price, quantity]

/** A book as its readers have it: nothing of it changes the book. */
export class BookReader implements OrderBook {
  readonly #written: BookContent

  constructor(content: BookContent) {
    this.#written = content
  }

  /** Levels of a book as whole numbers, best first: without texts where it is a reader's, and of its texts else. */
  static exactLevels(book: OrderBook, side: 'bids' | 'asks', depth: number): readonly ExactLevel[] {
    if (#written in book) return book.#content[side].exactLevels(depth)
    return book[side](depth).map(({ price, quantity }) => ({ price: exact(price), quantity: exact(quantity) }))
  }

  /** The same with few objects, where the book is a reader's and its levels are plain. */
  static plainLevels(book: OrderBook, side: 'bids' | 'asks', depth: number): PlainLevels | undefined {
    return #written in book ? book.#content[side].plainLevels(depth) : undefined
  }

  get symbol(): string {
    return this.#content.symbol
  }

  get lastUpdateId(): number {
    return this.#content.lastUpdateId
  }

  get eventTime(): number | undefined {
    return this.#content.eventTime
  }

  get age(): number {
    const { clock, changedAt } = this.#content
    return Math.max(0, clock.now() - changedAt)
  }

  get bestBid(): BookLevel | undefined {
    return this.#content.bids.best
  }

  get bestAsk(): BookLevel | undefined {
    return this.#content.asks.best
  }

  get size(): { readonly bids: number; readonly asks: number } {
    const { bids, asks } = this.#content
    return { bids: bids.size, asks: asks.size }
  }

  get mid(): number | undefined {
    return this.#ofBest((bid, ask) => (bid + ask) / 2)
  }

  get spread(): number | undefined {
    return this.#ofBest((bid, ask) => ask - bid)
  }

  bids(depth?: number): BookLevel[] {
    return this.#content.bids.levels(depth)
  }

  asks(depth?: number): BookLevel[] {
    return this.#content.asks.levels(depth)
  }

  quantityAt(price: Decimal | number): Decimal | undefined {
    const { bids, asks } = this.#content
    return bids.quantityAt(String(price)) ?? asks.quantityAt(String(price))
  }

  toSnapshot(): BookSnapshot {
    const { symbol, lastUpdateId, eventTime, bids, asks } = this.#content
    return {
      symbol,
      lastUpdateId,
      bids: Array.from(bids.levels(), tuple),
      asks: Array.from(asks.levels(), tuple),
      ...(eventTime !== undefined && { eventTime }),
    }
  }

  get #content(): BookContent {
    const { lost, symbol } = this.#written
    if (lost !== undefined) throw new Error(`this book of ${symbol} was lost (${lost}): read the next Synced state's`)
    return this.#written
  }

  #ofBest(compute: (bid: number, ask: number) => number): number | undefined {
    const { bestBid, bestAsk } = this
    return bestBid && bestAsk && compute(Number(bestBid.price), Number(bestAsk.price))
  }
}
