import type { Values } from '../../codecs/Values.js'
import type { Answer } from './sockets/Answered.js'
import type { Carried } from './sockets/Carried.js'
import type { PingTimes } from './PingTimes.js'
import type { TextBeats } from './sockets/TextBeats.js'

/** How a venue's servers behave where no table of the library says it, because only a server has to know. */
export interface Manner {
  readonly ping: PingTimes
  /** Heartbeats that are texts. Default: PINGs whose PONGs carry the same. */
  readonly beats?: TextBeats
  /** What a connection asks for by its address, less the path of the venue's endpoint; `undefined` where there is none. */
  readonly addressed: (address: string) => Carried | undefined
  readonly answer: Answer
  /**
   * What is answered to more requests than a second may have, where only requests count. Default: every message, PINGs
   * and PONGs included, counts, and who sends too many is disconnected.
   */
  readonly tooOften?: (text: string) => unknown
  /** What stands in an envelope before the stream's name. */
  readonly wraps?: Values
  /** The streams whose events come without an envelope. */
  readonly bare?: readonly string[]
  /** What is traded unless the config says it, upper case. */
  readonly symbols: readonly string[]
  /** Update ids of other symbols lie between those of one; else each id follows the one before. */
  readonly skipsIds: boolean
  /** The speed of a depth stream whose name has none, in ms. */
  readonly depthSpeed: number
  /** Fields that an event may have and this venue leaves out, by kind. */
  readonly omits: Readonly<Record<string, readonly string[]>>
  /** Wire keys that the venue sends and nobody reads, by kind. */
  readonly adds: Readonly<Record<string, Values>>
}
