import { asyncScheduler, NEVER, type Observable, type SchedulerLike } from 'rxjs'
import type { RestConfig } from '../../rest/Rest.js'
import { clockOf, realTime, steadyClock } from '../../timing/realTime.js'
import { createVenueClock, type MeasuredClock } from '../../timing/venueClock.js'
import { createWallClock, type TimeSource, type WallClock } from '../../timing/wallClock.js'
import { router } from '../../venues/router.js'
import type { Venue } from '../../venues/Venue.js'
import type { Communicator } from '../Communicator.js'
import { newSending, type Sending } from './connection/sending.js'
import type { ReconnectPolicy } from './session/reconnectDelay.js'
import type { Host } from './transport/Host.js'
import { inflating } from './transport/inflating.js'
import { MAX_PAYLOAD, type Transport } from './transport/Transport.js'
import { countVersions } from '../../copies.js'

/** How a communicator keeps its connections. Everything may be left out; times are in ms. */
export interface ConnectionConfig {
  /** Another address of the venue: `'ws://127.0.0.1:8080'`. Default: the venue's own, and its fallback when that cannot be reached. */
  readonly endpoint?: string
  /** The sources are called by it and numbered: `asterFutures-1`. Default: the venue's name. */
  readonly name?: string
  /** How long opening a connection may take. Default: 10,000. */
  readonly connectTimeout?: number
  /** How long an answer to SUBSCRIBE may take. Default: 10,000. */
  readonly acknowledgeTimeout?: number
  /**
   * A connection on which nothing at all comes for this long, no frame, no PING and no PONG, is given up.
   * Default: 60,000; `Infinity` switches it off.
   */
  readonly inactivity?: number
  /**
   * How long a market stream may be quiet: every one, or by kind, `{ depth: 10_000, trade: Infinity }`. One that is quiet
   * for longer is reported (`Silent`) and asked for anew. Quiet for as long again, it is asked for over another
   * connection beside this one (`Probing`), which takes over only if it brings what this one does not.
   * Default: what the venue's row says, else 60,000; `Infinity` is never.
   */
  readonly silence?: number | Readonly<Record<string, number>>
  /** How often we send a PING. Default: 20,000; `Infinity` switches it off. */
  readonly pingEvery?: number
  /** A connection is given up when so many PINGs in a row were not answered. Default: 2. */
  readonly missedPongs?: number
  /** The longest message, in bytes after inflating; a longer one ends the connection, or, where each message is packed by itself, is no frame. Default: 16 MiB. */
  readonly maxPayload?: number
  /** A connection is given up after so many frames in a row that are no JSON. Default: 10. */
  readonly badFrames?: number
  /** A process that was blocked for so long says so: `Lagging`. Default: 1,000. */
  readonly lag?: number
  /** How it connects again. */
  readonly reconnect?: ReconnectPolicy
  /** A new connection takes over so long before the venue ends the old one, or up to twice as long. Default: 600,000. */
  readonly rotateBefore?: number
  /** How long the old and the new connection both carry the streams. Default: 5,000. */
  readonly overlap?: number
  /** Each value moves every open connection to a new one; a text is the reason in the status. Default: never. */
  readonly rotate$?: Observable<unknown>
  /** Makes the sockets. Default: `ws`, with its options beside these; in `aster-rx/core` the host's own WebSocket. */
  readonly transport?: Transport
  /** What all waiting uses. Default: RxJS's `asyncScheduler`. */
  readonly scheduler?: SchedulerLike
  /** The time now, in ms since 1970. Default: the scheduler's, if one is given; else real time with its fractions. */
  readonly clock?: () => number
  /**
   * A time in ms that is never put forward or back, for everything that waits: a `clock` that departs from it was
   * stepped, which is said (`ClockStepped`). Default: the host's; with a `clock` or a scheduler of your own, that one.
   */
  readonly monotonic?: () => number
  /** A source of chance, 0 up to but not including 1. Default: `Math.random`. */
  readonly random?: () => number
}

