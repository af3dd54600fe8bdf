import type { BookLevel, OrderBook } from '../../book/OrderBook.js'
import type { ShownBook, ShownSide } from '../fills/FillModel.js'
import type { RecordedScale } from './recordedScale.js'

/** So many levels are read first; where they do not suffice, twice as many. */
const FEW = 16

/** A book that is synced, in ticks and lots. */
export const shownBook = (book: OrderBook, scale: RecordedScale): ShownBook => {
  const side = (read: (depth: number) => readonly BookLevel[], best: () => BookLevel | undefined): ShownSide => ({
    best: () => {
      const level = best()
      return level && scale.ticks(level.price)
    },
    *levels() {
      for (let depth = FEW, told = 0; ; depth *= 2) {
        const levels = read(depth)
        for (const { price, quantity } of levels.slice(told)) yield [scale.ticks(price), scale.lots(quantity)]
        if (levels.length < depth) return
        told = levels.length
      }
    },
    quantityAt: (price) => scale.lots(book.quantityAt(scale.price(price)) ?? '0'),
  })
  return {
    bids: side(
      (depth) => book.bids(depth),
      () => book.bestBid,
    ),
    asks: side(
      (depth) => book.asks(depth),
      () => book.bestAsk,
    ),
  }
}
