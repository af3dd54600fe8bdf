import { isValues } from '../codecs/Values.js'
import type * as t from 'io-ts'
import { Decimal } from '../codecs/Decimal.js'
import { Flag } from '../codecs/Flag.js'
import { Id } from '../codecs/Id.js'
import { Integer } from '../codecs/Integer.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Wire } from '../codecs/wire.js'
import { TradeType } from './enumerations.js'

const tradeFields = {
  /** When the venue sent the event, ms since 1970 (UTC). `E` */
  eventTime: ['E', Timestamp],
  /** The market: `BTCUSDT`. `s` */
  symbol: ['s', Text],
  /** The id of the trade, which never goes back. `t` */
  tradeId: ['t', Integer],
  /** The price, in the quote asset. `p` */
  price: ['p', Decimal],
  /** The quantity, in the base asset. `q` */
  quantity: ['q', Decimal],
  /** The order that bought; absent where the venue does not say. `b` */
  buyerOrderId: ['b?', Id],
  /** The order that sold; absent where the venue does not say. `a` */
  sellerOrderId: ['a?', Id],
  /** When the trade happened, ms since 1970 (UTC). `T` */
  tradeTime: ['T', Timestamp],
  /** The buyer's order was in the book: the taker sold. `m` */
  isBuyerMaker: ['m', Flag],
  /** How the trade came about: only `MARKET` is a print of the market; absent on spot. `X` */
  tradeType: ['X?', TradeType],
} as const
const codec = wire('Trade', 'trade', tradeFields)

/** One trade. */
export interface Trade extends t.TypeOf<typeof codec> {}
export const Trade: Wire<Trade> = codec

/** The kinds of trades that the market did not make, often without a price. What else a venue says is a print. */
const noPrints = new Set<TradeType | undefined>(['INSURANCE_FUND', 'ADL', 'NA']) // F56

/**
 * Says whether a trade is a print of the market: something of bars, volumes and last prices. One of the insurance fund,
 * of an auto-deleveraging, or of the kind `NA` is none.
 *
 * ```ts
 * client.trade$.pipe(filter(isPrint)).subscribe(({ price }) => (last = price))
 * ```
 */
export const isPrint = (trade: Pick<Trade, 'tradeType'>): boolean => {
  if (!isValues(trade)) throw new TypeError('isPrint: expected a trade, came another value')
  return !noPrints.has(trade.tradeType)
}

const blockTradeCodec = wire('BlockTrade', 'blockTrade', tradeFields)

/** One trade made outside the book. */
export interface BlockTrade extends t.TypeOf<typeof blockTradeCodec> {}
export const BlockTrade: Wire<BlockTrade> = blockTradeCodec
