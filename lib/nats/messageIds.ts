import { digest } from '../client/sequenced.js'
import { isValues } from '../codecs/Values.js'
import type { Message } from '../parser/Message.js'
import { router } from '../venues/router.js'
import type { Venue } from '../venues/Venue.js'

/** Which event a message holds. */
export interface EventId {
  readonly stream: string
  /** What is numbered together: the stream, or one part of it. */
  readonly lane: string
  /** The number that orders the events of its lane. */
  readonly number: number
  /** What tells events of one number apart; empty where the number does. */
  readonly content: string
  /**
   * What the broker makes of another message with this event: `shared` by all who say it, it is left out; the `first` of a
   * connection, or one that the connection `repeated`, is stored once more.
   */
  readonly kind: 'shared' | 'first' | 'repeated'
}

/** Tells the ids of first and repeated events from those of shared ones; a digest is of digits. */
const marks = { first: ' first ', repeated: ' repeated ' } as const

/** The id of a message; `own` is of this message alone. */
export const idOfEvent = (venue: string, { lane, number, content, kind }: EventId, own: () => string): string => {
  const shared = `${venue}#${lane}#${number}${content === '' ? '' : ` ${content}`}`
  return kind === 'shared' ? shared : `${shared}${marks[kind]}${own()}`
}

const shape = /^[^#]*#(([^#]*)(?:#[^#]*)?)#(-?\d+(?:\.\d+)?)(?: (\d+ \d+))?(?: (first|repeated) .*)?$/

/** The other way round; `undefined` for the id of what is no numbered event. */
export const parseEventId = (id: string): EventId | undefined => {
  const [, lane, stream, number, content = '', kind = 'shared'] = shape.exec(id) ?? []
  if (lane === undefined || stream === undefined) return undefined
  // The shape has no other words there.
  return { stream, lane, number: Number(number), content, kind: kind as EventId['kind'] }
}

/** Gives the ids by which a broker knows a message that comes again. */
export interface MessageIds {
  /**
   * The same for one event on any connection of any connector, but for the first that a connection says of a stream and
   * those that it repeats; `undefined` of a row without a sequence.
   */
  readonly of: (message: Message, source: string, text: string) => EventId | undefined
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
    of: ({ stream, event }, source, text) => {
      const { sequence, each } = route(stream)?.row ?? {}
      if (sequence === undefined) return undefined
      const number = valueIn(event, sequence)
      if (typeof number !== 'number') return undefined
      const lane = each === undefined ? stream : `${stream}#${encodeURIComponent(String(valueIn(event, each)))}`
      const track = trackOf(source)
      const last = track.get(lane)
      const kind = last === undefined ? 'first' : number <= last ? 'repeated' : 'shared'
      if (kind !== 'repeated') track.set(lane, number)
      // Two servers may say one time of different events.
      return { stream, lane, number, content: sequence === 'eventTime' ? digest(text) : '', kind }
    },
    forget: (source) => void tracks.delete(source),
  }
}
