import { matcher } from '../../venues/grammar.js'
import type { Venue } from '../../venues/Venue.js'

/**
 * How long a stream may be quiet before it is reported, in ms: what its row says, or `undefined` where the row says
 * nothing, so that the usual time counts. `Infinity` for a name that the venue does not list.
 */
export const silenceOf = (venue: Venue): ((name: string) => number | undefined) => {
  const rows = Object.values(venue.streams).map(({ name, silence }) => ({ match: matcher(name), silence }))
  return (name) => {
    const row = rows.find(({ match }) => match(name) !== undefined)
    return row === undefined ? Infinity : row.silence
  }
}
