import { compareDecimals } from '../codecs/compareDecimals.js'
import { flat } from '../codecs/flat.js'
import type { Decimal } from '../codecs/Decimal.js'
import { add, amountText, exact, fullText, multiply, zeroOf, type ExactDecimal } from '../codecs/ExactDecimal.js'
import type { KlineBar } from '../events/Kline.js'
import { firstTradeOf, lastTradeOf, type TradeEvent } from './TradeEvent.js'

/** What bars of all kinds say of their trades. */
export type BarValues = Pick<
  KlineBar,
  | 'firstTradeId'
  | 'lastTradeId'
  | 'open'
  | 'close'
  | 'high'
  | 'low'
  | 'tradeCount'
  | 'volume'
  | 'quoteVolume'
  | 'takerBuyVolume'
  | 'takerBuyQuoteVolume'
>

/** A trade at one end of a bar. */
interface End {
  readonly tradeTime: number
  readonly tradeId: number
  readonly price: Decimal
}

/** A bar while it grows: prices are the trades' own texts, without the frames that they were cut from; sums are exact. */
export interface GrowingBar {
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

/** A bar of one trade. */
export const startBar = (trade: TradeEvent): GrowingBar => {
  let { price } = trade
  price = flat(price) // F69
  const base = exact(trade.quantity)
  const quote = multiply(exact(price), base)
  return {
    first: { tradeTime: trade.tradeTime, tradeId: firstTradeOf(trade), price },
    last: { tradeTime: trade.tradeTime, tradeId: lastTradeOf(trade), price },
    ...{ high: price, low: price, tradeCount: countOf(trade), volume: base, quoteVolume: quote },
    takerBuyVolume: bought(trade, base),
    takerBuyQuoteVolume: bought(trade, quote),
  }
}

/** The bar with one more trade in it, in whatever order they come. */
export const growBar = (bar: GrowingBar, trade: TradeEvent): GrowingBar => {
  const one = startBar(trade)
  return {
    first: isBefore(one.first, bar.first) ? one.first : bar.first, // F57
    last: isBefore(one.last, bar.last) ? bar.last : one.last, // F57
    high: compareDecimals(one.high, bar.high) > 0 ? one.high : bar.high,
    low: compareDecimals(one.low, bar.low) < 0 ? one.low : bar.low,
    tradeCount: bar.tradeCount + one.tradeCount,
    volume: add(bar.volume, one.volume),
    quoteVolume: add(bar.quoteVolume, one.quoteVolume),
    takerBuyVolume: add(bar.takerBuyVolume, one.takerBuyVolume),
    takerBuyQuoteVolume: add(bar.takerBuyQuoteVolume, one.takerBuyQuoteVolume),
  }
}

const countOf = (trade: TradeEvent) => lastTradeOf(trade) - firstTradeOf(trade) + 1

/** Where the buyer was the maker, the taker sold: nothing, with the digits of what was traded. */
const bought = ({ isBuyerMaker }: TradeEvent, traded: ExactDecimal): ExactDecimal =>
  isBuyerMaker ? zeroOf(traded) : traded

/** By their times, and by their ids within a millisecond. */
const isBefore = (a: End, b: End) => a.tradeTime < b.tradeTime || (a.tradeTime === b.tradeTime && a.tradeId < b.tradeId)

/** As the venue writes them: volumes have the digits of its quantities, also where they are nothing. */
export const barValues = ({ first, last, high, low, tradeCount, ...sums }: GrowingBar): BarValues => ({
  firstTradeId: first.tradeId,
  lastTradeId: last.tradeId,
  ...{ open: first.price, close: last.price, high, low, tradeCount },
  volume: fullText(sums.volume),
  quoteVolume: amountText(sums.quoteVolume),
  takerBuyVolume: fullText(sums.takerBuyVolume),
  takerBuyQuoteVolume: amountText(sums.takerBuyQuoteVolume),
})
