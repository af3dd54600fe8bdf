import type { TradeBar } from '../../lib/operators/tradeBars.js'
import type { BarTrade } from '../../lib/operators/TradeEvent.js'

/** A trade in which the taker bought. */
export const tradeOfOne = (tradeId: number, price: string, quantity: string): BarTrade => ({
  ...{ symbol: 'BTCUSDT', tradeId, tradeTime: 1_000 + tradeId, price, quantity, isBuyerMaker: false },
})

const placesOf = (texts: readonly string[]) => Math.max(...texts.map((text) => (text.split('.')[1] ?? '').length))

/** The bar of few such trades, whose sums a number holds. */
export const barOf = (trades: readonly BarTrade[], isClosed: boolean): TradeBar => {
  const prices = trades.map(({ price }) => price)
  const quantities = trades.map(({ quantity }) => quantity)
  const sorted = [...prices].sort((a, b) => Number(a) - Number(b))
  const volume = quantities.reduce((sum, quantity) => sum + Number(quantity), 0).toFixed(placesOf(quantities))
  const quoteVolume = trades
    .reduce((sum, { price, quantity }) => sum + Number(price) * Number(quantity), 0)
    .toFixed(placesOf(quantities) + placesOf(prices))
  const [first, last] = [trades.at(0), trades.at(-1)]
  return {
    ...{ symbol: 'BTCUSDT', openTime: first?.tradeTime ?? NaN, closeTime: last?.tradeTime ?? NaN },
    ...{ firstTradeId: first?.tradeId ?? NaN, lastTradeId: last?.tradeId ?? NaN, tradeCount: trades.length },
    ...{ open: prices.at(0) ?? '', high: sorted.at(-1) ?? '', low: sorted.at(0) ?? '', close: prices.at(-1) ?? '' },
    ...{ volume, quoteVolume, takerBuyVolume: volume, takerBuyQuoteVolume: quoteVolume, isClosed, missing: [] },
  }
}
