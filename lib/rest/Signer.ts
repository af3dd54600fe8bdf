import type { Signing } from '../venues/RestTable.js'
import type { Entries } from './Parameters.js'

/** Proves to a venue who asks. It keeps its secrets to itself: nothing in it can be printed. */
export interface Signer {
  readonly signing: Signing
  /** What every request carries in its headers, signed or not. */
  readonly headers: () => Readonly<Record<string, string>>
  /**
   * Gives the parameters exactly as they are sent: url-encoded, with time or nonce and, last, the `signature`.
   * `now` is the venue's time as far as we know it, in ms since 1970.
   */
  readonly sign: (parameters: Entries, now: number) => string
  /** The venue refused our clock, and nothing that was signed by it; the clock was set, and says `now`. */
  readonly clockSet?: (now: number) => void
  /** A text without the secrets of this signer. */
  readonly redact: (text: string) => string
}
