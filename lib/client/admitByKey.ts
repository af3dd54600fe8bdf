import { isValues } from '../codecs/Values.js'
import type { Message } from '../parser/Message.js'
import type { Admission, SourceId } from './Admission.js'

/** How many events of a connection wait for the others; past them they come as they are. */
const MOST_WAITING = 1_000

/** Level: it has said something that was delivered, so its next new event is the next one. Else, what it said. */
type Progress = 'level' | Message[]

/**
 * For streams whose events have a number that never goes back. While several connections carry the stream, each event
 * is taken from whichever brings it first. A connection that is ahead waits until it has said something that was
 * delivered: only then is it sure that nothing lies between. So no event is lost, none comes twice, and they stay in
 * order. A connection alone is believed, whatever its numbers.
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
  let several: Map<SourceId, Progress> | undefined

  const keyOf = ({ event }: Message): number => {
    const one: unknown = Array.isArray(event) ? event[0] : event
    const value = isValues(one) ? one[key] : undefined
    return typeof value === 'number' ? value : NaN
  }
  const isNew = (message: Message): boolean => last === undefined || keyOf(message) > keyOf(last)

  /** Delivers messages, and whatever waited for them. */
  const advance = (messages: readonly Message[]): readonly Message[] => {
    last = messages.at(-1) ?? last
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

  /** All others are gone, and this connection is past what they said. */
  const alone = (source: SourceId) => {
    only = source
    several = undefined
  }

  const admit = (message: Message, source: SourceId): readonly Message[] => {
    if (several === undefined && (last === undefined || only === source)) {
      only = source
      last = message
      return [message]
    }
    several ??= new Map([[only, 'level']])
    const progress = several.get(source) ?? []
    if (!isNew(message)) return level(source, progress)
    if (progress === 'level') {
      if (several.size === 1) alone(source)
      return advance([message])
    }
    progress.push(message)
    several.set(source, progress)
    return progress.length < MOST_WAITING ? [] : level(source, progress)
  }

  const release = (source: SourceId): readonly Message[] => {
    if (several === undefined) {
      if (only === source) last = undefined
      return []
    }
    several.delete(source)
    const [first] = several
    const isCarried = [...several.values()].includes('level')
    const messages = isCarried || first === undefined ? [] : level(...first)
    if (several.size === 0) several = last = undefined
    return messages
  }

  const carriesAlone = (source: SourceId): boolean =>
    several === undefined
      ? last !== undefined && only === source
      : [...several].every(([other, progress]) => (other === source) === (progress === 'level'))

  return { admit, release, carriesAlone }
}
