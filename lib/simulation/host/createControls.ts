import type { Venue } from '../../venues/Venue.js'
import type { Connection } from './sockets/connection.js'
import type { Controls } from './Controls.js'
import type { Engine } from '../market/engine.js'
import type { ListenKeys } from './rest/listenKeys.js'
import type { AccountControls } from '../exchange/AccountControls.js'
import type { Publisher } from './publisher.js'
import type { Snapshots } from './snapshots.js'
import type { Connections } from './sockets/sockets.js'
import type { Stepper } from './stepper.js'
import type { VenueFaults } from './faults/VenueFaults.js'
import type { VenueLog } from './venueLog.js'

/** What is controlled. */
export interface ControlsConfig {
  readonly venue: Venue
  readonly now: () => number
  readonly connections: Connections
  readonly engine: Engine
  readonly stepper: Stepper
  readonly publisher: Publisher
  readonly snapshots: Snapshots
  readonly keys: ListenKeys
  readonly log: VenueLog
  readonly faults: VenueFaults
  readonly accountControls: (which: number | string) => AccountControls
  readonly skew: (ms: number) => void
}

/** In megabytes. */
const BOMB = 300

/** The controls of a venue from its parts. */
export const createControls = (config: ControlsConfig): Controls => {
  const { venue, now, connections, engine, stepper, publisher, snapshots, keys, log, faults, skew } = config
  const meant = (connection: number | undefined): readonly Connection[] =>
    [...connections.values()].filter(({ id }) => connection === undefined || id === connection)

  return {
    ...stepper,
    connections: () => [...connections.keys()],
    subscriptions: (connection) => [...(connections.get(connection)?.carried().streams ?? [])],
    log: log.entries,
    log$: log.entry$,
    book: engine.snapshot,
    listenKeys: keys.all,
    account: (which = 0) => config.accountControls(which),
    send: publisher.send,
    sendAccount: publisher.sendAccount,
    sendText: (text, connection) => {
      for (const each of meant(connection)) each.sendText(text)
    },
    sendBinary: (bytes, connection) => {
      for (const each of meant(connection)) each.sendBinary(bytes)
    },
    sendPacked: (fault, connection, megabytes = BOMB) => {
      for (const each of meant(connection)) each.packed(fault, megabytes)
    },
    sendBroken: (frame, connection) => {
      for (const each of meant(connection)) each.broken(frame)
    },
    failUpgrades: faults.upgrades.plan,
    disconnect: (code, reason = '', connection) => {
      for (const each of meant(connection)) each.close(code, reason)
    },
    goSilent: (connection) => {
      for (const each of meant(connection)) each.mute('all')
    },
    onlyPings: (connection) => {
      for (const each of meant(connection)) each.mute('data')
    },
    ignorePings: (count) => faults.pongs.plan(true, count),
    serverShutdown: () => {
      const row = venue.streams['serverShutdown']
      if (row === undefined) throw new TypeError(`${venue.name} never says that it shuts down`)
      const data = JSON.stringify(row.event.encode({ eventTime: now() }))
      for (const each of connections.values()) each.push(row.name, data)
    },
    failRequests: faults.requests.plan,
    failDepth: faults.depth.plan,
    failAccount: faults.account.plan,
    restartIds: (symbol, lastUpdateId = 1) => engine.restartIds(symbol, lastUpdateId),
    failRest: (call, fault, count) => faults.rest[call].plan(fault, count),
    freezeSnapshots: (frozen = true) => snapshots.freeze(frozen),
    expireListenKey: keys.expire,
    skewClock: skew,
  }
}
