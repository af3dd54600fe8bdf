import { codesOf, load, stands } from '../codecs/input.js'
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

export const combinedScanner = ({ stream: key, data }: Envelope): CombinedScanner => {
  const head = `{"${key}":"`.length
  const between = codesOf(`","${data}":`)
  return {
    nameOf: streamReader(key),
    eventOf: (text, { stream, event, symbol }) => {
      const end = head + stream.length
      if (!load(text) || !stands(between, end)) return undefined
      const scanned = event.scan?.(text, end + between.length, symbol)
      return cursor.at === text.length - 1 ? scanned : undefined
    },
  }
}
