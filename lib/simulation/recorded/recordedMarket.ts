import type { OrderBook } from '../../book/OrderBook.js'
import type { Decimal } from '../../codecs/Decimal.js'
import type { Levels } from '../../codecs/Levels.js'
import { LevelsView, STRIDE } from '../../codecs/LevelsView.js'
import type { DepthSnapshot } from '../../events/DepthSnapshot.js'
import type { DepthUpdate } from '../../events/DepthUpdate.js'
import type { AggTrade } from '../../events/AggTrade.js'
import type { Trade } from '../../events/Trade.js'
import type { BookState } from '../../operators/BookState.js'
import type { FillInput, FillModel, LevelChange, ModelFill, ShownBook, WaitingOrder } from '../fills/FillModel.js'
import type { Acted } from '../market/marketData.js'
import type { Outcome, TradedBook } from '../market/matching.js'
import type { Action } from '../market/orderFlow.js'
import type { NumberedFill } from '../market/tradeLog.js'
import type { RecordedScale } from './recordedScale.js'
import { shownBook } from './shownBook.js'

/** A time in which a market's book was not synced, so that nothing was filled, in ms since 1970. */
export interface UnsyncedSpan {
  /** Upper case. */
  readonly symbol: string
  /** When the book was lost, in ms since 1970 by the recorded clock. */
  readonly from: number
  /** When it was synced again; `undefined` while it lasts. */
  readonly to: number | undefined
}

/** One symbol's market in a recording: what it showed, and orders that nobody there saw. */
export interface RecordedMarket {
  readonly book: TradedBook
  readonly snapshot: (limit?: number) => DepthSnapshot | undefined
  readonly unsynced: () => readonly UnsyncedSpan[]
  readonly act: (at: number, action: Action) => Acted | undefined
  /** The recorded market trades, or its book changes: what of the orders that wait is filled by that. */
  readonly traded: (trade: Trade | AggTrade) => readonly NumberedFill[]
  readonly changed: (state: BookState, at: number) => readonly NumberedFill[]
  /** Somebody takes so many lots of the orders that wait at a price or a better one, whoever else is there. */
  readonly take: (side: 'BUY' | 'SELL', price: number, quantity: number) => readonly NumberedFill[]
}

const none = { best: () => undefined, levels: () => [], quantityAt: () => 0 }
const nothing: ShownBook = { bids: none, asks: none }
/** Who was there when it was recorded has no number. */
const OTHERS = 0

/** The levels of a side, as numbers where they were read as such. */
const numbersIn = function* (levels: Levels): Generator<readonly [Decimal | number, Decimal | number]> {
  if (levels instanceof LevelsView) {
    const { numbers } = levels
    for (let at = 0; at < numbers.length; at += STRIDE) yield [numbers[at] ?? NaN, numbers[at + 1] ?? NaN]
  } else yield* levels
}

const levelChanges = function* ({ bids, asks }: DepthUpdate, { ticks, lots }: RecordedScale): Generator<LevelChange> {
  for (const [price, quantity] of numbersIn(bids)) yield ['BUY', ticks(price), lots(quantity)]
  for (const [price, quantity] of numbersIn(asks)) yield ['SELL', ticks(price), lots(quantity)]
}

