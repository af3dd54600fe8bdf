import type { Message } from '../parser/Message.js'
import { createDelivered } from './delivered.js'
import { isAfter, isPast, merged, sequenced, type Position, type Said, type Sequenced } from './sequenced.js'

/** So many events wait, of one source or of all that are gone; past them they come as they are. */
const MOST_WAITING = 1_000
/** No event waits for longer than this, in ms, for what another source may still say. */
const LONGEST_WAIT = 5_000

/** What a source said before it is level: it may have been delivered and forgotten, or others may precede it. */
interface Waiting extends Sequenced {
  readonly isPresumed: boolean
}

/** How far a source is. */
interface Track {
  /** It has said something that was delivered: what it says next is what comes next. */
  isLevel: boolean
  /** How far it has come in what was delivered. */
  at: Position | undefined
  /** In the order in which it said it, which is the venue's. */
  waiting: readonly Waiting[]
}

const newTrack = (isLevel: boolean, at?: Position): Track => ({ isLevel, at, waiting: [] })
/** What it said that is no repeat of what is forgotten. */
const ahead = ({ waiting }: Track): readonly Waiting[] => waiting.filter(({ isPresumed }) => !isPresumed)

/** Several sources that carry one stream, from the moment at which the second joins until one is left alone. */
export interface Overlap {
  /** Gives the messages to deliver now. */
  readonly take: (message: Message, source: string) => readonly Message[]
  /** Of a source that carries the stream no more: gives what had waited for it. */
  readonly leave: (source: string, isConnection: boolean) => readonly Message[]
  /** Whatever this source says next is what comes next. */
  readonly isLevel: (source: string) => boolean
  /** How many events wait. */
  readonly waiting: () => number
  /** One source is left, and it is past what the others said. */
  readonly isOver: () => boolean
}

export interface OverlapConfig {
  /** The field whose number orders the events. Without one nothing waits, and only repeats are left out. */
  readonly sequence: string | undefined
  /** The sources that carry the stream now; true for connections, false for what may be in no sequence with them. */
  readonly carriers: ReadonlyMap<string, boolean>
  /** What was delivered last, and by whom. */
  readonly recent: readonly Said[]
  readonly by: string
  /** Where what was delivered before all else stands. */
  readonly first: Position | undefined
  /** Called before events that are in no sequence with the others. */
  readonly unmerged: (reason: string) => void
}

const isOverdue = ([oldest]: readonly Sequenced[], now: number) =>
  oldest !== undefined && now - oldest.position.receivedAt > LONGEST_WAIT

/**
 * Takes each event from whichever source brings it first. A source that is ahead waits until it has said something that
 * was delivered: only then is it sure that nothing lies between. What waited is kept when its source is gone.
 *
 * ```
 * old    --1--2--3--4--5--------
 * new    --------3--4--5--6--7--
 *        --1--2--3--4--5--6--7--
 * ```
 *
 * A source that begins before all that is remembered is presumed to repeat it, and waits until it has caught up. One
 * that others pass without a common event is in no sequence with them: from there everything that is no repeat is
 * delivered as it comes, and first what had waited.
 */
