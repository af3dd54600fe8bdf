import type { Instrument } from './Instrument.js'
import { money, ONE, type Money } from './Money.js'
import type { OrderRequest } from './Order.js'
import { isRefusal, type Refusal } from './Refusal.js'

/** Gives a parameter, or `null`. */
export type Parameter = (name: string) => string | null

/** How a venue writes orders. */
export interface OrderDialect {
  readonly timesInForce: Readonly<Record<string, OrderRequest['timeInForce']>>
  /** The one of a limit order that names none. Default: it has to. */
  readonly usualTimeInForce?: OrderRequest['timeInForce']
  /** The longest id that a client may give an order. Default: 36 characters. */
  readonly longestClientId?: number
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
  text: string | null,
  name: string,
  unit: Money,
  { tooLow, broken }: Readonly<Record<'tooLow' | 'broken', Refusal['refusal']>>,
): number | Refusal => {
  if (text === null || text === '') return no('missing', name)
  const amount = amountOf(text, name, tooLow)
  if (typeof amount !== 'bigint') return amount
  return amount % unit === 0n ? Number(amount / unit) : no(broken)
}

const quantityOf = (get: Parameter, { lot }: Instrument): number | Refusal =>
  countOf(get('quantity'), 'quantity', lot, { tooLow: 'quantityTooLow', broken: 'stepSize' })

const timeInForceOf = (get: Parameter, { timesInForce, usualTimeInForce }: OrderDialect) => {
  const written = get('timeInForce') ?? ''
  if (written === '') return usualTimeInForce ?? no('missing', 'timeInForce')
  return (Object.hasOwn(timesInForce, written) ? timesInForce[written] : undefined) ?? no('timeInForce')
}

const limitOf = (get: Parameter, instrument: Instrument, dialect: OrderDialect) => {
  const timeInForce = timeInForceOf(get, dialect)
  if (typeof timeInForce !== 'string') return timeInForce
  const quantity = quantityOf(get, instrument)
  if (typeof quantity !== 'number') return quantity
  const price = countOf(get('price'), 'price', instrument.tick, { tooLow: 'priceTooLow', broken: 'tickSize' })
  if (typeof price !== 'number') return price
  return { type: 'LIMIT', timeInForce, quantity, price } as const
}

const marketOf = (get: Parameter, instrument: Instrument) => {
  for (const name of ['price', 'timeInForce']) if (get(name) !== null) return no('unwanted', name)
  const common = { type: 'MARKET', timeInForce: 'GTC' } as const
  const cost = get('quoteOrderQty')
  if (get('quantity') !== null || cost === null) {
    const quantity = quantityOf(get, instrument)
    return typeof quantity === 'number' ? { ...common, quantity } : quantity
  }
  const amount = amountOf(cost, 'quoteOrderQty', 'quantityTooLow')
  if (typeof amount !== 'bigint') return amount
  return amount < ONE * 10_000_000n ? { ...common, quantity: 0, cost: amount } : no('quantityTooHigh')
}

/** What the client's id of an order is made of. */
const letters = /^[.A-Z:/a-z0-9_-]+$/

/** Reads an order's parameters; the refusal is that of the first parameter that is wrong. */
export const readOrder = (get: Parameter, instrument: Instrument, dialect: OrderDialect): OrderRequest | Refusal => {
  const [side, type, clientOrderId] = [get('side'), get('type'), get('newClientOrderId')]
  if (side === null) return no('missing', 'side')
  if (side !== 'BUY' && side !== 'SELL') return no('side')
  if (type === null) return no('missing', 'type')
  if (type !== 'LIMIT' && type !== 'MARKET') return no('type')
  const { longestClientId = 36 } = dialect
  if (clientOrderId !== null && !(letters.test(clientOrderId) && clientOrderId.length <= longestClientId))
    return no('clientOrderId')
  if ((get('positionSide') ?? 'BOTH') !== 'BOTH') return no('positionSide')
  const rest = type === 'LIMIT' ? limitOf(get, instrument, dialect) : marketOf(get, instrument)
  if (isRefusal(rest)) return rest
  return { side, ...rest, isReduceOnly: get('reduceOnly') === 'true', ...(clientOrderId !== null && { clientOrderId }) }
}
