import { matcher } from '../../venues/grammar.js'
import type { StreamRow, Venue } from '../../venues/Venue.js'

/** Finds the row of a stream's name; `undefined` where the venue lists no such stream, as for those of an account. */
export const rowOf = (venue: Venue): ((name: string) => StreamRow | undefined) => {
  const rows = Object.values(venue.streams).map((row) => ({ row, match: matcher(row.name) }))
  return (name) => rows.find(({ match }) => match(name) !== undefined)?.row
}

/**
 * How long a stream with this row may be quiet before it is reported, in ms; `undefined` where the row says nothing, so
 * that the usual time counts. `Infinity` without a row.
 */
export const silenceOf = (row: StreamRow | undefined): number | undefined =>
  row === undefined ? Infinity : row.silence
