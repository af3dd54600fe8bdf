import type { Venue } from '../../venues/Venue.js'
import type { Subscriptions } from '../venues/ServerBehaviour.js'
import { connection, type Connection } from './connection.js'
import type { UpgradeFault } from './faults.js'
import { rateLimit } from './rateLimits.js'
import type { ServerContext } from './ServerContext.js'
import type { ServerSocket } from './ServerSocket.js'

/** How an attempt to connect goes: it fails, or the socket is to be opened. */
type Upgrade = UpgradeFault | { readonly _tag: 'accept'; readonly open: (socket: ServerSocket) => void }

/** The connections of a venue. */
export interface Connections {
  /** The open ones, by their numbers. */
  readonly open: ReadonlyMap<number, Connection>
  /** An attempt to connect to this address, which is path and query. */
  readonly upgrade: (address: string) => Upgrade
}

/** The path that all WebSocket addresses of a venue begin with; empty where there is none. */
export const endpointPath = ({ endpoints }: Venue): string => new URL(endpoints.websocket).pathname.replace(/\/$/, '')

/** The path of the address at which a venue takes requests about accounts, if it has one. */
export const apiPath = ({ endpoints: { websocketApi } }: Venue): string | undefined =>
  websocketApi === undefined ? undefined : new URL(websocketApi).pathname

/** The documented attempts of one address; every client of a simulated venue has the same one. */
const attemptLimit = ({ limits: { connectionAttempts: limit } }: Venue): ((now: number) => boolean) =>
  limit === undefined ? () => false : rateLimit({ most: limit.count, per: limit.per })

export const connections = (context: ServerContext): Connections => {
  const { venue, behaviour, now, log, faults } = context
  const open = new Map<number, Connection>()
  const isTooOften = attemptLimit(venue)
  const before = endpointPath(venue)
  let last = 0

  const accept = (address: string, initial: Subscriptions) => (socket: ServerSocket) => {
    const id = ++last
    log({ at: now(), connection: id, type: 'opened', url: address })
    const listen: ServerSocket['listen'] = (listener) =>
      socket.listen({
        ...listener,
        closed: (code) => {
          open.delete(id)
          listener.closed(code)
        },
      })
    open.set(id, connection({ socket: { ...socket, listen }, id, initial }, context))
    if (initial.streams.size > 0) context.changed?.()
  }

  return {
    open,
    upgrade: (address) => {
      const fault: UpgradeFault | undefined = isTooOften(now())
        ? { _tag: 'refuse', status: 429 }
        : faults.upgrades.take()
      const initial = address.startsWith(before) ? behaviour.subscriptionsOf(address.slice(before.length)) : undefined
      if (fault?._tag === 'ignore' || fault?._tag === 'refuse') return fault
      if (initial === undefined) return { _tag: 'refuse', status: 404 }
      return fault ?? { _tag: 'accept', open: accept(address, initial) }
    },
  }
}
