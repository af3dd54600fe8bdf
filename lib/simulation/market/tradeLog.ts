import type { AggTrade } from '../../events/AggTrade.js'
import type { Trade } from '../../events/Trade.js'
import type { Fill } from './matching.js'
import type { Scale } from './Scale.js'

/** A fill with the id of its trade. */
export interface NumberedFill extends Fill {
  readonly tradeId: number
}

/** The trades of one order, and the same added up by price. */
export interface LoggedTrades {
  readonly fills: readonly NumberedFill[]
  readonly trades: readonly Trade[]
  readonly aggTrades: readonly AggTrade[]
}

const none: LoggedTrades = { fills: [], trades: [], aggTrades: [] }

const FIRST_TRADE_ID = 3_000_001
const FIRST_AGGREGATE_ID = 2_000_001

/** Numbers the fills of one symbol, and writes them as trades and as aggregate trades. */
export const tradeLog = ({
  symbol,
  scale,
}: {
  readonly symbol: string
  readonly scale: Scale
}): ((at: number, fills: readonly Fill[]) => LoggedTrades) => {
  let nextTradeId = FIRST_TRADE_ID
  let nextAggregateId = FIRST_AGGREGATE_ID

  return (at, made) => {
    if (made.length === 0) return none
    const fills = made.map((fill) => ({ ...fill, tradeId: nextTradeId++ }))
    const common = { eventTime: at, symbol, tradeTime: at }
    const prices = [...new Set(fills.map(({ price }) => price))]
    const byPrice = prices.map((price) => ({ price, same: fills.filter((fill) => fill.price === price) }))
    const aggTrades = byPrice.map(({ price, same }): AggTrade => ({
      ...common,
      aggregateId: nextAggregateId++,
      price: scale.price(price),
      quantity: scale.quantity(same.reduce((sum, { quantity }) => sum + quantity, 0)),
      firstTradeId: Math.min(...same.map(({ tradeId }) => tradeId)),
      lastTradeId: Math.max(...same.map(({ tradeId }) => tradeId)),
      isBuyerMaker: same.some(({ isBuyerMaker }) => isBuyerMaker),
    }))
    const trades = fills.map(({ tradeId, price, quantity, isBuyerMaker }): Trade => ({
      ...common,
      tradeId,
      price: scale.price(price),
      quantity: scale.quantity(quantity),
      isBuyerMaker,
      tradeType: 'MARKET',
    }))
    return { fills, trades, aggTrades }
  }
}
