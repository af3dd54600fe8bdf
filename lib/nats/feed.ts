import type { Signal } from '../Signal.js'
import type { Heading } from './heading.js'
import { knownConnections } from './heading.js'
import { mergedStreams } from './mergedStreams.js'

/** What a message says. */
export type Said =
  | { readonly _tag: 'Signal'; readonly signal: Signal; readonly id?: string }
  | { readonly _tag: 'Heading'; readonly heading: Heading; readonly receivedAt: number; readonly until: number }

/** What a consumer makes of the messages: pure, and in the order of the stream. */
export interface Feed {
  /** What is delivered of a message of a connector; none is of frames. */
  readonly take: (said: Said, connector: string) => readonly Signal[]
  /** Only learns of it: it was before what is delivered. */
  readonly learn: (said: Said, connector: string) => void
  /** These streams are wanted from now on: what is known of those that were not. */
  readonly want: (names: ReadonlySet<string>, receivedAt: number) => readonly Signal[]
  /** All that is known. */
  readonly restated: (receivedAt: number) => readonly Signal[]
  /** These messages are missing: so the connections are said to be lost, and then to be open again. */
  readonly missed: (first: number, last: number, reason: string, receivedAt: number) => readonly Signal[]
}

/** `isAll`: streams are delivered whether they are wanted or not. */
export const createFeed = (isAll = false): Feed => {
  /** By connector: a heading is of one of them. */
  const connectors = new Map<string, ReturnType<typeof knownConnections>>()
  /** Until when the last heading of each holds, if no other follows. */
  const expires = new Map<string, number>()
  const merged = mergedStreams()
  let wanted: ReadonlySet<string> = new Set()

  const of = (connector: string) => {
    const known = connectors.get(connector) ?? knownConnections()
    connectors.set(connector, known)
    return known
  }
  const all = () => [...connectors.values()]
  /** One that says nothing any more is gone, with all its connections. */
  const expired = ([connector, until]: readonly [string, number], receivedAt: number): readonly Signal[] => {
    if (until >= receivedAt) return []
    expires.delete(connector)
    return of(connector).lost(receivedAt, `connector '${connector}' says nothing any more`)
  }
  /** What another connection goes on with comes before it is said that this one does not. */
  const told = (signal: Signal): readonly Signal[] => {
    const { source } = signal
    if (source === undefined) return [signal]
    switch (signal._tag) {
      case 'Acknowledged':
        merged.carry(signal.stream, source)
        return [signal]
      case 'Unsubscribed':
        return [...merged.leave(source, signal.stream), signal]
      // One that begins again without an end is another one.
      case 'Connecting':
      case 'Disconnected':
      case 'Closed':
        return [...merged.leave(source), signal]
      default:
        return [signal]
    }
  }
  const isMeant = (signal: Signal) => isAll || !('stream' in signal) || wanted.has(signal.stream)
  const take = (said: Said, connector: string): readonly Signal[] => {
    if (said._tag === 'Heading') {
      const { heading, receivedAt, until } = said
      const amended = of(connector).amended(heading, receivedAt)
      expires.set(connector, until)
      return [...amended, ...[...expires].flatMap((one) => expired(one, receivedAt))]
    }
    if (said.signal._tag !== 'Frame') of(connector).heard(said.signal)
    return [said.signal]
  }

  return {
    // Most are frames, of which nothing is learnt.
    take: (said, connector) =>
      said._tag === 'Signal' && said.signal._tag === 'Frame'
        ? merged.take(said.signal, said.id ?? '')
        : take(said, connector).filter(isMeant).flatMap(told),
    learn: (said, connector) => void take(said, connector),
    want: (names, receivedAt) => {
      const before = wanted
      wanted = names
      for (const name of names) if (!before.has(name)) merged.forget(name)
      return all()
        .flatMap((one) => one.restated(receivedAt))
        .filter((status) => 'stream' in status && names.has(status.stream) && !before.has(status.stream))
        .flatMap(told)
    },
    restated: (receivedAt) =>
      all()
        .flatMap((one) => one.restated(receivedAt))
        .filter(isMeant)
        .flatMap(told),
    missed: (first, last, reason, receivedAt) => {
      merged.clear()
      const statuses = all().flatMap((one) => {
        const open = one.restated(receivedAt)
        const lost = one.lost(receivedAt, `messages ${first} to ${last} of the broker are gone`)
        open.forEach(one.heard)
        return [...lost, ...open].filter(isMeant).flatMap(told)
      })
      return [{ _tag: 'BrokerGap', from: first, to: last, reason, receivedAt }, ...statuses]
    },
  }
}
