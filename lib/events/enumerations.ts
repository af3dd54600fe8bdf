import type { TypeOf } from 'io-ts'
import { enumeration } from '../codecs/Enumeration.js'

/** Which side of the book an order is on. */
export type Side = TypeOf<typeof Side>
export const Side = enumeration('Side', ['BUY', 'SELL'])

/** The type of an order. */
export type OrderType = TypeOf<typeof OrderType>
export const OrderType = enumeration('OrderType', [
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
])

/** How long an order stays. */
export type TimeInForce = TypeOf<typeof TimeInForce>
export const TimeInForce = enumeration('TimeInForce', ['GTC', 'IOC', 'FOK', 'GTX', 'HIDDEN'])

/** Where an order stands. */
export type OrderStatus = TypeOf<typeof OrderStatus>
export const OrderStatus = enumeration('OrderStatus', [
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
])

/** Why an order was reported. */
export type ExecutionType = TypeOf<typeof ExecutionType>
export const ExecutionType = enumeration('ExecutionType', [
  'NEW',
  'CANCELED',
  'REJECTED',
  'TRADE',
  'EXPIRED',
  'CALCULATED',
  'REPLACED',
  'TRADE_PREVENTION',
  'AMENDMENT',
])

/** What happens to an order that would trade with one of the same account. */
export type SelfTradePreventionMode = TypeOf<typeof SelfTradePreventionMode>
export const SelfTradePreventionMode = enumeration('SelfTradePreventionMode', [
  'NONE',
  'EXPIRE_TAKER',
  'EXPIRE_MAKER',
  'EXPIRE_BOTH',
  'DECREMENT',
  'TRANSFER',
])

/** Why a list of orders was reported. */
export type ListStatusType = TypeOf<typeof ListStatusType>
export const ListStatusType = enumeration('ListStatusType', ['RESPONSE', 'EXEC_STARTED', 'UPDATED', 'ALL_DONE'])

/** Where a list of orders stands. */
export type ListOrderStatus = TypeOf<typeof ListOrderStatus>
export const ListOrderStatus = enumeration('ListOrderStatus', ['EXECUTING', 'ALL_DONE', 'REJECT'])

/** Which position a futures order belongs to. */
export type PositionSide = TypeOf<typeof PositionSide>
export const PositionSide = enumeration('PositionSide', ['BOTH', 'LONG', 'SHORT'])

/** How a position is margined; in capitals, `CROSSED`, a margin call says it. */
export type MarginType = TypeOf<typeof MarginType>
export const MarginType = enumeration('MarginType', ['isolated', 'cross', 'ISOLATED', 'CROSSED'])

/** Which price triggers a conditional order. */
export type WorkingType = TypeOf<typeof WorkingType>
export const WorkingType = enumeration('WorkingType', ['MARK_PRICE', 'CONTRACT_PRICE'])

/** How a futures trade came about. */
export type TradeType = TypeOf<typeof TradeType>
export const TradeType = enumeration('TradeType', ['MARKET', 'INSURANCE_FUND', 'ADL', 'NA'])

/** Why balances or positions changed. */
export type AccountUpdateReason = TypeOf<typeof AccountUpdateReason>
export const AccountUpdateReason = enumeration('AccountUpdateReason', [
  'DEPOSIT',
  'WITHDRAW',
  'ORDER',
  'FUNDING_FEE',
  'WITHDRAW_REJECT',
  'ADJUSTMENT',
  'INSURANCE_CLEAR',
  'ADMIN_DEPOSIT',
  'ADMIN_WITHDRAW',
  'MARGIN_TRANSFER',
  'MARGIN_TYPE_CHANGE',
  'ASSET_TRANSFER',
  'OPTIONS_PREMIUM_FEE',
  'OPTIONS_SETTLE_PROFIT',
  'AUTO_EXCHANGE',
])

/** What happened to a prediction market. */
export type PredictionEventType = TypeOf<typeof PredictionEventType>
export const PredictionEventType = enumeration('PredictionEventType', ['market_start', 'market_twap'])

/** Which side of a prediction market won: yes or no. */
export type Winner = TypeOf<typeof Winner>
export const Winner = enumeration('Winner', ['Y', 'N'])
