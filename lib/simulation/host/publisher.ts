import { stringify } from 'lossless-json'
import { isValues, type Values } from '../../codecs/Values.js'
import { streamNames, type Publication } from '../market/Publication.js'
import type { Connection } from './connection.js'
import { faultyDelivery } from './faults.js'
import type { ServerContext } from './ServerContext.js'

/** Sends events to the connections that subscribed to them. */
export interface Publisher {
  /** An event of the market, written by the codec of the venue's row. */
  readonly publish: (publication: Publication) => void
  /** Data as it stands on the wire. */
  readonly send: (stream: string, data: unknown) => void
  /** An event of an account, as it stands on the wire, by its `e`, on the stream that the venue's table has for it. */
  readonly sendAccount: (listenKey: string, e: string, data: unknown) => void
}

const without = (event: unknown, names: readonly string[]): unknown =>
  isValues(event) ? Object.fromEntries(Object.entries(event).filter(([name]) => !names.includes(name))) : event

const withExtra = (data: Values, extra: Values): Values => {
  const whole = { ...data }
  for (const [key, value] of Object.entries(extra)) {
    const inner = data[key]
    whole[key] = isValues(inner) && isValues(value) ? withExtra(inner, value) : value
  }
  return whole
}

/** One value, or each of a list. */
const each = (value: unknown, change: (one: unknown) => unknown): unknown =>
  Array.isArray(value) ? value.map(change) : change(value)

/** What the venue's tables do not list is not sent. */
export const publisher = (
  { venue, behaviour: { omits, adds }, faults }: Pick<ServerContext, 'venue' | 'behaviour' | 'faults'>,
  connections: () => Iterable<Connection>,
): Publisher => {
  const nameOf = streamNames(venue)
  const deliverDepth = faultyDelivery(faults.depth)

  const isWanted = (stream: string): boolean => {
    for (const { subscriptions } of connections()) if (subscriptions().streams.has(stream)) return true
    return false
  }
  const deliver = (stream: string, data: string) => {
    for (const connection of connections()) connection.deliver(stream, data)
  }

  return {
    publish: ({ topic, event }) => {
      const stream = nameOf(topic)
      if (stream === undefined || !isWanted(stream)) return
      const { kind } = topic
      const [omitted, extra] = [omits[kind], adds[kind]]
      const sent = omitted === undefined ? event() : each(event(), (one) => without(one, omitted))
      const encoded: unknown = venue.streams[kind]?.event.encode(sent)
      const whole =
        extra === undefined ? encoded : each(encoded, (one) => (isValues(one) ? withExtra(one, extra) : one))
      const data = JSON.stringify(whole)
      if (kind === 'depth') deliverDepth(stream, () => deliver(stream, data))
      else deliver(stream, data)
    },
    send: (stream, data) => deliver(stream, JSON.stringify(data)),
    sendAccount: (listenKey, e, data) => {
      const text = stringify(data) ?? ''
      for (const connection of connections()) connection.deliverAccount(listenKey, venue.account[e]?.stream, text)
    },
  }
}
