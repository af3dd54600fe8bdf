import { anObject, checked } from '../codecs/checked.js'
import type { OperatorFunction } from 'rxjs'
import { tradeBars, type TradeBar } from './tradeBars.js'
import type { TradeEvent } from './TradeEvent.js'

/** When a bar is over. */
export interface TickBarsConfig {
  /** It is over with so many trades; the last one of an aggregate may be beyond, since aggregates are not divided. */
  readonly trades: number
}

/**
 * Bars of so many trades each, of one symbol or of many: the growing bar after every trade or aggregate trade, with
 * `isClosed` true once it has as many. The next trade opens another one.
 *
 * ```
 * trades                   --1---2---3---4--|
 * tickBars({ trades: 2 })  --g---C---g---C--|
 * ```
 *
 * Trades count in the order in which they come, so put `backfill` before it where a connection may be lost; what did not
 * come is `missing`. Those that are no print of the market (`isPrint`) enter no bar. Texts are as those of `klines`.
 * Completes and errors with the source, and does not close the bar that grows then.
 *
 * ```ts
 * client.stream('btcusdt@trade').pipe(tickBars({ trades: 100 }), filter(({ isClosed }) => isClosed)).subscribe(show)
 * ```
 *
 * @throws TypeError when `trades` is not a whole number from 1 on.
 */
export const tickBars = checked(
  'tickBars',
  [anObject('a config { trades }', ['trades'])],
  ({ trades }: TickBarsConfig): OperatorFunction<TradeEvent, TradeBar> => {
    if (!Number.isSafeInteger(trades) || trades < 1)
      throw new TypeError(`tickBars: expected a whole number of trades from 1 on, came ${String(trades)}`)
    return tradeBars(({ tradeCount }) => tradeCount >= trades)
  },
)
