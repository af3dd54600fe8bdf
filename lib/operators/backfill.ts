import {
  asyncScheduler,
  defer,
  Observable,
  Subscription,
  take,
  throwIfEmpty,
  type ObservableInput,
  type OperatorFunction,
  type SchedulerLike,
} from 'rxjs'
import { anObject, checked } from '../codecs/checked.js'
import { flat } from '../codecs/flat.js'
import { after, within } from '../timing/wait.js'
import { takeUntilUnsubscribed } from './takeUntilUnsubscribed.js'
import { idOf, type TradeEvent } from './TradeEvent.js'
import { tradeSequence, type Backfill, type MissingReason, type TradeSequence } from './tradeSequence.js'
import { trampoline } from './trampoline.js'

/** Where missing events come from, and how much of that is worth waiting for. */
export interface BackfillConfig<T extends TradeEvent> {
  /**
   * One page of the events of a symbol (`BTCUSDT`) from an id on, in their order, as `aggTrades` and `historicalTrades`
   * ask a venue for it. Whatever it throws, or errors with, ends the wait for what is missing, not the stream.
   */
  readonly history: (symbol: string, fromId: number) => ObservableInput<readonly T[]>
  /** The id from which events are wanted, given the first one of a symbol. Default: that of the first one. */
  readonly from?: (first: T) => number
  /** So many missing ids are asked for at a time; of more, the newest. Default: 10,000. */
  readonly most?: number
  /** So many events of a symbol wait at most. Default: 10,000. */
  readonly maxBuffer?: number
  /** How long a page may take, in ms. Default: 120,000. */
  readonly timeout?: number
  /** What waiting runs on. Default: real time. */
  readonly scheduler?: SchedulerLike
}

/** The events of one symbol, and what is asked for them. */
interface Followed<T extends TradeEvent> {
  readonly symbol: string
  readonly sequence: TradeSequence<T>
  request: Subscription
  isAsking: boolean
  /** How often in a row a page brought nothing of what is missing. */
  inVain: number
}

/** A venue's lists may be behind its streams: what they do not have yet is asked for again after so many ms, so often. */
const SOON = 1_000
const TRIES = 3
/** How many symbols are followed: of more, the one is forgotten whose first event was the earliest. */
const MOST_SYMBOLS = 10_000

/**
 * Trades, or aggregate trades, without holes: where ids are missing, after a lost connection or before the first event, it
 * asks for them, holds back what comes meanwhile, and gives all in the order of their ids, each told by `isBackfilled`.
 *
 * ```
 * trades   --1-2-------5-6---7---|
 * history               ---(34|)
 *          --1-2----------(3456)-7---|
 * ```
 *
 * How much is missing is known by the id of the next event, and asked for then: after a lost connection nothing is asked for
 * while nothing comes, since every page has its weight, and in a quiet market nothing may be missing.
 *
 * What cannot be had is `missing` of the event after it, with the reason, and nothing waits for it any more: the venue has
 * it no longer, asking failed, or there was too much of it. An event of the stream that comes late after all passes when
 * it comes; one that comes twice passes once. Symbols do not wait for each other.
 *
 * Completes when the source has, after what is asked for has come. An error of the source passes at once, and what is held
 * back is lost; errors, too, when `from` throws. Unsubscribing cancels all requests and leaves no timer.
 *
 * ```ts
 * const rest = createRest({ venue: asterFutures })
 * const whole$ = client.stream('btcusdt@aggTrade').pipe(
 *   backfill({ history: (symbol, fromId) => aggTrades(rest, { symbol, fromId }) }),
 * )
 * whole$.pipe(klines({ interval: '1m', client })).subscribe((bar) => show(bar.close, bar.isComplete))
 * ```
 */
