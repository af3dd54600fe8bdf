import { flat } from '../codecs/flat.js'
import type { Frame, Source } from '../Signal.js'
import { parseEventId, type EventId } from './messageIds.js'

/** So many events of a lane are remembered, by which a copy is known; and so many lanes, all that any venue has. */
const MOST_REMEMBERED = 1_024
const MOST_LANES = 20_000

/** The last events of a lane. */
interface Remembered {
  readonly numbers: number[]
  readonly contents: string[]
  /** Which messages they were: one that is read again is no copy. */
  readonly messages: (number | undefined)[]
  place: number
  highest: number
}

/** A stream that connections carry, in the name of one of them. */
interface Carried {
  source: Source
  last: Frame
  /** Who else has said something of it. */
  readonly others: Map<string, Source>
}

/** Frames of several connections, of which the broker stores each event once, as those of one. */
export interface MergedStreams {
  /** Gives a frame in the name of the connection that stands for its stream; none for a copy of an earlier one. */
  readonly take: (frame: Frame, id: string) => readonly Frame[]
  /**
   * A connection is gone: others stand for its streams. Each of them is given the last event in its name, as a copy, by
   * which clients know that it is as far as the one before.
   */
  readonly leave: (source: Source) => readonly Frame[]
  /** Messages are missing: nobody is known to go on where another one was. */
  readonly clear: () => void
}

/**
 * Clients tell whether two connections are level by events that both say. A broker leaves out the second copy, so here
 * each stream has one source, and copies that were stored all the same are left out.
 *
 * ```
 * stored      a1 b1' a2 b3 b4 a5 | a lost | b6       b1': the first of a connection is stored in any case
 * delivered   a1     a2 a3 a4 a5   b5       b6
 * ```
 */
export const mergedStreams = (): MergedStreams => {
  const streams = new Map<string, Carried>()
  const lanes = new Map<string, Remembered>()

  const remembered = (lane: string): Remembered => {
    const known = lanes.get(lane)
    if (known !== undefined) return known
    if (lanes.size >= MOST_LANES) lanes.clear()
    const made: Remembered = { numbers: [], contents: [], messages: [], place: 0, highest: -Infinity }
    lanes.set(flat(lane), made)
    return made
  }
  const remember = (one: Remembered, { number, content }: EventId, message: number | undefined) => {
    one.numbers[one.place] = number
    one.messages[one.place] = message
    if (content !== '') one.contents[one.place] = flat(content)
    one.place = (one.place + 1) % MOST_REMEMBERED
    one.highest = Math.max(one.highest, number)
  }
  /** Whether the event came before, in another message; it is remembered. */
  const isKnown = (event: EventId, message: number | undefined): boolean => {
    const { number, content } = event
    const one = remembered(event.lane)
    const { numbers, contents, messages } = one
    if (number <= one.highest) {
      const at = numbers.findIndex((known, i) => known === number && (content === '' || contents[i] === content))
      if (at >= 0) return message === undefined || messages[at] !== message
      // A venue's numbers may have begun anew.
      one.highest = Math.max(...numbers)
    }
    remember(one, event, message)
    return false
  }

  return {
    take: (frame, id) => {
      const { source } = frame
      const event = parseEventId(id)
      if (event === undefined || source === undefined) return [frame]
      const isCopy = isKnown(event, frame.sequence)
      const carried = streams.get(event.stream)
      if (carried === undefined) {
        streams.set(flat(event.stream), { source, last: frame, others: new Map() })
        return [frame]
      }
      const isOther = carried.source.id !== source.id
      if (isOther) carried.others.set(source.id, source)
      // What the connection itself says again is what the venue says again.
      if (isCopy && (isOther || event.kind !== 'repeated')) return []
      const merged = isOther ? { ...frame, source: carried.source } : frame
      carried.last = merged
      return [merged]
    },
    leave: ({ id }) =>
      [...streams].flatMap(([stream, carried]) => {
        carried.others.delete(id)
        if (carried.source.id !== id) return []
        const [next] = carried.others.values()
        if (next === undefined) {
          streams.delete(stream)
          return []
        }
        carried.others.delete(next.id)
        carried.source = next
        carried.last = { ...carried.last, source: next }
        return [carried.last]
      }),
    clear: () => {
      streams.clear()
      lanes.clear()
    },
  }
}
