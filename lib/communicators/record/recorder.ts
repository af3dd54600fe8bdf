import { existsSync, statSync } from 'node:fs'
import type { Signal, Status } from '../../Signal.js'
import { messageOf } from '../messageOf.js'
import { gzipMember } from './gzipMember.js'
import { createHeading } from './heading.js'
import { lastPart } from './lastPart.js'
import { periodOf, type Period } from './period.js'
import { recordFile, type RecordFile } from './recordFile.js'
import { recordLine } from './recordLine.js'
import type { RecordSettings } from './recordSettings.js'
import { writerLock } from './writerLock.js'

/** Writes signals to the files of one recording. Each function throws what the disk says, and closes the file then. */
export interface Recorder {
  /** The reason why it was not written, if so. */
  readonly write: (signal: Signal) => string | undefined
  /** Writes what is kept back. */
  readonly flush: () => void
  readonly close: () => void
}

/** What a recorder tells those who use it. */
export interface RecorderEvents {
  /** Something is kept back, from now on. */
  readonly kept: () => void
  readonly told: (status: Status) => void
}

/** So much is kept back, in bytes, before it is written. */
const BATCH = 64 * 1024

/** So much longer may a gzip member be, in bytes, than what it holds. */
const MEMBER = 64

const DAY = 86_400_000

/** What is kept back, to be written as a whole. */
interface Batch {
  text: string
  bytes: number
  signals: number
  readonly since: number
  source: Signal['source']
}

/** The first file is opened with the first signal. */
export const createRecorder = (settings: RecordSettings, events: RecorderEvents): Recorder => {
  const { nameOf, name, bytes, span, append } = settings
  const lines = recordLine(settings)
  const heading = createHeading(settings)
  let file: RecordFile | undefined
  let period: Period | undefined
  let index = 0
  let batch: Batch | undefined
  /** What an open file says first, before the next batch. */
  let preface = ''
  /** What was so before this part is said in it: next, or with what comes before the next batch. */
  let isHeadingDue = false
  let head = ''
  let isHeadingTooLong = false
  let unlock = (): void => undefined
  let locked: string | undefined

  const lock = (path: string) => {
    const all = name ?? path
    const isDevice = existsSync(path) && !statSync(path).isFile()
    if (locked === all || isDevice) return
    const before = unlock
    unlock = writerLock(all)
    locked = all
    before()
  }

  const closeFile = () => {
    const closing = file
    file = undefined
    closing?.close()
  }

  const end = () => {
    batch = undefined
    try {
      closeFile()
    } finally {
      unlock()
      unlock = () => undefined
      locked = undefined
    }
  }

  const open = (receivedAt: number): RecordFile => {
    closeFile()
    const path = nameOf({ index, period: period?.name ?? '' })
    lock(path)
    const opened = recordFile(path, settings)
    if (opened.torn > 0) {
      const reason = `its last ${opened.torn} bytes were torn by a crash, and were cut off`
      const repaired: Status = {
        ...{ _tag: 'Repaired', file: path, offset: opened.size(), bytes: opened.torn, reason, receivedAt },
      }
      events.told(repaired) // F62
      preface = textOf(repaired)
    }
    file = opened
    isHeadingDue = true
    head = ''
    return opened
  }

  /** Says it before a batch only: in between it would be told of a time that has passed when it is written. */
  const restate = ({ gzip }: RecordFile, receivedAt: number) => {
    if (!isHeadingDue || batch !== undefined) return
    isHeadingDue = false
    const text = heading.text(receivedAt)
    const size = gzip && bytes < Infinity ? gzipMember(text).length : Buffer.byteLength(text)
    if (size <= bytes / 2)
      head = text // F65
    else if (!isHeadingTooLong) {
      isHeadingTooLong = true
      const reason = `parts begin without what was so before them, since that takes ${size} of the ${bytes} bytes of a part: raise \`rotate.bytes\` to keep it`
      events.told({ _tag: 'NotRecorded', reason, receivedAt })
    }
  }

  const textOf = (signal: Signal) =>
    [lines.ofSource(signal), lines.ofSignal(signal)].map((line) => (line._tag === 'Line' ? line.text : '')).join('')

  /** The part that a signal belongs to: where the recording goes on, its last one. */
  const begin = (receivedAt: number): RecordFile => {
    const next = periodOf(receivedAt, span ?? DAY)
    if (period === undefined || (span !== undefined && receivedAt >= period.end)) {
      period = next
      index = Math.max(1, append ? lastPart(nameOf, next.name) : 0)
    } else {
      period = span === undefined ? next : period
      index += 1
    }
    return open(receivedAt)
  }

  const flush = () => {
    if (batch === undefined || file === undefined) return
    const { text, signals, since } = batch
    const { path } = file
    try {
      if (!file.isThere()) {
        const reason = `'${path}' was removed while it was written: what it held is gone, and a new file begins`
        events.told({ _tag: 'NotRecorded', reason, receivedAt: since }) // F63
        heading.missed() // F65
        file = open(since)
      }
      file.write(text)
      batch = undefined
    } catch (cause) {
      end()
      throw unwritten(path, signals, since, cause) // F63
    }
  }

  /** Whether the open file has no room for what follows, kept back with what is, or alone; or its span is over. */
  const isOver = (open: RecordFile, receivedAt: number, kept: string, alone: string): boolean => {
    if (period !== undefined && span !== undefined && receivedAt >= period.end) return true
    const room = bytes - (open.gzip ? MEMBER : 0)
    const fits = (size: number, text: string) => size === 0 || size + Buffer.byteLength(text) <= room
    if (batch !== undefined && fits(open.size() + batch.bytes, kept)) return false
    flush()
    return !fits(open.size(), alone)
  }

  const refuse = (reason: string): string => {
    heading.missed() // F65
    return reason
  }

  const write = (signal: Signal): string | undefined => {
    const { receivedAt, source } = signal
    const line = lines.ofSignal(signal)
    const origin = lines.ofSource(signal)
    if (line._tag === 'Refused') return refuse(line.reason)
    if (origin._tag === 'Refused') return refuse(origin.reason)
    // A batch begins with its source, so that it can be read without those before it.
    const alone = origin.text + line.text
    const kept = batch?.source === source ? line.text : alone
    file ??= begin(receivedAt)
    restate(file, receivedAt)
    if (isOver(file, receivedAt, kept, preface + head + alone)) {
      flush()
      file = begin(receivedAt)
      restate(file, receivedAt)
    }
    keep(signal, batch === undefined ? preface + head + alone : kept)
    heading.wrote(signal)
    preface = ''
    head = ''
    return undefined
  }

  const keep = ({ receivedAt, source }: Signal, text: string) => {
    if (batch === undefined) events.kept()
    batch ??= { text: '', bytes: 0, signals: 0, since: receivedAt, source }
    batch.text += text
    batch.bytes += Buffer.byteLength(text)
    batch.signals += 1
    batch.source = source
    if (batch.bytes >= BATCH || settings.flush === 0) flush()
  }

  return {
    write,
    flush,
    close: () => {
      try {
        flush()
      } finally {
        end()
      }
    },
  }
}

const unwritten = (path: string, signals: number, since: number, cause: unknown): Error => {
  const some = signals === 1 ? ['1 signal', 'is'] : [`${signals} signals`, 'are']
  const lost = `${some[0]}, from ${new Date(since).toISOString()} on, ${some[1]} missing in it, and all before are there`
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? { code: cause.code } : {}
  return Object.assign(
    new Error(`record: expected to write '${path}', came '${messageOf(cause)}': ${lost}`, { cause }),
    code,
  )
}
