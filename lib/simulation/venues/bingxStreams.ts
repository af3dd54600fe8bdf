import { intervals } from '../../events/Interval.js'
import type { PolledStream } from './PolledStream.js'

/**
 * The market streams of BingX, as its public documents list them, with the keys that those and its clients know. Decimals
 * are texts.
 */

/** What there is to be said, or nothing where a recording has not said it. */
const said = <A>(value: A | undefined, write: (value: A) => unknown): readonly unknown[] =>
  value === undefined ? [] : [write(value)]

const SYMBOL = '(?<symbol>[^@]+)'

const depth = (name: RegExp): PolledStream => ({
  name,
  every: 200,
  say: ({ market }, { levels }) =>
    said(market.snapshot(Number(levels)), ({ bids, asks, lastUpdateId }) => ({
      ...{ bids: [...bids], asks: [...asks], lastUpdateId, T: market.now() },
    })),
})

const ticker: PolledStream = {
  name: new RegExp(`^${SYMBOL}@ticker$`),
  every: 1_000,
  say: ({ market }) =>
    said(market.ticker(), (day) => ({
      ...{ e: '24hTicker', E: market.now(), s: day.symbol, p: day.priceChange, P: `${day.priceChangePercent}%` },
      ...{ o: day.open, h: day.high, l: day.low, c: day.close, v: day.volume, q: day.quoteVolume },
      ...{ O: day.openTime, C: day.closeTime, n: day.tradeCount },
      ...{ B: day.bidPrice, b: day.bidQuantity, A: day.askPrice, a: day.askQuantity },
    })),
}

const lastPrice: PolledStream = {
  name: new RegExp(`^${SYMBOL}@lastPrice$`),
  every: 100,
  say: ({ market }) =>
    said(market.ticker(), ({ close: c }) => ({ e: 'lastPriceUpdate', s: market.symbol, c, T: market.now() })),
}

const bookTicker: PolledStream = {
  name: new RegExp(`^${SYMBOL}@bookTicker$`),
  every: 200,
  say: ({ market }) =>
    said(market.bookTicker(), ({ symbol, updateId: u, bidPrice: b, bidQuantity: B, askPrice: a, askQuantity: A }) => ({
      ...{ e: 'bookTicker', u, s: symbol, b, B, a, A, E: market.now(), T: market.now() },
    })),
}

/** One trade in each payload, or all of them in one. */
const trade = (isList: boolean): PolledStream => ({
  name: new RegExp(`^${SYMBOL}@trade$`),
  every: 0,
  say: ({ market }, _, told) => {
    const { price, quantity } = market.scale
    const trades = market
      .trades()
      .filter(({ tradeId }) => tradeId > told.tradeId)
      .map((fill) => ({
        ...{ e: 'trade', E: fill.at, T: fill.at, t: String(fill.tradeId), s: market.symbol },
        ...{ p: price(fill.price), q: quantity(fill.quantity), m: fill.isBuyerMaker },
      }))
    return isList && trades.length > 0 ? [trades] : trades
  },
})

/** How the spot market calls intervals, where that is another name. */
const spotIntervals: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['1', '3', '5', '15', '30'].map((minutes) => [`${minutes}min`, `${minutes}m`])),
  ...{ '60min': '1h', '1day': '1d' },
}

const kline = (isList: boolean): PolledStream => ({
  name: new RegExp(`^${SYMBOL}@kline_(?<interval>\\w+)$`),
  every: 500,
  say: ({ market }, { interval = '' }) => {
    const known = (isList ? undefined : spotIntervals[interval]) ?? interval
    const bar = intervals.some((one) => one === known) ? market.klines(known).at(-1) : undefined
    if (bar === undefined) return []
    const { openTime: t, closeTime: T, open: o, high: h, low: l, close: c, volume: v } = bar
    const K = { t, T, s: market.symbol, i: interval, o, h, l, c, v, q: bar.quoteVolume, n: bar.tradeCount }
    return [isList ? [{ c, o, h, l, v, T: t }] : { e: 'kline', E: market.now(), s: market.symbol, K }]
  },
})

const common = [ticker, lastPrice, bookTicker]

/** Those of the spot market. */
export const bingxSpotStreams: readonly PolledStream[] = [
  ...common,
  depth(new RegExp(`^${SYMBOL}@depth(?<levels>5|10|20|50|100)$`)),
  trade(false),
  kline(false),
]

/** Those of perpetual contracts. */
export const bingxSwapStreams: readonly PolledStream[] = [
  ...common,
  depth(new RegExp(`^${SYMBOL}@depth(?<levels>5|10|20|50|100)(?:@\\d+ms)?$`)),
  trade(true),
  kline(true),
  {
    name: new RegExp(`^${SYMBOL}@markPrice$`),
    every: 1_000,
    say: ({ market }) =>
      said(market.markPrice(), ({ markPrice: p }) => ({ e: 'markPriceUpdate', E: market.now(), s: market.symbol, p })),
  },
]
