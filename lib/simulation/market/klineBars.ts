import { intervals } from '../../events/Interval.js'
import type { Kline } from '../../events/Kline.js'
import { intervalSpan, type KlineInterval, type Span } from '../../operators/intervalSpan.js'
import { emptyBar, klineFields, withFill, type Bar, type Opening } from './Bar.js'
import type { Publication, Topic } from './Publication.js'
import type { NumberedFill } from './tradeLog.js'

/** The klines of one symbol, of every interval, in UTC and in UTC+8. */
export interface KlineBars {
  /** Trades of this time belong to the interval that it lies in, whenever the bars before it are due. */
  readonly add: (at: number, fills: readonly NumberedFill[]) => void
  /** Those that changed since the last call; after the end of its interval each comes closed, changed or not. */
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
  const topic: Topic = { kind: 'kline', parameters: { symbol, interval, ...parameters } }
  let span = spanOf(start)
  let bar = emptyBar(price)
  let published = 0
  let over: readonly (readonly [Bar, Span])[] = []

  const kline = (
    eventTime: number,
    [current, { openTime, end }]: readonly [Bar, Span],
    isClosed: boolean,
  ): Publication => {
    const event = (): Kline => ({
      eventTime,
      symbol,
      kline: { openTime, closeTime: end - 1, symbol, interval, ...klineFields(current, scale), isClosed },
    })
    return { at: eventTime, topic, event }
  }

  /** The interval of this time begins, where it has not begun yet. */
  const reach = (at: number) => {
    if (at < span.end) return
    over = [...over, [bar, span]]
    bar = emptyBar(bar.close)
    span = spanOf(at)
    published = 0
  }

  return {
    add: (at, fills) => {
      if (fills.length > 0) reach(at) // F84
      bar = fills.reduce(withFill, bar)
    },
    due: (at) => {
      reach(at)
      const closed = over.map((one) => kline(at, one, true))
      over = []
      if (bar.tradeCount === published) return closed
      published = bar.tradeCount
      return [...closed, kline(at, [bar, span], false)]
    },
  }
}

/** Bars of all intervals over the same fills; where time jumps, the intervals in between have none. */
export const klineBars = (opening: Opening): KlineBars => {
  const all = offsets.flatMap((offset) =>
    (['1s', ...intervals] as const).map((interval) => barsOf(interval, offset, opening)),
  )
  return {
    add: (at, fills) => {
      for (const bars of all) bars.add(at, fills)
    },
    due: (at) => all.flatMap((bars) => bars.due(at)),
  }
}
