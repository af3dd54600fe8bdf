import type { NatsConnection } from '@nats-io/transport-node'
import { Observable } from 'rxjs'

/** How our link to the broker is. */
export type LinkState =
  | { readonly _tag: 'Up'; readonly server: string }
  | { readonly _tag: 'Down'; readonly reason: string }
  | { readonly _tag: 'Gone'; readonly reason: string }

/** The client's lists can be stopped, which their type does not say: without it they wait for one more status. */
const isStoppable = (statuses: object): statuses is { readonly stop: () => void } =>
  'stop' in statuses && typeof statuses.stop === 'function'

/**
 * Says each change of a connection; `Gone` once it is closed for good, and completes. Unsubscribing leaves the connection
 * as it is.
 */
export const linkState = (connection: NatsConnection): Observable<LinkState> =>
  new Observable((subscriber) => {
    const gone = (error: unknown) => {
      const reason = error instanceof Error ? error.message : 'it was closed'
      subscriber.next({ _tag: 'Gone', reason })
      subscriber.complete()
    }
    const statuses = connection.status()
    const follow = async () => {
      for await (const status of statuses) {
        if (subscriber.closed) return
        if (status.type === 'disconnect') subscriber.next({ _tag: 'Down', reason: `lost ${status.server}` })
        if (status.type === 'reconnect') subscriber.next({ _tag: 'Up', server: status.server })
      }
    }
    void follow()
    void connection.closed().then(gone, gone)
    return () => {
      if (isStoppable(statuses)) statuses.stop()
    }
  })
