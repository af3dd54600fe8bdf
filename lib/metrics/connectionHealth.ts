import type { Status } from '../Signal.js'
import { createCounts } from './counts.js'
import type { Labels, SeriesOf } from './Snapshot.js'

/** What statuses say of connections and of quiet streams. */
export interface ConnectionHealth {
  readonly told: (status: Status) => void
  /** An event of this stream came. */
  readonly brought: (stream: string) => void
  readonly read: Readonly<
    Record<'connections' | 'disconnects' | 'reconnects' | 'statuses' | 'silentStreams', () => SeriesOf<'statuses'>>
  >
}

/** Streams that are silent at a time are named up to so many. */
const MOST_SILENT = 10_000

export const createConnectionHealth = (common: Labels, perStream: boolean): ConnectionHealth => {
  const statuses = createCounts(common)
  const disconnects = createCounts(common)
  const open = new Set<string>()
  /** The connection on which each silent stream was missed. */
  const silent = new Map<string, string>()
  let lost: string | undefined
  let reconnects = 0

  /** What was missed on a connection is missed no more once that is gone. */
  const gone = (id: string) => {
    open.delete(id)
    for (const [stream, by] of silent) if (by === id) silent.delete(stream)
  }

  const value = (read: () => number) => () => [{ labels: common, value: read() }]

  return {
    brought: (stream) => {
      if (silent.size > 0) silent.delete(stream)
    },
    told: (status) => {
      const id = status.source?.id ?? ''
      statuses.add({ status: status._tag })
      switch (status._tag) {
        case 'Connected':
          open.add(id)
          break
        case 'Disconnected':
          disconnects.add({ code: String(status.code) })
          gone(id)
          lost = id
          break
        case 'Closed':
          gone(id)
          break
        case 'Waiting':
          // A wait that follows no loss, as one for a listen key, is no wait for a connection that was there.
          if (lost === id) reconnects++
          lost = undefined
          break
        case 'Silent':
          if (silent.size < MOST_SILENT) silent.set(status.stream, id)
          break
        case 'Unsubscribed':
        case 'Rejected':
          silent.delete(status.stream)
      }
    },
    read: {
      statuses: statuses.read,
      disconnects: disconnects.read,
      reconnects: value(() => reconnects),
      connections: value(() => open.size),
      silentStreams: () =>
        perStream
          ? [...silent.keys()].map((stream) => ({ labels: { ...common, stream }, value: 1 }))
          : [{ labels: common, value: silent.size }],
    },
  }
}
