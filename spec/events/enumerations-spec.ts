import type { AnyCodec } from '../../lib/codecs/Codec.js'
import {
  AccountUpdateReason,
  ExecutionType,
  ListOrderStatus,
  ListStatusType,
  MarginType,
  OrderStatus,
  OrderType,
  PositionSide,
  PredictionEventType,
  SelfTradePreventionMode,
  Side,
  TimeInForce,
  TradeType,
  Winner,
  WorkingType,
} from '../../lib/events/enumerations.js'
import { Interval, intervals } from '../../lib/events/Interval.js'

/** As the protocol lists them. */
const documented: readonly (readonly [codec: AnyCodec, values: string])[] = [
  [Interval, '1s 1m 3m 5m 15m 30m 1h 2h 4h 6h 8h 12h 1d 3d 1w 1M'],
  [TradeType, 'MARKET INSURANCE_FUND ADL NA'],
  [ExecutionType, 'NEW CANCELED REJECTED TRADE EXPIRED CALCULATED REPLACED TRADE_PREVENTION'],
  [OrderStatus, 'NEW PARTIALLY_FILLED FILLED CANCELED REJECTED EXPIRED NEW_INSURANCE NEW_ADL'],
  [OrderStatus, 'PENDING_NEW PENDING_CANCEL EXPIRED_IN_MATCH PENDING'],
  [TimeInForce, 'GTC IOC FOK GTX HIDDEN'],
  [AccountUpdateReason, 'DEPOSIT WITHDRAW ORDER FUNDING_FEE WITHDRAW_REJECT ADJUSTMENT INSURANCE_CLEAR'],
  [AccountUpdateReason, 'ADMIN_DEPOSIT ADMIN_WITHDRAW MARGIN_TRANSFER MARGIN_TYPE_CHANGE ASSET_TRANSFER'],
  [AccountUpdateReason, 'OPTIONS_PREMIUM_FEE OPTIONS_SETTLE_PROFIT AUTO_EXCHANGE'],
  [SelfTradePreventionMode, 'NONE EXPIRE_TAKER EXPIRE_MAKER EXPIRE_BOTH DECREMENT TRANSFER'],
  [ListStatusType, 'RESPONSE EXEC_STARTED UPDATED ALL_DONE'],
  [ListOrderStatus, 'EXECUTING ALL_DONE REJECT'],
  [Side, 'BUY SELL'],
  [PositionSide, 'BOTH LONG SHORT'],
  [MarginType, 'isolated cross'],
  [WorkingType, 'MARK_PRICE CONTRACT_PRICE'],
  [Winner, 'Y N'],
  [PredictionEventType, 'market_start market_twap'],
  [OrderType, 'LIMIT MARKET STOP STOP_MARKET TAKE_PROFIT TAKE_PROFIT_MARKET TRAILING_STOP_MARKET LIQUIDATION'],
  [OrderType, 'STOP_LOSS STOP_LOSS_LIMIT TAKE_PROFIT_LIMIT LIMIT_MAKER'],
]

test.each(documented)('$name knows %s', (codec, values) => {
  for (const value of values.split(' ')) expect([value, codec.unknownValues?.(value)]).toEqual([value, []])
  expect(codec.unknownValues?.('SOMETHING_NEW')).toHaveLength(1)
})

test('intervals, shortest first', () => {
  expect(intervals.join(' ')).toBe('1m 3m 5m 15m 30m 1h 2h 4h 6h 8h 12h 1d 3d 1w 1M')
})
