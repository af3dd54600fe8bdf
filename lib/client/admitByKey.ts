import { isValues } from '../codecs/Values.js'
import type { Message } from '../parser/Message.js'
import type { Admission, SourceId } from './Admission.js'

/** How many events of a connection wait for the others; past them they come as they are. */
const MOST_WAITING = 1_000

/** Events so far apart, in ms, have their order from their times, where they say them: numbers may have begun anew. */
const APART = 2_000

/** A connection that is left alone may be behind what was delivered; without times, not for longer than this, in ms. */
const BEHIND = 5_000

/** Level: it has said something that was delivered, so its next new event is the next one. Else, what it said. */
type Progress = 'level' | Message[]

/**
 * For streams whose events have a number that never goes back. While several connections carry the stream, each event
 * is taken from whichever brings it first. A connection that is ahead waits until it has said something that was
 * delivered: only then is it sure that nothing lies between. What waited is kept when its connection is gone. So no
 * event is lost, none comes twice, and they stay in order. A connection alone is believed, whatever its numbers; where
 * numbers begin anew while there are several, what comes in the next two seconds is taken for repeats, or, of events
 * without a time, what comes in the next five, 1,000 of them at most.
 *
 * ```
 * old    --1--2--3--4--5--------
 * new    --------3--4--5--6--7--
 *        --1--2--3--4--5--6--7--
 * ```
 */
export const admitByKey = (key: string): Admission => {
  /** The only connection that carries the stream, while there are not several. */
  let only: SourceId
  let last: Message | undefined
  /** The one before it, while one connection is alone. */
  let before: Message | undefined
  let several: Map<SourceId, Progress> | undefined
  /** Repeats in a row of the only connection that is left. */
  let repeats = 0
  /** Those that were open when the only one was lost, until one that carries the stream says something new. */
  let heirs: ReadonlySet<SourceId> | undefined

  /** What waited on connections that are gone. */
  let orphans: readonly Message[] = []

  const numberIn = ({ event }: Message, field: string): number | undefined => {
    const one: unknown = Array.isArray(event) ? event[0] : event
    const value = isValues(one) ? one[field] : undefined
    return typeof value === 'number' ? value : undefined
  }
  const keyOf = (message: Message) => numberIn(message, key) ?? NaN
  const timeOf = (message: Message) => numberIn(message, 'eventTime') ?? NaN
  const isAfter = (message: Message, other: Message | undefined): boolean => {
    if (other === undefined) return true
    const later = timeOf(message) - timeOf(other)
    return Math.abs(later) > APART ? later > 0 : keyOf(message) > keyOf(other)
  }
  const isNew = (message: Message) => isAfter(message, last)

  /** Delivers messages, and whatever waited for them. */
  const advance = (messages: readonly Message[]): readonly Message[] => {
    last = messages.at(-1) ?? last
    const [orphan] = orphans
    if (orphan !== undefined && !isNew(orphan)) return [...messages, ...adopt()]
    for (const [source, progress] of several ?? []) {
      const [first] = progress === 'level' ? [] : progress
      if (first !== undefined && !isNew(first)) return [...messages, ...level(source, progress)]
    }
    return messages
  }

  /** A connection that waited is level from now on. */
  const level = (source: SourceId, progress: Progress): readonly Message[] => {
    several?.set(source, 'level')
    return advance(progress === 'level' ? [] : progress.filter(isNew))
  }

  /** What waited on connections that are gone comes now. */
  const adopt = (): readonly Message[] => {
    const adopted = orphans.filter(isNew)
    orphans = []
    return adopted.length === 0 ? [] : advance(adopted)
  }

  /** All others are gone, and this connection is past what they said. */
  const alone = (source: SourceId) => {
    only = source
    several = undefined
  }

  /** A venue may say two events in the wrong order: what others say is compared with the later one. */
  const settle = () => {
    if (before !== undefined && isAfter(before, last)) last = before
    before = undefined
  }

  const passes = (message: Message, source: SourceId): boolean => {
    if (several !== undefined || (last !== undefined && only !== source)) return false
    only = source
    before = last
    last = message
    heirs = undefined
    return true
  }

  const inherit = (message: Message, source: SourceId): readonly Message[] => {
    if (heirs?.has(source) === true && !isNew(message)) return [] // F12
    heirs = undefined
    only = source
    last = message
    return [message]
  }

  const admit = (message: Message, source: SourceId): readonly Message[] => {
    if (heirs !== undefined) return inherit(message, source)
    if (several === undefined) {
      settle()
      several = new Map([[only, 'level']])
    }
    const progress = several.get(source) ?? []
    if (!isNew(message)) {
      repeats = several.size === 1 && several.has(source) ? repeats + 1 : 0
      const isTimed = !Number.isNaN(timeOf(message))
      const isBehind = isTimed || message.receivedAt - (last?.receivedAt ?? Infinity) <= BEHIND
      if (repeats === 0 || (repeats < MOST_WAITING && isBehind)) return level(source, progress)
      alone(source)
      last = message
      return [message]
    }
    repeats = 0
    if (progress === 'level') {
      if (several.size === 1 && orphans.length === 0) alone(source)
      return advance([message])
    }
    progress.push(message)
    several.set(source, progress)
    return progress.length < MOST_WAITING ? [] : level(source, progress) // F12
  }

  const release = (source: SourceId, open: ReadonlySet<SourceId>): readonly Message[] => {
    if (several === undefined) {
      if (only !== source || last === undefined || heirs !== undefined) return []
      settle()
      if (open.size > 0) heirs = new Set(open)
      else last = undefined
      return []
    }
    const progress = several.get(source)
    several.delete(source)
    const waiting = progress === undefined || progress === 'level' ? [] : progress
    orphans = [...orphans, ...waiting.filter((message) => isAfter(message, orphans.at(-1)))]
    const isCarried = () => [...(several?.values() ?? [])].includes('level')
    if (isCarried() && orphans.length < MOST_WAITING) return []
    const adopted = adopt()
    const [first] = several
    const messages = isCarried() || first === undefined ? adopted : [...adopted, ...level(...first)]
    if (several.size === 0) several = last = undefined
    return messages
  }

  const carriesAlone = (source: SourceId): boolean =>
    several === undefined
      ? last !== undefined && only === source
      : [...several].every(([other, progress]) => (other === source) === (progress === 'level'))

  return { passes, admit, release, carriesAlone }
}
