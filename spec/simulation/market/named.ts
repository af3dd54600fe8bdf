import { streamNames, type Publication } from '../../../lib/simulation/market/Publication.js'
import type { Venue } from '../../../lib/venues/Venue.js'

/** What a venue sends of these publications: those of its own streams, by their names. */
export const named = (venue: Venue, publications: readonly Publication[]) => {
  const nameOf = streamNames(venue)
  return publications.flatMap(({ at, topic, event }) => {
    const stream = nameOf(topic)
    return stream === undefined ? [] : [{ at, kind: topic.kind, stream, event: event() }]
  })
}
