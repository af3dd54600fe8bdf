import type { JetStreamManager } from '@nats-io/jetstream'
import type { Msg, NatsConnection } from '@nats-io/transport-node'
import { pullConsumer, type PullConfig } from './pullConsumer.js'
import type { Place } from './place.js'

/** Reads what is stored now, to its end or until `heard` says `true`, and nothing that comes later. */
export const readStored = (
  connection: NatsConnection,
  manager: JetStreamManager,
  config: Pick<PullConfig, 'stream' | 'consumer' | 'patience' | 'scheduler'>,
  heard: (message: Msg, place: Place) => unknown,
): Promise<void> =>
  new Promise((resolve, reject) => {
    let left = Infinity
    const done = () => {
      reading.stop()
      resolve()
    }
    const reading = pullConsumer(connection, manager, {
      ...{ ...config, window: 1_000 },
      began: (pending) => {
        left = pending
        if (left === 0) done()
      },
      heard: (message, place) => {
        if (heard(message, place) === true || --left === 0) done()
      },
      lost: (reason) => reject(new Error(reason)),
    })
  })
