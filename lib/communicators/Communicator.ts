import type { Observable, SchedulerLike } from 'rxjs'
import type { Reply, Signal, Source } from '../Signal.js'
import type { OnProgress } from '../timing/RequestProgress.js'
import type { MeasuredClock } from '../timing/venueClock.js'

/**
 * Carries text between a venue, or a recording, and the rest: given the stream names that are wanted as they change,
 * the signals in the order in which they happened. It knows no payloads.
 *
 * Cold: subscribing connects, unsubscribing closes everything and leaves no timer.
 *
 * `Name` is the name of the venue that it was made for: one of another venue fits no client of this one. A function
 * without it fits every client.
 */
export interface Communicator<Name extends string = string> extends OfVenue<Name> {
  (wanted$: Observable<ReadonlySet<string>>): Observable<Signal>
  /** The recorded clock: a communicator that has one plays a recording. Without it, time is real. */
  readonly scheduler?: SchedulerLike
  /** What a replay reads before the time from which it plays; absent where it plays everything. */
  readonly skipped?: Skipped
  /** Carries the events of an account, whatever is wanted: the names of those that are asked for by name. */
  readonly account?: ReadonlySet<string>
  /** The venue's time, as far as it was measured; who hears the venue's events measures it, too. */
  readonly venueClock?: MeasuredClock
  /**
   * Asks the venue for the order book of a symbol (`BTCUSDT`), and tells how that gets on; without it, snapshots come
   * among the signals.
   */
  readonly snapshot?: (symbol: string, onProgress?: OnProgress) => Observable<Reply>
  /** What leaves on its sockets, as it leaves; a replay sends nothing. */
  readonly sent$?: Observable<Sent>
  /**
   * Sends a text of yours on every open connection, or on that of one source, in its turn and within the venue's rate:
   * gives on how many. A replay sends nothing.
   */
  readonly send?: (text: string, to?: string) => number
  /**
   * Moves every connection to a new one, which carries the streams before the old one closes; one that waits to connect
   * again does so now. A replay has none.
   */
  readonly reconnect?: (reason?: string) => void
  /** How many streams are wanted of open connections, and were not asked for yet: requests are limited in their rate. */
  readonly unasked?: () => number
  /** How many messages of a broker were published and not read yet, as far as it is known. */
  readonly behind?: () => number
  /** The name of the venue that it was made for; absent where it carries whatever there is, as a replay does. */
  readonly venue?: string
}

/** A message that left on a socket. */
export interface Sent {
  /** What it was. */
  readonly type: 'Text' | 'Ping' | 'Pong'
  /** Empty for a PING and a PONG. */
  readonly text: string
  /** In ms since 1970. */
  readonly sentAt: number
  /** The connection that it left on. */
  readonly source: Source
}

/** What came in a recording before the time from which it is played: order books are made of it, and nobody is told. */
export interface Skipped {
  /** In its order, while somebody listens and subscribed before the replay did. */
  readonly signal$: Observable<Signal>
  /** Emits once in each run, after the last of them and before anything that is played later. */
  readonly over$: Observable<void>
  /** The time of what is skipped. */
  readonly scheduler: SchedulerLike
}

/**
 * Tells the types of communicators apart. It is never there, and a method, so that one of no known venue fits every
 * client, and every communicator is a `Communicator`.
 */
interface OfVenue<Name extends string> {
  /** Never there. */
  ofVenue?(name: Name): void
}
