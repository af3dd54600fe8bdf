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
  const tokens = reply.split('.')
  const first = tokens.length === 9 ? 5 : 7
  const [sequence, delivered, pending] = [Number(tokens[first]), Number(tokens[first + 1]), Number(tokens[first + 3])]
  const storedAt = Number(tokens[first + 2]) / 1e6
  return Number.isNaN(sequence + delivered + pending + storedAt)
    ? undefined
    : { sequence, delivered, pending, storedAt }
}

const ACK = '$JS.ACK.'
