import type { ControlMessage } from './ControlMessage.js'
import type { BanRow } from './RestTable.js'

/** A ban that an error tells, and when it ends, where it says so: in ms since 1970, by the venue's clock. */
export interface Ban {
  readonly until?: number
}

/** Longer words say nothing of an end. */
const MOST = 1_000

const endIn = (words: string): Ban => {
  const digits = /^\D{0,9}(\d{13})(?!\d)/.exec(words)?.[1]
  return digits === undefined ? {} : { until: Number(digits) }
}

/** What an error says of a ban, by its code or in its words; `undefined` where it says nothing. */
export const banIn = (row: BanRow | undefined, code: unknown, text: string): Ban | undefined => {
  if (row === undefined) return undefined
  const words = text.slice(0, MOST).toLowerCase()
  const said = row.until.find((until) => words.includes(until)) // F76
  if (said !== undefined) return endIn(words.slice(words.indexOf(said) + said.length))
  return row.codes.some((one) => one === code) ? {} : undefined // F76
}

/** The same of an answer among the frames, with its words. */
export const banOf = (
  row: BanRow | undefined,
  said: ControlMessage,
): (Ban & { readonly reason: string }) | undefined => {
  if (said.type !== 'error') return undefined
  const { code, message: reason, until } = said
  const ban = until === undefined ? banIn(row, code, reason) : { until } // F76
  return ban && { ...ban, reason }
}
