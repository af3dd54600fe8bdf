import type { SchedulerLike } from 'rxjs'
import type { Signal } from '../../Signal.js'
import { router } from '../../venues/router.js'
import { controlAccount } from '../exchange/AccountControls.js'
import { instrument } from '../exchange/Instrument.js'
import { markets } from '../market/markets.js'
import { samplePublications } from '../market/samplePublications.js'
import { bitcoinScale, type Scale } from '../market/Scale.js'
import type { RecordedMarkets } from '../recorded/recordedMarkets.js'
import { seeded } from '../market/seeded.js'
import { refuse } from '../venues/ErrorCatalogue.js'
import { polledAt } from '../venues/PolledStream.js'
import { serverBehaviourOf } from '../venues/serverBehaviourOf.js'
import { apiSession } from './apiSession.js'
import { chosenAccount } from './authenticate.js'
import { connections, type Connections } from './connections.js'
import type { Controls } from './Controls.js'
import { createControls } from './createControls.js'
import { depthSnapshots } from './depthSnapshots.js'
import { venueFaults } from './faults.js'
import { forwarding } from './forwarding.js'
import { listenKeys } from './listenKeys.js'
import { marketCalls, tradedIn } from './marketCalls.js'
import { polling } from './polling.js'
import { publisher } from './publisher.js'
import { restServer, type RestServer } from './restServer.js'
import type { ServerContext } from './ServerContext.js'
import { stepper, type Stepper } from './stepper.js'
import { startTrading } from './trading.js'
import type { VenueConfig } from './VenueConfig.js'
import { venueLog } from './venueLog.js'
import { nonces } from './walletSignature.js'

/** A venue without a network: a host brings clients to it. */
export interface VenueServer {
  readonly upgrade: Connections['upgrade']
  readonly request: RestServer['request']
  readonly controls: Controls
  /** A signal of the recording that is its market comes now. */
  readonly play: (signal: Signal) => void
  /** Leaves no timer. */
  readonly stop: () => void
  /** Completes the log, once the last connection is closed. */
  readonly closeLog: () => void
}

/** A recording as the market. */
export interface RecordedVenue extends Pick<RecordedMarkets, 'markets' | 'hear'> {
  /** By symbol. */
  readonly scales: ReadonlyMap<string, Scale>
}

/** A recording plays by itself, while time passes. */
const asRecorded: Stepper = {
  run: () => undefined,
  halt: () => undefined,
  step: () => {
    throw new TypeError('step: a recording plays as it came; expected pass()')
  },
}

/** The default chain of EIP-712 signatures. */
const CHAIN = 1_666
/** Keys and orders draw from sources of chance that are not the markets'. */
const KEYS = 0x6b657973
const ORDERS = 0x6f726472

const requirePositive = (values: Readonly<Record<string, number>>) => {
  for (const [name, value] of Object.entries(values))
    if (!(value > 0 && value < Infinity)) throw new TypeError(`${name}: expected a number above 0, came ${value}`)
}

/**
 * Puts a venue together from its market, its exchange and the behaviour of its servers.
 *
 * @throws TypeError for a venue that cannot be simulated, a `pause` or `rate` that is not above 0, or a balance that is
 * no amount.
 */
