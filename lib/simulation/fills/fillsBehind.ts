import { aFunction, checked } from '../../codecs/checked.js'
import type { NewOrder } from '../market/matching.js'
import type {
  FillInput,
  FillModel,
  FillState,
  LevelChange,
  ModelFill,
  ShownBook,
  ShownTrade,
  WaitingOrder,
} from './FillModel.js'

/** An order in the queue of its level. */
export interface QueuedOrder extends WaitingOrder {
  /** How many lots are filled before it; `undefined` while it waits for a book that says so. */
  readonly ahead: number | undefined
  /**
   * What was ahead before the last changes of the book were told: a trade that is in them is counted off from here. There
   * is none of an order that came after them.
   */
  readonly aheadBefore?: number | undefined
}

/** What a model of queues knows. */
export interface QueueState extends FillState<QueuedOrder> {
  /** Whether the book is known: where it is not, nothing fills. */
  readonly isSynced: boolean
  /** What was taken of shown levels that did not change since, in lots, by side and price. */
  readonly taken: ReadonlyMap<string, number>
}

type Step = readonly [QueueState, readonly ModelFill[]]

const levelKey = (side: 'BUY' | 'SELL', price: number) => `${side} ${price}`

/** Above 0 where `a` is worse for the order than `b`. */
const worse = (side: 'BUY' | 'SELL', a: number, b: number) => (side === 'BUY' ? a - b : b - a)

/** What an arriving order takes of the shown levels, and the state with that taken. */
const sweepShown = (state: QueueState, id: number, { side, quantity, price }: NewOrder, book: ShownBook): Step => {
  const against = side === 'BUY' ? 'SELL' : 'BUY'
  const taken = new Map(state.taken)
  const fills: ModelFill[] = []
  let open = quantity
  for (const [offer, shown] of (side === 'BUY' ? book.asks : book.bids).levels()) {
    if (open === 0 || (price !== undefined && worse(side, offer, price) > 0)) break
    const key = levelKey(against, offer)
    const before = taken.get(key) ?? 0
    const filled = Math.min(open, Math.max(0, Math.floor(shown) - before))
    if (filled === 0) continue
    open -= filled
    taken.set(key, before + filled)
    fills.push({ id, price: offer, quantity: filled, isMaker: false })
  }
  return [fills.length === 0 ? state : { ...state, taken }, fills]
}

const sum = (fills: readonly ModelFill[]) => fills.reduce((all, { quantity }) => all + quantity, 0)

/**
 * A model of fills by how much goes before an order, given the lots of its level when it arrives:
 *
 * - what takes sweeps the shown levels; what it took stays taken until they change;
 * - what waits is filled by trades whose taker is on the other side. One at its price first fills what is ahead, and one
 *   through its price finds it in front; what is left of a trade fills in part, the better price first, then who waited
 *   longer;
 * - no more is ahead than is on the level; what is finer than a lot counts against the order;
 * - while the book is not synced nothing is filled. What arrives meanwhile waits for it, unless it may only take, or may not.
 *
 * @throws TypeError where it is given no function.
 */
