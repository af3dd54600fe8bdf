import { cursor } from '../codecs/scan.js'
import { streamReader } from '../codecs/streamReader.js'
import type { Envelope } from '../venues/Venue.js'
import type { Route } from '../venues/router.js'

/**
 * The straight way from the text of a combined frame to its event, without `JSON.parse`: 0.5 to 0.65 of its time,
 * validation included. Each gives `undefined` for every other frame, and for everything that is not as it should be.
 */
export interface CombinedScanner {
  /** The name of the stream. */
  readonly nameOf: (text: string) => string | undefined
  /** The event of a frame of that stream. */
  readonly eventOf: (text: string, route: Route) => unknown
}

export const combinedScanner = (envelope: Envelope): CombinedScanner => {
  const { nameOf, dataAt } = streamReader(envelope)
  return {
    nameOf,
    eventOf: (text, { event, symbol }) => {
      const at = dataAt(text)
      const scanned = at < 0 ? undefined : event.scan?.(text, at, symbol)
      return cursor.at === text.length - 1 ? scanned : undefined
    },
  }
}
