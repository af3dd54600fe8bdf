import type { Instrument } from './Instrument.js'
import { money, ONE, type Money } from './Money.js'
import type { OrderRequest } from './Order.js'
import { isRefusal, type Refusal } from './Refusal.js'

/** Gives a parameter, or `null`. */
export type Parameter = (name: string) => string | null

/** How a venue writes times in force. */
export type TimesInForce = Readonly<Record<string, OrderRequest['timeInForce']>>

/** The largest order, in lots. */
const MOST = 1_000_000

const no = (refusal: Refusal['refusal'], detail?: string): Refusal =>
  detail === undefined ? { refusal } : { refusal, detail }

/** An amount above 0, or why it is none. */
const amountOf = (text: string, name: string, tooLow: Refusal['refusal']): Money | Refusal => {
  if (!/^-?\d{1,20}(\.\d{1,20})?$/.test(text)) return no('illegal', name)
  const amount = money(text)
  if (amount === undefined) return no('precision')
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

const quantityOf = (get: Parameter, { lot }: Instrument): number | Refusal => {
  const lots = countOf(get('quantity'), 'quantity', lot, { tooLow: 'quantityTooLow', broken: 'precision' })
  return typeof lots === 'number' && lots > MOST ? no('quantityTooHigh') : lots
}

const limitOf = (get: Parameter, instrument: Instrument, times: TimesInForce) => {
  const written = get('timeInForce')
  if (written === null || written === '') return no('missing', 'timeInForce')
  const timeInForce = Object.hasOwn(times, written) ? times[written] : undefined
  if (timeInForce === undefined) return no('timeInForce')
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

/** Reads an order's parameters; the refusal is that of the first parameter that is wrong. */
export const readOrder = (get: Parameter, instrument: Instrument, times: TimesInForce): OrderRequest | Refusal => {
  const [side, type, clientOrderId] = [get('side'), get('type'), get('newClientOrderId')]
  if (side === null) return no('missing', 'side')
  if (side !== 'BUY' && side !== 'SELL') return no('side')
  if (type === null) return no('missing', 'type')
  if (type !== 'LIMIT' && type !== 'MARKET') return no('type')
  if (clientOrderId !== null && !/^[.A-Z:/a-z0-9_-]{1,36}$/.test(clientOrderId)) return no('clientOrderId')
  if ((get('positionSide') ?? 'BOTH') !== 'BOTH') return no('positionSide')
  const rest = type === 'LIMIT' ? limitOf(get, instrument, times) : marketOf(get, instrument)
  if (isRefusal(rest)) return rest
  return { side, ...rest, isReduceOnly: get('reduceOnly') === 'true', ...(clientOrderId !== null && { clientOrderId }) }
}
