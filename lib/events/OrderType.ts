import { enumeration, type Enumeration } from '../codecs/Enumeration.js'

const known = [
  'LIMIT',
  'MARKET',
  'STOP',
  'STOP_MARKET',
  'STOP_LOSS',
  'STOP_LOSS_LIMIT',
  'TAKE_PROFIT',
  'TAKE_PROFIT_LIMIT',
  'TAKE_PROFIT_MARKET',
  'TRAILING_STOP_MARKET',
  'LIMIT_MAKER',
  'LIQUIDATION',
] as const

/** The type of an order. */
export type OrderType = Enumeration<(typeof known)[number]>
export const OrderType = enumeration('OrderType', known)
