import { compareDecimals } from '../../codecs/compareDecimals.js'
import type { OrderReport } from '../../venues/OrderReport.js'
import type { Refused } from './OrderResult.js'
import { isFinalOrder, type OrderState } from './OrderState.js'

export type OrderInput =
  /** The venue said how the order is, by an event of the account or by the answer to a call. */
  | { readonly _tag: 'Reported'; readonly report: OrderReport }
  /** The venue did not take it, or it never arrived. */
  | { readonly _tag: 'Refused'; readonly refusal: Refused }
  /** What happened to the account may have been missed, and is heard again from now on. */
  | { readonly _tag: 'Missed' }
  /** Nothing was heard of it for a while. */
  | { readonly _tag: 'Quiet' }

/** What to do, in this order. */
export type OrderOutput =
  | { readonly _tag: 'Emit'; readonly state: OrderState }
  /** Ask the venue how it is. */
  | { readonly _tag: 'Ask' }
  /** It can change no more. */
  | { readonly _tag: 'Complete' }

type Step = readonly [OrderState, readonly OrderOutput[]]
type Said = Extract<OrderState, { readonly _tag: 'Open' | 'Filled' | 'Canceled' | 'Expired' }>

/** What the statuses of all venues mean; one that nobody knows may still change. */
const tags: Readonly<Record<string, 'Filled' | 'Canceled' | 'Expired' | 'Rejected'>> = {
  FILLED: 'Filled',
  CANCELED: 'Canceled',
  EXPIRED: 'Expired',
  EXPIRED_IN_MATCH: 'Expired',
  REJECTED: 'Rejected',
  FAILED: 'Rejected',
}

/** Whether an order with this status can change no more. */
export const isFinalStatus = (status: string): boolean => Object.hasOwn(tags, status)

/**
 * The next state of an order, and what to do. Reports may come in any order, twice, or from both sides: what was traded
 * never gets less, what is final stays, and of price and quantity the newest are believed.
 */
export const stepOrder = (state: OrderState, input: OrderInput): Step => {
  if (isFinalOrder(state)) return [state, []]
  switch (input._tag) {
    case 'Missed':
    case 'Quiet':
      return [state, [{ _tag: 'Ask' }]]
    case 'Refused':
      // What the venue knows was not refused: the refusal was of something else, a second one with the same id.
      return state._tag === 'Pending' ? ended(rejected(state, input.refusal)) : [state, []]
    case 'Reported': {
      const next = after(state, input.report)
      if (isFinalOrder(next)) return ended(next)
      return isSame(state, next) ? [next, []] : [next, [{ _tag: 'Emit', state: next }]]
    }
  }
}

const ended = (state: OrderState): Step => [state, [{ _tag: 'Emit', state }, { _tag: 'Complete' }]]

const rejected = ({ symbol, clientOrderId, orderId }: OrderState, refusal?: Refused): OrderState => ({
  _tag: 'Rejected',
  symbol,
  ...(clientOrderId !== undefined && { clientOrderId }),
  ...(orderId !== undefined && { orderId }),
  ...(refusal !== undefined && { refusal }),
})

const after = (state: OrderState, report: OrderReport): OrderState => {
  const tag = (isFinalStatus(report.status) && tags[report.status]) || 'Open'
  const known = state._tag === 'Pending' || state._tag === 'Rejected' ? undefined : state
  if (tag === 'Rejected' && known === undefined) return rejected({ ...state, orderId: report.orderId })
  const clientOrderId = state.clientOrderId ?? report.clientOrderId
  const merged = known === undefined ? said(report) : later(known, said(report), tag !== 'Open')
  // What was open and failed may have traded.
  return {
    ...merged,
    _tag: tag === 'Rejected' ? 'Canceled' : tag,
    ...(clientOrderId !== undefined && { clientOrderId }),
  }
}

const said = (report: OrderReport): Omit<Said, '_tag' | 'clientOrderId'> => {
  const { symbol, orderId, status, quantity, price, filledQuantity, filledQuote, averagePrice, transactionTime } =
    report
  return {
    ...{ symbol, orderId, status, quantity, price, filledQuantity },
    ...(filledQuote !== undefined && { filledQuote }),
    ...(averagePrice !== undefined && { averagePrice }),
    ...(transactionTime !== undefined && { transactionTime }),
  }
}

type Facts = ReturnType<typeof said>

/** Of two who say something, what is later of each: by what was traded, and by the time. */
const later = (known: Facts, told: Facts, isFinal: boolean): Facts => {
  const traded = compareDecimals(told.filledQuantity, known.filledQuantity)
  const [knownTime = -Infinity, toldTime = -Infinity] = [known.transactionTime, told.transactionTime]
  const isNewer = toldTime > knownTime
  const terms = isNewer ? told : known
  const { filledQuantity, filledQuote, averagePrice } = traded > 0 ? told : known
  const isStatusNewer = isFinal || traded > 0 || (traded === 0 && isNewer)
  const time = Math.max(knownTime, toldTime)
  return {
    ...{ symbol: known.symbol, orderId: known.orderId, quantity: terms.quantity, price: terms.price, filledQuantity },
    status: isStatusNewer ? told.status : known.status,
    ...(filledQuote !== undefined && { filledQuote }),
    ...(averagePrice !== undefined && { averagePrice }),
    ...(time > -Infinity && { transactionTime: time }),
  }
}

/** Whether nothing changed that anybody could see, but for the time. */
const isSame = (a: OrderState, b: OrderState): boolean =>
  a._tag === 'Open' &&
  b._tag === 'Open' &&
  a.status === b.status &&
  a.price === b.price &&
  a.quantity === b.quantity &&
  compareDecimals(a.filledQuantity, b.filledQuantity) === 0
