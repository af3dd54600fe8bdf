import type { AccountControls } from '../exchange/AccountControls.js'
import type { Markets } from '../market/markets.js'
import type { Connection } from './connection.js'
import type { Connections } from './connections.js'
import type { Controls } from './Controls.js'
import type { DepthSnapshots } from './depthSnapshots.js'
import type { ListenKeys } from './listenKeys.js'
import type { Publisher } from './publisher.js'
import type { ServerContext } from './ServerContext.js'
import type { Stepper } from './stepper.js'
import type { VenueLog } from './venueLog.js'

/** The parts of a venue that are controlled. */
export interface ControlsConfig {
  readonly context: ServerContext
  readonly connections: Connections
  readonly markets: Markets
  readonly stepper: Stepper
  readonly publisher: Publisher
  readonly snapshots: DepthSnapshots
  readonly keys: ListenKeys
  readonly log: VenueLog
  readonly account: (which: number | string) => AccountControls
  readonly skewClock: (ms: number) => void
  readonly nameOf: (which: number | string) => string
  readonly revoke: (apiKey: string) => void
}

/** How large a bomb grows, in megabytes. */
const BOMB = 300

export const createControls = (config: ControlsConfig): Controls => {
  const { context, connections, markets, stepper, publisher, snapshots, keys, log, account, skewClock } = config
  const { nameOf, revoke } = config
  const { venue, now, faults } = context
  const { open } = connections

  const toEach = (connection: number | undefined, act: (connection: Connection) => void) => {
    for (const each of [...open.values()]) if (connection === undefined || each.id === connection) act(each)
  }

  return {
    ...stepper,
    connections: () => [...open.keys()],
    subscriptions: (connection) => [...(open.get(connection)?.subscriptions().streams ?? [])],
    log: log.entries,
    log$: log.entry$,
    book: markets.snapshot,
    listenKeys: keys.all,
    account: (which = 0) => account(which),
    send: publisher.send,
    sendAccount: publisher.sendAccount,
    sendText: (text, connection) => toEach(connection, (each) => each.sendText(text)),
    sendBinary: (bytes, connection) => toEach(connection, (each) => each.sendBinary(bytes)),
    sendMiscompressed: (fault, connection, megabytes = BOMB) =>
      toEach(connection, (each) => each.sendMiscompressed(fault, megabytes)),
    sendBroken: (frame, connection) => toEach(connection, (each) => each.sendBroken(frame)),
    failUpgrades: faults.upgrades.plan,
    disconnect: (code, reason = '', connection) => toEach(connection, (each) => each.close(code, reason)),
    goSilent: (connection) => toEach(connection, (each) => each.mute('all')),
    onlyPings: (connection) => toEach(connection, (each) => each.mute('data')),
    muteStream: (stream, isForGood = false, connection) =>
      toEach(connection, (each) => {
        if (each.subscriptions().streams.has(stream)) each.muteStream(stream, isForGood)
      }),
    ignorePings: (count) => faults.pongs.plan(true, count),
    serverShutdown: () => {
      const row = venue.streams['serverShutdown']
      if (row === undefined) throw new TypeError(`${venue.name} never says that it shuts down`)
      const data = JSON.stringify(row.event.encode({ eventTime: now() }))
      toEach(undefined, (each) => each.push(row.name, data))
    },
    failRequests: faults.requests.plan,
    failDepth: faults.depth.plan,
    failAccount: faults.account.plan,
    restartIds: (symbol, lastUpdateId = 1) => markets.restartIds(symbol, lastUpdateId),
    failRest: (call, fault, count) => faults.rest[call].plan(fault, count),
    freezeSnapshots: (frozen = true) => snapshots.freeze(frozen),
    expireListenKey: keys.expire,
    endSubscriptions: (which) =>
      toEach(undefined, ({ api }) => api?.end(api.subscriptionsTo(which === undefined ? undefined : nameOf(which)))),
    revokeKey: (apiKey) => {
      revoke(apiKey)
      const account = nameOf(apiKey)
      toEach(undefined, ({ api }) => {
        const subscribed = api?.subscriptionsTo(account) ?? []
        if (subscribed.length === 0) return
        api?.refuseKey()
        api?.end(subscribed)
      })
    },
    skewClock,
  }
}
