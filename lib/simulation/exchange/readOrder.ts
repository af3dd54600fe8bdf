import type { NewTerms } from './amendment.js'
import type { Instrument } from './Instrument.js'
import { money, ONE, type Money } from './Money.js'
import type { OrderRequest, PositionSide } from './Order.js'
import { isRefusal, type Refusal } from './Refusal.js'
import type { Trigger } from './Trigger.js'

/** Gives a parameter, or `null`. */
export type Parameter = (name: string) => string | null

type TimeInForce = OrderRequest['timeInForce']

/** What an order of one type is. */
export interface OrderTypeRow {
  /** It has a limit price, and waits in the book for the rest of what it does not get at once. */
  readonly isLimit: boolean
  /**
   * What sets it off: a `stop` when the market went against who has a position, a `profit` when it went with them, a
   * `trailing` stop that follows, and `either` wherever its price is from where the market is. Default: it is in force at
   * once.
   */
  readonly trigger?: 'stop' | 'profit' | 'trailing' | 'either'
  /** It names no time in force and has this one. */
  readonly always?: TimeInForce
  /** Another call takes it. */
  readonly isElsewhere?: true
  /** Its time in force where it names none. Default: the venue's, or it has to. */
  readonly usual?: TimeInForce
}

/** How a venue writes orders. */
export interface OrderDialect {
  /** The types of orders by their names. */
  readonly orderTypes: Readonly<Record<string, OrderTypeRow>>
  readonly timesInForce: Readonly<Record<string, TimeInForce>>
  /** The one of a limit order that names none. Default: it has to. */
  readonly usualTimeInForce?: TimeInForce
  /** The parameter by which a client names an order. Default: `newClientOrderId`. */
  readonly newClientOrderId?: string
  /** The longest id that a client may give an order. Default: 36 characters. */
  readonly longestClientId?: number
  /** Whose orders are of contracts: they may close positions, whole ones, too, and be set off by the mark price. */
  readonly hasPositions?: true
  /** Parameters of what is not here. */
  readonly unwanted?: readonly string[]
}

const no = (refusal: Refusal['refusal'], detail?: string): Refusal =>
  detail === undefined ? { refusal } : { refusal, detail }

/** An amount above 0, or why it is none. */
const amountOf = (text: string, name: string, tooLow: Refusal['refusal']): Money | Refusal => {
  if (!/^-?\d{1,20}(\.\d{1,20})?$/.test(text)) return no('illegal', name)
  const amount = money(text)
  if (amount === undefined) return no('precision', name)
  return amount > 0n ? amount : no(tooLow)
}

/** How many times the unit is in a parameter. */
const countOf = (
  get: Parameter,
  name: string,
  unit: Money,
  { tooLow, broken }: Readonly<Record<'tooLow' | 'broken', Refusal['refusal']>>,
): number | Refusal => {
  const text = get(name)
  if (text === null || text === '') return no('missing', name)
  const amount = amountOf(text, name, tooLow)
  if (typeof amount !== 'bigint') return amount
  return amount % unit === 0n ? Number(amount / unit) : no(broken)
}

const quantityOf = (get: Parameter, { lot }: Instrument): number | Refusal =>
  countOf(get, 'quantity', lot, { tooLow: 'quantityTooLow', broken: 'stepSize' })

const priceOf = (get: Parameter, { tick }: Instrument): number | Refusal =>
  countOf(get, 'price', tick, { tooLow: 'priceTooLow', broken: 'tickSize' })

/** The other terms of an order that is to be changed; both have to be there. */
export const readTerms = (get: Parameter, instrument: Instrument): NewTerms | Refusal => {
  const quantity = quantityOf(get, instrument)
  if (typeof quantity !== 'number') return quantity
  const price = priceOf(get, instrument)
  return typeof price === 'number' ? { price, quantity } : price
}

const timeInForceOf = (get: Parameter, { always, usual }: OrderTypeRow, dialect: OrderDialect) => {
  const { timesInForce, usualTimeInForce } = dialect
  const written = get('timeInForce') ?? ''
  if (always !== undefined) return written === '' ? always : no('unwanted', 'timeInForce')
  if (written === '') return usual ?? usualTimeInForce ?? no('missing', 'timeInForce')
  return (Object.hasOwn(timesInForce, written) ? timesInForce[written] : undefined) ?? no('timeInForce')
}

const limitOf = (get: Parameter, instrument: Instrument, row: OrderTypeRow, dialect: OrderDialect) => {
  const timeInForce = timeInForceOf(get, row, dialect)
  if (typeof timeInForce !== 'string') return timeInForce
  const terms = readTerms(get, instrument)
  return isRefusal(terms) ? terms : { timeInForce, ...terms }
}

const marketOf = (get: Parameter, instrument: Instrument, { trigger }: OrderTypeRow, isCloseAll: boolean) => {
  for (const name of trigger === undefined ? ['price', 'timeInForce'] : ['price'])
    if (get(name) !== null) return no('unwanted', name)
  const common = { timeInForce: 'GTC' } as const
  if (isCloseAll) return get('quantity') === null ? { ...common, quantity: 0 } : no('closeAllQuantity')
  const cost = trigger === undefined ? get('quoteOrderQty') : null
  if (get('quantity') !== null || cost === null) {
    const quantity = quantityOf(get, instrument)
    return typeof quantity === 'number' ? { ...common, quantity } : quantity
  }
  const amount = amountOf(cost, 'quoteOrderQty', 'quantityTooLow')
  if (typeof amount !== 'bigint') return amount
  return amount < ONE * 10_000_000n ? { ...common, quantity: 0, cost: amount } : no('quantityTooHigh')
}

