import type { BookLevel, BookState, OrderBook } from 'aster-rx/core'

type Pairs = readonly (readonly [price: string, quantity: string])[]

const levels = (pairs: Pairs): BookLevel[] => pairs.map(([price, quantity]) => ({ price, quantity }))

/** A synced book of these levels, best first. */
export const syncedBook = (bids: Pairs, asks: Pairs): Extract<BookState, { _tag: 'Synced' }> => {
  const [bid, ask] = [levels(bids)[0], levels(asks)[0]]
  const book: OrderBook = {
    ...{ symbol: 'BTCUSDT', lastUpdateId: 1, eventTime: 1, age: 10, bestBid: bid, bestAsk: ask },
    size: { bids: bids.length, asks: asks.length },
    mid: bid && ask && (Number(bid.price) + Number(ask.price)) / 2,
    spread: bid && ask && Number(ask.price) - Number(bid.price),
    bids: (depth = Infinity) => levels(bids).slice(0, depth),
    asks: (depth = Infinity) => levels(asks).slice(0, depth),
    quantityAt: () => undefined,
    toSnapshot: () => ({ symbol: 'BTCUSDT', lastUpdateId: 1, bids: [...bids], asks: [...asks] }),
  }
  return { _tag: 'Synced', book, top: { bid, ask }, update: undefined }
}

export const syncing = (reason: Extract<BookState, { _tag: 'Syncing' }>['reason']): BookState => ({
  ...{ _tag: 'Syncing', reason, attempt: 1 },
})
