import type { SchedulerLike } from 'rxjs'
import { compareDecimals } from '../codecs/compareDecimals.js'
import type { Decimal } from '../codecs/Decimal.js'
import type { Level } from '../codecs/Levels.js'
import type { DepthSnapshot } from '../events/DepthSnapshot.js'
import type { DepthUpdate } from '../events/DepthUpdate.js'
import { BookSide } from './BookSide.js'
import type { BookLevel, BookSnapshot, OrderBook } from './OrderBook.js'

interface Content {
  readonly symbol: string
  readonly bids: BookSide
  readonly asks: BookSide
  lastUpdateId: number
  eventTime: number | undefined
  /** When its last change came, in ms since 1970 by our clock. */
  changedAt: number
}

type Change = Pick<DepthUpdate, 'lastUpdateId' | 'bids' | 'asks'> & { readonly eventTime?: number | undefined }

const tuple = ({ price, quantity }: BookLevel): Level => [price, quantity]

/** Of a book that does not say how old it is. */
const stopped = { now: () => 0 }

/** The book that `syncDepth` writes and others read. A class, because it is what every change of a market goes through. */
export class LiveBook implements OrderBook {
  readonly #live: Content
  readonly #clock: Pick<SchedulerLike, 'now'>
  #lost: string | undefined

  /** `receivedAt`, in ms since 1970, is when the snapshot came, by the clock. */
  constructor(symbol: string, snapshot: DepthSnapshot, receivedAt = 0, clock: Pick<SchedulerLike, 'now'> = stopped) {
    const sides = { bids: new BookSide(-1), asks: new BookSide(1) }
    this.#live = { symbol, ...sides, lastUpdateId: 0, eventTime: undefined, changedAt: receivedAt }
    this.#clock = clock
    this.apply(snapshot, receivedAt)
  }

  /** Takes over the quantities of an update; the order of updates is not its business. */
  apply({ lastUpdateId, eventTime, bids, asks }: Change, receivedAt = 0): void {
    const content = this.#content
    for (const level of bids) content.bids.set(level)
    for (const level of asks) content.asks.set(level)
    content.lastUpdateId = lastUpdateId
    content.eventTime = eventTime
    content.changedAt = receivedAt
  }

  /** From now on every reader throws, saying why. */
  end(reason: string): void {
    this.#lost = reason
  }

  /** What no market can be: somebody bids as much as somebody asks. */
  get isCrossed(): boolean {
    const { bestBid, bestAsk } = this
    return bestBid !== undefined && bestAsk !== undefined && compareDecimals(bestBid.price, bestAsk.price) >= 0
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
    return Math.max(0, this.#clock.now() - this.#content.changedAt)
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
    return [...this.#content.bids.levels(depth)]
  }

  asks(depth?: number): BookLevel[] {
    return [...this.#content.asks.levels(depth)]
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

  get #content(): Content {
    if (this.#lost !== undefined)
      throw new Error(`this book of ${this.#live.symbol} was lost (${this.#lost}): read the next Synced state's`)
    return this.#live
  }

  #ofBest(compute: (bid: number, ask: number) => number): number | undefined {
    const { bestBid, bestAsk } = this
    return bestBid && bestAsk && compute(Number(bestBid.price), Number(bestAsk.price))
  }
}
