import type { NewOrder } from '../../../lib/simulation/market/matching.js'

/** A lot of an order of ours, or of somebody else's (`undefined`). */
type Lot = number | undefined

/** What a lot of an order was filled at. */
interface FilledLot {
  readonly id: number
  readonly price: number
}

/**
 * Queues as they stand, lot by lot and one list for each level, in which trades shift lots away from the front: no counts,
 * and nothing shared with the models.
 */
export const naiveQueue = () => {
  const queues = new Map<string, Lot[]>()
  const shown = new Map<string, number>()
  const used = new Map<string, number>()
  const key = (side: string, price: number) => `${side}${price}`
  const queueOf = (at: string): Lot[] => {
    const queue = queues.get(at) ?? []
    queues.set(at, queue)
    return queue
  }
  const others = (queue: readonly Lot[]) => queue.filter((lot) => lot === undefined).length

  return {
    level: (side: 'BUY' | 'SELL', price: number, quantity: number) => {
      const at = key(side, price)
      shown.set(at, quantity)
      used.delete(at)
      const queue = queueOf(at)
      while (others(queue) > quantity) queue.splice(queue.lastIndexOf(undefined), 1)
    },
    place: (id: number, { side, quantity, price }: Required<Pick<NewOrder, 'side' | 'quantity' | 'price'>>) => {
      const filled: FilledLot[] = []
      const offers = [1, 2, 3, 4, 5, 6].filter((offer) => (side === 'BUY' ? offer <= price : offer >= price))
      if (side === 'SELL') offers.reverse()
      for (const offer of offers) {
        const at = key(side === 'BUY' ? 'SELL' : 'BUY', offer)
        while (filled.length < quantity && (used.get(at) ?? 0) < (shown.get(at) ?? 0)) {
          used.set(at, (used.get(at) ?? 0) + 1)
          filled.push({ id, price: offer })
        }
      }
      const at = key(side, price)
      const queue = queueOf(at)
      if (filled.length === quantity) return filled
      while (others(queue) < (shown.get(at) ?? 0)) queue.push(undefined)
      while (queue.filter((lot) => lot === id).length < quantity - filled.length) queue.push(id)
      return filled
    },
    cancel: (id: number) => {
      for (const [at, queue] of queues)
        queues.set(
          at,
          queue.filter((lot) => lot !== id),
        )
    },
    trade: (price: number, quantity: number, isBuyerMaker: boolean) => {
      const side = isBuyerMaker ? 'BUY' : 'SELL'
      const better = [1, 2, 3, 4, 5, 6].filter((other) => (isBuyerMaker ? other > price : other < price))
      if (isBuyerMaker) better.reverse()
      const filled: FilledLot[] = []
      let left = quantity
      for (const other of [...better, price]) {
        const queue = queueOf(key(side, other))
        // The taker would not have come here past others who wait at a better price.
        const rest = other === price ? queue : queue.filter((lot) => lot !== undefined)
        while (left > 0 && rest.length > 0) {
          const lot = rest.shift()
          left -= 1
          if (lot !== undefined) filled.push({ id: lot, price: other })
        }
        queues.set(key(side, other), rest)
      }
      return filled
    },
  }
}
