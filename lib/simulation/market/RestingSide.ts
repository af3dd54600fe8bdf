/** An order that waits in the book. */
export interface RestingOrder {
  /** Tells it from others. */
  readonly id: number
  /** Whether it buys or sells. */
  readonly side: 'BUY' | 'SELL'
  /** In ticks. */
  readonly price: number
  /** In lots, what is left. */
  readonly quantity: number
}

/** One side of a price-time book. */
export interface RestingSide {
  /** Prices and their sums of quantities, best first. */
  readonly levels: () => Iterable<readonly [price: number, quantity: number]>
  /** The price that comes first, in ticks; `undefined` where there is none. */
  readonly best: () => number | undefined
  /** What rests at a price, in lots. */
  readonly quantityAt: (price: number) => number
  /** The order that waits longest at the best price. */
  readonly first: () => RestingOrder | undefined
  /** How many lots an order would see go before it; `undefined` where it does not wait here. */
  readonly before: (order: Pick<RestingOrder, 'id' | 'price'>) => number | undefined
  /** Lets an order rest behind those of its price. */
  readonly add: (order: RestingOrder) => void
  /** Puts what is left of an order in its place; nothing left takes it out. */
  readonly reduce: (order: RestingOrder, left: number) => void
}

/** Orders by price, then by time; the best price is the highest bid or the lowest ask. */
export const restingSide = (side: 'BUY' | 'SELL'): RestingSide => {
  const sign = side === 'BUY' ? -1 : 1
  const queues = new Map<number, RestingOrder[]>()
  const prices: number[] = []

  /** Where the price is, or would be. */
  const placeOf = (price: number): number => {
    let from = 0
    let to = prices.length
    while (from < to) {
      const middle = (from + to) >>> 1
      if (sign * ((prices[middle] ?? 0) - price) < 0) from = middle + 1
      else to = middle
    }
    return from
  }
  const quantityAt = (price: number) => (queues.get(price) ?? []).reduce((sum, { quantity }) => sum + quantity, 0)
  const best = () => prices[0]

  return {
    *levels() {
      for (const price of prices) yield [price, quantityAt(price)]
    },
    best,
    quantityAt,
    first: () => queues.get(best() ?? NaN)?.[0],
    before: ({ id, price }) => {
      const queue = queues.get(price) ?? []
      const place = queue.findIndex((waiting) => waiting.id === id)
      if (place < 0) return undefined
      const better = prices.slice(0, placeOf(price)).reduce((sum, each) => sum + quantityAt(each), 0)
      return queue.slice(0, place).reduce((sum, { quantity }) => sum + quantity, better)
    },
    add: (order) => {
      const queue = queues.get(order.price)
      if (queue !== undefined) queue.push(order)
      else {
        queues.set(order.price, [order])
        prices.splice(placeOf(order.price), 0, order.price)
      }
    },
    reduce: ({ id, price }, left) => {
      const queue = queues.get(price) ?? []
      const place = queue.findIndex((waiting) => waiting.id === id)
      const order = queue[place]
      if (order === undefined) return
      if (left > 0) queue[place] = { ...order, quantity: left }
      else queue.splice(place, 1)
      if (queue.length > 0) return
      queues.delete(price)
      prices.splice(placeOf(price), 1)
    },
  }
}
