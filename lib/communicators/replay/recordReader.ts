import type { Signal, Source } from '../../Signal.js'
import { looksRecorded, parseRecorded, type RecordedSignal } from '../record/recordedSignal.js'
import { UNTIMED, type Batch, type Restated } from './Batch.js'
import { batching } from './batching.js'
import * as complaints from './complaints.js'
import type { Lack } from './formats/Format.js'
import type { KnownFormat } from './formats/formats.js'
import type { RecordText } from './RawText.js'
import type { RecordSink } from './recordTexts.js'
import type { ReplayFile } from './ReplayConfig.js'
import type { ReplaySettings } from './replaySettings.js'
import { RecordedFrame } from './RecordedFrame.js'
import { newTrack, trackOf, type Story, type Track } from './Story.js'
import type { Hole, Unverified } from './decompressed.js'
import type { WaitingBatch } from './WaitingBatch.js'

/** Makes signals of the records of one file. */
export interface RecordReader extends RecordSink {
  /** What follows is of this format. */
  readonly begin: (format: KnownFormat, lack: Lack) => void
  /** An empty record that says so. */
  readonly disconnected: () => void
  /** Nothing of it, or of a part of it, is read. */
  readonly refused: (offset: number, reason: string) => void
  /** The bytes up to `offset` are sound; what is told follows. */
  readonly damaged: (offset: number, what: Unverified | Hole) => void
  /** The file has ended; where another one follows or plays beside it, its source says no more. */
  readonly close: () => void
  /** What came since the last call, one batch at least. */
  readonly take: () => readonly WaitingBatch[]
  /** Whether the span is over. */
  readonly done: () => boolean
}

type Told = Exclude<RecordedSignal, { readonly _tag: 'Frame' | 'Source' }>

type Fact = Unnamed<Extract<Told, { readonly _tag: 'BadRecord' | 'BadFile' | 'Unverified' | 'FileFormat' }>>
type Unnamed<S> = S extends unknown ? Omit<S, 'file'> : never

/** Reads the records of `file`, which follows the files of `story`. */
export const recordReader = (settings: ReplaySettings, file: ReplayFile, story: Story): RecordReader => {
  const { from, to, merge } = settings
  const { path: id, stream, symbol } = file
  const beginning = from ?? 0

  const own: Track = newTrack({ id, ...(stream !== undefined && { stream }), ...(symbol !== undefined && { symbol }) })
  let track = own
  /** What is to be said of the format with its first record. */
  let announced: Fact | undefined
  let latest = UNTIMED
  let entered = false
  let hasOwn = false
  let isConnected = false
  /** Times are those of receipt; or there are none. */
  let isStamped = false
  let isUntimed = false
  let done = false
  /** All that was read is delivered, skipped or said again. */
  let isWhole = true
  let lastWritten = UNTIMED
  /** What follows says again what was so before this part. */
  let restated: Restated | undefined
  const { push: collect, wait, begin, take } = batching()

  /** Whether something of this time is told; what has to be told before it is. */
  const isTold = (at: number, kind: Batch['kind']): boolean => {
    if (kind === 'skipped') return story.isFed
    if (isUntimed || at !== UNTIMED) announce(at)
    story.reached = Math.max(story.reached, at)
    return true
  }

  const push = (signal: Signal, at: number, kind: Batch['kind']) => {
    if (isTold(at, kind)) collect(signal, at, kind)
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
  const bad = (offset: number, reason: string, time?: number) =>
    report({ _tag: 'BadRecord', offset, reason, ...(time !== undefined && { time }) })

  const announce = (at: number) => {
    const fact = announced
    announced = undefined
    if (fact !== undefined) report(fact, at)
  }

  const frame = (text: RecordText, offset: number, at: number, kind: Batch['kind']) => {
    const { source } = track
    hasOwn ||= track === own
    isConnected = true
    if (!isTold(at, kind)) return
    const isMade = typeof text === 'string' || at === UNTIMED || source === undefined
    if (merge && !isMade) return wait(text, offset, at, source, kind)
    const receivedAt = at === UNTIMED ? beginning : at
    if (source === undefined) collect({ _tag: 'Frame', text: text.toString(), receivedAt, offset }, at, kind)
    else collect(new RecordedFrame(text.toString(), receivedAt, source, offset), at, kind)
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
    if (isStamped && at < last && !isSkipped) bad(offset, complaints.backwards(last, at), at)
    track.last = Math.max(last, at) // F50
    return track.last
  }

  /** Whose clock was put back, has times that go back here. */
  const goBack = (at: number) => {
    for (const one of [own, track, ...story.tracks.values()]) one.last = Math.min(one.last, at)
  }

  const isBefore = (at: number) => !isUntimed && !story.isPast && at < (from ?? UNTIMED)

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

  const read = (text: RecordText, offset: number, at: number) => {
    const isOneOfOurs = looksRecorded(text)
    const recorded = isOneOfOurs ? parseRecorded(text.toString()) : undefined
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

  /** Once, however many empty records there are. */
  const disconnected = () => {
    if (done || !isConnected) return
    isConnected = false
    const kind = isBefore(track.last) ? 'skipped' : undefined
    tell({ _tag: 'Disconnected', code: 1006, reason: 'an empty record says so' }, track.last, track.source, kind) // F68
  }

  const accept: RecordSink['accept'] = (text, offset, written, stamped) => {
    if (done) return
    isStamped = stamped
    if (latest === UNTIMED && written < story.reached) story.tracks = new Map()
    latest = Math.max(latest, written)
    const at = stamped ? written : latest
    lastWritten = at
    done = at >= to
    if (!done) read(text, offset, at)
  }

  return {
    accept,
    disconnected,
    doubted: bad,
    bad: (offset, reason) => {
      isWhole = false
      bad(offset, reason)
    },
    begin: ({ name, known, timestamps }, { lacks, ids, absent }) => {
      isUntimed = timestamps === 'none'
      const isNews = (known === 'guessed' && name !== 'record') || lacks !== ''
      if (isNews)
        announced = {
          ...{ _tag: 'FileFormat', format: name, known, lacks },
          ...(ids !== undefined && { ids }),
          ...(absent !== undefined && { absent }),
        }
    },
    refused: (offset, reason) => {
      isWhole = false
      report({ _tag: 'BadFile', offset, reason })
    },
    damaged: (offset, what) => {
      isWhole = false
      const { _tag } = what
      if (_tag === 'Unverified')
        return report({ _tag, offset, reason: `${complaints.unsound(what)}: ${complaints.DOUBTFUL}` })
      report({ _tag: 'BadFile', offset, reason: complaints.damage(what), from: what.from, to: what.to })
    },
    close: () => {
      announce(UNTIMED)
      if (isWhole && !done) story.ends.add(lastWritten)
      story.files += 1
      if (settings.files.length > 1 && (hasOwn || own.last > UNTIMED))
        tell({ _tag: 'Closed' }, own.last, own.source, isBefore(own.last) ? 'skipped' : undefined)
    },
    take,
    done: () => done,
  }
}
