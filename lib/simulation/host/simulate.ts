import { aConfigOfVenue, checked } from '../../codecs/checked.js'
import type { SchedulerLike } from 'rxjs'
import type { ReplayConfig } from '../../communicators/replay/ReplayConfig.js'
import { replayCommunicator } from '../../communicators/replayCommunicator.js'
import type { Transport } from '../../communicators/websocket/transport/Transport.js'
import type { Fetch } from '../../rest/fetchText.js'
import type { FillModel } from '../fills/FillModel.js'
import { queueFills } from '../fills/fillModels.js'
import { seeded } from '../market/seeded.js'
import { recordedFeed } from '../recorded/recordedFeed.js'
import type { UnsyncedSpan } from '../recorded/recordedMarket.js'
import { recordedMarkets } from '../recorded/recordedMarkets.js'
import { recordedScale, type Steps } from '../recorded/recordedScale.js'
import { serverBehaviourOf } from '../venues/serverBehaviourOf.js'
import { apiPath, endpointPath } from './connections.js'
import { memoryHost } from './memoryHost.js'
import type { SimulatedVenue, VenueConfig } from './VenueConfig.js'
import { venueServer } from './venueServer.js'
import { virtualTime, type VirtualTime } from './virtualTime.js'

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
   * What is traded, upper case, and the steps of its prices and quantities. Default: the `symbols`, with ticks of 0.10 and
   * lots of 0.001.
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

/** In ms. */
const USUAL_LATENCY = 1

/** What was said last arrives within so many ms. */
const AFTER = 1_000

const usual: Steps = { tick: '0.10', lot: '0.001' }

/** The markets of a recording, with orders of accounts in them. */
const recordedVenue = (
  { venue, like, symbols }: SimulationConfig,
  { markets, fills = queueFills }: RecordingConfig,
  { communicator: { skipped } }: ReturnType<typeof recordedFeed>,
  { scheduler }: VirtualTime,
) => {
  const named = (symbols ?? serverBehaviourOf(venue, like).symbols).map((symbol) => [symbol, usual] as const)
  const steps = markets === undefined ? named : Object.entries(markets)
  const scales = new Map(steps.map(([symbol, steps]) => [symbol.toUpperCase(), recordedScale(steps)]))
  return { scales, ...recordedMarkets({ venue, scales, fills, scheduler, ...(skipped && { skipped }) }) }
}

/** Losses on broken connections draw from a source of chance that is not the market's. */
const LOSSES = 0x6c6f7373

/**
 * The venue of `startVenue` in memory and virtual time: the same market, orders, limits and faults without a socket or
 * a port, and an hour takes seconds. Nothing happens until time passes by `pass`, and the same config and the same
 * calls give the same events at the same times.
 *
 * ```ts
 * test('the book is there again a second after the connection is lost', async () => {
 *   const { transport, fetch, scheduler, controls, pass, close } = simulate({ venue: asterFutures, seed: 7 })
 *   const rest = { fetch, scheduler }
 *   const communicator = websocketCommunicator(asterFutures, { transport, scheduler, rest })
 *   const client = createClient({ venue: asterFutures, communicator, scheduler })
 *   const states: string[] = []
 *   client.book('BTCUSDT').subscribe(({ _tag }) => states.push(_tag))
 *   const connection = client.connect()
 *   controls.run()
 *   await pass(5_000)
 *   expect(states.at(-1)).toBe('Synced')
 *   controls.disconnect(1006)
 *   await pass(10)
 *   expect(states.at(-1)).toBe('Syncing')
 *   await pass(1_000)
 *   expect(states.at(-1)).toBe('Synced')
 *   connection.unsubscribe()
 *   await close()
 * })
 * ```
 *
 * With a `recording` the market is what was recorded, and strategies that trade live trade in it, with the same code:
 *
 * ```
 * const { transport, fetch, scheduler, finish } = simulate({ venue: asterFutures, recording: { files: 'day.txt.gz' } })
 * // … a client and its orders, by transport, fetch and scheduler …
 * await finish()
 * ```
 *
 * Compression and TLS are for sockets: `sendMiscompressed` is for venues whose frames are gzip, and a frame that breaks
 * the protocol ends the connection with the code that a client closes with.
 *
 * @throws TypeError for a venue that cannot be simulated, a `pause` or `rate` that is not above 0, or a balance that is
 * no amount.
 */
export const simulate = checked(
  'simulate',
  [aConfigOfVenue('a config { venue }')],
  (config: SimulationConfig): Simulation => {
    const { venue, seed = 1, latency = USUAL_LATENCY, recording } = config
    if (recording !== undefined && config.replay !== undefined)
      throw new TypeError('simulate: expected a recording or a replay, came both')
    const feed = recording && recordedFeed((onRead) => replayCommunicator({ ...recording, onRead }))
    const arrivals = feed && {
      ready: feed.ready,
      due: () => feed.next()?.receivedAt,
      arrive: () => {
        const signal = feed.next()
        feed.take()
        if (signal !== undefined) server.play(signal)
      },
    }
    const time = virtualTime(config.start ?? (feed ? undefined : 1_700_000_000_000), arrivals)
    const recorded = recording && feed && recordedVenue(config, recording, feed, time)
    const server = venueServer(config, time.scheduler, recorded)
    const ofRecording = () => USUAL_LATENCY + (recorded?.lateness() ?? 0)
    const host = memoryHost(server, {
      time,
      latency: latency === 'recorded' ? ofRecording : typeof latency === 'number' ? () => latency : latency,
      random: seeded(seed ^ LOSSES),
    })
    const { controls } = server
    const api = apiPath(venue)
    return {
      addresses: {
        websocket: `ws://memory${endpointPath(venue)}`,
        rest: 'http://memory',
        ...(api !== undefined && { websocketApi: `ws://memory${api}` }),
      },
      controls,
      transport: host.transport,
      fetch: host.fetch,
      scheduler: time.clientScheduler,
      pass: time.pass,
      finish: async () => {
        await time.finish()
        if (feed !== undefined) await time.pass(AFTER)
      },
      unsynced: () => recorded?.unsynced() ?? [],
      block: time.block,
      openSockets: host.openSockets,
      due: time.due,
      close: () => {
        feed?.stop()
        recorded?.stop()
        server.stop()
        controls.disconnect(1006)
        host.close()
        server.closeLog()
        return Promise.resolve()
      },
    }
  },
)
