import { stringify } from 'lossless-json'
import { isValues, type Values } from '../../codecs/Values.js'
import { router } from '../../parser/route.js'
import type { Venue } from '../../venues/Venue.js'
import type { Connection } from './sockets/connection.js'
import type { Manner } from './Manner.js'
import type { Said } from '../market/Said.js'
import type { SocketFaults } from './faults/SocketFaults.js'

/** Brings what the venue says to those who asked for it. */
export interface Publisher {
  /** An event of the market, written by its row's codec. */
  readonly publish: (said: Said) => void
  /** Data as it stands on the wire. */
  readonly send: (stream: string, data: unknown) => void
  /** An event of an account, as it stands on the wire, by its `e`; the venue's table says how it is asked for. */
  readonly sendAccount: (listenKey: string, e: string, data: unknown) => void
}

const without = (event: unknown, names: readonly string[]): unknown =>
  isValues(event) ? Object.fromEntries(Object.entries(event).filter(([name]) => !names.includes(name))) : event

const added = (data: Values, more: Values): Values => {
  const whole = { ...data }
  for (const [key, value] of Object.entries(more)) {
    const inner = data[key]
    whole[key] = isValues(inner) && isValues(value) ? added(inner, value) : value
  }
  return whole
}

/** One value, or each of a list. */
const each = (value: unknown, change: (one: unknown) => unknown): unknown =>
  Array.isArray(value) ? value.map(change) : change(value)

/** Writes and sends; stream names that the venue's tables do not list are silent. */
export const publisher = (
  venue: Venue,
  { omits, adds }: Manner,
  faults: Pick<SocketFaults, 'depth'>,
  connections: () => Iterable<Connection>,
): Publisher => {
  const route = router(venue)
  /** Depth events that come after the next one of their stream. */
  const held = new Map<string, string>()

  const hasListeners = (stream: string): boolean => {
    for (const { carried } of connections()) if (carried().streams.has(stream)) return true
    return false
  }
  const deliver = (stream: string, data: string) => {
    for (const connection of connections()) connection.deliver(stream, data)
  }

  const deliverDepth = (stream: string, data: string) => {
    const fault = faults.depth.take()
    if (fault === 'reorder' && !held.has(stream)) {
      held.set(stream, data)
      return
    }
    if (fault !== 'drop') deliver(stream, data)
    if (fault === 'duplicate') deliver(stream, data)
    const earlier = held.get(stream)
    held.delete(stream)
    if (earlier !== undefined) deliver(stream, earlier)
  }

  return {
    publish: ({ stream, event }) => {
      if (!hasListeners(stream)) return
      const found = route(stream)
      if (found === undefined || venue.streams[found.kind]?.retired !== undefined) return
      const { kind, event: codec } = found
      const said = each(event(), (one) => without(one, omits[kind] ?? []))
      const encoded: unknown = codec.encode(said)
      const more = adds[kind] ?? {}
      const data = JSON.stringify(each(encoded, (one) => (isValues(one) ? added(one, more) : one)))
      if (kind === 'depth') deliverDepth(stream, data)
      else deliver(stream, data)
    },
    send: (stream, data) => deliver(stream, JSON.stringify(data)),
    sendAccount: (listenKey, e, data) => {
      const text = stringify(data) ?? ''
      for (const each of connections()) each.deliverAccount(listenKey, venue.account[e]?.stream, text)
    },
  }
}
