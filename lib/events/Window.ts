import * as t from 'io-ts'
import type { Codec } from '../codecs/Codec.js'
import { scanText } from '../codecs/scan.js'

const windows = ['1h', '4h', '1d'] as const

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
