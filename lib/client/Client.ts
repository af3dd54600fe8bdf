import type { Observable, SchedulerLike, Subscription } from 'rxjs'
import type { DepthSnapshot } from '../events/DepthSnapshot.js'
import type { BookState } from '../operators/BookState.js'
import type { Message } from '../parser/Message.js'
import type { ParseError } from '../parser/ParseError.js'
import type { Reply, Signal, Status } from '../Signal.js'
import type { OnProgress } from '../timing/RequestProgress.js'
import type { VenueClock } from '../timing/venueClock.js'
import type { ParametersOf } from '../venues/grammar.js'
import type { EventOfName, Meant, StreamName } from '../venues/streamName.js'
import type { EventOf, Kind, StreamKind, Venue } from '../venues/Venue.js'
import type { Counters } from './Counters.js'
import type { Surprise } from './surprises.js'
import type { Watcher } from './Watcher.js'

/** One hot Observable per kind: `trade$`, `kline$`, `executionReport$` … */
export type Events<V extends Venue> = {
  readonly [K in Kind<V> as `${K}$`]: Observable<EventOf<V, K>>
}

/** Written as methods, so that the client of a venue is a client of that venue or another. */
interface Methods<V extends Venue> {
  stream<N extends string>(name: Meant<V, N>): Observable<EventOfName<V, N>>
  stream<K extends StreamKind<V>>(kind: K, parameters: ParametersOf<V['streams'][K]['name']>): Observable<EventOf<V, K>>
}

/** How many of each wait. */
export interface Queues {
  /** Events, for what another connection may say before them. */
  readonly events: number
  /** Streams that are wanted and were not asked for yet: requests are limited in their rate. */
  readonly streams: number
  /** Messages of a broker that were published and not read yet; 0 where there is no broker. */
  readonly messages: number
}

/**
 * A venue's streams as Observables, live or replayed. All are hot, keep the order of arrival among each other, and
 * complete when the connection ends: subscribe first, connect last.
 */
export type Client<V extends Venue> = Events<V> & {
  /** Whose streams these are. */
  readonly venue: V
  /**
   * The events of one stream, by its name or by its kind and parameters; wanted while somebody listens, and a moment
   * longer.
   *
   * ```ts
   * client.stream('btcusdt@kline_1m')
   * client.stream('kline', { symbol, interval: '1m' })
   * ```
   *
   * @throws TypeError when the venue has no such stream, with those that may have been meant.
   */
  readonly stream: Methods<V>['stream']
  /** Every event of every kind, with its kind, its stream and when it arrived. */
  readonly message$: Observable<Message<V>>
  /** What was wrong with single frames; the feed goes on. */
  readonly parseError$: Observable<ParseError>
  /** What happened around the frames, before any later frame. */
  readonly status$: Observable<Status>
  /** Everything that the communicator said, as it said it: what `record` writes. */
  readonly signal$: Observable<Signal>
  /**
   * Puts a text among the frames as if a connection had brought it, or any other signal: it is parsed, counted, told and
   * recorded as they are, and delivered past whatever decides which of several connections is believed. A frame without
   * the name of its stream takes it from its source: `frame(text, at, { id, stream })`.
   */
  readonly inject: (signal: string | Signal) => void
  /**
   * Sends a text of yours on every open connection, or on that of one source, in its turn and within the venue's rate:
   * gives on how many, 0 in a replay. What comes back is among `signal$`; give requests ids that are texts, or numbers from
   * 1,000,000 on, since ours count from 1. What it changes about streams is for you to know: ask for these by `stream`.
   */
  readonly send: (text: string, to?: string) => number
  /**
   * Moves every connection to a new one, which carries the streams before the old one closes; one that is lost and waits
   * connects now. A text says why, in the status.
   */
  readonly reconnect: (reason?: string) => void
  /**
   * Wants these streams from now on, whoever listens, in place of `streams` of the config and of those set before. What
   * somebody listens to stays.
   *
   * @throws TypeError when one of them is no stream of the venue; then nothing changes.
   */
  readonly setStreams: (names: readonly StreamName<V>[]) => void
  /**
   * Tells a watcher of all that passes, as `aster-rx/metrics` does, until the Subscription ends. It counts as nobody: what
   * goes wrong is still said to `onNotice`, and no stream and no book is kept for it.
   */
  readonly watch: (watcher: Watcher) => Subscription
  /** What waits, now. */
  readonly queues: () => Queues
  /** The counts so far at once, then after every frame. */
  readonly counters$: Observable<Counters>
  /**
   * What the counters count and nobody expected, to be looked into: an enumerated value that no document lists, a field
   * that is not as it should be, a stream that nobody knows; each kind of it once, with its first frame, and at most 100
   * kinds. A late listener gets all that was told before.
   */
  readonly surprise$: Observable<Surprise>
  /**
   * One order book snapshot of a symbol: live, asked for by REST, and `onProgress` is told how that gets on; in a replay,
   * the recorded one.
   *
   * @throws TypeError for a venue without order books.
   */
  readonly snapshot: ((symbol: string, onProgress?: OnProgress) => Observable<DepthSnapshot>) & {
    /** That of the client: `syncDepth` waits in it. */
    readonly scheduler: SchedulerLike
  }
  /**
   * The synchronized order book of a symbol, shared by all who ask for it. Everybody is told at once how it is: a late
   * listener the last state, the first that it is `waiting for the stream`.
   *
   * @throws TypeError for a venue without order books.
   */
  readonly book: (symbol: string) => Observable<BookState>
  /** The order books that somebody listens to and that can be read, as snapshots: what `record` begins its parts with. */
  readonly heldBooks: () => readonly Reply[]
  /** Emits when the connection that carried this stream is lost, without a name when any is, before any later frame. */
  readonly lost: (name?: StreamName<V>) => Observable<Status>
  /**
   * The accounts whose events come now, by the names of their communicators (`asterFutures-account`): at once, and whenever
   * that changes. An order that is placed while its account is among them is heard of. In a replay, as it was recorded.
   */
  readonly carried$: Observable<ReadonlySet<string>>
  /** Real time live, the recorded clock in a replay. */
  readonly scheduler: SchedulerLike
  /** The venue's time, and how far it is ahead of ours, measured from the times of its events and of its answers. */
  readonly venueClock: VenueClock
  /**
   * Starts the signals. The Subscription tears everything down, and completes every Observable of the client.
   *
   * @throws Error when the client has ended already.
   */
  readonly connect: () => Subscription
}
