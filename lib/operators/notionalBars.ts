import { anObject, checked } from '../codecs/checked.js'
import type { OperatorFunction } from 'rxjs'
import type { Decimal } from '../codecs/Decimal.js'
import { compare, positive } from '../codecs/ExactDecimal.js'
import { tradeBars, type TradeBar } from './tradeBars.js'
import type { TradeEvent } from './TradeEvent.js'

/** When a bar is over. */
export interface NotionalBarsConfig {
  /** It is over with so much of the quote asset, as a text; its last trade may be beyond, since trades are not divided. */
  readonly amount: Decimal
}

/**
 * Bars of the same amount each, price times quantity in the quote asset, of one symbol or of many: the growing bar after
 * every trade or aggregate trade, with `isClosed` true once it holds as much. The next trade opens another one.
 *
 * ```
 * trades                          --1---2---5---1--|     quantities, all at the price 10
 * notionalBars({ amount: '30' })  --g---C---C---g--|
 * ```
 *
 * Trades count in the order in which they come, so put `backfill` before it where a connection may be lost; what did not
 * come is `missing`. Those that are no print of the market (`isPrint`) enter no bar. Texts are as those of `klines`.
 * Completes and errors with the source, and does not close the bar that grows then.
 *
 * ```ts
 * client.aggTrade$.pipe(notionalBars({ amount: '1000000' }), filter(({ isClosed }) => isClosed)).subscribe(show)
 * ```
 *
 * @throws TypeError when `amount` is no decimal above 0.
 */
export const notionalBars = checked(
  'notionalBars',
  [anObject('a config { amount }', ['amount'])],
  (config: NotionalBarsConfig): OperatorFunction<TradeEvent, TradeBar> => {
    const most = positive('notionalBars: amount', config.amount)
    return tradeBars(({ quoteVolume }) => compare(quoteVolume, most) >= 0)
  },
)
