import { candidates } from './candidates.js'
import { fill, shown } from './grammar.js'
import { router } from './router.js'
import type { StreamName } from './streamName.js'
import type { Venue } from './Venue.js'

/**
 * True for the name of a stream that can be asked of the venue: makes names of a configuration, which are texts, into
 * names that `client.stream` takes. A symbol alone becomes a name by `streamName`.
 *
 * ```ts
 * const streams = config.streams.filter((name) => isStreamName(asterFutures, name))
 * const client = createClient({ venue: asterFutures, communicator, streams })
 * ```
 */
export const isStreamName = <V extends Venue>(venue: V, name: string): name is StreamName<V> => {
  try {
    checkName(venue, name)
    return true
  } catch {
    return false
  }
}

/**
 * @throws TypeError for a name that is no stream of the venue, with those that may have been meant, or that the venue
 * writes otherwise.
 */
export const checkName = (venue: Venue, name: string): void => {
  const found = router(venue)(name)
  // F80
  if (found === undefined) {
    const meant = candidates(venue, name).join(', ')
    throw new TypeError(`'${shown(name)}' is no stream of ${venue.name}; expected one like ${meant}`)
  }
  // What is read in recordings is more than what is asked for.
  const written = fill(found.row.name, found.parameters)
  if (written !== name) throw new TypeError(`'${name}': expected '${written}', with the symbol in lower case`) // F80
}