/** Trailing stops stay behind by a tenth of a percent to five percent. */
const LEAST_RATE = 0.1
const MOST_RATE = 5

const trailingOf = (get: Parameter, { tick }: Instrument) => {
  const rate = get('callbackRate')
  if (rate === null || rate === '') return no('missing', 'callbackRate')
  if (!(Number(rate) >= LEAST_RATE && Number(rate) <= MOST_RATE)) return no('invalid', 'callbackRate')
  if ((get('activationPrice') ?? '') === '') return { rate: Number(rate) / 100 }
  const activation = countOf(get, 'activationPrice', tick, { tooLow: 'priceTooLow', broken: 'tickSize' })
  return typeof activation === 'number' ? { rate: Number(rate) / 100, activation } : activation
}

/** What prices set orders off, by how they are written. */
const workingTypes: Readonly<Record<string, Trigger['by']>> = { CONTRACT_PRICE: 'last', MARK_PRICE: 'mark' }

const triggerOf = (
  get: Parameter,
  instrument: Instrument,
  { trigger: kind }: OrderTypeRow,
  { hasPositions }: OrderDialect,
  last: number,
): Trigger | Refusal | undefined => {
  if (kind === undefined) return undefined
  const written = (hasPositions && get('workingType')) || 'CONTRACT_PRICE'
  const by = Object.hasOwn(workingTypes, written) ? workingTypes[written] : undefined
  if (by === undefined) return no('workingType', written)
  const buys = get('side') === 'BUY'
  if (kind === 'trailing') {
    const trailing = trailingOf(get, instrument)
    return isRefusal(trailing) ? trailing : { to: buys ? 'rise' : 'fall', by, trailing }
  }
  const price = countOf(get, 'stopPrice', instrument.tick, { tooLow: 'stopPriceTooLow', broken: 'tickSize' })
  if (typeof price !== 'number') return price
  const rises = kind === 'either' ? price > last : (kind === 'stop') === buys
  return { to: rises ? 'rise' : 'fall', by, price }
}

const positionSides: readonly PositionSide[] = ['BOTH', 'LONG', 'SHORT']

/** What an order says of positions. */
const positionOf = (get: Parameter, { isLimit, trigger }: OrderTypeRow, { hasPositions }: OrderDialect) => {
  const written = get('positionSide') ?? 'BOTH'
  const positionSide = positionSides.find((side) => side === written)
  if (positionSide === undefined || (positionSide !== 'BOTH' && !hasPositions)) return no('positionSide')
  const isReduceOnly = get('reduceOnly') === 'true'
  if (!hasPositions || get('closePosition') !== 'true') return { isReduceOnly, positionSide }
  if (isLimit || (trigger !== 'stop' && trigger !== 'profit')) return no('unwanted', 'closePosition')
  if (get('reduceOnly') !== null) return no('unwanted', 'reduceOnly')
  return { isReduceOnly: true, isCloseAll: true, positionSide } as const
}

/** What the client's id of an order is made of. */
const letters = /^[.A-Z:/a-z0-9_-]+$/

/** Reads an order's parameters, `last` being the price of the market; the refusal is that of the first that is wrong. */
export const readOrder = (
  get: Parameter,
  instrument: Instrument,
  dialect: OrderDialect,
  last: number,
): OrderRequest | Refusal => {
  const { newClientOrderId = 'newClientOrderId' } = dialect
  const [side, type, clientOrderId] = [get('side'), get('type'), get(newClientOrderId)]
  if (side === null) return no('missing', 'side')
  if (side !== 'BUY' && side !== 'SELL') return no('side')
  if (type === null) return no('missing', 'type')
  const { orderTypes, longestClientId = 36, unwanted = [] } = dialect
  const row = Object.hasOwn(orderTypes, type) ? orderTypes[type] : undefined
  if (row === undefined) return no('type')
  if (row.isElsewhere) return no('otherEndpoint')
  if (clientOrderId !== null && !(letters.test(clientOrderId) && clientOrderId.length <= longestClientId))
    return no('clientOrderId')
  const alien = unwanted.find((name) => get(name) !== null)
  if (alien !== undefined) return no('unwanted', alien)
  const position = positionOf(get, row, dialect)
  if (isRefusal(position)) return position
  const isCloseAll = 'isCloseAll' in position
  const rest = row.isLimit ? limitOf(get, instrument, row, dialect) : marketOf(get, instrument, row, isCloseAll)
  if (isRefusal(rest)) return rest
  const trigger = triggerOf(get, instrument, row, dialect, last)
  if (trigger !== undefined && isRefusal(trigger)) return trigger
  const named = clientOrderId === null ? {} : { clientOrderId }
  return { side, type, ...rest, ...position, ...(trigger && { trigger }), ...named }
}
