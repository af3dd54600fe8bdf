import { isValues } from '../codecs/Values.js'
import type { Message } from '../parser/Message.js'

/** Events whose own times are so far apart, in ms, are ordered by them: a venue's numbers may have begun anew. */
const APART = 2_000

/** What is so much later than an event, in ms, is no repeat of anything before that. */
const LATE = 5_000

/** Where an event stands in its stream. */
export interface Position {
  /** In the sequence; -Infinity where the event has none. */
  readonly number: number
  /** The venue's time; NaN where the event says none. */
  readonly time: number
  readonly receivedAt: number
}

/** What is looked at of a message. */
export type Said = Pick<Message, 'event' | 'receivedAt'>

/** An event as it is compared with others of its stream. */
export interface Sequenced<M extends Said = Message> {
  readonly message: M
  readonly source: string
  readonly position: Position
  /** The same for copies of one event, and for no two events. */
  readonly identity: string
}

const numberIn = (event: unknown, field: string): number | undefined => {
  const one: unknown = Array.isArray(event) ? event[0] : event
  const value = isValues(one) ? one[field] : undefined
  return typeof value === 'number' ? value : undefined
}

/** FNV-1a and FNV-1, of 32 bits each: a text of any length is remembered in a few bytes. */
export const digest = (text: string): string => {
  let [first, second] = [0x811c9dc5, 0x811c9dc5]
  for (let i = 0; i < text.length; i++) {
    first = Math.imul(first ^ text.charCodeAt(i), 0x01000193)
    second = Math.imul(second, 0x01000193) ^ text.charCodeAt(i)
  }
  return `${first >>> 0} ${second >>> 0}`
}

/** Reads where a message stands; `sequence` is the field of the number that orders the stream. */
export const positionOf = ({ event, receivedAt }: Said, sequence = ''): Position => ({
  number: numberIn(event, sequence) ?? -Infinity,
  time: numberIn(event, 'eventTime') ?? NaN,
  receivedAt,
})

/**
 * Reads what is compared. Copies of an event have its number and say the same, but for its time, which each of a venue's
 * servers may stamp by itself.
 */
export const sequenced = <M extends Said>(message: M, source: string, sequence = ''): Sequenced<M> => {
  const event: unknown = message.event
  const position = positionOf(message, sequence)
  const { number } = position
  const said = number > -Infinity && isValues(event) ? { ...event, eventTime: undefined } : event
  return { message, source, position, identity: `${number} ${digest(JSON.stringify(said))}` }
}

export const isAfter = (a: Position, b: Position): boolean => {
  const later = a.time - b.time
  return later > APART || (!(later < -APART) && a.number > b.number)
}

/** It comes after the other, or so late that its number tells nothing: by their own times, where both say one. */
export const isPast = (a: Position, b: Position): boolean => {
  const later = a.time - b.time
  return isAfter(a, b) || (Number.isNaN(later) ? a.receivedAt - b.receivedAt : later) > LATE
}

/** Several lists as one, each in its own order. */
export const merged = <S extends Sequenced>(lists: readonly (readonly S[])[]): readonly S[] => {
  const left = lists.map((list) => [...list])
  const next = () =>
    left.reduce<S[]>((best, list) => {
      const [first, other] = [best[0], list[0]]
      return first === undefined || (other !== undefined && isAfter(first.position, other.position)) ? list : best
    }, [])
  return lists.flat().flatMap(() => next().splice(0, 1))
}
