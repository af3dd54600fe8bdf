import { compareDecimals } from '../codecs/compareDecimals.js'
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

/** A kline while it grows: prices are the trades' own texts, sums are exact. */
export interface GrowingKline extends Span {
  readonly firstTradeId: number
  readonly lastTradeId: number
  readonly open: Decimal
  readonly close: Decimal
  readonly high: Decimal
  readonly low: Decimal
  readonly tradeCount: number
  readonly volume: ExactDecimal
  readonly quoteVolume: ExactDecimal
  readonly takerBuyVolume: ExactDecimal
  readonly takerBuyQuoteVolume: ExactDecimal
}

/** A kline of no trade yet, for the trade that will be its first. */
export const startKline = ({ openTime, end }: Span, { price, tradeId }: KlineTrade): GrowingKline => ({
  openTime,
  end,
  firstTradeId: tradeId,
  lastTradeId: tradeId,
  open: price,
  close: price,
  high: price,
  low: price,
  tradeCount: 0,
  volume: zero,
  quoteVolume: zero,
  takerBuyVolume: zero,
  takerBuyQuoteVolume: zero,
})

/** The kline with one more trade in it. */
export const growKline = (
  kline: GrowingKline,
  { price, quantity, tradeId, isBuyerMaker }: KlineTrade,
): GrowingKline => {
  const base = exact(quantity)
  const quote = multiply(exact(price), base)
  return {
    ...kline,
    lastTradeId: tradeId,
    close: price,
    high: compareDecimals(price, kline.high) > 0 ? price : kline.high,
    low: compareDecimals(price, kline.low) < 0 ? price : kline.low,
    tradeCount: kline.tradeCount + 1,
    volume: add(kline.volume, base),
    quoteVolume: add(kline.quoteVolume, quote),
    // Where the buyer was the maker, the taker sold.
    takerBuyVolume: isBuyerMaker ? kline.takerBuyVolume : add(kline.takerBuyVolume, base),
    takerBuyQuoteVolume: isBuyerMaker ? kline.takerBuyQuoteVolume : add(kline.takerBuyQuoteVolume, quote),
  }
}

/** The kline as an event. */
export const klineBar = (
  { end, volume, quoteVolume, takerBuyVolume, takerBuyQuoteVolume, ...kline }: GrowingKline,
  symbol: string,
  interval: KlineInterval,
  isClosed: boolean,
): KlineBar => ({
  ...kline,
  closeTime: end - 1,
  symbol,
  interval,
  isClosed,
  volume: decimalText(volume),
  quoteVolume: decimalText(quoteVolume),
  takerBuyVolume: decimalText(takerBuyVolume),
  takerBuyQuoteVolume: decimalText(takerBuyQuoteVolume),
})
