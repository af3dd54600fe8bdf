/** Where in the stream a message stands. */
export interface Place {
  /** Its number in the stream. */
  readonly sequence: number
  /** Its number for this consumer: each counts from 1, without holes. */
  readonly delivered: number
  /** How many more there are for this consumer. */
  readonly pending: number
}

/**
 * Reads the reply subject of a message: `$JS.ACK.<stream>.<consumer>.<times>.<sequence>.<delivered>.<ns>.<pending>`; newer
 * servers have a domain and an account before the stream, and may add more behind.
 */
export const placeOf = (reply: string): Place | undefined => {
  const tokens = reply.split('.')
  if (tokens[0] !== '$JS' || tokens[1] !== 'ACK' || tokens.length < 9) return undefined
  const [, sequence = NaN, delivered = NaN, , pending = NaN] = tokens.slice(tokens.length === 9 ? 4 : 6).map(Number)
  return Number.isNaN(sequence + delivered + pending) ? undefined : { sequence, delivered, pending }
}