export const venueServer = (config: VenueConfig, scheduler: SchedulerLike, recorded?: RecordedVenue): VenueServer => {
  const { venue, like, seed = 1, pause = 25, rate = 10, replay, accounts = [] } = config
  const { remember = 100_000, chainId = CHAIN, samples = true } = config
  const known = serverBehaviourOf(venue, like)
  requirePositive({ pause, rate })
  const behaviour = { ...known, ping: config.ping ?? known.ping }
  const symbols = replay === undefined ? (config.symbols ?? behaviour.symbols) : []

  const now = () => Math.floor(scheduler.now())
  let skew = 0
  const log = venueLog(remember)
  const route = router(venue)
  const { polled = [] } = behaviour
  const hasStream = (stream: string) => route(stream) !== undefined || polledAt(polled, stream) !== undefined
  const revoked = new Set<string>()
  const authentication = { venue, behaviour, accounts, nonces: nonces(), chainId, revoked }
  const { api } = behaviour
  const context: ServerContext = {
    ...{ venue, behaviour, scheduler, now, log: log.add, faults: venueFaults(), hasStream },
    ...(api !== undefined && {
      openApi: (timers, send) =>
        apiSession({ context, api, rest, authentication, now: () => now() + skew }, timers, send),
    }),
  }
  const taken = connections(context)
  const publishing = publisher(context, () => taken.open.values())
  const { depthSpeed, skipsIds } = behaviour
  const traded =
    recorded?.markets ??
    markets({ seed, pause, depthSpeed, skipsIds, symbols: symbols.map((each) => each.toUpperCase()) }, now())
  const snapshots = depthSnapshots(context, traded.symbols, config.snapshot ?? traded.snapshot)
  const keys = listenKeys({
    scheduler,
    random: seeded(seed ^ KEYS),
    expired: (listenKey) => {
      const event: unknown = venue.account['listenKeyExpired']?.event.encode({ eventTime: now(), listenKey })
      if (event !== undefined) publishing.sendAccount(listenKey, 'listenKeyExpired', event)
    },
  })
  const subscribed = function* () {
    for (const { subscriptions } of taken.open.values()) yield* subscriptions().streams
  }
  const sampled = samplePublications(venue, subscribed)
  const instruments = new Map(
    traded.symbols.map((symbol) => [
      symbol,
      instrument(symbol, recorded?.scales.get(symbol) ?? bitcoinScale, behaviour.filters),
    ]),
  )
  const how = behaviour.trading
  const random = seeded(seed ^ ORDERS)
  const entry =
    how &&
    startTrading({
      ...{ context, trading: how, accounts, markets: traded, instruments, publisher: publishing, keys, random },
    })
  const poll = polling({
    ...{ rows: polled, traded: tradedIn(instruments, traded), wanted: subscribed, send: publishing.send },
  })
  const ofOwn = stepper({
    step: (time) => {
      const { publications, trades } = traded.step(time)
      return { publications: [...publications, ...(samples ? sampled(publications.at(-1)?.at ?? time) : [])], trades }
    },
    settle: (trades) => {
      for (const { symbol, at, fills, last } of trades) entry?.settle(symbol, at, fills, last)
      poll()
    },
    publisher: publishing,
    scheduler,
    rate,
    ...(replay && { replay }),
  })
  const steps = recorded === undefined ? ofOwn : asRecorded
  const forward = forwarding(context, () => taken.open.values())
  const skewed = { ...context, now: () => now() + skew }
  const rest = restServer({
    context: skewed,
    snapshots,
    marketCall: marketCalls({ context: skewed, markets: traded, instruments }),
    keys,
    authentication,
    ...(how && entry && { trading: { how, entry } }),
  })

  return {
    upgrade: taken.upgrade,
    request: rest.request,
    play: (signal) => {
      const heard = recorded?.hear(signal)
      if (signal._tag === 'Frame') for (const message of heard?.messages ?? []) forward(signal.text, message)
      for (const { symbol, at, fills, last } of heard?.trades ?? []) entry?.settle(symbol, at, fills, last)
    },
    controls: createControls({
      ...{ context, connections: taken, markets: traded, stepper: steps, publisher: publishing, snapshots, keys, log },
      account: (which) => {
        if (entry === undefined) throw new TypeError(`${venue.name} has no accounts here`)
        const messageOf = (refusal: Parameters<typeof refuse>[1]) => refuse(behaviour.errors, refusal).body
        return controlAccount(entry, chosenAccount(accounts, which), messageOf)
      },
      skewClock: (ms) => {
        skew = ms
      },
      nameOf: (which) => chosenAccount(accounts, which),
      revoke: (apiKey) => revoked.add(apiKey),
    }),
    stop: () => {
      steps.halt()
      keys.stop()
      rest.stop()
      for (const connection of taken.open.values()) connection.stop()
    },
    closeLog: log.close,
  }
}