export const fillsBehind = checked(
  'fillsBehind',
  [aFunction('a function of the lots of a level')],
  (aheadOf: (shown: number) => number): FillModel<QueueState> => {
    const start: QueueState = { orders: [], isSynced: false, taken: new Map() }

    const ofLevel = ({ side, price }: WaitingOrder, book: ShownBook) =>
      aheadOf(Math.ceil((side === 'BUY' ? book.bids : book.asks).quantityAt(price)))

    const waits = (state: QueueState, order: QueuedOrder): QueueState => ({
      ...state,
      orders: [...state.orders, order],
    })

    const arrive = (state: QueueState, id: number, order: NewOrder, book: ShownBook | undefined): Step => {
      const { side, quantity, price, timeInForce = 'GTC' } = order
      if (!state.isSynced || book === undefined)
        return price === undefined || timeInForce !== 'GTC'
          ? [state, []]
          : [waits(state, { id, side, price, quantity, ahead: undefined }), []]
      const best = (side === 'BUY' ? book.asks : book.bids).best()
      if (timeInForce === 'GTX' && best !== undefined && price !== undefined && worse(side, best, price) <= 0)
        return [state, []]
      const [swept, fills] = sweepShown(state, id, order, book)
      const open = quantity - sum(fills)
      if (timeInForce === 'FOK' && open > 0) return [state, []]
      if (price === undefined || open === 0 || timeInForce === 'IOC' || timeInForce === 'FOK') return [swept, fills]
      const waiting = { id, side, price, quantity: open }
      return [waits(swept, { ...waiting, ahead: ofLevel(waiting, book) }), fills]
    }

    /** Orders that came meanwhile arrive now; whoever waited before has no more ahead than there is. */
    const synced = (state: QueueState, book: ShownBook): Step => {
      let next: QueueState = { ...start, isSynced: true }
      const fills: ModelFill[] = []
      for (const order of state.orders)
        if (order.ahead === undefined) {
          const [after, filled] = arrive(next, order.id, order, book)
          next = after
          fills.push(...filled)
        } else {
          const ahead = Math.min(order.ahead, ofLevel(order, book))
          next = waits(next, { ...order, ahead, aheadBefore: undefined })
        }
      return [next, fills]
    }

    const changed = (state: QueueState, changes: Iterable<LevelChange>): QueueState => {
      if (state.orders.length === 0 && state.taken.size === 0) return state
      const quantities = { BUY: new Map<number, number>(), SELL: new Map<number, number>() }
      const taken = new Map(state.taken)
      for (const [side, price, quantity] of changes) {
        quantities[side].set(price, quantity)
        if (taken.size > 0) taken.delete(levelKey(side, price))
      }
      const orders = state.orders.map((order) => {
        if (order.ahead === undefined) return order
        const shown = quantities[order.side].get(order.price)
        const ahead = shown === undefined ? order.ahead : Math.min(order.ahead, aheadOf(Math.ceil(shown)))
        return { ...order, ahead, aheadBefore: order.ahead }
      })
      return { ...state, orders, taken: taken.size === state.taken.size ? state.taken : taken }
    }

    const traded = (state: QueueState, { price, quantity, isBuyerMaker, isInBook = false }: ShownTrade): Step => {
      const side = isBuyerMaker ? 'BUY' : 'SELL'
      const reached = state.orders
        .filter((order) => order.side === side && worse(side, order.price, price) >= 0)
        .sort((a, b) => worse(side, b.price, a.price))
      const fills: ModelFill[] = []
      const after = new Map<number, QueuedOrder>()
      let left = Math.floor(quantity)
      for (const order of reached) {
        const { id, ahead } = order
        const counted = isInBook ? order.aheadBefore : ahead
        if (ahead === undefined || counted === undefined) continue
        const isThrough = order.price !== price
        const filled = Math.min(order.quantity, Math.max(0, left - (isThrough ? 0 : counted)))
        const remains = isThrough ? aheadOf(0) : Math.max(0, counted - left)
        const queued = isInBook ? { ahead: Math.min(ahead, remains), aheadBefore: remains } : { ahead: remains }
        after.set(id, { ...order, ...queued, quantity: order.quantity - filled })
        left -= filled
        if (filled > 0) fills.push({ id, price: order.price, quantity: filled, isMaker: true })
      }
      if (after.size === 0) return [state, []]
      const orders = state.orders.map((order) => after.get(order.id) ?? order)
      return [{ ...state, orders: orders.filter((order) => order.quantity > 0) }, fills]
    }

    const step = (state: QueueState, input: FillInput): Step => {
      if (input._tag === 'Order') return arrive(state, input.id, input.order, input.book)
      if (input._tag === 'Cancel') return [{ ...state, orders: state.orders.filter(({ id }) => id !== input.id) }, []]
      if (input._tag === 'Book')
        return input.book === undefined ? [{ ...state, isSynced: false }, []] : synced(state, input.book)
      if (!state.isSynced) return [state, []]
      return input._tag === 'Levels' ? [changed(state, input.changes), []] : traded(state, input.trade)
    }

    return { start, step }
  },
)