export const createOverlap = ({ sequence, carriers, recent, by, first, unmerged }: OverlapConfig): Overlap => {
  const delivered = createDelivered(
    recent.map((said) => sequenced(said, by, sequence)),
    first,
  )
  const tracks = new Map<string, Track>(carriers.has(by) ? [[by, newTrack(true, delivered.last())]] : [])
  /** The last event delivered when a source left. */
  let left = delivered.last()
  let isUnmerged = false
  let isOver = false

  const trackOf = (source: string): Track => {
    const track = tracks.get(source) ?? newTrack(false)
    tracks.set(source, track)
    return track
  }
  const gone = () => [...tracks.keys()].filter((source) => !carriers.has(source))
  const forgetGone = () => {
    for (const source of gone()) if (trackOf(source).waiting.length === 0) tracks.delete(source)
  }
  const isLevel = (source: string) => {
    const track = tracks.get(source)
    if (sequence === undefined || isUnmerged) return true
    return track?.isLevel === true && (track.at === undefined || delivered.isCovered(track.at))
  }
  /** Nobody could say what comes before what this source says: none is level, and none carries the stream for longer. */
  const isFirst = (source: string) =>
    source === carriers.keys().next().value && ![...tracks.keys()].some((other) => isLevel(other))

  const isNumbered = ({ position }: Sequenced) => position.number > -Infinity
  const isRepeat = (said: Sequenced) => delivered.sourceOf(said) !== undefined
  const tell = ({ source, position }: Sequenced) => {
    isUnmerged = true
    unmerged(`'${source}' says ${position.number}, which no other had said when ${delivered.last()?.number} came`)
  }

  /** Takes from what waits for others what comes before an event, unless its source is about to say that event, too. */
  const part = (source: string, end: Sequenced): readonly Waiting[] => {
    const track = trackOf(source)
    const place = track.waiting.findIndex(({ identity }) => identity === end.identity)
    const before = track.waiting
      .slice(0, place < 0 ? undefined : place)
      .filter(({ isPresumed, position }) => !isPresumed && isAfter(end.position, position))
    track.waiting = track.waiting.filter((said) => !before.includes(said))
    return before
  }

  /** Delivers what is no repeat, with what comes before it, and then what waited for it. */
  const settle = (said: Sequenced): readonly Message[] => {
    const { message, source, position, identity } = said
    const track = tracks.get(source)
    // Where a source goes back by itself, that is the venue's order.
    const isForward = track?.at === undefined || isAfter(position, track.at)
    if (track !== undefined && isForward) track.at = position
    if (isRepeat(said)) return [] // F12
    const before = merged([...tracks.keys()].map((other) => part(other, said)))
    const strange = before.find((one) => one.position.number > position.number || delivered.isPresumed(one))
    if (strange !== undefined) tell(strange)
    const messages = before.flatMap(settle)
    if (isForward && delivered.isPassed(said)) tell(said)
    delivered.add(said)
    const due = [...tracks.keys()].flatMap((other) => {
      const place = trackOf(other).waiting.findIndex((one) => one.identity === identity)
      const isDue = place >= 0 || isUnmerged || isOverdue(ahead(trackOf(other)), position.receivedAt)
      return isDue ? release(other, Math.max(0, place)) : []
    })
    return [...messages, message, ...due]
  }

  /** The source waits no more for others: delivers what it said; of the first `before` events, without those presumed. */
  const release = (source: string, before = 0): readonly Message[] => {
    const { waiting } = trackOf(source)
    tracks.set(source, newTrack(carriers.has(source)))
    return waiting.filter(({ isPresumed }, i) => !isPresumed || i >= before).flatMap(settle)
  }

  const wait = (said: Sequenced): readonly Message[] => {
    const { source, position } = said
    const track = trackOf(source)
    if (isRepeat(said)) return [...release(source, track.waiting.length), ...settle(said)]
    const isPresumed = delivered.isPresumed(said)
    track.waiting = [...track.waiting, { ...said, isPresumed }]
    if (isPresumed) {
      const presumed = track.waiting.filter((one) => one.isPresumed)
      if (presumed.length < MOST_WAITING) return []
      if (carriers.get(source) !== true) return release(source)
      track.waiting = track.waiting.filter((one) => one !== presumed[0])
      return []
    }
    const fresh = ahead(track)
    if (fresh.length >= MOST_WAITING) tell(said)
    const isOver = isUnmerged || isFirst(source) || delivered.isPassed(said) || isOverdue(fresh, position.receivedAt)
    return isOver ? release(source) : [] // F12
  }

  const takeFree = (said: Sequenced): readonly Message[] => {
    const other = delivered.sourceOf(said)
    if (other !== undefined && other !== said.source) return [] // F12
    delivered.add(said)
    return [said.message]
  }

  /** The sources that wait for what nobody can say any more, as one has left. */
  const unanswered = (): readonly string[] => {
    const [longest] = carriers.keys()
    if (longest === undefined) return gone()
    if (isFirst(longest) && ahead(trackOf(longest)).length > 0) return [longest]
    const count = gone().reduce((sum, source) => sum + ahead(trackOf(source)).length, 0)
    return count < MOST_WAITING ? [] : gone()
  }

  return {
    take: (message, source) => {
      const said = sequenced(message, source, sequence)
      const messages = !isNumbered(said) ? takeFree(said) : isLevel(source) ? settle(said) : wait(said)
      forgetGone()
      isOver =
        carriers.size === 1 &&
        messages.at(-1) === message &&
        [...tracks.values()].every((track) => ahead(track).length === 0) &&
        (left === undefined || isPast(said.position, left))
      return messages
    },
    leave: (source, isConnection) => {
      left = delivered.last()
      const track = trackOf(source)
      const isAhead = ahead(track).length > 0
      // What a connection said before it had caught up are repeats; of a file nobody knows.
      const messages = isAhead || isConnection ? [] : release(source)
      track.waiting = isConnection ? ahead(track) : track.waiting.map((said) => ({ ...said, isPresumed: false }))
      forgetGone()
      return [...messages, ...unanswered().flatMap((one) => release(one))]
    },
    isLevel,
    waiting: () => {
      let count = 0
      for (const { waiting } of tracks.values()) count += waiting.length
      return count
    },
    isOver: () => isOver,
  }
}
