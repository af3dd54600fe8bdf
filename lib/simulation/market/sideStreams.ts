import type { AvgPrice } from '../../events/AvgPrice.js'
import type { BlockTrade } from '../../events/Trade.js'
import type { ReferencePrice } from '../../events/ReferencePrice.js'
import type { NumberedFill } from './tape.js'
import { chainTrade } from './chainTrade.js'
import type { BarsConfig } from './intervalBars.js'
import { liquidation } from './liquidation.js'
import { predictionEvents } from './predictionEvents.js'
import { rollingBar } from './rollingBar.js'
import type { Said } from './Said.js'
import { windowTexts } from './windowTexts.js'

/** What some venues say of one symbol beside its book, trades, klines and tickers. */
export interface SideStreams {
  /** What trades bring at once. */
  readonly add: (at: number, fills: readonly NumberedFill[]) => readonly Said[]
  /** What is due at a full second. */
  readonly due: (at: number) => readonly Said[]
}

const SECOND = 1_000
/** A liquidation comes at most so often, and only after a trade; a trade beside the book, always. */
const LIQUIDATIONS = 5 * SECOND
const BLOCKS = 30 * SECOND
/** In lots. */
const BLOCK_SIZE = 50_000
const AVERAGED = 5 * 60 * SECOND

export const sideStreams = (config: BarsConfig): SideStreams => {
  const { symbol, scale, start, price } = config
  const name = symbol.toLowerCase()
  const averaged = rollingBar(AVERAGED, price)
  const prediction = predictionEvents(symbol, start)
  let lastTrade = start
  let last: NumberedFill | undefined
  let blocks = 0

  const lastPrice = () => scale.price(last?.price ?? price)
  const avgPrice = (at: number, lastTradeTime: number) => (): AvgPrice => {
    const { weightedAveragePrice } = windowTexts(averaged.at(at).bar, scale)
    return { eventTime: at, symbol, interval: '5m', price: weightedAveragePrice, lastTradeTime }
  }
  /** There is none before the first trade. */
  const referencePrice = (time: number): ReferencePrice => ({
    symbol,
    price: last === undefined ? null : lastPrice(),
    time,
  })
  const blockTrade = (at: number, blockTradeId: number): BlockTrade => ({
    eventTime: at,
    symbol,
    tradeId: blockTradeId,
    price: lastPrice(),
    quantity: scale.quantity(BLOCK_SIZE),
    tradeTime: at,
    isBuyerMaker: last?.isBuyerMaker ?? false,
  })

  return {
    add: (at, fills) => {
      averaged.add(at, fills)
      last = fills.at(-1) ?? last
      if (fills.length > 0) lastTrade = at
      return fills.map((fill) => ({ stream: `${name}@tradepro`, event: () => chainTrade(symbol, scale, at, fill) }))
    },
    due: (at) => {
      const reference = referencePrice(at)
      const said: Said[] = [
        { stream: `${name}@avgPrice`, event: avgPrice(at, lastTrade) },
        { stream: `${name}@referencePrice`, event: () => reference },
        ...prediction(at, lastPrice()),
      ]
      if (at % BLOCKS === 0) {
        const block = blockTrade(at, ++blocks)
        said.push({ stream: `${name}@blockTrade`, event: () => block })
      }
      if (at % LIQUIDATIONS === 0 && last !== undefined && lastTrade > at - LIQUIDATIONS) {
        const event = liquidation(symbol, scale, at, last)
        said.push({ stream: `${name}@forceOrder`, event: () => event })
        said.push({ stream: '!forceOrder@arr', event: () => [event] })
      }
      return said
    },
  }
}
