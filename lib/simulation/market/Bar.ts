import type { NumberedFill } from './tape.js'

/** Open, high, low, close and sums of some trades, in ticks and lots. */
export interface Bar {
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
  readonly quoteVolume: number
  readonly takerBuyVolume: number
  readonly takerBuyQuoteVolume: number
  readonly tradeCount: number
  /** -1 before the first trade, like the other one. */
  readonly firstTradeId: number
  readonly lastTradeId: number
}

/** A bar without trades stands at the price before it. */
export const emptyBar = (price: number): Bar => ({
  open: price,
  high: price,
  low: price,
  close: price,
  volume: 0,
  quoteVolume: 0,
  takerBuyVolume: 0,
  takerBuyQuoteVolume: 0,
  tradeCount: 0,
  firstTradeId: -1,
  lastTradeId: -1,
})

/** The bar with one more trade. */
export const withFill = (bar: Bar, { tradeId, price, quantity, isBuyerMaker }: NumberedFill): Bar => {
  const isFirst = bar.tradeCount === 0
  const bought = isBuyerMaker ? 0 : quantity
  return {
    open: isFirst ? price : bar.open,
    high: isFirst ? price : Math.max(bar.high, price),
    low: isFirst ? price : Math.min(bar.low, price),
    close: price,
    volume: bar.volume + quantity,
    quoteVolume: bar.quoteVolume + price * quantity,
    takerBuyVolume: bar.takerBuyVolume + bought,
    takerBuyQuoteVolume: bar.takerBuyQuoteVolume + price * bought,
    tradeCount: bar.tradeCount + 1,
    firstTradeId: isFirst ? tradeId : bar.firstTradeId,
    lastTradeId: tradeId,
  }
}

/** Two bars as one, the second one being the later. */
export const withBar = (first: Bar, second: Bar): Bar => {
  if (second.tradeCount === 0) return first
  if (first.tradeCount === 0) return second
  return {
    open: first.open,
    high: Math.max(first.high, second.high),
    low: Math.min(first.low, second.low),
    close: second.close,
    volume: first.volume + second.volume,
    quoteVolume: first.quoteVolume + second.quoteVolume,
    takerBuyVolume: first.takerBuyVolume + second.takerBuyVolume,
    takerBuyQuoteVolume: first.takerBuyQuoteVolume + second.takerBuyQuoteVolume,
    tradeCount: first.tradeCount + second.tradeCount,
    firstTradeId: first.firstTradeId,
    lastTradeId: second.lastTradeId,
  }
}
