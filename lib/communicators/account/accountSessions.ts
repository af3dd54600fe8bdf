import type { Signal, Source } from '../../Signal.js'

/** The connections of one key, one after the other, two while they take turns. */
export interface AccountSession {
  readonly key: string
  readonly connections: readonly Connection[]
}

interface Connection {
  readonly source: Source
  readonly isOpen: boolean
  /** Streams that were asked for and not answered yet; where none has to be asked for, it carries all by itself. */
  readonly unanswered: ReadonlySet<string>
}

/** What a signal says of the connections of a session, each of which asks for these streams. */
export const noted = (session: AccountSession, signal: Signal, streams: ReadonlySet<string>): AccountSession => {
  const { connections } = session
  const { source } = signal
  if (source === undefined) return session
  const changed = (change: (connection: Connection) => Partial<Connection>): AccountSession => ({
    ...session,
    connections: connections.map((one) => (one.source.id === source.id ? { ...one, ...change(one) } : one)),
  })
  switch (signal._tag) {
    case 'Connecting':
      return { ...session, connections: [...connections, { source, isOpen: false, unanswered: streams }] }
    case 'Connected':
      return changed(() => ({ isOpen: true }))
    case 'Acknowledged':
    case 'Rejected':
      return changed(({ unanswered }) => ({
        unanswered: new Set([...unanswered].filter((name) => name !== signal.stream)),
      }))
    case 'Disconnected':
    case 'Closed':
      return { ...session, connections: connections.filter((one) => one.source.id !== source.id) }
    default:
      return session
  }
}

/** The first of its connections that is open. */
export const openOf = ({ connections }: AccountSession): Source | undefined =>
  connections.find(({ isOpen }) => isOpen)?.source

/** Whether the events of its key come. */
export const carries = ({ connections }: AccountSession): boolean =>
  connections.some(({ isOpen, unanswered }) => isOpen && unanswered.size === 0)
