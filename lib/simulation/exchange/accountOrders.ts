import { isOpen, type Order, type OrderName } from './Order.js'

/** The orders of one account. */
export interface AccountOrders {
  /** Adds an order, or replaces it by what it is now. */
  readonly put: (order: Order) => void
  readonly open: () => Iterable<Order>
  /** Oldest first. */
  readonly all: () => Iterable<Order>
  readonly get: (orderId: bigint) => Order | undefined
  readonly find: (symbol: string, name: OrderName) => Order | undefined
}

/** So many orders that are not open any more are remembered. */
const REMEMBERED = 1_000

export const accountOrders = (): AccountOrders => {
  const orders = new Map<bigint, Order>()
  const open = new Map<bigint, Order>()
  let closed: readonly bigint[] = []

  return {
    put: (order) => {
      const { orderId } = order
      orders.set(orderId, order)
      if (isOpen(order)) {
        open.set(orderId, order)
        return
      }
      open.delete(orderId)
      closed = [...closed, orderId]
      for (const old of closed.slice(0, -REMEMBERED)) orders.delete(old)
      closed = closed.slice(-REMEMBERED)
    },
    open: () => open.values(),
    all: () => orders.values(),
    get: (orderId) => orders.get(orderId),
    find: (symbol, { orderId, clientOrderId }) =>
      [...orders.values()].findLast(
        (order) =>
          order.instrument.symbol === symbol &&
          (orderId === undefined ? order.clientOrderId === clientOrderId : String(order.orderId) === orderId),
      ),
  }
}
