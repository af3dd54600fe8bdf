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

/** A stream that connections carry. */
interface Carried {
  /** In the order in which clients hear of them: the first stands for all, as none of them waits for another one. */
  readonly sources: Map<string, Source>
  /** The first of them. */
  first: Source
  last: Frame | undefined
}

/** Frames of several connections, of which the broker stores each event once, as those of one. */
export interface MergedStreams {
  /** Gives a frame in the name of the connection that stands for its stream; none for a copy of an earlier one. */
  readonly take: (frame: Frame, id: string) => readonly Frame[]
  /** Clients hear that a connection carries a stream. */
  readonly carry: (stream: string, source: Source) => void
  /** Clients hear anew who carries a stream. */
  readonly forget: (stream: string) => void
  /**
   * A connection carries a stream no more, or none: others stand for what it carried. Each of them is given the last event
   * in its name, as a copy, by which clients know that it is as far as the one before.
   */
  readonly leave: (source: Source, stream?: string) => readonly Frame[]
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

  const carriedBy = (stream: string, source: Source): Carried => {
    const known = streams.get(stream)
    if (known === undefined) {
      const made: Carried = { sources: new Map([[source.id, source]]), first: source, last: undefined }
      streams.set(flat(stream), made)
      return made
    }
    if (!known.sources.has(source.id)) known.sources.set(source.id, source)
    return known
  }

  const left = (stream: string, id: string): readonly Frame[] => {
    const carried = streams.get(stream)
    carried?.sources.delete(id)
    if (carried?.first.id !== id) return []
    const [next] = carried.sources.values()
    if (next === undefined) streams.delete(stream)
    if (next === undefined) return []
    carried.first = next
    carried.last = carried.last && { ...carried.last, source: next }
    return carried.last === undefined ? [] : [carried.last]
  }

  return {
    take: (frame, id) => {
      const { source } = frame
      const event = parseEventId(id)
      if (event === undefined || source === undefined) return [frame]
      const isCopy = isKnown(event, frame.sequence)
      const carried = carriedBy(event.stream, source)
      const { first } = carried
      const isOther = first.id !== source.id
      // What the connection itself says again is what the venue says again.
      if (isCopy && (isOther || event.kind !== 'repeated')) return []
      const merged = isOther ? { ...frame, source: first } : frame
      carried.last = merged
      return [merged]
    },
    carry: (stream, source) => void carriedBy(stream, source),
    forget: (stream) => void streams.delete(stream),
    leave: ({ id }, stream) =>
      (stream === undefined ? [...streams.keys()] : [stream]).flatMap((name) => left(name, id)),
    clear: () => {
      streams.clear()
      lanes.clear()
    },
  }
}
