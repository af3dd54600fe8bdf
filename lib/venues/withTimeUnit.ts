import { aText, aVenue, checked } from '../codecs/checked.js'
import type { TimeUnit } from './Dialect.js'
import type { Venue } from './Venue.js'

/**
 * The same venue, whose connections ask for event times in microseconds or milliseconds. In events they are ms since
 * 1970 either way, microseconds being the fraction.
 *
 * ```ts
 * const venue = withTimeUnit(binanceSpot, 'microsecond')
 * const client = createClient({ venue, communicator: websocketCommunicator(venue) })
 * client.trade$.subscribe(({ tradeTime }) => console.log(tradeTime))   // 1723110001001.123
 * ```
 *
 * @throws TypeError for a venue that sends one unit only.
 */
export const withTimeUnit = checked(
  'withTimeUnit',
  [aVenue, aText('millisecond or microsecond')],
  <V extends Venue>(venue: V, unit: TimeUnit): V => {
    const { inUnit } = venue.dialect
    if (inUnit === undefined)
      throw new TypeError(`${venue.name} sends its times in one unit: it cannot be asked for another`)
    return { ...venue, dialect: inUnit(unit) }
  },
)
