import { anObject, checked } from '../codecs/checked.js'
import { flat } from '../codecs/flat.js'
import { Observable, Subscription, type OperatorFunction, type SchedulerLike } from 'rxjs'
import type { Status } from '../Signal.js'
import { createVenueClock, type VenueClock } from '../timing/venueClock.js'
import { after, LOOK_AGAIN, PUNCTUAL } from '../timing/wait.js'
import type { DerivedKline, Provenance } from './DerivedKline.js'
import { barValues } from './GrowingBar.js'
import { intervalSpan, type KlineInterval } from './intervalSpan.js'
import {
  newSeries,
  provenanceOf,
  withClosed,
  withReset,
  withTrade,
  type KeptKline,
  type KlineSeries,
} from './klineSeries.js'
import { takeUntilUnsubscribed } from './takeUntilUnsubscribed.js'
import type { TradeEvent } from './TradeEvent.js'

/** What klines take from the client whose trades they are made of: every `Client` is one. */
export interface KlineClient {
  /** What waiting runs on. */
  readonly scheduler: SchedulerLike
  /** The venue's time, by which an interval ends. */
  readonly venueClock: VenueClock
  /** Emits when a connection is lost. */
  readonly lost: () => Observable<Status>
}

/** Which klines, and by whose time. */
export type KlinesConfig = {
  /** `1s`, `1m` … `1d`, `3d` (from 1970-01-02), `1w` (from Monday), `1M` (calendar month), all in UTC. */
  readonly interval: KlineInterval
  /** How long after its end, by the venue's time, an interval waits for its last trades, in ms. Default 1,000. */
  readonly grace?: number
} & (
  | {
      /** The client whose trades these are: its clock, live or recorded, the venue's clock, and what it lost. */
      readonly client: KlineClient
    }
  | {
      /** Without a client: what waiting runs on, and our time. The venue's is then measured from the trades. */
      readonly scheduler: SchedulerLike
    }
)

/** The klines of a symbol, and the timer that closes the last one. */
interface Followed {
  readonly symbol: string
  series: KlineSeries
  closing: Subscription
}

/** How many symbols are followed, and how many characters they have: of more, the one is forgotten that was quiet longest. */
const MOST_SYMBOLS = 10_000
const MOST_CHARACTERS = 2 ** 20

/**
 * Makes klines of trades or of aggregate trades, of one symbol or of many: the growing kline after every trade, with
 * `isClosed` false, and with `isClosed` true as soon as a trade of a later interval comes, or the venue's clock is
 * `grace` past its end and the sockets were read. It comes closed again where more becomes known of it: a late trade, ids that are missing or
 * came after all, a connection that was lost. So the last one of an interval is right, and says whether it is whole.
 *
 * ```
 * trades   --1-2----------3---2--|
 * end            e        ·
 *          --g-g-----C----g---C--|
 * ```
 *
 * Sums are exact, with the digits that the venue writes, as `'356.700'`: volumes with those of its quantities, amounts
 * with those of prices and quantities together, up to 8. Take the trades of a symbol or its aggregates, not both; what is
 * `missing` are ids of those. An interval without trades has no kline: where those around it are `isComplete` it had
 * none, and where trades of it were not heard they are `missing` from both. A trade that is no print of the market
 * (`isPrint`) enters no kline. With `backfill` before it what a lost connection left out is in it. Completes and errors with the source, and does not close the kline that
 * grows then. Unsubscribing stops its clock at once.
 *
 * ```ts
 * client.trade$.pipe(klines({ interval: '1m', client })).subscribe((bar) => show(bar.close, bar.isComplete))
 * ```
 *
 * @throws TypeError when `interval` is not a documented one, or neither `client` nor `scheduler` is given.
 */
