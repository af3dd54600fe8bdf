import { fill, payloadSymbol } from '../../venues/grammar.js'
import { router } from '../../venues/router.js'
import type { Venue } from '../../venues/Venue.js'

/** A stream, whatever a venue calls it. There is one object for each stream of a market. */
export interface Topic {
  /** The kind of the stream's row. */
  readonly kind: string
  /** What the stream's name is made of: a symbol as payloads write it, an interval, a speed. */
  readonly parameters: Readonly<Record<string, string | number>>
}

/** An event of a market and the stream that carries it. */
export interface Publication {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly topic: Topic
  /** Makes the event, which costs time: it is called when a connection subscribed to the stream. */
  readonly event: () => unknown
}

/**
 * Gives the name of a topic's stream at a venue, by the venue's own table; `undefined` where the venue has no such
 * stream, or none with these parameters.
 */
export const streamNames = (venue: Venue): ((topic: Topic) => string | undefined) => {
  const route = router(venue)
  const known = new WeakMap<Topic, { readonly name: string | undefined }>()
  const nameOf = ({ kind, parameters }: Topic): string | undefined => {
    const row = Object.hasOwn(venue.streams, kind) ? venue.streams[kind] : undefined
    if (row === undefined || row.retired !== undefined) return undefined
    const name = filled(row.name, parameters)
    const found = Object.entries(route(name ?? '')?.parameters ?? {}).filter(([, value]) => value !== undefined)
    const isSame = found.every(([parameter, value = '']) => {
      const given = parameter === 'symbol' ? payloadSymbol(row.name, value) : value
      return String(parameters[parameter]) === given
    })
    return isSame && found.length === Object.keys(parameters).length ? name : undefined
  }
  return (topic) => {
    const remembered = known.get(topic) ?? { name: nameOf(topic) }
    known.set(topic, remembered)
    return remembered.name
  }
}

/** A value that the stream's name does not take, `1s` on a venue without seconds, names no stream. */
const filled = (template: string, parameters: Topic['parameters']): string | undefined => {
  try {
    return fill(template, parameters)
  } catch {
    return undefined
  }
}
