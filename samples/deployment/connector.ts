import { connect } from '@nats-io/transport-node'
import { asterFutures, createClient, websocketCommunicator } from 'aster-rx'
import { publishSignals } from 'aster-rx/nats'
import { say, setup, streams } from './roles.js'

const { broker, websocket: endpoint, rest, name } = setup()
const connection = await connect({ servers: broker, maxReconnectAttempts: -1, reconnectTimeWait: 100 })
const communicator = websocketCommunicator(asterFutures, { endpoint, rest: { endpoint: rest } })
const client = createClient({ venue: asterFutures, communicator, streams, onNotice: () => undefined })

const carried = new Set<string>()
client.status$.subscribe((status) => {
  if (status._tag !== 'Acknowledged') return
  carried.add(status.stream)
  if (carried.size === streams.length) say({ _tag: 'Ready' })
})
client.signal$
  .pipe(publishSignals(connection, { venue: asterFutures, connector: name, every: 5_000 }))
  .subscribe({ complete: () => process.exit() })
const connected = client.connect()

// Once the client has ended, what is left is published, and then this process ends.
process.on('SIGTERM', () => connected.unsubscribe())
