import type { Signal, Source } from '../../Signal.js'
import { looksRecorded, mayBeRecorded, parseRecorded, type RecordedSignal } from '../record/recordedSignal.js'
import { UNTIMED, type Batch, type Restated } from './Batch.js'
import { batching } from './batching.js'
import * as complaints from './complaints.js'
import type { Hole, Unverified } from './gunzipped.js'
import { plausibleTimes } from './plausibleTimes.js'
import type { ReplayFile } from './ReplayConfig.js'
import type { ReplaySettings } from './replaySettings.js'
import type { Raw } from './splitter.js'
import { newTrack, trackOf, type Story, type Track } from './Story.js'
import { textOf, writing } from './writtenRecord.js'

/** Makes signals of the records of one file. */
export interface RecordReader {
  readonly record: (raw: Raw) => void
  readonly bad: (offset: number, reason: string) => void
  /** An empty record, where it says something. */
  readonly empty: (() => void) | undefined
  readonly unreadable: (offset: number, reason: string) => void
  /** The bytes up to `offset` are sound; what is told follows. */
  readonly damaged: (offset: number, what: Unverified | Hole) => void
  /** No other record comes soon: one that waits for it is let go. */
  readonly settle: () => void
  /** The file has ended; where another one follows or plays beside it, its source says no more. */
  readonly close: () => void
  /** What came since the last call, one batch at least. */
  readonly take: () => readonly Batch[]
  /** Whether the span is over. */
  readonly done: () => boolean
}

type Told = Exclude<RecordedSignal, { readonly _tag: 'Frame' | 'Source' }>

type Fact = Unnamed<Extract<Told, { readonly _tag: 'BadRecord' | 'BadFile' | 'Unverified' }>>
type Unnamed<S> = S extends unknown ? Omit<S, 'file'> : never