/** How market streams are carried. Everything may be left out; times are in ms. */
export interface WebsocketConfig extends ConnectionConfig {
  /**
   * Each stream at its raw address, on a connection of its own: frames without the name of their stream. Default: many
   * streams on a connection, each frame with its name.
   */
  readonly raw?: boolean
  /** How long changes of the wanted streams are collected before they are asked for. Default: 50. */
  readonly collect?: number
  /** How order books are asked for: another endpoint, a shared budget. Default: the venue's own REST interface. */
  readonly rest?: Omit<RestConfig, 'venue'>
  /** Asks for the order book of a symbol. Default: `depthSnapshot` over `rest`; none with an `endpoint` of your own and no `rest`. */
  readonly snapshot?: NonNullable<Communicator['snapshot']>
}

/** A config that was checked, with its defaults. */
export type ConnectionSettings = Required<
  Omit<ConnectionConfig, 'reconnect' | 'endpoint' | 'silence' | 'clock' | 'monotonic' | 'maxPayload'>
> & {
  /** Where to connect: each is tried when the one before could not be reached. */
  readonly endpoints: readonly [string, ...string[]]
  readonly reconnect: Required<NonNullable<ConnectionConfig['reconnect']>>
  /** How long a stream may be quiet, in ms; `Infinity` for what is none of the market streams. */
  readonly silenceOf: (name: string) => number
  /** Runs on, whatever happens to the time of day, in ms: the time of waits. */
  readonly clock: () => number
  /** The time of day of what happens now, or at a time of `clock` that was read just now; it goes back with a step only. */
  readonly stamp: (now?: number) => number
  readonly wallClock: WallClock
  /** The venue's time, as those measure it who hear it. */
  readonly venueClock: MeasuredClock
  readonly sending: Sending
}

const WHO = 'websocketCommunicator'

const misuse = (who: string, expected: string, came: unknown, advice: string) =>
  new TypeError(`${who}: expected ${expected}, came ${String(came)}: ${advice}`)

