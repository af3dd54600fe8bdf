import { flat } from '../codecs/flat.js'
import { isValues } from '../codecs/Values.js'
import type { Message } from '../parser/Message.js'
import { LONGEST_NAME } from '../venues/grammar.js'
import type { StreamRow } from '../venues/Venue.js'
import { createOverlap, type Overlap } from './overlap.js'
import { positionOf, type Position, type Said } from './sequenced.js'

/** How many events without numbers are kept, for a source that may join and repeat them. */
const MOST_RECENT = 1_000
/** How many with numbers, which tell by themselves what comes before. */
const MOST_NUMBERED = 3
/** How many values of `each` are told apart, and how long they are; the events of all others are compared with each other. */
const MOST_LANES = 10_000
const isLong = (value: unknown) => typeof value === 'string' && value.length > LONGEST_NAME

/** Gives each event of one stream once and in order, while several sources carry it (A/B feed arbitration). */
export interface Arbiter {
  /** The sources that carry the stream now. */
  readonly carriers: ReadonlyMap<string, boolean>
  /**
   * The source carries the stream from now on. A fresh one was opened after all others were gone, so it repeats nothing;
   * `undefined` where nobody said when it was opened, as of a file.
   */
  readonly join: (source: string, isFresh: boolean | undefined) => void
  /**
   * Gives the messages to deliver now: none for a repeat, several when one was waited for. A message without a source
   * is of no connection, and is delivered as it comes.
   */
  readonly take: (message: Message, source: string | undefined) => readonly Message[]
  /** The source carries the stream no more: gives the messages that had waited for it. */
  readonly leave: (source: string) => readonly Message[]
  /** How many messages it may keep. */
  readonly capacity: () => number
  /** How many messages wait for what another source may say before them. */
  readonly waiting: () => number
  /** The whole stream, where all of it is numbered together: what its only source says needs no arbiter. */
  readonly lane: Lane | undefined
  /** Lets go of what was delivered, where nothing waits: a source that joins is then not known to repeat it. */
  readonly forget: () => void
  /** It carries the stream, and no other is known to carry it without a gap. */
  readonly carriesAlone: (source: string) => boolean
}

/**
 * What was said, or the text of the frame that says it: one object for the collector, where an event is many. Such a place
 * in a ring is written again and again.
 */
interface Kept {
  event?: unknown
  text?: string | undefined
  receivedAt: number
}

/** What is numbered together: a stream, or one symbol of it. */
export interface Lane {
  /** The only source: whatever it says is delivered. */
  believed: string | undefined
  /** How many events are kept in `recent`, a ring, and whose. */
  readonly capacity: number
  by: string
  recent: Kept[]
  count: number
  /** Where what was delivered before all else stands. */
  first: Position | undefined
  /** From where a second source may say what was delivered, until one is left alone. */
  overlap: Overlap | undefined
}

const newLane = (capacity: number): Lane => ({
  capacity,
  believed: undefined,
  by: '',
  recent: [],
  count: 0,
  first: undefined,
  overlap: undefined,
})

/** Keeps what the only source of a lane said. */
export const keep = (lane: Lane, { event, text, receivedAt }: Readonly<Kept>): void => {
  const place = lane.count % lane.capacity
  const kept = lane.recent[place]
  lane.count++
  if (kept === undefined) lane.recent[place] = { event, text, receivedAt }
  else {
    kept.event = event
    kept.text = text
    kept.receivedAt = receivedAt
  }
}

/**
 * `unmerged` is called once, before the first event that is in no sequence with the others; `read` gives the event of a
 * frame whose text was kept.
 */
export const createArbiter = (
  { sequence, each }: Partial<Pick<StreamRow, 'sequence' | 'each'>>,
  unmerged: (reason: string) => void,
  read: (text: string) => unknown,
): Arbiter => {
  const capacity = sequence === undefined ? MOST_RECENT : MOST_NUMBERED
  const carriers = new Map<string, boolean>()
  const lanes = new Map<unknown, Lane>()
  const common = newLane(capacity)
  let isTold = false
  let waiting = 0

  const waitingIn = ({ overlap }: Lane) => overlap?.waiting() ?? 0
  const tell = (reason: string) => {
    if (!isTold) unmerged(reason)
    isTold = true
  }

  const allLanes = () => [common, ...lanes.values()]
  const laneOf = ({ event }: Message): Lane => {
    if (each === undefined) return common
    const value = isValues(event) ? event[each] : undefined
    const known = lanes.get(value)
    if (known !== undefined || lanes.size >= MOST_LANES || isLong(value)) return known ?? common
    const created = newLane(capacity)
    lanes.set(typeof value === 'string' ? flat(value) : value, created) // F69
    return created
  }

  const believe = (lane: Lane, source: string, message: Message) => {
    Object.assign(lane, newLane(capacity), { believed: source, by: source, first: lane.first })
    keep(lane, message)
  }

  const overlapOf = (lane: Lane): Overlap => {
    const { by, recent, count, first } = lane
    const start = count % capacity
    const inOrder = [...recent.slice(start), ...recent.slice(0, start)].map(({ event, text, receivedAt }): Said => ({
      event: text === undefined ? event : read(text),
      receivedAt,
    }))
    lane.recent = []
    return createOverlap({ sequence, carriers, recent: inOrder, by, first, unmerged: tell })
  }

  const isLevel = ({ overlap, count, by }: Lane, source: string) =>
    overlap === undefined ? count === 0 || by === source : overlap.isLevel(source)

  return {
    carriers,
    capacity: () => capacity * (1 + lanes.size),
    waiting: () => waiting,
    lane: each === undefined ? common : undefined,
    forget: () => {
      if (common.overlap === undefined) Object.assign(common, newLane(capacity))
      for (const [value, { overlap }] of lanes) if (overlap === undefined) lanes.delete(value)
    },
    join: (source, isFresh) => {
      if (carriers.has(source)) return
      const isAnew = carriers.size === 0 && isFresh !== false
      if (isAnew) lanes.clear()
      if (isAnew) Object.assign(common, newLane(capacity))
      carriers.set(source, isFresh !== undefined)
      for (const lane of allLanes()) lane.believed = undefined
    },
    take: (message, source) => {
      if (source === undefined) {
        if (carriers.size > 0) tell(`a frame without a source, beside those of ${[...carriers.keys()].join(', ')}`)
        return [message]
      }
      const lane = laneOf(message)
      if (lane.believed === source) {
        keep(lane, message)
        return [message]
      }
      lane.overlap ??= overlapOf(lane)
      waiting -= waitingIn(lane)
      const messages = lane.overlap.take(message, source)
      lane.first ??= messages[0] && positionOf(messages[0], sequence)
      if (lane.overlap.isOver()) believe(lane, source, message)
      waiting += waitingIn(lane)
      return messages
    },
    leave: (source) => {
      const isConnection = carriers.get(source)
      if (isConnection === undefined) return []
      carriers.delete(source)
      waiting = 0
      return allLanes().flatMap((lane) => {
        lane.believed = undefined
        const messages = lane.overlap?.leave(source, isConnection) ?? []
        lane.first ??= messages[0] && positionOf(messages[0], sequence)
        waiting += waitingIn(lane)
        return messages
      })
    },
    carriesAlone: (source) =>
      carriers.has(source) &&
      ![...carriers.keys()].some((other) => other !== source && allLanes().every((lane) => isLevel(lane, other))),
  }
}
