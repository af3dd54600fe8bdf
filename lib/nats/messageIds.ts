import { digest } from '../client/sequenced.js'
import { isValues } from '../codecs/Values.js'
import type { Message } from '../parser/Message.js'
import { router } from '../venues/router.js'
import type { Venue } from '../venues/Venue.js'

/** Gives the ids by which a broker knows a message that comes again. */
export interface MessageIds {
  /**
   * The same for one event on any connection of any connector; `undefined` where nothing says so: of a row without a
   * sequence, of the first event that a connection says of a stream, which tells a consumer's arbiter where the connection
   * stands, and of one that is not past what the connection said before.
   */
  readonly shared: (message: Message, source: string, text: string) => string | undefined
  /** The connection is gone. */
  readonly forget: (source: string) => void
}

/** More than streams of any connection; past them all begin anew. */
const MOST = 50_000

const valueIn = (event: unknown, field: string): unknown => {
  const one: unknown = Array.isArray(event) ? event[0] : event
  return isValues(one) ? one[field] : undefined
}

export const messageIds = (venue: Venue): MessageIds => {
  const route = router(venue)
  /** The last number of each stream, or part of one that has numbers of its own, by connection. */
  const tracks = new Map<string, Map<string, number>>()

  const trackOf = (source: string) => {
    const track = tracks.get(source) ?? new Map<string, number>()
    if (track.size >= MOST) track.clear()
    tracks.set(source, track)
    return track
  }

  return {
    shared: ({ stream, event }, source, text) => {
      const { sequence, each } = route(stream)?.row ?? {}
      if (sequence === undefined) return undefined
      const number = valueIn(event, sequence)
      if (typeof number !== 'number') return undefined
      const lane = each === undefined ? stream : `${stream}#${encodeURIComponent(String(valueIn(event, each)))}`
      const track = trackOf(source)
      const last = track.get(lane)
      if (last !== undefined && number <= last) return undefined
      track.set(lane, number)
      // Two servers may say one time of different events.
      const content = sequence === 'eventTime' ? ` ${digest(text)}` : ''
      return last === undefined ? undefined : `${lane}#${number}${content}`
    },
    forget: (source) => void tracks.delete(source),
  }
}
