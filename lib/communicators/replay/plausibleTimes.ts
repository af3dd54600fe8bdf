import { UNTIMED } from './Batch.js'
import type { RecordText } from './RawText.js'

/** A record whose time is known, as far as it is believed. */
export interface TimedRecord {
  readonly text: string
  readonly offset: number
  readonly at: number
}

/** Where records go. */
export interface PlausibleTimes {
  /** The record whose time nobody doubts, or has to be kept until another one says whether it is right. */
  readonly add: (text: RecordText, offset: number, at: number) => void
  /** No other record comes: what was kept is let go. */
  readonly end: () => void
}

/** A time so many ms after the one before waits for the next one to agree. */
const JUMP = 10_000

/** Where none follows, a jump of so many ms is believed. */
const DAY = 86_400_000

/**
 * Lets times through as they come, but for one that is far ahead of those before: of two records that disagree the next
 * one decides, by the time that it is nearer to. So a wrong digit spoils one record, and a true gap none. Where no other
 * record comes, a jump of more than a day is believed of whom is trusted.
 */
export const plausibleTimes = (
  accept: (text: RecordText, offset: number, at: number) => void,
  doubt: (record: TimedRecord, believed: number) => void,
  isTrusted: () => boolean,
): PlausibleTimes => {
  let latest = UNTIMED
  let waiting: TimedRecord | undefined

  const pass = (text: RecordText, offset: number, at: number) => {
    latest = Math.max(latest, at)
    accept(text, offset, at)
  }

  const settle = (next: number | undefined) => {
    if (waiting === undefined) return
    const record = waiting
    waiting = undefined
    const { text, offset, at } = record
    const before = latest === UNTIMED ? next : latest
    const isRight =
      before === undefined || (next === undefined ? isTrusted() || at - before <= DAY : isNearer(next, at, before))
    if (isRight) return pass(text, offset, at)
    doubt(record, before)
    pass(text, offset, before) // F67
  }

  return {
    add: (text, offset, at) => {
      settle(at)
      if (at - latest > JUMP)
        waiting = { text: text.toString(), offset, at } // F67
      else pass(text, offset, at)
    },
    end: () => settle(undefined),
  }
}

/** Whether `time` speaks for `at` rather than for `before`: for the first record, whose `before` it is itself, if it is near. */
const isNearer = (time: number, at: number, before: number): boolean =>
  time === before ? at - time <= JUMP : time >= (at + before) / 2
