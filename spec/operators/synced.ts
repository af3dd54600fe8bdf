import { LiveBook } from '../../lib/book/LiveBook.js'
import type { BookState, Synced } from '../../lib/operators/BookState.js'
import { snapshot, update } from './depth.js'

/** A synced state with these levels, after an update of this id and time. */
export const synced = (id: number, bids = '10x1', asks = '11x1'): Synced => {
  const book = new LiveBook('BTCUSDT', snapshot(id - 1, bids, asks))
  const last = update(`${id}-${id}`)
  book.apply(last)
  return {
    _tag: 'Synced',
    book: book.reader,
    top: { bid: book.reader.bestBid, ask: book.reader.bestAsk },
    update: last,
  }
}

/** When something was so of the book that `synced` makes. */
export const momentOf = (id: number) => ({ symbol: 'BTCUSDT', eventTime: id, lastUpdateId: id })

export const gap: BookState = { _tag: 'Syncing', reason: 'gap', attempt: 1 }
export const stale: BookState = { ...synced(1), _tag: 'Stale', quiet: 60_000 }
