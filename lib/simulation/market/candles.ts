import type { Kline } from '../../events/Kline.js'
import type { MiniTicker } from '../../events/MiniTicker.js'
import { emptyBar, withFill } from './Bar.js'
import { barTexts, klineTexts } from './barTexts.js'
import type { Scale } from './Scale.js'
import type { NumberedFill } from './tape.js'

const MINUTE = 60_000

/** Klines of one minute, and the day's ticker, from the fills. */
export interface Candles {
  readonly add: (fills: readonly NumberedFill[]) => void
  /** The kline where it changed since the last time; at the end of its minute it comes closed, changed or not. */
  readonly kline: (at: number) => Kline | undefined
  readonly miniTicker: (at: number) => MiniTicker
}

/** Starts at `start` with the price (in ticks) that was paid before. */
export const candles = ({
  symbol,
  scale,
  start,
  price,
}: {
  symbol: string
  scale: Scale
  start: number
  price: number
}): Candles => {
  let bar = emptyBar(price)
  let day = emptyBar(price)
  let openTime = start - (start % MINUTE)
  let told = 0

  const kline = (eventTime: number, isClosed: boolean): Kline => ({
    eventTime,
    symbol,
    kline: {
      openTime,
      closeTime: openTime + MINUTE - 1,
      symbol,
      interval: '1m',
      ...klineTexts(bar, scale),
      isClosed,
    },
  })

  return {
    add: (fills) => {
      bar = fills.reduce(withFill, bar)
      day = fills.reduce(withFill, day)
    },
    kline: (at) => {
      if (at >= openTime + MINUTE) {
        const closed = kline(at, true)
        bar = emptyBar(bar.close)
        openTime += MINUTE
        told = 0
        return closed
      }
      if (bar.tradeCount === told) return undefined
      told = bar.tradeCount
      return kline(at, false)
    },
    miniTicker: (eventTime) => ({
      eventTime,
      symbol,
      ...barTexts(day, scale),
    }),
  }
}
