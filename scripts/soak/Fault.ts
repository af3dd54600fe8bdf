import type { Subject } from 'rxjs'
import type { Controls } from '../../lib/simulation/index.js'
import type { Venue } from '../../lib/venues/Venue.js'

/** What a fault works on. */
export interface FaultTarget {
  readonly venue: Venue
  readonly controls: Controls
  readonly symbols: readonly string[]
  readonly random: () => number
  /** Moves every connection. */
  readonly rotate$: Subject<void>
  /** The venue was told to send nothing on this connection any more. */
  readonly silenced: (connection: number) => void
  /** Keeps the client from doing anything, in ms. */
  readonly block: (ms: number) => void
  /** Lets the client's host sleep, in ms. */
  readonly sleep: (ms: number) => void
  /** Puts the clock of the client's host forward, or, below 0, back, in ms. */
  readonly stepClock: (ms: number) => void
  /** Stops the recorder, and starts another one that writes the same file on. */
  readonly restartRecorder: () => void
  /** Keeps the venue's markets from moving on, in ms. */
  readonly stall: (ms: number) => void
  /** The shortest and the longest time that anything here takes, in ms. */
  readonly span: { readonly short: number; readonly long: number }
}

/** One thing that goes wrong. */
export interface Fault {
  readonly name: string
  /** How often it is drawn, compared with the others. */
  readonly weight: number
  readonly happen: (target: FaultTarget) => void
  /** Left out where the venue has no such thing. */
  readonly isPossible?: (target: FaultTarget) => boolean
}
