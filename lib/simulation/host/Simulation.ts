import type { SchedulerLike } from 'rxjs'
import type { ReplayConfig } from '../../communicators/replay/ReplayConfig.js'
import type { Transport } from '../../communicators/websocket/transport/Transport.js'
import type { Fetch } from '../../rest/fetchText.js'
import type { FillModel } from '../fills/FillModel.js'
import type { UnsyncedSpan } from '../recorded/recordedMarket.js'
import type { Steps } from '../recorded/recordedScale.js'
import type { SimulatedVenue, VenueConfig } from './VenueConfig.js'

/** How a venue in memory is. Everything but `venue` may be left out; times are in ms. */
export interface SimulationConfig extends Omit<VenueConfig, 'scheduler' | 'tls' | 'compression' | 'port'> {
  /** The time at which it starts, since 1970. Default: 1,700,000,000,000, or the beginning of the recording. */
  readonly start?: number
  /**
   * How long everything is under way between client and venue, one way: a number, or a function that is asked for each
   * connection and each request. An order is live after that, and reported after as much again. `'recorded'`: drawn from
   * the recording's own, 1 and as much as its last event was later than its quickest one. Default: 1.
   */
  readonly latency?: number | (() => number) | 'recorded'
  /**
   * A recording as the market, in place of its own: it plays while time passes, from its beginning. Its frames go to who
   * carries their streams, as they came; accounts trade in it as in any other, and `fills` decides what that brings.
   */
  readonly recording?: RecordingConfig
}

/** A recording as a market: files as `replayCommunicator` takes them, and how orders are filled. */
export interface RecordingConfig extends Omit<ReplayConfig, 'pace' | 'timer' | 'drain' | 'onRead'> {
  /**
   * What is traded, upper case, and the steps of its prices and quantities, with as many digits as they are to be written
   * with: `recordedSteps` finds them in the recording. Default: the `symbols`, with ticks of 0.10 and lots of 0.001.
   */
  readonly markets?: Readonly<Record<string, Steps>>
  /** Which orders it would have filled. Default: `queueFills`. */
  readonly fills?: FillModel
}

/** A venue in memory and virtual time, with what a client needs to reach it. */
export interface Simulation extends SimulatedVenue {
  /** Makes a client's sockets; the host in the address does not matter. */
  readonly transport: Transport
  /** Asks the venue's REST interface, at any host. */
  readonly fetch: Fetch
  /** The client's virtual time: give it to everything that waits. */
  readonly scheduler: SchedulerLike
  /** Lets so many ms pass, promises included: whatever is due happens in the order of its time. */
  readonly pass: (ms: number) => Promise<void>
  /** Lets time pass until the recording is over and what it brought has arrived; without one, nothing. */
  readonly finish: () => Promise<void>
  /** When the books of the recording were not synced, so that nothing was filled. */
  readonly unsynced: () => readonly UnsyncedSpan[]
  /** Blocks the client's process for so many ms: its timers are late, and then it reads its sockets. */
  readonly block: (ms: number) => void
  /** How many sockets clients have open. */
  readonly openSockets: () => number
  /** When the next timer of client or venue is due, in ms since 1970; `undefined` when nothing waits. */
  readonly due: () => number | undefined
}
