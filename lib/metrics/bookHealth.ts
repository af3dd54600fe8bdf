import type { Watcher } from '../client/Watcher.js'
import type { BookState, SyncingReason } from '../operators/BookState.js'
import { createCounts } from './counts.js'
import type { Labels, Sample, SeriesOf } from './Snapshot.js'

/** What order books say of themselves. */
export interface BookHealth {
  readonly changed: Watcher['bookChanged']
  readonly read: Readonly<Record<'books' | 'bookAge' | 'bookResyncs' | 'snapshotFailures', () => SeriesOf<'books'>>>
}

const states: readonly BookState['_tag'][] = ['Syncing', 'Synced', 'Stale']

/** Why a snapshot was of no use. */
const failures: readonly SyncingReason[] = ['snapshot failed', 'snapshot too old']

export const createBookHealth = (common: Labels, perStream: boolean): BookHealth => {
  const books = new Map<string, BookState>()
  const resyncs = createCounts(common)
  const failed = createCounts(common)

  const labelled = (symbol: string): Labels => (perStream ? { ...common, symbol } : common)
  const ages = (): readonly Sample[] =>
    [...books].flatMap(([symbol, state]) =>
      state._tag === 'Syncing' ? [] : [{ labels: labelled(symbol), value: state.book.age / 1_000 }],
    )

  return {
    changed: (symbol, state) => {
      const before = books.get(symbol)
      if (state === undefined) {
        books.delete(symbol)
        return
      }
      books.set(symbol, state)
      if (state._tag !== 'Syncing') return
      const { reason } = state
      const labels = { reason, ...(perStream && { symbol }) }
      if (before !== undefined && before._tag !== 'Syncing') resyncs.add(labels)
      if (failures.includes(reason)) failed.add(labels)
    },
    read: {
      books: () =>
        perStream
          ? [...books].flatMap(([symbol, { _tag }]) =>
              states.map((state) => ({ labels: { ...labelled(symbol), state }, value: Number(_tag === state) })),
            )
          : states.map((state) => ({
              labels: { ...common, state },
              value: [...books.values()].filter(({ _tag }) => _tag === state).length,
            })),
      bookAge: () => {
        const found = ages()
        if (perStream || found.length === 0) return found
        return [{ labels: common, value: Math.max(...found.map(({ value }) => value)) }]
      },
      bookResyncs: resyncs.read,
      snapshotFailures: failed.read,
    },
  }
}
