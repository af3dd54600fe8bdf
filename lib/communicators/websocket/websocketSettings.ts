import { asyncScheduler, NEVER } from 'rxjs'
import type { Venue } from '../../venues/Venue.js'
import { silenceOf } from './silenceOf.js'
import type { ConnectionConfig, WebsocketConfig } from './WebsocketConfig.js'
import { wsTransport, type WsConfig } from './wsTransport.js'

/** A config that was checked, with its defaults. */
export type ConnectionSettings = Required<Omit<ConnectionConfig, keyof WsConfig | 'reconnect'>> & {
  readonly reconnect: Required<NonNullable<ConnectionConfig['reconnect']>>
  /** How long a stream may be quiet, by its row; `undefined` where the row does not say. */
  readonly ownSilence: (name: string) => number | undefined
  /** The time of what happens now, by the clock, but never before that of what happened earlier. */
  readonly stamp: () => number
}

const misuse = (expected: string, came: unknown, advice: string) =>
  new TypeError(`websocketCommunicator: expected ${expected}, came ${String(came)}: ${advice}`)

const checkedEndpoint = (endpoint: string): string => {
  // The address itself is not shown: it may hold a password.
  if (!/^wss?:\/\/[^/?#\s@]+(\/[^?#\s]*)?$/.test(endpoint))
    throw misuse('`endpoint` like wss://host:port', 'something else', 'give no query, and no user name')
  return endpoint.replace(/\/+$/, '')
}

const { timeOrigin } = performance
const realTime = () => timeOrigin + performance.now()

const neverBack = (clock: () => number): (() => number) => {
  let last = -Infinity
  return () => {
    const now = clock()
    if (now > last) last = now
    return last
  }
}

/** The config with its defaults; throws a `TypeError` where it cannot be meant. */
export const connectionSettings = (venue: Venue, config: ConnectionConfig): ConnectionSettings => {
  const { scheduler } = config
  const clock = config.clock ?? (scheduler === undefined ? realTime : () => scheduler.now())
  const settings: ConnectionSettings = {
    endpoint: checkedEndpoint(config.endpoint ?? venue.endpoints.websocket),
    name: config.name ?? venue.name,
    connectTimeout: config.connectTimeout ?? 10_000,
    acknowledgeTimeout: config.acknowledgeTimeout ?? 10_000,
    inactivity: config.inactivity ?? 60_000,
    silence: config.silence ?? 60_000,
    pingEvery: config.pingEvery ?? 20_000,
    missedPongs: config.missedPongs ?? 2,
    badFrames: config.badFrames ?? 10,
    lag: config.lag ?? 1_000,
    reconnect: { delay: 500, maxDelay: 30_000, stableAfter: 60_000, ...config.reconnect },
    rotateBefore: config.rotateBefore ?? 600_000,
    overlap: config.overlap ?? 5_000,
    rotate$: config.rotate$ ?? NEVER,
    transport: config.transport ?? wsTransport(config),
    scheduler: scheduler ?? asyncScheduler,
    ownSilence: silenceOf(venue),
    clock,
    stamp: neverBack(clock),
    random: config.random ?? Math.random,
  }
  for (const [name, value] of Object.entries({ ...settings, ...settings.reconnect }))
    if (typeof value === 'number' && !(value >= least(name)))
      throw misuse(`\`${name}\` of at least ${least(name)}`, value, 'leave it out for its default')
  return settings
}

/** What may be 0 is what may be left away: waiting for more changes, overlapping, starting over early. */
const least = (name: string) => (['overlap', 'rotateBefore', 'stableAfter'].includes(name) ? 0 : 1)

/** How long changes are collected, in ms. */
export const collectTime = ({ collect = 50 }: WebsocketConfig): number => {
  if (!(collect >= 0)) throw misuse('`collect` in ms, 0 or more', collect, '0 asks at once')
  return collect
}
