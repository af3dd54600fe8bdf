import { anObject, checked } from '../codecs/checked.js'
import type { OperatorFunction } from 'rxjs'
import type { Decimal } from '../codecs/Decimal.js'
import { compare, positive } from '../codecs/ExactDecimal.js'
import { tradeBars, type TradeBar } from './tradeBars.js'
import type { TradeEvent } from './TradeEvent.js'

/** When a bar is over. */
export interface VolumeBarsConfig {
  /** It is over with so much of the base asset, as a text; its last trade may be beyond, since trades are not divided. */
  readonly volume: Decimal
}

/**
 * Bars of the same volume each, in the base asset, of one symbol or of many: the growing bar after every trade or
 * aggregate trade, with `isClosed` true once it holds as much. The next trade opens another one.
 *
 * ```
 * trades                       --1---2---5---1--|     quantities
 * volumeBars({ volume: '3' })  --g---C---C---g--|
 * ```
 *
 * Trades count in the order in which they come, so put `backfill` before it where a connection may be lost; what did not
 * come is `missing`. Those that are no print of the market (`isPrint`) enter no bar. Texts are as those of `klines`.
 * Completes and errors with the source, and does not close the bar that grows then.
 *
 * ```ts
 * client.aggTrade$.pipe(volumeBars({ volume: '10.000' }), filter(({ isClosed }) => isClosed)).subscribe(show)
 * ```
 *
 * @throws TypeError when `volume` is no decimal above 0.
 */
export const volumeBars = checked(
  'volumeBars',
  [anObject('a config { volume }', ['volume'])],
  (config: VolumeBarsConfig): OperatorFunction<TradeEvent, TradeBar> => {
    const most = positive('volumeBars: volume', config.volume)
    return tradeBars(({ volume }) => compare(volume, most) >= 0)
  },
)
