import type { Signal, Status } from '../Signal.js'

/** Which connections are open, and which streams they carry. */
export interface OpenConnections {
  /** Learns from a status; every other signal says nothing about it. */
  readonly heard: (signal: Signal) => void
  /** Says of each of them again that it is open, and what it carries. */
  readonly restated: (receivedAt: number) => readonly Status[]
  /** Says of each of them that it is lost, and forgets it. */
  readonly lost: (receivedAt: number, reason: string) => readonly Status[]
}

/** What statuses said of a connection that still holds, by tag and stream. */
type Said = Map<string, Status>

const keyOf = (status: Status): string => ('stream' in status ? status.stream : status._tag)

/** Knows what the statuses have said so far; those without a source are of one connection. */
export const openConnections = (): OpenConnections => {
  const open = new Map<string | undefined, Said>()

  const saidBy = (id: string | undefined): Said => {
    const said = open.get(id) ?? new Map<string, Status>()
    open.set(id, said)
    return said
  }

  return {
    heard: (signal) => {
      const { source: { id } = {} } = signal
      switch (signal._tag) {
        case 'Connecting':
          open.delete(id)
          return void saidBy(id).set(keyOf(signal), signal)
        case 'Connected':
        case 'Acknowledged':
          return void saidBy(id).set(keyOf(signal), signal)
        case 'Unsubscribed':
        case 'Rejected':
          return void open.get(id)?.delete(keyOf(signal))
        case 'Disconnected':
        case 'Closed':
          if (id === undefined) open.clear()
          else open.delete(id)
      }
    },
    restated: (receivedAt) =>
      [...open.values()].flatMap((said) => [...said.values()].map((status) => ({ ...status, receivedAt }))),
    lost: (receivedAt, reason) => {
      const lost = [...open.values()].flatMap((said): readonly Status[] => {
        const { source } = [...said.values()][0] ?? {}
        return [{ _tag: 'Disconnected', code: 1006, reason, receivedAt, ...(source !== undefined && { source }) }]
      })
      open.clear()
      return lost
    },
  }
}