export const backfill = checked(
  'backfill',
  [anObject('a config { history }', [], ['history'])],
  <T extends TradeEvent>(config: BackfillConfig<T>): OperatorFunction<T, T & Backfill> => {
    const { history, from = idOf, most = 10_000, maxBuffer = 10_000, timeout = 120_000 } = config
    const { scheduler = asyncScheduler } = config

    return (source) =>
      new Observable((subscriber) => {
        const bySymbol = new Map<string, Followed<T>>()
        const oneByOne = trampoline(subscriber)
        let isDone = false

        const run = (job: () => void): void =>
          oneByOne(() => {
            job()
            if (isDone && ![...bySymbol.values()].some(({ isAsking }) => isAsking)) subscriber.complete()
          })

        const give = ({ sequence }: Followed<T>): void => {
          for (let event = sequence.next(); event !== undefined; event = sequence.next()) subscriber.next(event)
        }

        /** What is missing up to an id is given up, and what waited for it comes. */
        const settle = (followed: Followed<T>, until: number, reason: MissingReason, error?: unknown): void => {
          const { sequence } = followed
          for (let gap = sequence.gap(); gap !== undefined && gap.first <= until; gap = sequence.gap()) {
            sequence.giveUp(until, reason, error)
            give(followed)
          }
        }

        const stop = (followed: Followed<T>): void => {
          followed.isAsking = false
          subscriber.remove(followed.request)
          followed.request.unsubscribe()
        }

        const arrived = (followed: Followed<T>, last: number, page: readonly T[]): void => {
          const { sequence } = followed
          const before = sequence.gap()?.first
          sequence.fetched(page.filter((event) => idOf(event) <= last))
          give(followed)
          // It lists ids in their order: those between two that it lists, it has not.
          settle(
            followed,
            Math.min(
              last,
              page.reduce((most, event) => Math.max(most, idOf(event)), -Infinity),
            ),
            'gone',
          )
          followed.inVain = sequence.gap()?.first === before ? followed.inVain + 1 : 0
          if (followed.inVain >= TRIES) settle(followed, last, 'gone')
          ask(followed)
        }

        const failed = (followed: Followed<T>, last: number, error: unknown): void => {
          settle(followed, last, 'failed', error)
          ask(followed)
        }

        const pageFrom = (symbol: string, fromId: number) =>
          defer(() => history(symbol, fromId)).pipe(
            within(timeout, scheduler, () => new Error(`no trades within ${timeout} ms`)),
            take(1),
            throwIfEmpty(),
          )

        const request = (followed: Followed<T>, first: number, last: number): void => {
          const { symbol } = followed
          const mine = new Subscription()
          followed.request = mine
          subscriber.add(mine)
          const ended = (job: () => void): void =>
            run(() => {
              if (mine.closed) return
              stop(followed)
              job()
            })
          const begin = () =>
            mine.add(
              pageFrom(symbol, first).subscribe({
                next: (page) => ended(() => arrived(followed, last, page)),
                error: (error: unknown) => ended(() => failed(followed, last, error)),
              }),
            )
          if (followed.inVain === 0) begin()
          else mine.add(after(SOON, scheduler, begin))
        }

        /** Asks for the next ids that are missing, where some are and nothing is asked for. */
        const ask = (followed: Followed<T>): void => {
          const gap = followed.sequence.gap()
          if (gap === undefined || followed.isAsking) return
          settle(followed, gap.last - most, 'too many')
          followed.isAsking = true
          request(followed, Math.max(gap.first, gap.last - most + 1), gap.last)
        }

        const received = (event: T): void => {
          const followed = bySymbol.get(event.symbol) ?? follow(flat(event.symbol))
          const { sequence } = followed
          sequence.received(event)
          give(followed)
          if (sequence.gap() === undefined) return stop(followed)
          if (sequence.size() > maxBuffer) {
            stop(followed)
            settle(followed, sequence.gap()?.last ?? -Infinity, 'buffer full')
          }
          ask(followed)
        }

        const follow = (symbol: string): Followed<T> => {
          const [oldest] = bySymbol.values()
          if (oldest !== undefined && bySymbol.size >= MOST_SYMBOLS) forget(oldest) // F69
          const followed = {
            ...{ symbol, sequence: tradeSequence(from), request: Subscription.EMPTY, isAsking: false, inVain: 0 },
          }
          bySymbol.set(symbol, followed)
          return followed
        }

        const forget = (followed: Followed<T>): void => {
          stop(followed)
          settle(followed, Infinity, 'buffer full')
          bySymbol.delete(followed.symbol)
        }

        subscriber.add(
          source.pipe(takeUntilUnsubscribed(subscriber)).subscribe({
            next: (event) => run(() => received(event)),
            error: (error: unknown) => run(() => subscriber.error(error)),
            complete: () => run(() => (isDone = true)),
          }),
        )
      })
  },
)
