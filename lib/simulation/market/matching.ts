import { restingSide, type RestingOrder, type RestingSide } from './RestingSide.js'
import { sweep } from './sweep.js'

/** An order: without a price it is a market order, and what cannot be filled is cancelled. */
export interface NewOrder {
  /** Whether it buys or sells. */
  readonly side: 'BUY' | 'SELL'
  /** In lots. */
  readonly quantity: number
  /** The worst price, in ticks; what is not filled at once waits in the book. */
  readonly price?: number
  /**
   * With IOC the rest does not wait, with FOK it is all or nothing, with GTX nothing at all where it would take.
   * Default: GTC.
   */
  readonly timeInForce?: 'GTC' | 'IOC' | 'FOK' | 'GTX'
}

/** Two orders that met: the price is the one of the order that waited. */
export interface Fill {
  /** In ticks. */
  readonly price: number
  /** In lots. */
  readonly quantity: number
  /** The order that rested. */
  readonly makerId: number
  /** The order that came. */
  readonly takerId: number
  /** The order that rested buys. */
  readonly isBuyerMaker: boolean
}

/** What an order or a cancellation did. */
export interface Outcome {
  /** Of the order that came. */
  readonly orderId: number
  /** In their order. */
  readonly fills: readonly Fill[]
  /** What now waits under this id, if anything. */
  readonly resting?: RestingOrder
  /** The prices whose quantity is another one now. */
  readonly touched: readonly (readonly [side: 'BUY' | 'SELL', price: number])[]
}

/** A price-time order book: orders in, fills and changes out. No clock and no chance in it. */
export interface Matching {
  /** Fills an order, and lets the rest of it rest. */
  readonly submit: (order: NewOrder) => Outcome
  /** Gives `undefined` when nothing waits under this id. */
  readonly cancel: (orderId: number) => Outcome | undefined
  /** How many lots go before this order is filled; `undefined` when nothing waits under this id. */
  readonly before: (orderId: number) => number | undefined
  /** The orders that buy. */
  readonly bids: Pick<RestingSide, 'best' | 'levels' | 'quantityAt'>
  /** The orders that sell. */
  readonly asks: Pick<RestingSide, 'best' | 'levels' | 'quantityAt'>
}

/** What is seen of a book by who trades in it. */
export type TradedBook = Pick<Matching, 'before' | 'bids' | 'asks'>

/** An empty market; order ids count from 1. */
export const matching = (): Matching => {
  const sides = { BUY: restingSide('BUY'), SELL: restingSide('SELL') }
  const waiting = new Map<number, RestingOrder>()
  let lastId = 0

  const left = (order: RestingOrder, quantity: number) => {
    sides[order.side].reduce(order, quantity)
    if (quantity > 0) waiting.set(order.id, { ...order, quantity })
    else waiting.delete(order.id)
  }

  /** Fills from the best price on, as long as the price suits. */
  const take = (takerId: number, { side, quantity, price }: NewOrder): readonly Fill[] => {
    const against = sides[side === 'BUY' ? 'SELL' : 'BUY']
    const suits = (offer: number) => price === undefined || (side === 'BUY' ? offer <= price : offer >= price)
    const fills: Fill[] = []
    let open = quantity
    for (let maker = against.first(); maker !== undefined && open > 0; maker = against.first()) {
      if (!suits(maker.price)) break
      const filled = Math.min(open, maker.quantity)
      fills.push({ price: maker.price, quantity: filled, makerId: maker.id, takerId, isBuyerMaker: side === 'SELL' })
      left(maker, maker.quantity - filled)
      open -= filled
    }
    return fills
  }

  /** Whether an order may go on, for its time in force. */
  const isWelcome = (order: NewOrder): boolean => {
    const { side, quantity, timeInForce } = order
    if (timeInForce !== 'FOK' && timeInForce !== 'GTX') return true
    const taken = sweep(sides[side === 'BUY' ? 'SELL' : 'BUY'].levels(), order).quantity
    return timeInForce === 'FOK' ? taken === quantity : taken === 0
  }

  return {
    bids: sides.BUY,
    asks: sides.SELL,
    before: (orderId) => {
      const order = waiting.get(orderId)
      return order && sides[order.side].before(order)
    },
    submit: (order) => {
      const { side, quantity, price, timeInForce } = order
      const orderId = ++lastId
      if (!isWelcome(order)) return { orderId, fills: [], touched: [] }
      const fills = take(orderId, order)
      const open = fills.reduce((sum, fill) => sum - fill.quantity, quantity)
      const against = side === 'BUY' ? 'SELL' : 'BUY'
      const taken = [...new Set(fills.map((fill) => fill.price))].map((at) => [against, at] as const)
      if (price === undefined || open === 0 || timeInForce === 'IOC') return { orderId, fills, touched: taken }
      const resting = { id: orderId, side, price, quantity: open }
      sides[side].add(resting)
      waiting.set(orderId, resting)
      return { orderId, fills, resting, touched: [...taken, [side, price]] }
    },
    cancel: (orderId) => {
      const order = waiting.get(orderId)
      if (order === undefined) return undefined
      left(order, 0)
      return { orderId, fills: [], touched: [[order.side, order.price]] }
    },
  }
}
