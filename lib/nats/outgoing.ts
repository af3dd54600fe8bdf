import type { MsgHdrs } from '@nats-io/transport-node'
import type { Message } from '../parser/Message.js'
import { isSeveral, reader, type Parsed } from '../parser/reader.js'
import type { Frame, Signal, Source, Status } from '../Signal.js'
import { openConnections } from '../communicators/openConnections.js'
import { maskListenKeys } from '../venues/listenKeys.js'
import { router } from '../venues/router.js'
import type { Venue } from '../venues/Venue.js'
import { bodyOf, header, headersOf } from './brokerMessage.js'
import { headingOf } from './heading.js'
import { idOfEvent, messageIds } from './messageIds.js'
import type { Subjects } from './subjects.js'

/** A message on its way to the broker. */
export interface Outgoing {
  readonly subject: string
  readonly body: string
  readonly headers: () => MsgHdrs
  /** By it the broker leaves out what comes again. */
  readonly id: string
}

/** Makes messages of signals. */
export interface Outbox {
  /** None for what concerns this process alone, and for the events of an account. */
  readonly of: (signal: Signal) => Outgoing | undefined
  /** Which connections are open. */
  readonly heading: (receivedAt: number) => Outgoing
}

export interface OutboxConfig {
  readonly venue: Venue
  readonly subjects: Subjects
  readonly connector: string
  /** Tells one run of the connector from another. */
  readonly run: string
  /** Headings come so often, in ms. */
  readonly every: number
  /** Nobody else publishes: no message has the id of another one's. */
  readonly exclusive: boolean
}

/** What concerns this process alone is nothing for consumers. */
const own: ReadonlySet<Signal['_tag']> = new Set([
  ...(['BrokerConnected', 'BrokerDisconnected', 'BrokerLag', 'BrokerGap', 'NotRecorded'] as const),
])

/** A frame without a source is of no connection, and all such are numbered together. */
const NO_SOURCE = ''

/** Where there is but one connector, its connections have their own names. */
export const DEFAULT_CONNECTOR = 'connector'

/** The stream of account events that have no name of their own. */
const ACCOUNT = 'account'

export const createOutbox = ({ venue, subjects, connector, run, every, exclusive }: OutboxConfig): Outbox => {
  const read = reader(venue)
  const ids = messageIds(venue)
  const connections = openConnections()
  const route = router(venue)
  const kindsOfAccount = new Set(Object.values(venue.account).map(({ kind }) => kind))
  /** The connections that carry an account. */
  const ofAccount = new Set<string>()
  let count = 0

  const renamed = new WeakMap<Source, Source>()
  /** Connections of several connectors are told apart. */
  const named = (signal: Signal): Signal => {
    const { source } = signal
    if (source === undefined || connector === DEFAULT_CONNECTOR) return signal
    const known = renamed.get(source) ?? { ...source, id: `${connector}/${source.id}` }
    renamed.set(source, known)
    return { ...signal, source: known }
  }
  const ownId = () => `${connector}:${run}:${++count}`
  const outgoing = (subject: string, signal: Signal, body = bodyOf(signal), id = ownId()): Outgoing => ({
    subject,
    body,
    id,
    headers: () => headersOf(signal, id),
  })
  const ofEvent = (signal: Frame, message: Message): Outgoing | undefined => {
    const { kind, stream } = message
    if (kindsOfAccount.has(kind)) {
      ofAccount.add(idOf(signal))
      return undefined
    }
    if (stream === '') return outgoing(subjects.other, signal)
    const event = exclusive ? undefined : ids.of(message, idOf(signal), signal.text)
    const id = event && idOfEvent(venue.name, event, ownId)
    return outgoing(subjects.ofStream(stream), signal, undefined, id)
  }
  /** What nobody knows may be an account's, on a connection of one, or without the name of a market's stream. */
  const isPrivate = (parsed: Parsed): boolean => {
    if (parsed._tag === 'Right') return 'kind' in parsed.right && kindsOfAccount.has(parsed.right.kind)
    const error = parsed.left
    if (error._tag === 'InvalidEvent') return kindsOfAccount.has(error.kind)
    return error._tag === 'UnknownStream' && error.stream === ACCOUNT
  }
  const ofFrame = (signal: Frame): Outgoing | undefined => {
    const parsed = read(signal)
    if (!isSeveral(parsed) && parsed._tag === 'Right' && 'kind' in parsed.right) return ofEvent(signal, parsed.right)
    const all = isSeveral(parsed) ? parsed : [parsed]
    if (ofAccount.has(idOf(signal)) || all.some(isPrivate)) return undefined
    const text = maskListenKeys(signal.text, venue.envelope)
    return outgoing(subjects.other, text === signal.text ? signal : { ...signal, text })
  }
  const ofStatus = (status: Status): Outgoing => {
    const id = idOf(status)
    connections.heard(status)
    if (status._tag === 'Disconnected' || status._tag === 'Closed' || status._tag === 'Connecting') {
      ids.forget(id)
      ofAccount.delete(id)
    }
    const isOfAccount = status._tag === 'Acknowledged' && (status.stream === ACCOUNT || route(status.stream)?.isAccount)
    if (isOfAccount === true) ofAccount.add(id)
    return outgoing(subjects.statusOf(connector), status)
  }

  return {
    of: (given) => {
      if (own.has(given._tag)) return undefined
      const signal = named(given)
      if (signal._tag === 'Frame') return ofFrame(signal)
      return signal._tag === 'Reply' ? outgoing(subjects.ofSnapshot(signal.symbol), signal) : ofStatus(signal)
    },
    heading: (receivedAt) => {
      const heading = headingOf(connections.restated(receivedAt))
      const stamp: Frame = { _tag: 'Frame', text: '', receivedAt }
      const message = outgoing(subjects.headingOf(connector), stamp, JSON.stringify(heading))
      const headers = () => {
        const made = message.headers()
        made.append(header.every, String(every))
        return made
      }
      return { ...message, headers }
    },
  }
}

const idOf = ({ source }: Signal): string => source?.id ?? NO_SOURCE
