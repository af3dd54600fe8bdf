import { defer, filter, map, type OperatorFunction } from 'rxjs'
import { flat } from '../codecs/flat.js'
import { isPrint } from '../events/Trade.js'
import { barValues, growBar, startBar, type BarValues, type GrowingBar } from './GrowingBar.js'
import type { TradeIds } from './DerivedKline.js'
import { idOf, type TradeEvent } from './TradeEvent.js'
import { missingIn, withGap, type TradeGap } from './tradeGaps.js'

/** A bar that is over when it holds enough. */
export interface TradeBar extends BarValues {
  /** The market: `BTCUSDT`. */
  readonly symbol: string
  /** When its first trade happened, ms since 1970 (UTC). */
  readonly openTime: number
  /** When its last trade so far happened, ms since 1970 (UTC). */
  readonly closeTime: number
  /** It holds enough: the next trade opens another one. */
  readonly isClosed: boolean
  /** Trades that did not come since the bar before it, or within it: 100 gaps at most, the last holds all others. */
  readonly missing: readonly TradeIds[]
}

/** The bar of one symbol that grows, and what is known of its trades. */
interface Followed {
  readonly symbol: string
  bar: GrowingBar | undefined
  lastId: number
  lastTime: number
  gaps: readonly TradeGap[]
}

/** How many symbols are followed: of more, the one is forgotten whose first trade was the earliest. */
const MOST_SYMBOLS = 10_000
const always = { openTime: -Infinity, end: Infinity }

/** Bars of the trades of one symbol or of many, in the order in which they come; each is over once it is full. */
export const tradeBars = (isFull: (bar: GrowingBar) => boolean): OperatorFunction<TradeEvent, TradeBar> => {
  const noted = (followed: Followed, trade: TradeEvent): void => {
    const { lastId, lastTime, gaps } = followed
    const [id, { tradeTime }] = [idOf(trade), trade]
    if (id > lastId + 1)
      followed.gaps = withGap(gaps, { first: lastId + 1, last: id - 1, after: lastTime, before: tradeTime })
    followed.lastId = id
    followed.lastTime = tradeTime
  }

  const grown = (followed: Followed, trade: TradeEvent): TradeBar => {
    const bar = followed.bar === undefined ? startBar(trade) : growBar(followed.bar, trade)
    const isClosed = isFull(bar)
    const { symbol, gaps } = followed
    followed.bar = isClosed ? undefined : bar
    if (isClosed) followed.gaps = []
    const times = { openTime: bar.first.tradeTime, closeTime: bar.last.tradeTime }
    return { symbol, ...times, ...barValues(bar), isClosed, missing: missingIn(gaps, always) }
  }

  return (source) =>
    defer(() => {
      const bySymbol = new Map<string, Followed>()
      const follow = (symbol: string, { tradeTime }: TradeEvent): Followed => {
        const followed = { symbol, bar: undefined, lastId: NaN, lastTime: tradeTime, gaps: [] }
        const [oldest] = bySymbol.keys()
        if (oldest !== undefined && bySymbol.size >= MOST_SYMBOLS) bySymbol.delete(oldest) // F69
        bySymbol.set(symbol, followed)
        return followed
      }
      return source.pipe(
        map((trade) => {
          const followed = bySymbol.get(trade.symbol) ?? follow(flat(trade.symbol), trade)
          noted(followed, trade)
          return isPrint(trade) ? grown(followed, trade) : undefined // F56
        }),
        filter((bar) => bar !== undefined),
      )
    })
}
