import type { Matching, NewOrder } from './matching.js'

/** A new order, or the cancellation of one that rests in the book. */
export type Action = NewOrder | { readonly cancel: number }

/** Random orders that keep a book busy and about as large as it is. */
export interface OrderFlow {
  readonly next: (book: Matching) => Action
  /** Milliseconds until the next action. */
  readonly pause: () => number
  /** Notes an order that rests in the book, so that it can be cancelled later. */
  readonly rests: (orderId: number) => void
}

/** How many orders rest in the book on average, and how many milliseconds lie between two actions on average. */
export interface OrderFlowConfig {
  readonly size: number
  readonly pause: number
}

/** The share of orders that take liquidity. */
const TAKERS = 0.1

/**
 * Limit orders near the other side's best price, market orders, and as many cancellations as keep about `size` orders
 * in the book.
 */
export const orderFlow = (random: () => number, { size, pause }: OrderFlowConfig): OrderFlow => {
  const waiting: number[] = []
  const below = (limit: number) => Math.floor(random() * limit)
  const lots = () => 1 + Math.floor(-Math.log(1 - random()) * 400)

  /** The share of buyers among takers, which drifts. */
  let buyers = 0.5
  const side = () => {
    buyers = Math.min(0.8, Math.max(0.2, buyers + (random() - 0.5) / 16))
    return random() < buyers ? 'BUY' : 'SELL'
  }

  const limit = (book: Matching): NewOrder => {
    const side = random() < 0.5 ? 'BUY' : 'SELL'
    const sign = side === 'BUY' ? 1 : -1
    const [own, other] = side === 'BUY' ? [book.bids, book.asks] : [book.asks, book.bids]
    // One tick before the other side is as near as it can get without taking.
    const nearest = (other.best() ?? (own.best() ?? 0) + sign) - sign
    return { side, quantity: lots(), price: nearest - sign * Math.floor(-Math.log(1 - random()) * 25) }
  }

  const cancellation = (): Action | undefined => {
    const place = below(waiting.length)
    const cancel = waiting[place]
    const last = waiting.pop()
    if (cancel === undefined || last === undefined) return undefined
    if (place < waiting.length) waiting[place] = last
    return { cancel }
  }

  return {
    next: (book) => {
      const chance = random()
      if (chance < TAKERS) return { side: side(), quantity: 2 * lots() }
      return chance < TAKERS + ((1 - TAKERS) * waiting.length) / (waiting.length + size)
        ? (cancellation() ?? limit(book))
        : limit(book)
    },
    pause: () => -Math.log(1 - random()) * pause,
    rests: (orderId) => {
      waiting.push(orderId)
    },
  }
}

/**
 * Submits the orders that rest on both sides of `price` (in ticks) before the market opens, a quarter of `size` each.
 */
export const submitOpeningOrders = (
  book: Matching,
  { rests }: Pick<OrderFlow, 'rests'>,
  random: () => number,
  { price, size }: { readonly price: number; readonly size: number },
): void => {
  const quantity = () => 1 + Math.floor(random() * 2_000)
  for (let away = 1; away <= size / 4; away++) {
    rests(book.submit({ side: 'BUY', quantity: quantity(), price: price - away }).orderId)
    rests(book.submit({ side: 'SELL', quantity: quantity(), price: price + away }).orderId)
  }
}
