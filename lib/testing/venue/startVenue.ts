import { createServer } from 'node:http'
import { asyncScheduler } from 'rxjs'
import { seeded } from '../seeded.js'
import { createControls } from './createControls.js'
import { engine } from './engine.js'
import { listen } from './listen.js'
import { listenKeys } from './listenKeys.js'
import { manners } from './Manner.js'
import { nonces } from './nonces.js'
import type { Premises } from './Premises.js'
import { publisher } from './publisher.js'
import { restServer } from './restServer.js'
import type { SimulatedVenue } from './SimulatedVenue.js'
import { snapshots } from './snapshots.js'
import { sockets } from './sockets.js'
import { stepper } from './stepper.js'
import type { VenueConfig } from './VenueConfig.js'
import { venueFaults } from './VenueFaults.js'
import { venueLog } from './venueLog.js'

const CHAIN = 1_666
/** Keys and markets come from different chances. */
const KEYS = 0x6b657973

const upperCase = (symbol: string) => symbol.toUpperCase()

/**
 * A venue on this machine, for tests and demonstrations: REST and WebSocket on one free port of 127.0.0.1, with the
 * venue's own streams, dialect, limits and errors, and a small market whose trades, books, klines and tickers agree
 * with each other. Any client of the venue can talk to it. The market stands still until it is told to `run` or
 * `step`; the same seed and the same steps give the same events.
 *
 * ```ts
 * // import { WebSocket } from 'ws'
 * const { addresses, controls, close } = await startVenue({ venue: asterFutures, seed: 7 })
 * const socket = new WebSocket(`${addresses.websocket}/stream?streams=btcusdt@depth@100ms`)
 * controls.run()
 * await close()
 * ```
 *
 * @throws TypeError (as a rejection) for a venue that cannot be simulated, or a `pause` or `rate` that is not above 0.
 */
export const startVenue = async (config: VenueConfig): Promise<SimulatedVenue> => {
  const { venue, seed = 1, symbols = ['BTCUSDT'], pause = 25, rate = 10, replay, accounts = [] } = config
  const { scheduler = asyncScheduler, remember = 100_000, chainId = CHAIN } = config
  const known = Object.hasOwn(manners, venue.name) ? manners[venue.name] : undefined
  if (known === undefined)
    throw new TypeError(`${venue.name} cannot be simulated; expected one of ${Object.keys(manners).join(', ')}`)
  for (const [name, value] of Object.entries({ pause, rate }))
    if (!(value > 0 && value < Infinity)) throw new TypeError(`${name}: expected a number above 0, came ${value}`)
  const manner = { ...known, ping: config.ping ?? known.ping }

  const now = () => Math.floor(scheduler.now())
  let skew = 0
  const log = venueLog(remember)
  const faults = venueFaults()
  const premises: Premises = { venue, manner, scheduler, now, log: log.add, faults }
  const server = createServer()
  const connections = sockets(server, premises)
  const publish = publisher(venue, manner, faults, () => connections.values())
  const market = engine({ seed, symbols: replay === undefined ? symbols.map(upperCase) : [], pause, manner }, now())
  const books = snapshots(market.symbols, config.snapshot ?? market.snapshot)
  const steps = stepper({ engine: market, publisher: publish, scheduler, rate, ...(replay && { replay }) })
  const keys = listenKeys({
    scheduler,
    random: seeded(seed ^ KEYS),
    expired: (listenKey) => {
      const row = venue.account['listenKeyExpired']
      if (row !== undefined) publish.send(listenKey, row.event.encode({ eventTime: now(), listenKey }))
    },
  })
  const answers = restServer(server, {
    premises: { ...premises, now: () => now() + skew },
    snapshotOf: books.of,
    keys,
    authentication: { venue, accounts, nonces: nonces(), chainId },
    faults: faults.rest,
  })
  const { port, close } = await listen(server)
  let closing: Promise<void> | undefined
  const end = async () => {
    steps.halt()
    keys.stop()
    answers.unsubscribe()
    for (const connection of connections.values()) connection.stop()
    await close()
    log.close()
  }

  return {
    addresses: { websocket: `ws://127.0.0.1:${port}`, rest: `http://127.0.0.1:${port}` },
    controls: createControls({
      venue,
      now,
      connections,
      engine: market,
      stepper: steps,
      publisher: publish,
      snapshots: books,
      keys,
      log,
      faults,
      skew: (ms) => {
        skew = ms
      },
    }),
    close: () => (closing ??= end()),
  }
}