export const recordedMarket = (symbol: string, scale: RecordedScale, model: FillModel): RecordedMarket => {
  let state = model.start
  let synced: OrderBook | undefined
  let shown: ShownBook | undefined
  /** The best prices that were seen last: what a market is worth while its book is lost. */
  let last = { bid: undefined as number | undefined, ask: undefined as number | undefined }
  let bookTime = -Infinity
  let spans: readonly UnsyncedSpan[] = []
  let lastId = 0
  let lastTradeId = 0

  const numbered = ({ id, price, quantity, isMaker }: ModelFill, side: 'BUY' | 'SELL'): NumberedFill => ({
    ...{ tradeId: ++lastTradeId, price, quantity },
    makerId: isMaker ? id : OTHERS,
    takerId: isMaker ? OTHERS : id,
    isBuyerMaker: (side === 'BUY') === isMaker,
  })
  /** `sides` are those of orders that are not among the waiting ones. */
  const step = (input: FillInput, side?: 'BUY' | 'SELL'): readonly NumberedFill[] => {
    const waited = state.orders
    const [next, fills] = model.step(state, input)
    state = next
    return fills.map((fill) => numbered(fill, waited.find(({ id }) => id === fill.id)?.side ?? side ?? 'BUY'))
  }
  const waiting = (id: number) => state.orders.find((order) => order.id === id)

  /** The lots of our own orders that go before one of them. */
  const before = ({ id, side, price }: WaitingOrder): number => {
    let [sum, isOlder] = [0, true]
    for (const other of state.orders) {
      isOlder &&= other.id !== id
      const isBetter = side === 'BUY' ? other.price > price : other.price < price
      if (other.side === side && (isBetter || (isOlder && other.price === price))) sum += other.quantity
    }
    return sum
  }

  const submitted = (
    order: Exclude<Action, { readonly cancel: number }>,
  ): readonly [Outcome, readonly NumberedFill[]] => {
    const orderId = ++lastId
    const fills = step({ _tag: 'Order', id: orderId, order, book: shown }, order.side)
    const resting = waiting(orderId)
    return [{ orderId, fills, touched: [], ...(resting && { resting }) }, fills]
  }
  const cancelled = (id: number): Outcome | undefined => {
    if (waiting(id) === undefined) return undefined
    step({ _tag: 'Cancel', id })
    return { orderId: id, fills: [], touched: [] }
  }

  const side = (of: 'bids' | 'asks', best: () => number | undefined): TradedBook['bids'] => ({
    best: () => (shown === undefined ? best() : shown[of].best()),
    levels: () => (shown ?? nothing)[of].levels(),
    quantityAt: (price) => (shown ?? nothing)[of].quantityAt(price),
  })

  const lost = (at: number) => {
    if (spans.at(-1)?.to !== undefined || spans.length === 0) spans = [...spans, { symbol, from: at, to: undefined }]
    if (shown === undefined) return []
    synced = shown = undefined
    return step({ _tag: 'Book', book: undefined })
  }
  const found = (book: OrderBook, at: number) => {
    synced = book
    shown = shownBook(book, scale)
    spans = spans.map((span) => ({ ...span, to: span.to ?? at }))
    return step({ _tag: 'Book', book: shown })
  }

  return {
    book: {
      bids: side('bids', () => last.bid),
      asks: side('asks', () => last.ask),
      before: (orderId) => {
        const order = waiting(orderId)
        return order && before(order)
      },
    },
    snapshot: (limit) =>
      synced && {
        ...{ symbol, lastUpdateId: synced.lastUpdateId, eventTime: synced.eventTime ?? 0 },
        transactionTime: synced.eventTime ?? 0,
        bids: synced.bids(limit).map(({ price, quantity }) => [price, quantity] as const),
        asks: synced.asks(limit).map(({ price, quantity }) => [price, quantity] as const),
      },
    unsynced: () => spans,
    act: (at, action) => {
      if (!('cancel' in action)) {
        const [outcome, fills] = submitted(action)
        return { at, outcome, fills, publications: [] }
      }
      const outcome = cancelled(action.cancel)
      return outcome && { at, outcome, fills: [], publications: [] }
    },
    traded: ({ price, quantity, isBuyerMaker, tradeTime }) =>
      step({
        _tag: 'Trade',
        trade: {
          ...{ price: scale.ticks(price), quantity: scale.lots(quantity), isBuyerMaker },
          isInBook: tradeTime <= bookTime,
        },
      }),
    changed: (state, at) => {
      if (state._tag === 'Syncing') return lost(at)
      if (state._tag === 'Stale') return []
      const { book, update } = state
      bookTime = update?.transactionTime ?? book.eventTime ?? bookTime
      const isNew = book !== synced
      const fills = isNew
        ? found(book, at)
        : update
          ? step({ _tag: 'Levels', changes: levelChanges(update, scale) })
          : []
      last = { bid: shown?.bids.best() ?? last.bid, ask: shown?.asks.best() ?? last.ask }
      return fills
    },
    take: (side, price, quantity) =>
      // A trade through the price meets nobody before it but our own.
      step({
        _tag: 'Trade',
        trade: { price: side === 'BUY' ? price - 1 : price + 1, quantity, isBuyerMaker: side === 'BUY' },
      }),
  }
}
