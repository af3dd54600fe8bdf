import { looksRecorded, mayBeRecorded } from '../record/recordedSignal.js'
import * as complaints from './complaints.js'
import type { About, Format, Lack } from './formats/Format.js'
import { plausibleTimes } from './plausibleTimes.js'
import { RawText, type RecordText } from './RawText.js'
import type { Raw } from './splitter.js'
import { textOf, writing } from './writtenRecord.js'

/** Takes the records of a file, or of a member of an archive, apart. */
export interface RecordTexts extends Lack {
  readonly record: (raw: Raw) => void
  /** No other record comes soon: one that waits for it is let go. */
  readonly settle: () => void
  readonly end: () => void
}

/** Where records go, each as our own format would hold it. */
export interface RecordSink {
  /** Its time is one of receipt where `isStamped`: one that goes back is told. */
  readonly accept: (text: RecordText, offset: number, at: number, isStamped: boolean) => void
  /** It is skipped. */
  readonly bad: (offset: number, reason: string) => void
  /** It comes all the same; `time` is the one that is not believed. */
  readonly doubted: (offset: number, reason: string, time?: number) => void
}

/** A time that is far ahead waits for the record behind it to agree. */
const believed = ({ accept, doubted }: RecordSink, isTrusted: () => boolean) =>
  plausibleTimes(
    (text, offset, at) => accept(text, offset, at, true),
    ({ offset, at }, before) => doubted(offset, complaints.contradicted(before, at), at),
    isTrusted,
  )

/** A time, or none, before each text. */
const written = (format: Format, sink: RecordSink): RecordTexts => {
  const { textStart, time, complaint, isMistaken, strict } = writing(format)
  let { headers } = format
  /** The first record says that `record` wrote the file: each of its records ends in the delimiter. */
  let isOurs: boolean | undefined
  const timed = believed(sink, () => isOurs === true)
  const bad = (offset: number, reason: string) => {
    timed.end()
    sink.bad(offset, reason)
  }

  /** The first record says what kind of file it is. */
  const meet = (raw: Raw, start: number, text: RawText) => {
    isOurs = looksRecorded(text)
    if (isMistaken(raw, start)) sink.doubted(raw.offset, complaint(raw, start)) // F67
  }

  return {
    lacks: '',
    record: (raw) => {
      if (headers > 0) {
        headers -= 1
        return
      }
      const start = textStart(raw)
      const at = time(raw, start)
      if (Number.isNaN(at)) return bad(raw.offset, complaint(raw, start)) // F50
      const text = new RawText(raw.bytes, start, raw.end, raw.encoding)
      if (raw.isOpen && (isOurs ?? mayBeRecorded(text.toString()))) return bad(raw.offset, complaints.TORN) // F62
      if (isOurs === undefined) meet(raw, start, text)
      if (strict) timed.add(text, raw.offset, at)
      else sink.accept(text, raw.offset, at, false)
    },
    settle: timed.end,
    end: timed.end,
  }
}

/** How the records of a format are taken apart; a text says why they cannot be. */
export const recordTexts = (format: Format, head: string, about: About, sink: RecordSink): RecordTexts | string => {
  if (format.translate === undefined) return written(format, sink)
  const timed = believed(sink, () => false)
  const translation = format.translate(head, about, (at, text, offset) => {
    if (isStamped) timed.add(text, offset, at)
    else sink.accept(text, offset, at, false)
  })
  if (typeof translation === 'string') return translation
  const { isStamped, record, end } = translation
  return {
    ...translation,
    record: (raw) => {
      const reason = record(textOf(raw, raw.start), raw.offset)
      if (reason === undefined) return
      timed.end()
      sink.bad(raw.offset, reason)
    },
    settle: timed.end,
    end: () => {
      end?.()
      timed.end()
    },
  }
}
