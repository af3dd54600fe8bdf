import type { Matching, NewOrder } from './matching.js'

/** What somebody does next: a new order, or the cancellation of one that waits. */
export type Action = NewOrder | { readonly cancel: number }

/** Orders that keep a book busy and about as large as it is. */
export interface Flow {
  readonly next: (book: Matching) => Action
  /** Milliseconds until then. */
  readonly pause: () => number
  /** Tells which order waits now, so that it can be cancelled one day. */
  readonly rests: (orderId: number) => void
}

/** The share of orders that take. */
const TAKERS = 0.1

/**
 * Limit orders near the other side's best price, cancellations, and now and then an order that takes; as many
 * cancellations as it needs to keep about `size` orders waiting.
 *
 * @param mean How many ms lie between two actions on average.
 */
export const flow = (random: () => number, { size, mean }: { readonly size: number; readonly mean: number }): Flow => {
  const waiting: number[] = []
  const below = (limit: number) => Math.floor(random() * limit)
  const lots = () => 1 + Math.floor(-Math.log(1 - random()) * 400)

  /** The share of buyers, in moods that last a while. */
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
    pause: () => -Math.log(1 - random()) * mean,
    rests: (orderId) => {
      waiting.push(orderId)
    },
  }
}
