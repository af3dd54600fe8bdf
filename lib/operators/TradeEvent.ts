import type { AggTrade } from '../events/AggTrade.js'
import type { Trade } from '../events/Trade.js'

/** What bars need to know of a trade. */
export type BarTrade = Pick<
  Trade,
  'symbol' | 'price' | 'quantity' | 'tradeTime' | 'tradeId' | 'isBuyerMaker' | 'tradeType'
>

/** What bars need to know of an aggregate trade. */
export type BarAggTrade = Pick<
  AggTrade,
  'symbol' | 'price' | 'quantity' | 'tradeTime' | 'aggregateId' | 'firstTradeId' | 'lastTradeId' | 'isBuyerMaker'
> & {
  /** What is added up was made by the market. */
  readonly tradeType?: never
}

/** A trade, or several of one order added up: of a symbol bars are made of the one or of the other. */
export type TradeEvent = BarTrade | BarAggTrade

/** By it the events of a stream follow each other without a hole: of an aggregate its own number, not its trades'. */
export const idOf = (trade: TradeEvent): number => ('aggregateId' in trade ? trade.aggregateId : trade.tradeId)

export const firstTradeOf = (trade: TradeEvent): number => ('aggregateId' in trade ? trade.firstTradeId : trade.tradeId)

export const lastTradeOf = (trade: TradeEvent): number => ('aggregateId' in trade ? trade.lastTradeId : trade.tradeId)
