import type { NatsConnection } from '@nats-io/transport-node'
import { Observable } from 'rxjs'
import { aConfigOfVenue, checked } from '../codecs/checked.js'
import type { Communicator } from '../communicators/Communicator.js'
import type { Signal } from '../Signal.js'
import type { Venue } from '../venues/Venue.js'
import { aConnection } from './aConnection.js'
import { consumption } from './consumption.js'
import type { NatsConfig } from './NatsConfig.js'
import { natsSettings } from './natsSettings.js'

/**
 * Reads what `publishSignals` wrote: the signals of a venue through NATS JetStream.
 *
 * ```text
 * stream     Connected btcusdt@trade ethusdt@trade btcusdt@trade
 * wanted     btcusdt@trade
 * signals    BrokerConnected Connected t             t
 * ```
 *
 * Of frames those of the wanted streams come; statuses and depth snapshots come in order with them. Statuses are those of
 * connectors to the venue; `BrokerConnected`, `BrokerDisconnected`, `BrokerLag` and `BrokerGap` are of our own link.
 * Whoever begins late is told which connections are open, and gets its order books from the broker.
 *
 * It never completes, and errors when the connection is closed. A broker that is away is a status; reading goes on behind
 * the last message, and what is gone by then is a `BrokerGap`. Unsubscribing deletes the consumer at the server, leaves no
 * timer, and leaves the connection open, which is yours.
 *
 * ```ts
 * const connection = await connect({ servers: 'nats://127.0.0.1:4222', maxReconnectAttempts: -1 })
 * const client = createClient({ venue: asterFutures, communicator: natsCommunicator(connection, { venue: asterFutures }) })
 * ```
 *
 * @throws TypeError when the config cannot be meant.
 */
export const natsCommunicator = checked(
  'natsCommunicator',
  [aConnection, aConfigOfVenue('a config { venue }')],
  <V extends Venue>(connection: NatsConnection, config: NatsConfig<V>): Communicator<V['name']> => {
    const settings = natsSettings(config)
    let behind = 0
    const communicator = (wanted$: Observable<ReadonlySet<string>>): Observable<Signal> =>
      new Observable((subscriber) =>
        consumption(connection, settings, wanted$, subscriber, (pending) => (behind = pending)),
      )
    return Object.assign(communicator, { venue: config.venue.name, behind: () => behind })
  },
)
