import { aConfigOfVenue, checked } from '../../codecs/checked.js'
import type { SchedulerLike } from 'rxjs'
import type { Transport } from '../../communicators/websocket/transport/Transport.js'
import type { Fetch } from '../../rest/fetchText.js'
import { seeded } from '../market/seeded.js'
import { apiPath, endpointPath } from './connections.js'
import { memoryHost } from './memoryHost.js'
import type { SimulatedVenue, VenueConfig } from './VenueConfig.js'
import { venueServer } from './venueServer.js'
import { virtualTime } from './virtualTime.js'

/** How a venue in memory is. Everything but `venue` may be left out; times are in ms. */
export interface SimulationConfig extends Omit<VenueConfig, 'scheduler' | 'tls' | 'compression' | 'port'> {
  /** The time at which it starts, since 1970. Default: 1,700,000,000,000. */
  readonly start?: number
  /**
   * How long everything is under way between client and venue, one way: a number, or a function that is asked for each
   * connection and each request. Default: 1.
   */
  readonly latency?: number | (() => number)
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
  /** Blocks the client's process for so many ms: its timers are late, and then it reads its sockets. */
  readonly block: (ms: number) => void
  /** How many sockets clients have open. */
  readonly openSockets: () => number
  /** When the next timer of client or venue is due, in ms since 1970; `undefined` when nothing waits. */
  readonly due: () => number | undefined
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
    const { venue, seed = 1, start = 1_700_000_000_000, latency = 1 } = config
    const time = virtualTime(start)
    const server = venueServer(config, time.scheduler)
    const host = memoryHost(server, {
      time,
      latency: typeof latency === 'number' ? () => latency : latency,
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
      block: time.block,
      openSockets: host.openSockets,
      due: time.due,
      close: () => {
        server.stop()
        controls.disconnect(1006)
        host.close()
        server.closeLog()
        return Promise.resolve()
      },
    }
  },
)
