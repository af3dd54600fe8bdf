import type { AccountTable } from '../index.js'
import { quoted } from './readCall.js'
import { UsageError } from './UsageError.js'
import type { AnyMessage } from './eventRow.js'
import type { AnyVenue } from './venues.js'

/** Which events are wanted. */
export interface Selection {
  readonly has: (message: AnyMessage) => boolean
  /** What was named, and brought nothing so far. */
  readonly missing: () => readonly string[]
}

/**
 * Events by the names of their streams, or by their kinds; all of them where nothing is named.
 * @throws UsageError for what is neither.
 */
export const selectedStreams = (venue: AnyVenue, names: readonly string[]): Selection => {
  const account: AccountTable = venue.account
  const ofAccount = Object.values(account).map(({ kind }) => kind)
  const kinds = new Set(['depthSnapshot', ...Object.keys(venue.streams), ...ofAccount])
  const missing = new Set(names)
  for (const name of names)
    if (!kinds.has(name) && !/[@!.]/.test(name))
      throw new UsageError(
        `--streams: expected names as btcusdt@trade, or kinds as ${[...kinds].join(', ')}, came ${quoted(name)}`,
      )
  return {
    has: ({ stream, kind }) => {
      if (names.length === 0) return true
      const found = names.filter((name) => name === stream || name === kind)
      found.forEach((name) => missing.delete(name))
      return found.length > 0
    },
    missing: () => [...missing],
  }
}
