import { aConfigOfVenue, checked } from '../../codecs/checked.js'
import { asyncScheduler } from 'rxjs'
import { loopbackHost } from './loopbackHost.js'
import type { SimulatedVenue, VenueConfig } from './VenueConfig.js'
import { venueServer } from './venueServer.js'

/**
 * A venue on this machine, for tests and demonstrations: REST and WebSocket on one free port of 127.0.0.1, with the
 * venue's own streams, dialect, limits and errors, and a small market whose trades, books, klines and tickers agree
 * with each other. Any client of the venue can talk to it. The market stands still until `run` or `step` is
 * called; the same seed, the same steps and the same orders give the same events.
 *
 * Accounts trade in the same books: over REST, or by hand with `controls.account()`. Their fills are the market's
 * trades, with the same ids, and are sent to whoever listens on the account's listen key.
 *
 * ```ts
 * // import { WebSocket } from 'ws'
 * const { addresses, controls, close } = await startVenue({ venue: asterFutures, seed: 7 })
 * const socket = new WebSocket(`${addresses.websocket}/stream?streams=btcusdt@depth@100ms`)
 * controls.run()
 * await close()
 * ```
 *
 * A venue of your own has its own streams and codecs; `like` names the venue of this library whose servers behave as
 * its own. A kind that the market knows is sent by your row of that kind, anything else with `controls.send`:
 *
 * ```ts
 * await startVenue({ venue: mine, like: asterFutures })
 * ```
 *
 * @throws TypeError (as a rejection) for a venue that cannot be simulated, a `pause` or `rate` that is not above 0, a
 * `port` that is none, or a balance that is no amount; Error for a port that is taken.
 */
export const startVenue = checked(
  'startVenue',
  [aConfigOfVenue('a config { venue }')],
  async (config: VenueConfig): Promise<SimulatedVenue> => {
    const server = venueServer(config, config.scheduler ?? asyncScheduler)
    const { addresses, close } = await loopbackHost(server, { ...config, who: 'startVenue' }).catch(
      (error: unknown) => {
        server.stop()
        throw error
      },
    )
    let closing: Promise<void> | undefined
    const end = async () => {
      server.stop()
      await close()
      server.closeLog()
    }
    return { addresses, controls: server.controls, close: () => (closing ??= end()) }
  },
)
