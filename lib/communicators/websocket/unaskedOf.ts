import { matcher } from '../../venues/grammar.js'
import type { Venue } from '../../venues/Venue.js'

/** Whether a venue sends this stream without being asked, so that it is never asked for. */
export const unaskedOf = (venue: Venue): ((name: string) => boolean) => {
  const rows = Object.values(venue.streams)
    .filter(({ unasked }) => unasked === true)
    .map(({ name }) => matcher(name))
  return (name) => rows.some((match) => match(name) !== undefined)
}
