import { intervals } from '../../events/Interval.js'
import type { Kline } from '../../events/Kline.js'
import { intervalSpan, type KlineInterval, type Span } from '../../operators/intervalSpan.js'
import { emptyBar, withFill } from './Bar.js'
import { klineTexts } from './barTexts.js'
import type { Scale } from './Scale.js'
import type { NumberedFill } from './tape.js'
import type { Said } from './Said.js'

/** The klines of one symbol, of every interval, in UTC and in UTC+8. */
export interface IntervalBars {
  readonly add: (fills: readonly NumberedFill[]) => void
  /** Those that changed since the last time; at the end of its interval each comes closed, changed or not. */
  readonly due: (at: number) => readonly Said[]
}

/** What the bars are made of; `price` is the one that was paid before, in ticks. */
export interface BarsConfig {
  /** Upper case. */
  readonly symbol: string
  readonly scale: Scale
  readonly start: number
  readonly price: number
}

/** What a day begins with: UTC's midnight, or another place's, which is so many ms ahead and named at the end. */
const places = [
  { ahead: 0, suffix: '' },
  { ahead: 8 * 3_600_000, suffix: '@+08:00' },
] as const
type Place = (typeof places)[number]

const bars = (
  interval: KlineInterval,
  { ahead, suffix }: Place,
  { symbol, scale, start, price }: BarsConfig,
): IntervalBars => {
  const spanAhead = intervalSpan(interval)
  const spanOf = (time: number): Span => {
    const { openTime, closeTime } = spanAhead(time + ahead)
    return { openTime: openTime - ahead, closeTime: closeTime - ahead }
  }
  const stream = `${symbol.toLowerCase()}@kline_${interval}${suffix}`
  let span = spanOf(start)
  let bar = emptyBar(price)
  let told = 0

  const kline = (eventTime: number, isClosed: boolean): Said => {
    const event: Kline = {
      eventTime,
      symbol,
      kline: {
        ...span,
        symbol,
        interval,
        ...klineTexts(bar, scale),
        isClosed,
      },
    }
    return { stream, event: () => event }
  }

  return {
    add: (fills) => {
      bar = fills.reduce(withFill, bar)
    },
    due: (at) => {
      if (at > span.closeTime) {
        const closed = kline(at, true)
        bar = emptyBar(bar.close)
        span = spanOf(at)
        told = 0
        return [closed]
      }
      if (bar.tradeCount === told) return []
      told = bar.tradeCount
      return [kline(at, false)]
    },
  }
}

/** Bars of all intervals over the same fills; where time jumps, the intervals in between have none. */
export const intervalBars = (config: BarsConfig): IntervalBars => {
  const all = places.flatMap((place) =>
    (['1s', ...intervals] as const).map((interval) => bars(interval, place, config)),
  )
  return {
    add: (fills) => {
      for (const each of all) each.add(fills)
    },
    due: (at) => all.flatMap((each) => each.due(at)),
  }
}
