import type { NatsConnection } from '@nats-io/transport-node'
import { UsageError } from './UsageError.js'
import { anAddress } from './ValueType.js'

/** A server of NATS. */
export const aBroker = anAddress(['tls', 'nats'])

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** A connection to a broker, and the entry of this package that is for it: who uses none need not install its client. */
export interface Broker extends Pick<typeof import('../nats/index.js'), 'natsCommunicator' | 'publishSignals'> {
  readonly connection: NatsConnection
  readonly close: () => Promise<void>
}

const PACKAGES = '@nats-io/transport-node @nats-io/jetstream @nats-io/kv'

/** @throws UsageError where the client of NATS is not installed, Error where no server answers. */
export const connectBroker = async (address: string): Promise<Broker> => {
  const [{ connect }, { natsCommunicator, publishSignals }] = await Promise.all([
    import('@nats-io/transport-node'),
    import('../nats/index.js'),
  ]).catch((error: unknown) => {
    throw new UsageError(`--nats: expected its client beside aster-rx: npm install ${PACKAGES} (${messageOf(error)})`)
  })
  const connection = await connect({ servers: address, name: 'aster-rx', maxReconnectAttempts: -1 }).catch(
    (error: unknown) => {
      throw new Error(`--nats: expected a server of NATS at ${address}, came '${messageOf(error)}'`, { cause: error })
    },
  )
  return { connection, natsCommunicator, publishSignals, close: () => connection.close() }
}
