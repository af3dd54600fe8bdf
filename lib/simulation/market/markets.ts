import type { DepthSnapshot } from '../../events/DepthSnapshot.js'
import type { Acted } from './marketData.js'
import type { MarketView, OwnView } from './MarketView.js'
import type { TradedBook } from './matching.js'
import type { Action } from './orderFlow.js'
import type { Publication, Topic } from './Publication.js'
import { bitcoinScale } from './Scale.js'
import { seeded } from './seeded.js'
import { symbolMarket, TENTH, type SymbolMarket, type SymbolMarketConfig } from './symbolMarket.js'
import type { NumberedFill } from './tradeLog.js'

/** The markets of all symbols, moved on together. */
export interface Markets {
  /** One tenth of a second passes; `now` is where its clock goes on if it is behind. */
  readonly step: (now: number) => MarketsStep
  /** The book of a symbol (upper case) as of the last update; `undefined` for a symbol that is not traded here. */
  readonly snapshot: (symbol: string, limit?: number) => DepthSnapshot | undefined
  /** What may be asked about the market of a symbol. */
  readonly view: (symbol: string) => MarketView | undefined
  readonly restartIds: (symbol: string, lastUpdateId: number) => void
  /** An account's order or cancellation; `undefined` where there is no such market, or nothing to cancel. */
  readonly act: (symbol: string, action: Action, now: number) => Acted | undefined
  /** Somebody takes so many lots of the orders that rest on a side at a price or a better one. */
  readonly take: (
    symbol: string,
    side: 'BUY' | 'SELL',
    price: number,
    quantity: number,
    now: number,
  ) => Acted | undefined
  readonly book: (symbol: string) => TradedBook | undefined
  /** The symbols traded here, upper case. */
  readonly symbols: readonly string[]
}

/** Those of the simulation's own. */
interface OwnMarkets extends Markets {
  readonly view: (symbol: string) => OwnView | undefined
}

/** What a tenth of a second brought. */
export interface MarketsStep {
  readonly publications: readonly Publication[]
  /** The trades that the markets themselves made. */
  readonly trades: readonly MarketTrades[]
}

/** The fills of one order in a symbol's market. */
interface MarketTrades {
  readonly symbol: string
  readonly at: number
  readonly fills: readonly NumberedFill[]
  /** The price of the last trade, in ticks. Default: that of the last fill. */
  readonly last?: number
}

/** What the markets are made of. */
export interface MarketsConfig extends Pick<SymbolMarketConfig, 'pause' | 'depthSpeed' | 'skipsIds'> {
  readonly seed: number
  /** Upper case. */
  readonly symbols: readonly string[]
}

/** In ticks, and in orders. */
const PRICE = 616_860
const SIZE = 400

const tenthOf = (time: number) => Math.floor(time / TENTH) * TENTH

/** The streams of all symbols, by those of one. */
const ofAllSymbols: Readonly<Record<string, string>> = {
  miniTicker: 'miniTickers',
  ticker: 'tickers',
  windowTicker: 'windowTickers',
  markPrice: 'markPrices',
}

/** Gathers what is published of each symbol for the streams of all symbols. */
const gathering = (): ((publications: readonly Publication[]) => readonly Publication[]) => {
  const topics = new Map<string, Topic>()
  /** A market has the same topics all the time. */
  const known = new WeakMap<Topic, Topic>()
  const topicOf = (kind: string, ofSymbol: Topic): Topic => {
    const found = known.get(ofSymbol)
    if (found !== undefined) return found
    const parameters = Object.fromEntries(Object.entries(ofSymbol.parameters).filter(([name]) => name !== 'symbol'))
    const key = JSON.stringify([kind, parameters])
    const topic = topics.get(key) ?? { kind, parameters }
    topics.set(key, topic)
    known.set(ofSymbol, topic)
    return topic
  }
  return (publications) => {
    const gathered = new Map<Topic, Publication[]>()
    for (const publication of publications) {
      const plural = ofAllSymbols[publication.topic.kind]
      if (plural === undefined) continue
      const topic = topicOf(plural, publication.topic)
      gathered.set(topic, [...(gathered.get(topic) ?? []), publication])
    }
    return [...gathered].map(([topic, each]) => ({
      at: each[0]?.at ?? 0,
      topic,
      event: () => each.map(({ event }) => event()),
    }))
  }
}

/** The markets open at `start`, in ms since 1970. The same seed and the same steps give the same events. */
export const markets = ({ seed, symbols, ...config }: MarketsConfig, start: number): OwnMarkets => {
  let clock = tenthOf(start)
  const opening = { ...config, scale: bitcoinScale, price: PRICE, size: SIZE, start: clock }
  const open = new Map(
    symbols.map((symbol, i) => [symbol, symbolMarket({ ...opening, symbol, random: seeded(seed + 7_919 * i) })]),
  )
  const gather = gathering()

  const stepOf = (symbol: string, market: SymbolMarket): MarketsStep => {
    const publications: Publication[] = []
    const trades: MarketTrades[] = []
    market.skipTo(clock)
    for (let isOver = false; !isOver;) {
      const { at, isTick, fills, publications: published } = market.next()
      publications.push(...published)
      if (fills.length > 0) trades.push({ symbol, at, fills })
      isOver = isTick
    }
    return { publications, trades }
  }

  const act: Markets['act'] = (symbol, action, now) => {
    clock = Math.max(clock, tenthOf(now))
    return open.get(symbol)?.act(clock, action)
  }

  return {
    symbols,
    act,
    take: (symbol, side, price, quantity, now) =>
      act(symbol, { side: side === 'BUY' ? 'SELL' : 'BUY', quantity, price, timeInForce: 'IOC' }, now),
    snapshot: (symbol, limit) => open.get(symbol)?.view.snapshot(limit),
    view: (symbol) => open.get(symbol)?.view,
    restartIds: (symbol, lastUpdateId) => open.get(symbol)?.restartIds(lastUpdateId),
    book: (symbol) => open.get(symbol)?.book,
    step: (now) => {
      clock = Math.max(clock, tenthOf(now) - TENTH)
      const steps = [...open].map(([symbol, market]) => stepOf(symbol, market))
      clock += TENTH
      const publications = steps.flatMap((step) => step.publications)
      return {
        publications: [...publications, ...gather(publications)],
        trades: steps.flatMap(({ trades }) => trades),
      }
    },
  }
}
