import { asyncScheduler, Observable, Subscription, type OperatorFunction, type SchedulerLike } from 'rxjs'
import type { KlineBar } from '../events/Kline.js'
import { isPrint } from '../events/Trade.js'
import { growKline, klineBar, startKline, type GrowingKline, type KlineTrade } from './GrowingKline.js'
import { intervalSpan, type KlineInterval } from './intervalSpan.js'
import { after } from '../timing/wait.js'
import { takeUntilUnsubscribed } from './takeUntilUnsubscribed.js'

export interface KlinesConfig {
  /** `1s`, `1m` … `1d`, `3d` (from 1970-01-02), `1w` (from Monday), `1M` (calendar month), all in UTC. */
  readonly interval: KlineInterval
  /** What says that an interval is over. Default: real time; for a replay, the recorded clock. */
  readonly scheduler?: SchedulerLike
  /** How long after its end an interval waits for its last trades, in ms. Default 1,000. */
  readonly grace?: number
}

/** The kline of one symbol that grows now, if there is one. */
interface Growing {
  kline?: GrowingKline | undefined
  /** Trades before this time are late: their kline is closed. In ms since 1970. */
  from: number
  closing: Subscription
}

/**
 * Makes klines of trades, of one symbol or of many: the growing kline after every trade, with `isClosed` false, and
 * once more with `isClosed` true, as soon as a trade of a later interval comes or the clock is `grace` past its end.
 *
 * ```
 * trades   --1-2----------3--|
 * end            e        ·
 *          --g-g-----C----g--|
 * ```
 *
 * Sums are exact, without zeros at their end. An interval without trades has no kline; a trade that comes after its
 * kline was closed is left out, and so is one that is no print of the market (`isPrint`). Completes and errors with
 * the source, and does not close the kline that grows then. Unsubscribing stops its clock at once.
 *
 * ```ts
 * client.trade$.pipe(klines({ interval: '1m', scheduler: client.scheduler })).subscribe((bar) => show(bar.close))
 * ```
 *
 * @throws TypeError when `interval` is not a documented one.
 */
export const klines = ({
  interval,
  scheduler = asyncScheduler,
  grace = 1000,
}: KlinesConfig): OperatorFunction<KlineTrade, KlineBar> => {
  const spanOf = intervalSpan(interval)
  return (source) =>
    new Observable((subscriber) => {
      const bySymbol = new Map<string, Growing>()

      const growingOf = (symbol: string): Growing => {
        const growing = bySymbol.get(symbol) ?? { from: -Infinity, closing: Subscription.EMPTY }
        bySymbol.set(symbol, growing)
        return growing
      }

      const close = (symbol: string, growing: Growing, kline: GrowingKline): void => {
        growing.closing.unsubscribe()
        growing.from = kline.end
        growing.kline = undefined
        subscriber.next(klineBar(kline, symbol, interval, true))
      }

      const start = (trade: KlineTrade, growing: Growing): GrowingKline => {
        const kline = startKline(spanOf(trade.tradeTime), trade)
        const left = kline.end + grace - scheduler.now()
        growing.from = kline.openTime
        // It grows until it is closed, and a closed one has nothing left to close.
        const isOver = () => close(trade.symbol, growing, growing.kline as GrowingKline)
        growing.closing = after(left, scheduler, isOver)
        subscriber.add(growing.closing)
        return kline
      }

      const received = (trade: KlineTrade): void => {
        if (!isPrint(trade)) return // F56
        const { symbol, tradeTime } = trade
        const growing = growingOf(symbol)
        // F58
        if (growing.kline !== undefined && tradeTime >= growing.kline.end) close(symbol, growing, growing.kline)
        if (tradeTime < growing.from) return
        const kline = growKline(growing.kline ?? start(trade, growing), trade)
        growing.kline = kline
        subscriber.next(klineBar(kline, symbol, interval, false))
      }

      subscriber.add(
        source.pipe(takeUntilUnsubscribed(subscriber)).subscribe({
          next: received,
          error: (reason: unknown) => subscriber.error(reason),
          complete: () => subscriber.complete(),
        }),
      )
    })
}
