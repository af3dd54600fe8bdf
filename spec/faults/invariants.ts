import { compareDecimals } from '../../lib/codecs/compareDecimals.js'
import { isValues } from '../../lib/codecs/Values.js'
import type { BookState, Synced } from '../../lib/operators/BookState.js'
import type { Message } from '../../lib/parser/Message.js'
import { router } from '../../lib/venues/router.js'
import type { Signal } from '../../lib/Signal.js'
import type { LogEntry } from '../../lib/simulation/index.js'
import type { Venue } from '../../lib/venues/Venue.js'

/** I1: a synced book is not crossed, and its update follows the one before by the venue's rule. */
export const expectTrueBook = ({ book, update }: Synced, before: BookState | undefined): void => {
  const { bestBid, bestAsk } = book
  if (bestBid !== undefined && bestAsk !== undefined)
    expect(compareDecimals(bestBid.price, bestAsk.price)).toBeLessThan(0)
  if (update !== undefined) expect(book.lastUpdateId).toBe(update.lastUpdateId)
  if (before?._tag !== 'Synced') return
  expect(book).toBe(before.book)
  if (update === undefined || before.update === undefined) return
  if (update.previousUpdateId === undefined)
    expect(update.firstUpdateId).toBeLessThanOrEqual(before.update.lastUpdateId + 1)
  else expect(update.previousUpdateId).toBe(before.update.lastUpdateId)
}

const numberIn = ({ event }: Message, sequence: string): number => {
  const one: unknown = Array.isArray(event) ? event[0] : event
  return isValues(one) ? Number(one[sequence]) : NaN
}

/** The numbers by which a stream's events are told apart, as they came. */
export const keysOf = (venue: Venue, messages: readonly Message[], stream: string): readonly number[] => {
  const sequence = router(venue)(stream)?.row.sequence
  return sequence === undefined
    ? []
    : messages.filter((message) => message.stream === stream).map((message) => numberIn(message, sequence))
}

/** I2: nothing comes twice, and all in order; where ids may begin anew, that is the book's to say. */
export const expectOnceInOrder = (venue: Venue, messages: readonly Message[]): void => {
  for (const stream of new Set(messages.map((message) => message.stream))) {
    if (stream.includes('@depth') || stream.includes('@bookTicker')) continue
    const keys = keysOf(venue, messages, stream)
    expect(keys).toEqual([...new Set(keys)].sort((a, b) => a - b))
  }
}

/** I6: the times, in ms, of what went to the venue over one connection: no span of a second holds more than it takes. */
export const expectWithinRate = (times: readonly number[], perSecond: number): void => {
  for (const [i, at] of times.entries()) {
    const before = times[i - perSecond]
    if (before !== undefined) expect(at - before).toBeGreaterThanOrEqual(1_000)
  }
}

/** What a venue heard over each connection, PING and PONG included, by its own log: the times in ms. */
export const heardBy = (log: readonly LogEntry[]): readonly (readonly number[])[] => {
  const heard = new Map<number, number[]>()
  for (const entry of log) {
    const isOurs = entry.type === 'received' || ('from' in entry && entry.from === 'client')
    if (isOurs) heard.set(entry.connection, [...(heard.get(entry.connection) ?? []), entry.at])
  }
  return [...heard.values()]
}

/** I8: a connection speaks after it said that it is open, and not after it said that it is not. */
export const expectHonestStatus = (signals: readonly Signal[]): void => {
  const state = new Map<string, 'Connecting' | 'Connected' | 'ended'>()
  const last = new Map<string, number>()
  for (const { _tag, source, receivedAt } of signals) {
    if (source === undefined) continue
    const { id } = source
    expect(receivedAt).toBeGreaterThanOrEqual(last.get(id) ?? 0)
    last.set(id, receivedAt)
    const now = state.get(id)
    if (_tag === 'Connecting') {
      expect(now).toBeUndefined()
      state.set(id, 'Connecting')
    } else if (_tag === 'Connected') {
      expect(now).toBe('Connecting')
      state.set(id, 'Connected')
    } else if (_tag === 'Disconnected' || _tag === 'Closed') state.set(id, 'ended')
    else if (_tag === 'Frame' || _tag === 'Acknowledged' || _tag === 'Silent')
      expect([id, now]).toEqual([id, 'Connected'])
  }
}
