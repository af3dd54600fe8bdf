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

/**
 * Limit orders near the best price, some of them better than it, cancellations, and now and then an order that takes:
 * as many cancellations as it needs to keep about `size` orders waiting.
 *
 * @param mean How many ms lie between two actions on average.
 */
export const flow = (random: () => number, { size, mean }: { readonly size: number; readonly mean: number }): Flow => {
  const waiting: number[] = []
  const below = (limit: number) => Math.floor(random() * limit)
  const lots = () => 1 + Math.floor(-Math.log(1 - random()) * 400)

  const limit = (book: Matching): NewOrder => {
    const side = random() < 0.5 ? 'BUY' : 'SELL'
    const sign = side === 'BUY' ? 1 : -1
    const [own, other] = side === 'BUY' ? [book.bids, book.asks] : [book.asks, book.bids]
    const best = own.best() ?? (other.best() ?? 0) - sign
    const away = Math.floor(-Math.log(1 - random()) * 30) - 2
    // One that would take, takes little: it goes one tick before the other side at most.
    const price = best - sign * away
    const edge = (other.best() ?? Infinity * sign) - sign
    return { side, quantity: lots(), price: sign * (price - edge) > 0 ? edge : price }
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
      if (chance < 0.08) return { side: random() < 0.5 ? 'BUY' : 'SELL', quantity: lots() }
      return chance < 0.08 + (0.92 * waiting.length) / (waiting.length + size)
        ? (cancellation() ?? limit(book))
        : limit(book)
    },
    pause: () => -Math.log(1 - random()) * mean,
    rests: (orderId) => {
      waiting.push(orderId)
    },
  }
}
