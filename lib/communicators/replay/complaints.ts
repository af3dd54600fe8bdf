import type { Hole, Unverified } from './decompressed.js'

export const UNKNOWN =
  'expected one of our signals after {"_tag":", came another or one that lacks a field: the record is skipped'

export const TORN =
  'expected a record of ours to end in its delimiter, came the end of the file: it was cut off, the record is skipped'

export const unsound = ({ compression, reason }: Hole | Unverified) =>
  `expected ${compression === 'zip' ? 'a sound zip' : 'sound gzip'}, came '${reason}'`

export const MISSING = 'what was recorded between is missing'

/** The part before this one, which `after` ends, was not read as a whole. */
export const notWhole = (after: number) => `expected a file before it that is whole up to ${after}, ${MISSING}`

export const overlap = (reached: number, came: number) =>
  `expected a file that starts at ${reached} or later, came ${came}: the clock stays, play files that overlap with \`merge\``

export const backwards = (last: number, came: number) =>
  `expected a time of ${last} or later, came ${came}: the record gets the time before it, ${last}`

export const contradicted = (before: number, came: number) =>
  `expected a time near ${before}, came ${came}, which the next record contradicts: the record gets the time ${before}`

export const damage = (hole: Hole) =>
  `${unsound(hole)}: bytes ${hole.from} to ${hole.to} of the file are damaged, and what they held is missing, but for what came behind Unverified`

export const DOUBTFUL = 'what follows is what can be decoded of the damage, and may not be what was written'
