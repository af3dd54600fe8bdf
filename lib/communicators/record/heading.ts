import type { Signal } from '../../Signal.js'
import { openConnections } from '../openConnections.js'
import { recordLine } from './recordLine.js'
import type { RecordSettings } from './recordSettings.js'

/** What a part of a recording begins with, so that it can be read without those before it. */
export interface Heading {
  /** It was written. */
  readonly wrote: (signal: Signal) => void
  /** Something was not written, or is gone: nobody who has read all before has all. */
  readonly missed: () => void
  /**
   * The connections that are open, the streams that they carry, and each held book as a snapshot, as records; empty where
   * there is nothing to say.
   */
  readonly text: (receivedAt: number) => string
}

/**
 * Its sources are marked with what it holds, `books` or `connections`, and with the time of the last record before it:
 * a reader that has come to that time has all of it, and leaves it out.
 */
export const createHeading = (settings: Pick<RecordSettings, 'delimiter' | 'separator' | 'books'>): Heading => {
  const { books } = settings
  const lines = recordLine(settings)
  const connections = openConnections()
  let last: number | undefined
  let isWhole = true

  return {
    wrote: (signal) => {
      if (signal._tag !== 'Frame') connections.heard(signal)
      last = signal.receivedAt
    },
    missed: () => (isWhole = false),
    text: (receivedAt) => {
      const replies = (books?.() ?? []).map(({ _tag, symbol, text }) => ({ _tag, symbol, text, receivedAt }))
      const signals: readonly Signal[] = [...connections.restated(receivedAt), ...replies]
      const mark = { heading: books === undefined ? 'connections' : 'books', after: isWhole ? last : undefined }
      isWhole = true
      const begin = (of: Pick<Signal, 'receivedAt' | 'source'>) => lines.ofSource(of, mark)
      if (signals.length === 0) return books === undefined ? '' : written(begin({ receivedAt }))
      return signals
        .map((signal, i) => {
          const isNew = i === 0 || signals[i - 1]?.source !== signal.source
          return (isNew ? written(begin(signal)) : '') + written(lines.ofSignal(signal))
        })
        .join('')
    },
  }
}

const written = (line: ReturnType<ReturnType<typeof recordLine>['ofSignal']>): string =>
  line._tag === 'Line' ? line.text : ''
