import type { Level } from '../../codecs/Levels.js'
import type { BookTicker } from '../../events/BookTicker.js'
import type { DepthSnapshot } from '../../events/DepthSnapshot.js'
import type { LinkedDepthUpdate } from '../../events/DepthUpdate.js'
import type { Matching, Outcome } from './matching.js'
import type { Scale } from './Scale.js'

/** What a futures venue says of a book: one id for every change, ids of other symbols between them. */
export interface DepthFeed {
  /** Counts a change; gives the ticker where it moved the best price or quantity. */
  readonly changed: (at: number, outcome: Outcome, skipped: number) => BookTicker | undefined
  /** Everything that changed since the last one; nothing when nothing did. */
  readonly update: (at: number) => LinkedDepthUpdate | undefined
  readonly ticker: (at: number) => BookTicker
  /** The whole book, or its best `limit` levels a side, as of the last change. */
  readonly snapshot: (limit?: number) => DepthSnapshot
}

/** Watches one book; ids go on from `firstId`. */
export const depthFeed = (
  book: Matching,
  { symbol, scale, firstId, start }: { symbol: string; scale: Scale; firstId: number; start: number },
): DepthFeed => {
  let lastUpdateId = firstId
  let previousUpdateId = firstId
  let firstUpdateId: number | undefined
  let transactionTime = start
  let best = ''
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

  best = [...top(book.bids), ...top(book.asks)].join(' ')

  return {
    ticker,
    changed: (at, outcome, skipped) => {
      if (outcome.touched.length === 0) return undefined
      lastUpdateId += 1 + skipped
      firstUpdateId ??= lastUpdateId
      transactionTime = at
      for (const [side, price] of outcome.touched) touched[side].add(price)
      const now = [...top(book.bids), ...top(book.asks)].join(' ')
      if (now === best) return undefined
      best = now
      return ticker(at)
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
  }
}
