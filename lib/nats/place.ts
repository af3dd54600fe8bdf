/** Where in the stream a message stands. */
export interface Place {
  /** Its number in the stream. */
  readonly sequence: number
  /** Its number for this consumer: each counts from 1, without holes. */
  readonly delivered: number
  /** How many more there are for this consumer. */
  readonly pending: number
  /** When the broker stored it, in ms since 1970. */
  readonly storedAt: number
}

/**
 * Reads the reply subject of a message: `$JS.ACK.<stream>.<consumer>.<times>.<sequence>.<delivered>.<ns>.<pending>`; newer
 * servers have a domain and an account before the stream, and may add more behind.
 */
export const placeOf = (reply: string): Place | undefined => {
  if (!reply.startsWith(ACK)) return undefined
  let dots = 0
  for (let i = 0; i < reply.length; i++) if (reply.charCodeAt(i) === DOT) dots++
  let place = 0
  for (let skipped = dots === 8 ? 5 : 7; skipped > 0; skipped--) place = reply.indexOf('.', place) + 1
  const next = (): number => {
    const start = place
    let number = 0
    for (; place < reply.length; place++) {
      const digit = reply.charCodeAt(place) - ZERO
      if (digit === DOT - ZERO) break
      number = digit >= 0 && digit <= 9 ? number * 10 + digit : NaN
    }
    return place++ > start ? number : NaN
  }
  const [sequence, delivered, storedAt, pending] = [next(), next(), next() / 1e6, next()]
  return Number.isNaN(sequence + delivered + storedAt + pending)
    ? undefined
    : { sequence, delivered, pending, storedAt }
}

const ACK = '$JS.ACK.'
const DOT = 0x2e
const ZERO = 0x30
