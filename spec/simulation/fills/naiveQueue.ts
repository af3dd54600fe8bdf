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

  type Placed = Required<Pick<NewOrder, 'side' | 'quantity'>> & Pick<NewOrder, 'price' | 'timeInForce'>
  let isLost = false
  /** Those that came while nobody knew the book, and those that stand in a queue, in the order of their age. */
  let unseen: (readonly [id: number, order: Placed])[] = []

  const level = (side: 'BUY' | 'SELL', price: number, quantity: number) => {
    const at = key(side, price)
    shown.set(at, quantity)
    used.delete(at)
    const queue = queueOf(at)
    while (others(queue) > quantity) queue.splice(queue.lastIndexOf(undefined), 1)
  }
  const offered = (at: string) => (shown.get(at) ?? 0) - (used.get(at) ?? 0)
  /** The prices at which it may take, the best first. */
  const offers = ({ side, price }: Placed) => {
    const all = [1, 2, 3, 4, 5, 6].filter(
      (offer) => price === undefined || (side === 'BUY' ? offer <= price : offer >= price),
    )
    return side === 'BUY' ? all : all.reverse()
  }
  const place = (id: number, order: Placed): readonly FilledLot[] => {
    const { side, quantity, price, timeInForce = 'GTC' } = order
    if (isLost) {
      if (timeInForce === 'GTC' && price !== undefined) unseen.push([id, order])
      return []
    }
    const against = offers(order).map((offer) => [offer, key(side === 'BUY' ? 'SELL' : 'BUY', offer)] as const)
    if (timeInForce === 'GTX' && against.some(([, at]) => (shown.get(at) ?? 0) > 0)) return []
    const available = against.reduce((sum, [, at]) => sum + Math.max(0, offered(at)), 0)
    if (timeInForce === 'FOK' && available < quantity) return []
    const filled: FilledLot[] = []
    for (const [offer, at] of against)
      while (filled.length < quantity && offered(at) > 0) {
        used.set(at, (used.get(at) ?? 0) + 1)
        filled.push({ id, price: offer })
      }
    if (filled.length === quantity || price === undefined || timeInForce === 'IOC' || timeInForce === 'FOK')
      return filled
    const at = key(side, price)
    const queue = queueOf(at)
    while (others(queue) < (shown.get(at) ?? 0)) queue.push(undefined)
    while (queue.filter((lot) => lot === id).length < quantity - filled.length) queue.push(id)
    return filled
  }

  return {
    level,
    place,
    /** Nobody knows the book any more. */
    lose: () => {
      isLost = true
    },
    /** This is the book, at all prices. */
    find: (levels: readonly (readonly [side: 'BUY' | 'SELL', price: number, quantity: number])[]) => {
      isLost = false
      for (const [side, price, quantity] of levels) level(side, price, quantity)
      const waited = unseen
      unseen = []
      return waited.flatMap(([id, order]) => place(id, order))
    },
    cancel: (id: number) => {
      unseen = unseen.filter(([other]) => other !== id)
      for (const [at, queue] of queues)
        queues.set(
          at,
          queue.filter((lot) => lot !== id),
        )
    },
    trade: (price: number, quantity: number, isBuyerMaker: boolean) => {
      if (isLost) return []
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
