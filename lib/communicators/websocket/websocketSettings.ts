import { asyncScheduler, NEVER } from 'rxjs'
import type { Venue } from '../../venues/Venue.js'
import { rowOf, silenceOf } from './rowOf.js'
import type { ConnectionConfig, WebsocketConfig } from './WebsocketConfig.js'
import { MAX_PAYLOAD, wsTransport, type WsConfig } from './transport/wsTransport.js'

/** A config that was checked, with its defaults. */
export type ConnectionSettings = Required<Omit<ConnectionConfig, keyof WsConfig | 'reconnect' | 'endpoint'>> & {
  /** Where to connect: each is tried when the one before could not be reached. */
  readonly endpoints: readonly [string, ...string[]]
  readonly maxPayload: number
  readonly reconnect: Required<NonNullable<ConnectionConfig['reconnect']>>
  /** How long a stream may be quiet, by its row; `undefined` where the row does not say. */
  readonly ownSilence: (name: string) => number | undefined
  /** The time of what happens now, by the clock, but never before that of what happened earlier. */
  readonly stamp: () => number
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

const realTime = () => performance.timeOrigin + performance.now()

const neverBack = (clock: () => number): (() => number) => {
  let last = -Infinity
  return () => {
    const now = clock()
    if (now > last) last = now
    return last
  }
}

/** The config with its defaults; throws a `TypeError` of `who` where it cannot be meant. */
export const connectionSettings = (venue: Venue, config: ConnectionConfig, who = WHO): ConnectionSettings => {
  const { scheduler } = config
  const row = rowOf(venue)
  const clock = config.clock ?? (scheduler === undefined ? realTime : () => scheduler.now())
  const settings: ConnectionSettings = {
    endpoints: endpointsOf(venue, config.endpoint, who),
    name: config.name ?? venue.name,
    connectTimeout: config.connectTimeout ?? 10_000,
    acknowledgeTimeout: config.acknowledgeTimeout ?? 10_000,
    inactivity: config.inactivity ?? 60_000,
    silence: config.silence ?? 60_000,
    pingEvery: config.pingEvery ?? 20_000,
    missedPongs: config.missedPongs ?? 2,
    badFrames: config.badFrames ?? 10,
    maxPayload: config.maxPayload ?? MAX_PAYLOAD,
    lag: config.lag ?? 1_000,
    reconnect: { delay: 500, maxDelay: 30_000, stableAfter: 60_000, ...config.reconnect },
    rotateBefore: config.rotateBefore ?? 600_000,
    overlap: config.overlap ?? 5_000,
    rotate$: config.rotate$ ?? NEVER,
    transport: config.transport ?? wsTransport(config),
    scheduler: scheduler ?? asyncScheduler,
    ownSilence: (name) => silenceOf(row(name)),
    clock,
    stamp: neverBack(clock),
    random: config.random ?? Math.random,
  }
  for (const [name, value] of Object.entries({ ...settings, ...settings.reconnect }))
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
