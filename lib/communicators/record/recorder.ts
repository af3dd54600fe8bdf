import type { Signal, Source } from '../../Signal.js'
import { recordFile, type RecordFile } from './recordFile.js'
import { recordLine, type Line } from './recordLine.js'
import type { RecordSettings } from './recordSettings.js'

/** Writes signals to the files of one recording. */
export interface Recorder {
  /** The reason why it was not written, if so; throws what the disk says. */
  readonly write: (signal: Signal) => string | undefined
  readonly close: () => void
}

const NOTHING: Line = { _tag: 'Line', text: '' }

const DAY = 86_400_000

const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10)

/** The first file is opened with the first signal. */
export const recorder = (settings: RecordSettings): Recorder => {
  const { nameOf, bytes, daily, flushEvery, append, delimiter } = settings
  const lines = recordLine(settings)
  let file: RecordFile | undefined
  let day = ''
  let dayEnd = 0
  let index = 0
  /** What the file says about the source of what follows; `null` when it says nothing yet. */
  let source: Source | undefined | null = null
  let flushedAt = 0

  const close = () => {
    const closing = file
    file = undefined
    closing?.close()
  }

  const open = (receivedAt: number): RecordFile => {
    close()
    const today = dayOf(receivedAt)
    index = daily && today !== day ? 1 : index + 1
    day = today
    dayEnd = (Math.floor(receivedAt / DAY) + 1) * DAY
    flushedAt = receivedAt
    const path = nameOf({ index, day })
    return recordFile(path, settings.gzip ?? path.endsWith('.gz'), append, delimiter)
  }

  /** Whether the open file is over; a day that goes back, as another source may, stays in it. */
  const isOver = (open: RecordFile, receivedAt: number, text: string) =>
    (daily && receivedAt >= dayEnd) || (open.length() > 0 && open.length() + Buffer.byteLength(text) > bytes)

  const write = (signal: Signal): string | undefined => {
    const { receivedAt } = signal
    const line = lines.ofSignal(signal)
    const change = signal.source === source ? NOTHING : lines.ofSource(signal)
    if (line._tag === 'Refused') return line.reason
    if (change._tag === 'Refused') return change.reason
    const isNew = file === undefined || isOver(file, receivedAt, change.text + line.text)
    if (isNew) file = open(receivedAt)
    const heading = isNew ? lines.ofSource(signal) : change
    if (heading._tag === 'Refused') return heading.reason
    source = signal.source
    file?.write(heading.text + line.text)
    if (Math.abs(receivedAt - flushedAt) < flushEvery) return undefined
    flushedAt = receivedAt
    file?.flush()
    return undefined
  }

  return { write, close }
}
