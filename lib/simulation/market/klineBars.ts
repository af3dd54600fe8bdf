import { intervals } from '../../events/Interval.js'
import type { Kline, KlineBar } from '../../events/Kline.js'
import { intervalSpan, type KlineInterval, type Span } from '../../operators/intervalSpan.js'
import { emptyBar, klineFields, withBar, type Bar, type Opening } from './Bar.js'
import type { Publication, Topic } from './Publication.js'
import { recent } from './recent.js'

/** The klines of one symbol, of every interval, in UTC and in UTC+8. */
export interface KlineBars {
  /** Trades of this time belong to the interval that it lies in, whenever the bars before it are due. */
  readonly add: (at: number, traded: Bar) => void
  /** Those that changed since the last call; after the end of its interval each comes closed, changed or not. */
  readonly due: (at: number) => readonly Publication[]
  /** The last bars of an interval, oldest first, the one that grows last; none of an interval that is not here. */
  readonly last: (interval: string, offset?: string) => readonly KlineBar[]
}

/** So many bars of each interval are remembered. */
const REMEMBERED = 1_500

/**
 * Where a day begins: at midnight in UTC, or so many milliseconds earlier, for streams with this offset in their name.
 */
const offsets = [
  { ahead: 0, parameters: {} },
  { ahead: 8 * 3_600_000, parameters: { offset: '+08:00' } },
] as const
type Offset = (typeof offsets)[number]

type SpannedBar = readonly [Bar, Span]

const barsOf = (interval: KlineInterval, { ahead, parameters }: Offset, { symbol, scale, start, price }: Opening) => {
  const spanAhead = intervalSpan(interval)
  const spanOf = (time: number): Span => {
    const { openTime, end } = spanAhead(time + ahead)
    return { openTime: openTime - ahead, end: end - ahead }
  }
  const topic: Topic = { kind: 'kline', parameters: { symbol, interval, ...parameters } }
  let span = spanOf(start)
  let bar = emptyBar(price)
  let published = 0
  let over: readonly SpannedBar[] = []
  const closed = recent<SpannedBar>(REMEMBERED)

  const klineBar = ([current, { openTime, end }]: SpannedBar, isClosed: boolean): KlineBar => ({
    ...{ openTime, closeTime: end - 1, symbol, interval },
    ...klineFields(current, scale),
    isClosed,
  })
  const kline = (eventTime: number, one: SpannedBar, isClosed: boolean): Publication => {
    const event = (): Kline => ({ eventTime, symbol, kline: klineBar(one, isClosed) })
    return { at: eventTime, topic, event }
  }

  /** The interval of this time begins, where it has not begun yet. */
  const reach = (at: number) => {
    if (at < span.end) return
    over = [...over, [bar, span]]
    closed.add([bar, span])
    bar = emptyBar(bar.close)
    span = spanOf(at)
    published = 0
  }

  return {
    isOf: (asked: string, offset: string | undefined) =>
      asked === interval && offset === ('offset' in parameters ? parameters.offset : undefined),
    last: (): readonly KlineBar[] => [...closed.all().map((one) => klineBar(one, true)), klineBar([bar, span], false)],
    add: (at: number, traded: Bar) => {
      reach(at) // F84
      bar = withBar(bar, traded)
    },
    due: (at: number): readonly Publication[] => {
      reach(at)
      const ended = over.map((one) => kline(at, one, true))
      over = []
      if (bar.tradeCount === published) return ended
      published = bar.tradeCount
      return [...ended, kline(at, [bar, span], false)]
    },
  }
}

/** Bars of all intervals over the same fills; where time jumps, the intervals in between have none. */
export const klineBars = (opening: Opening): KlineBars => {
  const all = offsets.flatMap((offset) =>
    (['1s', ...intervals] as const).map((interval) => barsOf(interval, offset, opening)),
  )
  return {
    add: (at, traded) => {
      if (traded.tradeCount === 0) return
      for (const bars of all) bars.add(at, traded)
    },
    due: (at) => all.flatMap((bars) => bars.due(at)),
    last: (interval, offset) => all.find(({ isOf }) => isOf(interval, offset))?.last() ?? [],
  }
}
