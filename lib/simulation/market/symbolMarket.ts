import type { DepthSnapshot } from '../../events/DepthSnapshot.js'
import type { MarkPrice } from '../../events/MarkPrice.js'
import type { MiniTicker } from '../../events/MiniTicker.js'
import type { Ticker } from '../../events/Ticker.js'
import { flow, type Action } from './flow.js'
import type { MarketEvent } from './MarketEvent.js'
import { matching, type Matching, type Outcome } from './matching.js'
import { reports } from './reports.js'
import { bitcoinScale } from './Scale.js'
import type { NumberedFill } from './tape.js'
import { dayTicker } from './dayTicker.js'
import { depthSpeeds } from './depthSpeeds.js'
import { intervalBars } from './intervalBars.js'
import type { Manner } from '../host/Manner.js'
import { openingOrders } from './openingOrders.js'
import type { Said } from './Said.js'
import { shiftIds } from './shiftIds.js'
import { sideStreams } from './sideStreams.js'
import { windowTickers, type WindowTickers } from './windowTickers.js'

/** One symbol's market, moved on by tenths of a second. */
export interface SymbolMarket {
  /** What is said from this time, a multiple of 100 ms, to a tenth of a second later. */
  readonly step: (from: number) => { readonly said: readonly Said[]; readonly totals: Totals | undefined }
  readonly snapshot: (limit?: number) => DepthSnapshot
  /** Somebody's order, or cancellation; `undefined` where nothing waits under its id. */
  readonly act: (at: number, action: Action) => Acted | undefined
  readonly book: Matching
  /** The last update's id becomes this one, and ids go on from there. */
  readonly restartIds: (lastUpdateId: number) => void
}

/** What an order or a cancellation did, and what is said of it at once. */
export interface Acted {
  readonly at: number
  readonly outcome: Outcome
  readonly fills: readonly NumberedFill[]
  readonly said: readonly Said[]
}

/** What the streams of all symbols say of this one, once a second. */
export interface Totals {
  readonly miniTicker: MiniTicker
  readonly ticker: Ticker
  readonly markPrice: MarkPrice
  readonly windows: ReturnType<WindowTickers['tickers']>
}

/** How a symbol's market is made. */
export interface SymbolConfig {
  /** Upper case. */
  readonly symbol: string
  readonly random: () => number
  readonly start: number
  /** Ms between two actions on average. */
  readonly pause: number
  readonly manner: Manner
  /** Hears of the trades that the market itself brings. */
  readonly traded: (at: number, fills: readonly NumberedFill[]) => void
}

const TENTH = 100
/** In ticks, and in orders. */
const PRICE = 616_860
const SIZE = 400

export const symbolMarket = (config: SymbolConfig): SymbolMarket => {
  const { symbol, random, start, pause, manner, traded } = config
  const name = symbol.toLowerCase()
  const book = matching()
  const traders = flow(random, { size: SIZE, mean: pause })
  openingOrders(book, traders, random, { price: PRICE, size: SIZE })
  const opening = { symbol, scale: bitcoinScale, start, price: PRICE }
  const report = reports(book, opening)
  const bars = intervalBars(opening)
  const day = dayTicker(opening)
  const windows = windowTickers(opening)
  const side = sideStreams(opening)
  let aside: Said[] = []
  const depth = depthSpeeds(symbol, manner.depthSpeed)
  let untilNext = traders.pause()
  let shift = 0

  const snapshot = (limit?: number): DepthSnapshot => shiftIds(report.snapshot(limit), shift)

  const did = (at: number, outcome: Outcome) => {
    const events = report.acted(at, outcome, manner.skipsIds ? Math.floor(random() * 4) : 0)
    const ids = events.flatMap((said) => (said.kind === 'trade' ? [said.event.tradeId] : []))
    const fills = outcome.fills.map((fill, i) => ({ ...fill, tradeId: ids[i] ?? 0 }))
    bars.add(fills)
    day.add(fills)
    windows.add(at, fills)
    aside.push(...side.add(at, fills))
    return { events, fills }
  }
  const done = (action: Action): Outcome | undefined =>
    'cancel' in action ? book.cancel(action.cancel) : book.submit(action)

  const act = (at: number): readonly MarketEvent[] => {
    const outcome = done(traders.next(book))
    if (outcome === undefined) return []
    if (outcome.resting !== undefined) traders.rests(outcome.orderId)
    const { events, fills } = did(at, outcome)
    if (fills.length > 0) traded(at, fills)
    return events
  }

  const best = (at: number) => {
    const { event } = report.opening(at)
    // The opening is a book ticker.
    if (!('bidPrice' in event)) throw new TypeError('expected a book ticker')
    const { bidPrice, bidQuantity, askPrice, askQuantity } = event
    return { bidPrice, bidQuantity, askPrice, askQuantity }
  }

  const say = ({ kind, stream, event }: MarketEvent, at: number): readonly Said[] => {
    // The klines of all intervals, and depth in all speeds, are made here.
    if (kind === 'kline' || kind === 'depth') return []
    const shifted = kind === 'bookTicker' ? shiftIds(event, shift) : event
    const own = { stream, event: () => shifted }
    if (kind === 'bookTicker') return [own, { stream: '!bookTicker', event: () => shifted }]
    if (kind === 'markPrice' && at % 3_000 === 0) return [own, { stream: `${name}@markPrice`, event: () => shifted }]
    return [own]
  }

  return {
    snapshot,
    book,
    act: (at, action) => {
      const outcome = done(action)
      if (outcome === undefined) return undefined
      const { events, fills } = did(at, outcome)
      return { at, outcome, fills, said: events.flatMap((event) => say(event, at)) }
    },
    restartIds: (lastUpdateId) => {
      shift = report.snapshot(0).lastUpdateId - lastUpdateId
    },
    step: (from) => {
      const said: Said[] = []
      for (; untilNext < TENTH; untilNext += traders.pause())
        said.push(...act(Math.floor(from + untilNext)).flatMap((event) => say(event, from)))
      untilNext -= TENTH
      const at = from + TENTH
      const events = report.tick(at)
      const update = events.flatMap((event) => (event.kind === 'depth' ? [shiftIds(event.event, shift)] : []))[0]
      said.push(...aside, ...depth.tick(update, snapshot))
      aside = []
      said.push(...events.flatMap((event) => say(event, at)))
      const miniTicker = events.flatMap(({ kind, event }) => (kind === 'miniTicker' ? [event] : []))[0]
      const markPrice = events.flatMap(({ kind, event }) => (kind === 'markPrice' ? [event] : []))[0]
      if (miniTicker === undefined || markPrice === undefined) return { said, totals: undefined }
      const ticker = day.ticker(at, best(at))
      const windowed = windows.tickers(at)
      said.push(...bars.due(at), ...side.due(at), { stream: `${name}@ticker`, event: () => ticker })
      for (const [window, event] of Object.entries(windowed)) said.push({ stream: `${name}@ticker_${window}`, event })
      return { said, totals: { miniTicker, ticker, markPrice, windows: windowed } }
    },
  }
}
