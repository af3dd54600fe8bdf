import * as t from 'io-ts'
import type { Codec } from '../codecs/Codec.js'
import { Decimal } from '../codecs/Decimal.js'
import { Integer } from '../codecs/Integer.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { scanText } from '../codecs/scan.js'
import { wire, type Decoded, type Wire } from '../codecs/wire.js'
import { miniTickerFields, type MiniTicker } from './MiniTicker.js'

/** Shortest first. */
export const windows = ['1h', '4h', '1d'] as const

/** How far a rolling window reaches back; on the wire the event's `e`: `1hTicker`. */
export type Window = (typeof windows)[number]

const windowOf = (u: unknown): Window | undefined => windows.find((window) => u === `${window}Ticker`)

export const Window: Codec<Window, string> = Object.assign(
  new t.Type<Window, string, unknown>(
    '1hTicker, 4hTicker or 1dTicker',
    (u): u is Window => windows.some((window) => u === window),
    (u, context) => {
      const window = windowOf(u)
      return window === undefined ? t.failure(u, context) : t.success(window)
    },
    (window) => `${window}Ticker`,
  ),
  {
    fast: windowOf,
    scan: (text: string, at: number) => windowOf(scanText(text, at)),
  },
)

/** What a ticker says of its window beyond a mini ticker. */
export interface WindowFields extends MiniTicker, Decoded<typeof windowFields> {}
export const windowFields = {
  ...miniTickerFields,
  /** The last price less the one at the window's start, in the quote asset. `p` */
  priceChange: ['p', Decimal],
  /** The same in percent of the price at the window's start. `P` */
  priceChangePercent: ['P', Decimal],
  /** The average price of the window weighted by quantity, in the quote asset. `w` */
  weightedAveragePrice: ['w', Decimal],
  /** When the window starts, ms since 1970 (UTC). `O` */
  openTime: ['O', Timestamp],
  /** When the window ends, ms since 1970 (UTC). `C` */
  closeTime: ['C', Timestamp],
  /** The id of its first trade; -1 where there was none. `F` */
  firstTradeId: ['F', Integer],
  /** The id of its last trade; -1 where there was none. `L` */
  lastTradeId: ['L', Integer],
  /** How many trades there were. `n` */
  tradeCount: ['n', Integer],
} as const
const codec = wire('WindowTicker', undefined, {
  /** How far the window reaches back; on the wire `1hTicker`, `4hTicker` or `1dTicker`. `e` */
  window: ['e', Window],
  ...windowFields,
})

/** A rolling window of one symbol. */
export interface WindowTicker extends WindowFields, t.TypeOf<typeof codec> {}
export const WindowTicker: Wire<WindowTicker> = codec
