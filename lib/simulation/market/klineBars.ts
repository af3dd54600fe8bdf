import { intervals } from '../../events/Interval.js'
import type { Kline } from '../../events/Kline.js'
import { intervalSpan, type KlineInterval, type Span } from '../../operators/intervalSpan.js'
import { emptyBar, klineFields, withFill, type Opening } from './Bar.js'
import type { Publication, Topic } from './Publication.js'
import type { NumberedFill } from './tradeLog.js'

/** The klines of one symbol, of every interval, in UTC and in UTC+8. */
export interface KlineBars {
  readonly add: (fills: readonly NumberedFill[]) => void
  /** Those that changed since the last call; at the end of its interval each comes closed, changed or not. */
  readonly due: (at: number) => readonly Publication[]
}

/**
 * Where a day begins: at midnight in UTC, or so many milliseconds earlier, for streams with this offset in their name.
 */
const offsets = [
  { ahead: 0, parameters: {} },
  { ahead: 8 * 3_600_000, parameters: { offset: '+08:00' } },
] as const
type Offset = (typeof offsets)[number]

const barsOf = (
  interval: KlineInterval,
  { ahead, parameters }: Offset,
  { symbol, scale, start, price }: Opening,
): KlineBars => {
  const spanAhead = intervalSpan(interval)
  const spanOf = (time: number): Span => {
    const { openTime, end } = spanAhead(time + ahead)
    return { openTime: openTime - ahead, end: end - ahead }
  }
  const topic: Topic = { kind: 'kline', parameters: { symbol: symbol.toLowerCase(), interval, ...parameters } }
  let span = spanOf(start)
  let bar = emptyBar(price)
  let published = 0

  const kline = (eventTime: number, isClosed: boolean): Publication => {
    const [current, { openTime, end }] = [bar, span]
    const event = (): Kline => ({
      eventTime,
      symbol,
      kline: { openTime, closeTime: end - 1, symbol, interval, ...klineFields(current, scale), isClosed },
    })
    return { at: eventTime, topic, event }
  }

  return {
    add: (fills) => {
      bar = fills.reduce(withFill, bar)
    },
    due: (at) => {
      if (at >= span.end) {
        const closed = kline(at, true)
        bar = emptyBar(bar.close)
        span = spanOf(at)
        published = 0
        return [closed]
      }
      if (bar.tradeCount === published) return []
      published = bar.tradeCount
      return [kline(at, false)]
    },
  }
}

/** Bars of all intervals over the same fills; where time jumps, the intervals in between have none. */
export const klineBars = (opening: Opening): KlineBars => {
  const all = offsets.flatMap((offset) =>
    (['1s', ...intervals] as const).map((interval) => barsOf(interval, offset, opening)),
  )
  return {
    add: (fills) => {
      for (const bars of all) bars.add(fills)
    },
    due: (at) => all.flatMap((bars) => bars.due(at)),
  }
}
