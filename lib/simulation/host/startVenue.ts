import { asyncScheduler } from 'rxjs'
import { seeded } from '../market/seeded.js'
import { createControls } from './createControls.js'
import { engine } from '../market/engine.js'
import { listenKeys } from './rest/listenKeys.js'
import { loopback } from './loopback.js'
import { manners } from './manners.js'
import { nonces } from './rest/nonces.js'
import { chosenAccount } from '../exchange/chosenAccount.js'
import { controlAccount } from '../exchange/controlAccount.js'
import type { Desk } from '../exchange/Desk.js'
import { languageOf } from '../exchange/languages.js'
import { startTrading } from '../exchange/startTrading.js'
import { tradings } from '../exchange/tradings.js'
import type { Premises } from './Premises.js'
import { publisher } from './publisher.js'
import { restServer } from './rest/restServer.js'
import type { SimulatedVenue } from './SimulatedVenue.js'
import { snapshots } from './snapshots.js'
import { stepper } from './stepper.js'
import { streamsOf } from './streamsOf.js'
import type { VenueConfig } from './VenueConfig.js'
import { venueFaults } from './faults/VenueFaults.js'
import { venueLog } from './venueLog.js'

const CHAIN = 1_666
/** Keys, orders and markets come from different chances. */
const KEYS = 0x6b657973
const ORDERS = 0x6f726472

const upperCase = (symbol: string) => symbol.toUpperCase()

/**
 * A venue on this machine, for tests and demonstrations: REST and WebSocket on one free port of 127.0.0.1, with the
 * venue's own streams, dialect, limits and errors, and a small market whose trades, books, klines and tickers agree
 * with each other. Any client of the venue can talk to it. The market stands still until it is told to `run` or
 * `step`; the same seed, the same steps and the same orders give the same events.
 *
 * Accounts trade in the same books: over REST, or by hand with `controls.account()`. Their fills are the market's
 * trades, with the same ids, and are told to who listens on the account's listen key.
 *
 * ```ts
 * // import { WebSocket } from 'ws'
 * const { addresses, controls, close } = await startVenue({ venue: asterFutures, seed: 7 })
 * const socket = new WebSocket(`${addresses.websocket}/stream?streams=btcusdt@depth@100ms`)
 * controls.run()
 * await close()
 * ```
 *
 * @throws TypeError (as a rejection) for a venue that cannot be simulated, a `pause` or `rate` that is not above 0, or a
 * balance that is no amount.
 */
export const startVenue = async (config: VenueConfig, host = loopback): Promise<SimulatedVenue> => {
  const { venue, seed = 1, pause = 25, rate = 10, replay, accounts = [] } = config
  const { scheduler = asyncScheduler, remember = 100_000, chainId = CHAIN } = config
  const known = Object.hasOwn(manners, venue.name) ? manners[venue.name] : undefined
  if (known === undefined)
    throw new TypeError(`${venue.name} cannot be simulated; expected one of ${Object.keys(manners).join(', ')}`)
  for (const [name, value] of Object.entries({ pause, rate }))
    if (!(value > 0 && value < Infinity)) throw new TypeError(`${name}: expected a number above 0, came ${value}`)
  const { symbols = known.symbols } = config
  const manner = { ...known, ping: config.ping ?? known.ping }

  const now = () => Math.floor(scheduler.now())
  let skew = 0
  const log = venueLog(remember)
  const faults = venueFaults()
  const premises: Premises = { venue, manner, scheduler, now, log: log.add, faults, knows: streamsOf(venue) }
  const { server, connections, open } = host(config, premises)
  const publish = publisher(venue, manner, faults, () => connections.values())
  const traded = new Array<Parameters<Desk['settle']>>()
  const market = engine(
    {
      seed,
      symbols: replay === undefined ? symbols.map(upperCase) : [],
      pause,
      manner,
      traded: (...trades) => traded.push(trades),
    },
    now(),
  )
  const books = snapshots(market.symbols, config.snapshot ?? market.snapshot)
  const keys = listenKeys({
    scheduler,
    random: seeded(seed ^ KEYS),
    expired: (listenKey) => {
      const row = venue.account['listenKeyExpired']
      if (row !== undefined)
        publish.sendAccount(listenKey, 'listenKeyExpired', row.event.encode({ eventTime: now(), listenKey }))
    },
  })
  const how = tradings[venue.name]
  const random = seeded(seed ^ ORDERS)
  const desk =
    how &&
    startTrading({ venue, trading: how, accounts, engine: market, publisher: publish, keys, faults, random, now })
  const stepped = () => {
    for (const trades of traded.splice(0)) desk?.settle(...trades)
  }
  const steps = stepper({ engine: market, publisher: publish, scheduler, rate, stepped, ...(replay && { replay }) })
  const answers = restServer(server, {
    premises: { ...premises, now: () => now() + skew },
    snapshotOf: books.of,
    keys,
    authentication: { venue, accounts, nonces: nonces(), chainId },
    faults: faults.rest,
    ...(how && desk && { trading: { how, desk } }),
  })
  const { addresses, close } = await open()
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
    addresses,
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
      accountControls: (which) => {
        if (desk === undefined) throw new TypeError(`${venue.name} has no accounts here`)
        return controlAccount(desk, languageOf(venue), chosenAccount(accounts, which))
      },
      skew: (ms) => {
        skew = ms
      },
    }),
    close: () => (closing ??= end()),
  }
}
