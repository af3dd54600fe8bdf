import * as t from 'io-ts'
import type { Codec } from '../codecs/Codec.js'
import { Decimal } from '../codecs/Decimal.js'
import { Id } from '../codecs/Id.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { scanText } from '../codecs/scan.js'
import { wire, type Wire } from '../codecs/wire.js'
import { miniTickerFields } from './MiniTicker.js'

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
export const windowFields = {
  ...miniTickerFields,
  priceChange: ['p', Decimal],
  priceChangePercent: ['P', Decimal],
  weightedAveragePrice: ['w', Decimal],
  openTime: ['O', Timestamp],
  closeTime: ['C', Timestamp],
  firstTradeId: ['F', Id],
  lastTradeId: ['L', Id],
  tradeCount: ['n', Id],
} as const
const codec = wire('WindowTicker', undefined, { window: ['e', Window], ...windowFields })

/** A rolling window of one symbol. */
export interface WindowTicker extends t.TypeOf<typeof codec> {}
export const WindowTicker: Wire<WindowTicker> = codec
