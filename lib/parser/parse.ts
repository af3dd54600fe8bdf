import { aVenue, checked } from '../codecs/checked.js'
import type { Frame, Reply } from '../Signal.js'
import type { Venue } from '../venues/Venue.js'
import { isSeveral, reader, type Parsed, type Several } from './reader.js'

export type { Parsed, Several } from './reader.js'

/**
 * Reads frames of one venue: every envelope, by the venue's tables. Errors are values. Of a frame that holds several
 * things it gives the first; `parseAll` gives each.
 *
 * ```ts
 * parse(asterFutures)(frame('{"stream":"btcusdt@trade","data":{…}}', 0))   // right({ kind: 'trade', event, … })
 * ```
 */
export const parse = checked('parse', [aVenue], <V extends Venue>(venue: V): ((signal: Frame | Reply) => Parsed<V>) => {
  const read = reader(venue)
  return (signal) => {
    const parsed = read(signal)
    return isSeveral(parsed) ? parsed[0] : parsed
  }
})

/**
 * Reads frames of one venue, and gives everything that each holds: `[{"stream":…},{"stream":…}]` is two messages, and a
 * list of tickers of which one is wrong is the message with the others, and an error with the place of that one.
 *
 * ```ts
 * parseAll(asterFutures)(frame('[{"stream":"btcusdt@trade","data":{…}},{"stream":"ethusdt@trade","data":{…}}]', 0))
 * ```
 */
export const parseAll = checked(
  'parseAll',
  [aVenue],
  <V extends Venue>(venue: V): ((signal: Frame | Reply) => Several<V>) => {
    const read = reader(venue)
    return (signal) => {
      const parsed = read(signal)
      return isSeveral(parsed) ? parsed : [parsed]
    }
  },
)
