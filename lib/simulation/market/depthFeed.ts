import type { Level } from '../../codecs/Levels.js'
import type { BookTicker } from '../../events/BookTicker.js'
import type { DepthSnapshot } from '../../events/DepthSnapshot.js'
import type { LinkedDepthUpdate } from '../../events/DepthUpdate.js'
import type { Opening } from './Bar.js'
import type { Matching, Outcome } from './matching.js'

/** What a venue publishes of a book: every change has an update id, and ids of other symbols may lie between them. */
export interface DepthFeed {
  /**
   * Counts a change; gives the ticker where it moved the best price or quantity. `skipped` ids went to other symbols.
   */
  readonly changed: (at: number, outcome: Outcome, skipped: number) => BookTicker | undefined
  /** Everything that changed since the last one; nothing when nothing did. */
  readonly update: (at: number) => LinkedDepthUpdate | undefined
  readonly ticker: (at: number) => BookTicker
  /** The whole book, or its best `limit` levels a side, as of the last change. */
  readonly snapshot: (limit?: number) => DepthSnapshot
  /** The id of the last change becomes this one, and ids go on from there. */
  readonly restartIds: (lastId: number) => void
}

/** The update id of the book as it is when the market opens. */
const FIRST_ID = 5_000_000_000

/** Watches one book. */
export const depthFeed = (book: Matching, { symbol, scale, start }: Omit<Opening, 'price'>): DepthFeed => {
  let lastUpdateId = FIRST_ID
  let previousUpdateId = FIRST_ID
  let firstUpdateId: number | undefined
  let transactionTime = start
  const touched = { BUY: new Set<number>(), SELL: new Set<number>() }

  const level = ([price, quantity]: readonly [number, number]): Level => [scale.price(price), scale.quantity(quantity)]

  const top = (side: Matching['bids']): Level => {
    const price = side.best()
    return price === undefined ? level([0, 0]) : level([price, side.quantityAt(price)])
  }

  const ticker = (eventTime: number): BookTicker => {
    const [[bidPrice, bidQuantity], [askPrice, askQuantity]] = [top(book.bids), top(book.asks)]
    return { updateId: lastUpdateId, symbol, bidPrice, bidQuantity, askPrice, askQuantity, eventTime, transactionTime }
  }

  const drain = (side: 'BUY' | 'SELL'): readonly Level[] => {
    const resting = side === 'BUY' ? book.bids : book.asks
    const prices = [...touched[side]].sort((a, b) => (side === 'BUY' ? b - a : a - b))
    touched[side].clear()
    return prices.map((price) => level([price, resting.quantityAt(price)]))
  }

  const sideOf = (side: Matching['bids'], limit: number): readonly Level[] => {
    const levels: Level[] = []
    for (const each of side.levels()) {
      if (levels.length === limit) break
      levels.push(level(each))
    }
    return levels
  }

  /** The best price and quantity of a side, in ticks and lots. */
  const best = { bids: [0, 0], asks: [0, 0] }
  const isMoved = (side: 'bids' | 'asks'): boolean => {
    const price = book[side].best() ?? 0
    const quantity = price === 0 ? 0 : book[side].quantityAt(price)
    const [before, had] = best[side]
    best[side] = [price, quantity]
    return price !== before || quantity !== had
  }
  isMoved('bids')
  isMoved('asks')

  return {
    ticker,
    changed: (at, outcome, skipped) => {
      if (outcome.touched.length === 0) return undefined
      lastUpdateId += 1 + skipped
      firstUpdateId ??= lastUpdateId
      transactionTime = at
      for (const [side, price] of outcome.touched) touched[side].add(price)
      const [bids, asks] = [isMoved('bids'), isMoved('asks')]
      return bids || asks ? ticker(at) : undefined
    },
    update: (eventTime) => {
      if (firstUpdateId === undefined) return undefined
      const ids = { firstUpdateId, lastUpdateId, previousUpdateId }
      previousUpdateId = lastUpdateId
      firstUpdateId = undefined
      return { eventTime, transactionTime, symbol, ...ids, bids: drain('BUY'), asks: drain('SELL') }
    },
    snapshot: (limit = Infinity) => ({
      symbol,
      lastUpdateId,
      bids: sideOf(book.bids, limit),
      asks: sideOf(book.asks, limit),
      eventTime: transactionTime,
      transactionTime,
    }),
    restartIds: (lastId) => {
      const by = lastUpdateId - lastId
      lastUpdateId -= by
      previousUpdateId -= by
      if (firstUpdateId !== undefined) firstUpdateId -= by
    },
  }
}
