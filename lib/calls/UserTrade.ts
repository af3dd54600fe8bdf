import type * as t from 'io-ts'
import type { AnyCodec } from '../codecs/Codec.js'
import { Decimal } from '../codecs/Decimal.js'
import { Flag } from '../codecs/Flag.js'
import { Id, IdText } from '../codecs/Id.js'
import { Integer } from '../codecs/Integer.js'
import { LooseDecimal } from '../codecs/LooseDecimal.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Decoded, type Wire } from '../codecs/wire.js'
import { PositionSide, Side } from '../events/enumerations.js'

/** What every venue answers of a trade of one's own, each with its own kinds of amounts and ids. */
interface UserTradeFields extends Decoded<ReturnType<typeof userTradeFields<typeof Decimal, typeof Id>>> {}
const userTradeFields = <Amount extends AnyCodec, Name extends AnyCodec>(amount: Amount, name: Name) =>
  ({
    /** The market: `BTCUSDT`, on BingX `BTC-USDT`. `symbol` */
    symbol: ['symbol', Text],
    /** The id of the trade. `id` */
    tradeId: ['id', name],
    /** The venue's id of the order that traded. `orderId` */
    orderId: ['orderId', name],
    /** In the quote asset. `price` */
    price: ['price', amount],
    /** In the base asset. `qty` */
    quantity: ['qty', amount],
    /** What was paid or earned, in the quote asset. `quoteQty` */
    quoteQuantity: ['quoteQty', amount],
    /** The commission, in its asset; on futures and on BingX negative where it was paid. `commission` */
    commission: ['commission', amount],
    /** The asset of the commission. `commissionAsset` */
    commissionAsset: ['commissionAsset', Text],
    /** When it was, ms since 1970 (UTC). `time` */
    time: ['time', Timestamp],
  }) as const

/** What Aster adds to that. */
interface AsterTradeFields extends Decoded<typeof asterTradeFields> {}
const asterTradeFields = {
  ...userTradeFields(Decimal, Id),
  /** Whether the order bought or sold. `side` */
  side: ['side', Side],
  /** The order was in the book when it traded. `maker` */
  isMaker: ['maker', Flag],
  /** The order bought. `buyer` */
  isBuyer: ['buyer', Flag],
} as const

const spotCodec = wire('AsterSpotUserTrade', undefined, asterTradeFields)

/** A trade of one's own on Aster's spot or prediction market. */
export interface AsterSpotUserTrade extends UserTradeFields, AsterTradeFields, t.TypeOf<typeof spotCodec> {}
export const AsterSpotUserTrade: Wire<AsterSpotUserTrade> = spotCodec

const futuresCodec = wire('AsterFuturesUserTrade', undefined, {
  ...asterTradeFields,
  /** The profit that it realised, in the margin asset. `realizedPnl` */
  realizedProfit: ['realizedPnl', Decimal],
  /** Which of the contract's positions it changed; `BOTH` where there is one only. `positionSide` */
  positionSide: ['positionSide', PositionSide],
})

/** A trade of one's own on Aster's perpetual futures. */
export interface AsterFuturesUserTrade extends UserTradeFields, AsterTradeFields, t.TypeOf<typeof futuresCodec> {}
export const AsterFuturesUserTrade: Wire<AsterFuturesUserTrade> = futuresCodec

/** How Binance and BingX say who was who. */
interface MakerFields extends Decoded<typeof makerFields> {}
const makerFields = {
  /** The order was in the book when it traded. `isMaker` */
  isMaker: ['isMaker', Flag],
  /** The order bought. `isBuyer` */
  isBuyer: ['isBuyer', Flag],
} as const

const binanceCodec = wire('BinanceUserTrade', undefined, {
  ...userTradeFields(Decimal, Id),
  ...makerFields,
  /** The list that the order belongs to; -1 where it is in none. `orderListId` */
  orderListId: ['orderListId', Id],
})

/** A trade of one's own on Binance's spot market. */
export interface BinanceUserTrade extends UserTradeFields, MakerFields, t.TypeOf<typeof binanceCodec> {}
export const BinanceUserTrade: Wire<BinanceUserTrade> = binanceCodec

const bingxCodec = wire('BingxUserTrade', undefined, { ...userTradeFields(LooseDecimal, IdText), ...makerFields })

/** A trade of one's own on BingX's spot market. */
export interface BingxUserTrade extends MakerFields, t.TypeOf<typeof bingxCodec> {}
export const BingxUserTrade: Wire<BingxUserTrade> = bingxCodec

const queryCodec = wire('UserTradeQuery', undefined, {
  /** The market: `BTCUSDT`, on BingX `BTC-USDT`. `symbol` */
  symbol: ['symbol', Text],
  /** From when on, ms since 1970 (UTC). `startTime` */
  startTime: ['startTime?', Timestamp],
  /** Up to when, ms since 1970 (UTC). `endTime` */
  endTime: ['endTime?', Timestamp],
  /** From which trade on; not beside times. `fromId` */
  fromId: ['fromId?', Id],
  /** How many at most: 500 by default, 1,000 at most. `limit` */
  limit: ['limit?', Integer],
})

/** Which trades of one's own: the newest, where nothing else is said. */
export interface UserTradeQuery extends t.TypeOf<typeof queryCodec> {}
export const UserTradeQuery: Wire<UserTradeQuery> = queryCodec