/** Reads the records of `file`, which follows the files of `story`. */
export const recordReader = (settings: ReplaySettings, file: ReplayFile, story: Story): RecordReader => {
  const { from, to, timestamps } = settings
  const { textStart, time, complaint, isMistaken, strict } = writing(settings)
  const { path: id, stream, symbol } = file
  const beginning = from ?? 0

  const own: Track = newTrack({ id, ...(stream !== undefined && { stream }), ...(symbol !== undefined && { symbol }) })
  let track = own
  let headers = settings.headers
  let latest = UNTIMED
  let entered = false
  let hasOwn = false
  let isConnected = false
  /** The first record says that `record` wrote the file: each of its records ends in the delimiter. */
  let isOurs: boolean | undefined
  let done = false
  /** All that was read is delivered, skipped or said again. */
  let isWhole = true
  let lastWritten = UNTIMED
  /** What follows says again what was so before this part. */
  let restated: Restated | undefined
  const { push: collect, begin, take } = batching()

  const push = (signal: Signal, at: number, kind: Batch['kind']) => {
    if (kind === 'skipped' && !story.isFed) return
    collect(signal, at, kind)
    if (kind !== 'skipped') story.reached = Math.max(story.reached, at)
  }

  /** Everything but plain frames. */
  const tell = (told: Told, at: number, source: Source | undefined, kind: Batch['kind']) => {
    const receivedAt = at === UNTIMED ? beginning : at
    const signal: Signal = source === undefined ? { ...told, receivedAt } : { ...told, receivedAt, source }
    story.connections.heard(signal)
    push(signal, at, kind)
  }

  /** Without a time that is known it has no source, either: the times of a source do not go back. */
  const report = (fact: Fact, last = track.last) => {
    const at = last < beginning ? UNTIMED : last
    if (!done) tell({ ...fact, file: id }, at, at === UNTIMED ? undefined : track.source, undefined)
  }
  const bad = (offset: number, reason: string) => report({ _tag: 'BadRecord', offset, reason })

  /** What waits comes before it. */
  const badRecord = (offset: number, reason: string) => {
    timed.end()
    isWhole = false
    bad(offset, reason)
  }

  const frame = (text: string, offset: number, at: number, kind: Batch['kind']) => {
    const receivedAt = at === UNTIMED ? beginning : at
    const { source } = track
    hasOwn ||= track === own
    isConnected = true
    if (kind === 'skipped' && !story.isFed) return
    if (source === undefined) push({ _tag: 'Frame', text, receivedAt, offset }, at, kind)
    else push({ _tag: 'Frame', text, receivedAt, source, offset }, at, kind)
  }

  /** The first record of the span: a file that starts before the last one ended is reported, once. */
  const enter = (offset: number, at: number) => {
    if (!story.hasBegun && restated === undefined) open()
    if (entered || at === UNTIMED) return
    entered = true
    if (at >= story.reached) return
    report({ _tag: 'BadRecord', offset, reason: complaints.overlap(story.reached, at) }, at)
  }

  /** The time that a signal of this track gets: none goes back. */
  const follow = (offset: number, at: number, isSkipped: boolean): number => {
    const { last } = track
    if (strict && at < last && !isSkipped) bad(offset, complaints.backwards(last, at))
    track.last = Math.max(last, at) // F50
    return track.last
  }

  /** Whose clock was put back, has times that go back here. */
  const goBack = (at: number) => {
    for (const one of [own, track, ...story.tracks.values()]) one.last = Math.min(one.last, at)
  }

  const isBefore = (at: number) => timestamps !== 'none' && !story.isPast && at < (from ?? UNTIMED)

  /** What is open when the span begins is said before anything that happens in it. */
  const open = () => {
    story.hasBegun = true
    if (from !== undefined) for (const status of story.connections.restated(from)) push(status, UNTIMED, undefined) // F65
  }

  /** What follows comes from another source, or says again what was so before this part. */
  const attribute = (said: Extract<RecordedSignal, { readonly _tag: 'Source' }>, offset: number, at: number) => {
    const { heading, after } = said
    track = trackOf(story, said)
    if (heading === undefined) restated = undefined
    else if (restated === undefined) {
      if (after !== undefined && story.files > 0 && !story.ends.has(after)) interrupt(offset, after, at)
      restated = { after, hasBooks: heading === 'books' }
      begin(restated)
    }
  }

  /** Something is missing between the file before and this part: the connections that were open did not go on. */
  const interrupt = (offset: number, after: number, at: number) => {
    const isSilent = from !== undefined && !story.hasBegun
    if (!isSilent) report({ _tag: 'BadRecord', offset, reason: complaints.notWhole(after) }, at)
    const kind = isSilent ? 'skipped' : undefined
    story.connections.lost(at, complaints.MISSING).forEach((lost) => push(lost, at, kind)) // F65
  }

  const read = (text: string, offset: number, at: number) => {
    const isOneOfOurs = looksRecorded(text)
    const recorded = isOneOfOurs ? parseRecorded(text) : undefined
    // F50
    if (recorded?._tag === 'Source') return attribute(recorded, offset, at)
    if (recorded?._tag === 'ClockStepped' && !isBefore(at - recorded.by)) story.isPast = true // F54
    const isSkipped = isBefore(at)
    const kind = isSkipped ? 'skipped' : restated
    if (!isSkipped) enter(offset, at)
    if (recorded === undefined && isOneOfOurs) {
      isWhole = false
      if (!isSkipped) bad(offset, complaints.UNKNOWN)
    } else if (recorded === undefined) frame(text, offset, follow(offset, at, isSkipped), kind)
    else if (recorded._tag === 'Frame') frame(recorded.text, offset, follow(offset, at, isSkipped), kind)
    else {
      if (recorded._tag === 'ClockStepped' && recorded.by < 0) goBack(at) // F54
      tell(recorded, follow(offset, at, isSkipped), track.source, kind)
    }
  }

  const timed = plausibleTimes(
    (text, offset, at) => accept(text, offset, at),
    ({ offset, at }, before) => bad(offset, complaints.contradicted(before, at)),
    () => isOurs === true,
  )

  /** Once, however many empty records there are. */
  const disconnected = () => {
    timed.end()
    if (done || !isConnected) return
    isConnected = false
    const kind = isBefore(track.last) ? 'skipped' : undefined
    tell({ _tag: 'Disconnected', code: 1006, reason: 'an empty record says so' }, track.last, track.source, kind) // F68
  }

  const record = (raw: Raw) => {
    if (done) return
    if (headers > 0) {
      headers -= 1
      return
    }
    const start = textStart(raw)
    const written = time(raw, start)
    if (Number.isNaN(written)) return badRecord(raw.offset, complaint(raw, start)) // F50
    const text = textOf(raw, start)
    if (raw.isOpen && (isOurs ?? mayBeRecorded(text))) return badRecord(raw.offset, complaints.TORN) // F62
    if (isOurs === undefined) meet(raw, start, text)
    if (strict) timed.add(text, raw.offset, written)
    else accept(text, raw.offset, written)
  }

  /** The first record says what kind of file it is. */
  const meet = (raw: Raw, start: number, text: string) => {
    isOurs = looksRecorded(text)
    if (isMistaken(raw, start)) bad(raw.offset, complaint(raw, start)) // F67
  }

  const accept = (text: string, offset: number, written: number) => {
    if (done) return
    if (latest === UNTIMED && written < story.reached) story.tracks = new Map()
    latest = Math.max(latest, written)
    const at = strict ? written : latest
    lastWritten = at
    done = at >= to
    if (!done) read(text, offset, at)
  }

  return {
    record,
    bad: badRecord,
    settle: timed.end,
    empty: settings.empty === 'disconnected' ? disconnected : undefined,
    unreadable: (offset, reason) => {
      timed.end()
      isWhole = false
      report({ _tag: 'BadFile', offset, reason })
    },
    damaged: (offset, what) => {
      timed.end()
      isWhole = false
      const { _tag, reason } = what
      if (_tag === 'Unverified')
        return report({ _tag, offset, reason: `${complaints.expectedGzip(reason)}: ${complaints.DOUBTFUL}` })
      report({ _tag: 'BadFile', offset, reason: complaints.damage(what), from: what.from, to: what.to })
    },
    close: () => {
      if (isWhole && !done) story.ends.add(lastWritten)
      story.files += 1
      if (settings.files.length > 1 && (hasOwn || own.last > UNTIMED))
        tell({ _tag: 'Closed' }, own.last, own.source, isBefore(own.last) ? 'skipped' : undefined)
    },
    take,
    done: () => done,
  }
}
