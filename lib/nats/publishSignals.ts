import type { NatsConnection } from '@nats-io/transport-node'
import { Observable, type MonoTypeOperatorFunction } from 'rxjs'
import { aConfigOfVenue, checked } from '../codecs/checked.js'
import type { Signal } from '../Signal.js'
import type { PublishConfig } from './PublishConfig.js'
import { aConnection } from './aConnection.js'
import { publishSettings } from './publishSettings.js'
import { createPublisher } from './publisher.js'

/**
 * Publishes every signal to a stream of NATS JetStream on its way, as `natsCommunicator` reads it.
 *
 * ```text
 * signals      -a---b---c----|
 *              publishSignals(connection, { venue })
 *              -a---b---c------|       once all are stored
 * stream       md.asterFutures.btcusdt.trade a   …
 * ```
 *
 * Frames go to the subject of their stream, `md.<venue>.btcusdt.depth.100ms`; statuses, depth snapshots and what is of no
 * one stream to subjects of their own, in one order with them. The text of a frame is the body of its message, exactly.
 * The stream is created, or checked.
 *
 * Completes with the source, once everything is stored. Errors with the source; when the stream is there and differs; when
 * the connection is closed; with `whenFull: 'error'` when too many wait. A broker that is away is a status, and what comes
 * meanwhile waits. Unsubscribing sends nothing more, and leaves the connection open, which is yours.
 *
 * ```ts
 * const connection = await connect({ servers: 'nats://127.0.0.1:4222', maxReconnectAttempts: -1 })
 * client.signal$.pipe(publishSignals(connection, { venue: asterFutures })).subscribe()
 * ```
 *
 * @throws TypeError when the config cannot be meant.
 */
export const publishSignals = checked(
  'publishSignals',
  [aConnection, aConfigOfVenue('a config { venue }')],
  (connection: NatsConnection, config: PublishConfig): MonoTypeOperatorFunction<Signal> => {
    const settings = publishSettings(config)
    return (source) =>
      new Observable((subscriber) => {
        const publisher = createPublisher(connection, settings, {
          said: (status) => subscriber.next(status),
          failed: (error) => subscriber.error(error),
          done: () => subscriber.complete(),
        })
        subscriber.add(publisher.stop)
        subscriber.add(
          source.subscribe({
            next: (signal) => {
              subscriber.next(signal)
              publisher.publish(signal)
            },
            error: (error: unknown) => subscriber.error(error),
            complete: publisher.end,
          }),
        )
      })
  },
)
