import { enumeration, type Enumeration } from '../codecs/Enumeration.js'

const known = [
  'NEW',
  'PARTIALLY_FILLED',
  'FILLED',
  'CANCELED',
  'REJECTED',
  'EXPIRED',
  'NEW_INSURANCE',
  'NEW_ADL',
  'PENDING_NEW',
  'PENDING_CANCEL',
  'EXPIRED_IN_MATCH',
  'PENDING',
] as const

/** Where an order stands. */
export type OrderStatus = Enumeration<(typeof known)[number]>
export const OrderStatus = enumeration('OrderStatus', known)
