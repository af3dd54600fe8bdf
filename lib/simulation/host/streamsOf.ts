import { router } from '../../parser/route.js'
import type { Venue } from '../../venues/Venue.js'

/** Tells whether a venue's tables list a stream, by its name. */
export const streamsOf = (venue: Venue): ((stream: string) => boolean) => {
  const route = router(venue)
  return (stream) => route(stream) !== undefined
}