export const klines = checked(
  'klines',
  [anObject('a config { interval }', ['interval'])],
  (config: KlinesConfig): OperatorFunction<TradeEvent, DerivedKline> => {
    const { interval, grace = 1000 } = config
    const spanOf = intervalSpan(interval)
    const client = 'client' in config ? config.client : undefined
    const scheduler = 'scheduler' in config ? config.scheduler : client?.scheduler
    if (scheduler === undefined)
      throw new TypeError('klines: expected `client`, or a `scheduler`, came neither: time is that of the trades') // F60

    return (source) =>
      new Observable((subscriber) => {
        const bySymbol = new Map<string, Followed>()
        let characters = 0
        const measured = createVenueClock(() => scheduler.now())
        const venue = client?.venueClock ?? measured

        const say = ({ symbol, series }: Followed, kline: KeptKline) =>
          subscriber.next({
            ...{ symbol, interval, openTime: kline.span.openTime, closeTime: kline.span.end - 1 },
            ...{ ...barValues(kline.growing), isClosed: kline.isClosed },
            ...provenanceOf(series, kline),
          })

        const become = (followed: Followed, next: KlineSeries) => {
          const { series } = followed
          followed.series = next
          for (const kline of [next.before, next.last])
            if (kline !== undefined && isNews(series, next, kline)) say(followed, kline)
        }

        /** Closes the last kline when it is time, and not before trades were read that wait in the sockets. */
        const closeIn = (ms: number, end: number, followed: Followed) => {
          const due = scheduler.now() + Math.max(0, ms)
          const closing = after(ms, scheduler, () => {
            subscriber.remove(closing)
            const left = end + grace - venue.now()
            if (left > 0) return closeIn(left, end, followed)
            if (scheduler.now() > due + PUNCTUAL) return closeIn(LOOK_AGAIN, end, followed) // F57
            const isHeard = client !== undefined && client.venueClock.heardUntil() >= end // F59
            become(followed, withClosed(followed.series, isHeard))
          })
          followed.closing = closing
          subscriber.add(closing)
        }

        const follow = (symbol: string): Followed => {
          const own = flat(symbol)
          const followed = { symbol: own, series: newSeries, closing: Subscription.EMPTY }
          bySymbol.set(own, followed)
          characters += own.length
          return followed
        }

        const forget = (followed: Followed) => {
          const { symbol, series, closing } = followed
          bySymbol.delete(symbol)
          characters -= symbol.length
          stop(closing)
          if (series.last?.isClosed === false) say(followed, { ...series.last, isClosed: true, isCut: true })
        }

        const stop = (closing: Subscription) => {
          subscriber.remove(closing)
          closing.unsubscribe()
        }

        const received = (trade: TradeEvent): void => {
          measured.heard(trade.tradeTime, scheduler.now())
          const followed = bySymbol.get(trade.symbol) ?? follow(trade.symbol)
          const { symbol } = followed
          const { last } = followed.series
          const next = withTrade(followed.series, trade, spanOf)
          const end = next.last?.span.end
          if (end !== undefined && end !== last?.span.end) {
            stop(followed.closing)
            closeIn(end + grace - venue.now(), end, followed)
            // The symbols stand in the order in which their klines began.
            bySymbol.delete(symbol)
            bySymbol.set(symbol, followed)
          }
          become(followed, next)
          for (const oldest of bySymbol.values()) {
            if (bySymbol.size <= MOST_SYMBOLS && characters <= MOST_CHARACTERS) break
            forget(oldest) // F69
          }
        }

        const reset = () => {
          for (const followed of bySymbol.values()) become(followed, withReset(followed.series))
        }
        // Before the trades of the connection that comes next.
        if (client !== undefined) subscriber.add(client.lost().subscribe({ next: reset, error: () => undefined })) // F59

        subscriber.add(
          source.pipe(takeUntilUnsubscribed(subscriber)).subscribe({
            next: received,
            error: (reason: unknown) => subscriber.error(reason),
            complete: () => subscriber.complete(),
          }),
        )
      })
  },
)

/** Whether there is more to say of a kline than was said. */
const isNews = (before: KlineSeries, now: KlineSeries, kline: KeptKline): boolean => {
  const told = [before.before, before.last].find((one) => one?.span.openTime === kline.span.openTime)
  if (told?.growing !== kline.growing || told.isClosed !== kline.isClosed) return true
  if (kline === now.last && now.leftOut !== before.leftOut) return true
  return kline.isClosed && shown(provenanceOf(before, told)) !== shown(provenanceOf(now, kline))
}

const shown = ({ isComplete, missing }: Provenance) =>
  `${isComplete} ${missing.map(({ first, last }) => `${first}-${last}`).join(' ')}`
