import { compareDecimals } from '../codecs/compareDecimals.js'
import { flat } from '../codecs/flat.js'
import type { Decimal } from '../codecs/Decimal.js'
import { add, decimalText, exact, multiply, zero, type ExactDecimal } from '../codecs/ExactDecimal.js'
import type { KlineBar } from '../events/Kline.js'
import type { Trade } from '../events/Trade.js'
import type { KlineInterval, Span } from './intervalSpan.js'

/** What a kline needs to know of a trade. */
export type KlineTrade = Pick<
  Trade,
  'symbol' | 'price' | 'quantity' | 'tradeTime' | 'tradeId' | 'isBuyerMaker' | 'tradeType'
>

/** A trade at one end of a kline. */
type End = Pick<KlineTrade, 'tradeTime' | 'tradeId' | 'price'>

/** A kline while it grows: prices are the trades' own texts, without the frames that they were cut from; sums are exact. */
export interface GrowingKline extends Span {
  readonly first: End
  readonly last: End
  readonly high: Decimal
  readonly low: Decimal
  readonly tradeCount: number
  readonly volume: ExactDecimal
  readonly quoteVolume: ExactDecimal
  readonly takerBuyVolume: ExactDecimal
  readonly takerBuyQuoteVolume: ExactDecimal
}

/** A kline of no trade yet, for the trade that will be its first. */
export const startKline = ({ openTime, end }: Span, trade: KlineTrade): GrowingKline => ({
  ...{ openTime, end, first: endOf(trade), last: endOf(trade), high: flat(trade.price), low: flat(trade.price) },
  ...{ tradeCount: 0, volume: zero, quoteVolume: zero, takerBuyVolume: zero, takerBuyQuoteVolume: zero },
})

const endOf = ({ tradeTime, tradeId, price }: KlineTrade): End => ({
  ...{ tradeTime, tradeId },
  price: flat(price), // F69
})

/** By their times, and by their ids within a millisecond. */
const isBefore = (a: End, b: End) => a.tradeTime < b.tradeTime || (a.tradeTime === b.tradeTime && a.tradeId < b.tradeId)

/** The kline with one more trade in it, in whatever order they come. */
export const growKline = (kline: GrowingKline, trade: KlineTrade): GrowingKline => {
  const { price, quantity, isBuyerMaker } = trade
  const base = exact(quantity)
  const quote = multiply(exact(price), base)
  return {
    ...kline,
    first: isBefore(trade, kline.first) ? endOf(trade) : kline.first, // F57
    last: isBefore(trade, kline.last) ? kline.last : endOf(trade), // F57
    high: compareDecimals(price, kline.high) > 0 ? flat(price) : kline.high,
    low: compareDecimals(price, kline.low) < 0 ? flat(price) : kline.low,
    tradeCount: kline.tradeCount + 1,
    volume: add(kline.volume, base),
    quoteVolume: add(kline.quoteVolume, quote),
    // Where the buyer was the maker, the taker sold.
    takerBuyVolume: isBuyerMaker ? kline.takerBuyVolume : add(kline.takerBuyVolume, base),
    takerBuyQuoteVolume: isBuyerMaker ? kline.takerBuyQuoteVolume : add(kline.takerBuyQuoteVolume, quote),
  }
}

/** The kline as the venue would write it. */
export const klineBar = (
  { openTime, end, first, last, high, low, tradeCount, ...sums }: GrowingKline,
  symbol: string,
  interval: KlineInterval,
  isClosed: boolean,
): KlineBar => ({
  ...{ openTime, closeTime: end - 1, symbol, interval, high, low, tradeCount, isClosed },
  firstTradeId: first.tradeId,
  lastTradeId: last.tradeId,
  open: first.price,
  close: last.price,
  volume: decimalText(sums.volume),
  quoteVolume: decimalText(sums.quoteVolume),
  takerBuyVolume: decimalText(sums.takerBuyVolume),
  takerBuyQuoteVolume: decimalText(sums.takerBuyQuoteVolume),
})
