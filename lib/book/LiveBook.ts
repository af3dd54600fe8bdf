import type { SchedulerLike } from 'rxjs'
import { compareDecimals } from '../codecs/compareDecimals.js'
import type { DepthSnapshot } from '../events/DepthSnapshot.js'
import type { DepthUpdate } from '../events/DepthUpdate.js'
import { BookReader, type BookContent } from './BookReader.js'
import { BookSide } from './BookSide.js'
import type { OrderBook } from './OrderBook.js'

type Change = Pick<DepthUpdate, 'lastUpdateId' | 'bids' | 'asks'> & { readonly eventTime?: number | undefined }

/** Of a book that does not say how old it is. */
const stopped = { now: () => 0 }

/** The book that `syncDepth` writes. A class, because it is what every change of a market goes through. */
export class LiveBook {
  /** What others read: it cannot be changed through it. */
  readonly reader: OrderBook
  readonly #content: BookContent

  /** `receivedAt`, in ms since 1970, is when the snapshot came, by the clock. */
  constructor(symbol: string, snapshot: DepthSnapshot, receivedAt = 0, clock: Pick<SchedulerLike, 'now'> = stopped) {
    const sides = { bids: new BookSide(-1), asks: new BookSide(1) }
    const times = { eventTime: undefined, changedAt: receivedAt, clock }
    this.#content = { symbol, ...sides, ...times, lastUpdateId: 0, lost: undefined }
    this.reader = Object.freeze(new BookReader(this.#content))
    this.apply(snapshot, receivedAt)
  }

  /** Takes over the quantities of an update; the order of updates is not its business. */
  apply({ lastUpdateId, eventTime, bids, asks }: Change, receivedAt = 0): void {
    const content = this.#content
    content.bids.apply(bids)
    content.asks.apply(asks)
    content.lastUpdateId = lastUpdateId
    content.eventTime = eventTime
    content.changedAt = receivedAt
  }

  /** From now on every reader throws, saying why. */
  end(reason: string): void {
    this.#content.lost = reason
  }

  /** What no market can be: somebody bids as much as somebody asks. */
  get isCrossed(): boolean {
    const { bids, asks } = this.#content
    if (bids.bestNumber < asks.bestNumber) return false
    return bids.best !== undefined && asks.best !== undefined && compareDecimals(bids.best.price, asks.best.price) >= 0
  }
}
