import { router } from '../../venues/router.js'
import type { StreamRow, Venue } from '../../venues/Venue.js'

/** Finds the row of a stream's name; `undefined` where the venue lists no such stream, as for those of an account. */
export const rowOf = (venue: Venue): ((name: string) => StreamRow | undefined) => {
  const route = router(venue)
  return (name) => {
    const found = route(name)
    return found?.isAccount === false ? found.row : undefined
  }
}

/**
 * How long a stream with this row may be quiet before it is reported, in ms; `undefined` where the row says nothing, so
 * that the usual time counts. `Infinity` without a row.
 */
export const silenceOf = (row: StreamRow | undefined): number | undefined =>
  row === undefined ? Infinity : row.silence