const checkedEndpoint = (who: string, endpoint: string): string => {
  // The address itself is not shown: it may hold a password.
  if (!/^wss?:\/\/[^/?#\s@]+(\/[^?#\s]*)?$/.test(endpoint))
    throw misuse(who, '`endpoint` like wss://host:port', 'something else', 'give no query, and no user name')
  return endpoint.replace(/\/+$/, '')
}

const endpointsOf = (
  { endpoints: { websocket, fallback } }: Venue,
  own: string | undefined,
  who: string,
): readonly [string, ...string[]] => {
  if (own !== undefined) return [checkedEndpoint(who, own)]
  return fallback === undefined ? [websocket] : [websocket, fallback.websocket]
}

/** How long a stream may be quiet where neither its row nor anybody else says, in ms. */
const SILENCE = 60_000

/** @throws TypeError for a time that is none, or a kind that the venue does not have. */
const silences = (venue: Venue, own: number | Readonly<Record<string, number>>, who: string) => {
  const isOfAll = typeof own === 'number'
  for (const [kind, ms] of isOfAll ? [['', own] as const] : Object.entries(own)) {
    const what = isOfAll ? '`silence`' : `\`silence\` of ${kind}`
    if (!(ms >= 1)) throw misuse(who, `${what} of at least 1`, ms, 'leave it out for its default')
    if (isOfAll || venue.streams[kind] !== undefined) continue
    throw misuse(who, '`silence` by kinds of streams', kind, `one of ${Object.keys(venue.streams).join(', ')}`)
  }
  const route = router(venue)
  return (name: string): number => {
    const found = route(name)
    if (found === undefined || found.isAccount) return Infinity
    return (isOfAll ? own : own[found.kind]) ?? found.row.silence ?? SILENCE // F51
  }
}

/** A clock of somebody else's may go back without a word. */
const neverBack = (clock: WallClock): WallClock => {
  let last = -Infinity
  const at = (time: number) => {
    if (time > last) last = time
    return last
  }
  return { ...clock, at }
}

const clocks = new WeakMap<TimeSource['monotonic'], WeakMap<TimeSource['wall'], WallClock>>()

/** One for all who read the same clocks, so that a step is a step for all of them at once. */
const sharedClock = ({ monotonic, wall }: TimeSource): WallClock => {
  const byWall = clocks.get(monotonic) ?? new WeakMap<TimeSource['wall'], WallClock>()
  const clock = byWall.get(wall) ?? createWallClock({ monotonic, wall })
  clocks.set(monotonic, byWall.set(wall, clock)) // F54
  return clock
}

const wallClockOf = ({ scheduler = asyncScheduler, clock, monotonic }: ConnectionConfig): WallClock => {
  if (monotonic !== undefined) return sharedClock({ monotonic, wall: clock ?? clockOf(scheduler).now })
  if (clock === undefined && scheduler === asyncScheduler) return realTime
  return neverBack(steadyClock(clock ?? (() => scheduler.now())))
}

/** The sockets that a config asks for, or the host's own, which inflate what the venue packs. */
export const transportOf = <Own extends object>(
  { compression }: Venue,
  config: (ConnectionConfig & Own) | undefined,
  host: Host<Own>,
): Transport => {
  const { transport = host.transport(config), maxPayload = MAX_PAYLOAD } = config ?? {}
  return compression === undefined ? transport : inflating(transport, compression, host.gunzip, maxPayload)
}

/** The config with its defaults; throws a `TypeError` of `who` where it cannot be meant. */
export const connectionSettings = (
  venue: Venue,
  config: ConnectionConfig,
  transport: Transport,
  who = WHO,
): ConnectionSettings => {
  countVersions()
  const { scheduler } = config
  const wallClock = wallClockOf(config)
  const settings: ConnectionSettings = {
    endpoints: endpointsOf(venue, config.endpoint, who),
    name: config.name ?? venue.name,
    connectTimeout: config.connectTimeout ?? 10_000,
    acknowledgeTimeout: config.acknowledgeTimeout ?? 10_000,
    inactivity: config.inactivity ?? 60_000,
    pingEvery: config.pingEvery ?? 20_000,
    missedPongs: config.missedPongs ?? 2,
    badFrames: config.badFrames ?? 10,
    lag: config.lag ?? 1_000,
    reconnect: { again: () => true, delay: 500, maxDelay: 30_000, stableAfter: 60_000, ...config.reconnect },
    rotateBefore: config.rotateBefore ?? 600_000,
    overlap: config.overlap ?? 5_000,
    rotate$: config.rotate$ ?? NEVER,
    transport,
    scheduler: scheduler ?? asyncScheduler,
    silenceOf: silences(venue, config.silence ?? {}, who),
    clock: wallClock.monotonic,
    stamp: (now = wallClock.monotonic()) => wallClock.at(now),
    wallClock,
    venueClock: createVenueClock(wallClock.now),
    sending: newSending(),
    random: config.random ?? Math.random,
  }
  for (const [name, value] of Object.entries({ ...settings, ...settings.reconnect, maxPayload: config.maxPayload }))
    if (typeof value === 'number' && !(value >= least(name)))
      throw misuse(who, `\`${name}\` of at least ${least(name)}`, value, 'leave it out for its default')
  return settings
}

/** What may be 0 is what may be left away: waiting for more changes, overlapping, starting over early. */
const least = (name: string) => (['overlap', 'rotateBefore', 'stableAfter'].includes(name) ? 0 : 1)

/** How long changes are collected, in ms. */
export const collectTime = ({ collect = 50 }: WebsocketConfig): number => {
  if (!(collect >= 0)) throw misuse(WHO, '`collect` in ms, 0 or more', collect, '0 asks at once')
  return collect
}
