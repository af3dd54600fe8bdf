import { aConfigOfVenue, checked } from '../../codecs/checked.js'
import { replayCommunicator } from '../../communicators/replayCommunicator.js'
import { createSimulations, type Open } from './createSimulations.js'
import type { Simulation, SimulationConfig } from './Simulation.js'

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
    const open = (all: Parameters<Open>[0]) => all.map((recording) => replayCommunicator(recording))
    const [simulation] = createSimulations('simulate', [config], config.start, open)
    return simulation
  },
)
