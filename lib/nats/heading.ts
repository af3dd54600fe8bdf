import { isValues } from '../codecs/Values.js'
import { openConnections } from '../communicators/openConnections.js'
import type { Signal, Source, Status, Unstamped } from '../Signal.js'

/** What a connector says from time to time: its connections that are open, and the streams that each carries. */
export type Heading = readonly OpenConnection[]

interface OpenConnection {
  /** Absent where the connector says none. */
  readonly source?: Source
  readonly isConnected: boolean
  readonly streams: readonly string[]
}

/** The heading of what was heard of connections so far. */
export const headingOf = (said: readonly Status[]): Heading => {
  const open = new Map<string | undefined, { source?: Source; isConnected: boolean; streams: string[] }>()
  for (const status of said) {
    const { source } = status
    const one = open.get(source?.id) ?? { ...(source !== undefined && { source }), isConnected: false, streams: [] }
    open.set(source?.id, one)
    if (status._tag === 'Connected') one.isConnected = true
    if (status._tag === 'Acknowledged') one.streams.push(status.stream)
  }
  return [...open.values()]
}

/** Reads what `JSON.stringify` made of a heading; `undefined` where it is none. */
export const parseHeading = (text: string): Heading | undefined => {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) && value.every(isConnection) ? value : undefined
  } catch {
    return undefined
  }
}

const isConnection = (value: unknown): value is OpenConnection =>
  isValues(value) &&
  typeof value['isConnected'] === 'boolean' &&
  Array.isArray(value['streams']) &&
  (value['source'] === undefined || (isValues(value['source']) && typeof value['source']['id'] === 'string'))

/** What consumers know of the connections of one connector. */
export interface KnownConnections {
  readonly heard: (signal: Signal) => void
  /** The statuses that make what is known what the heading says: nothing where it is that already. */
  readonly amended: (heading: Heading, receivedAt: number) => readonly Status[]
  readonly restated: (receivedAt: number) => readonly Status[]
  readonly lost: (receivedAt: number, reason: string) => readonly Status[]
}

export const knownConnections = (): KnownConnections => {
  const connections = openConnections()
  return {
    ...connections,
    amended: (heading, receivedAt) => {
      const known = headingOf(connections.restated(receivedAt))
      const ofId = (all: Heading, id: string | undefined) => all.find(({ source }) => source?.id === id)
      const stamped = (status: Unstamped, { source }: OpenConnection): Status => ({
        ...status,
        receivedAt,
        ...(source !== undefined && { source }),
      })
      const gone = known
        .filter(({ source }) => ofId(heading, source?.id) === undefined)
        .map((one) => stamped({ _tag: 'Disconnected', code: 1006, reason: 'its connector began anew' }, one))
      const there = heading.flatMap((one): readonly Status[] => {
        const before = ofId(known, one.source?.id)
        const { streams = [], isConnected = false } = before ?? {}
        const [had, has] = [new Set(streams), new Set(one.streams)]
        const said: readonly Unstamped[] = [
          ...(before === undefined ? [{ _tag: 'Connecting' } as const] : []),
          ...(one.isConnected && !isConnected ? [{ _tag: 'Connected' } as const] : []),
          ...streams.filter((name) => !has.has(name)).map((stream) => ({ _tag: 'Unsubscribed', stream }) as const),
          ...one.streams.filter((name) => !had.has(name)).map((stream) => ({ _tag: 'Acknowledged', stream }) as const),
        ]
        return said.map((status) => stamped(status, one))
      })
      const statuses = [...gone, ...there]
      statuses.forEach(connections.heard)
      return statuses
    },
  }
}
