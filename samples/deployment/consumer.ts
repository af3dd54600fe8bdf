import { connect } from '@nats-io/transport-node'
import { asterFutures, createClient, record } from 'aster-rx'
import { natsCommunicator } from 'aster-rx/nats'
import { join } from 'node:path'
import { say, setup, streams, symbols } from './roles.js'

const { broker, folder } = setup()
const connection = await connect({ servers: broker, maxReconnectAttempts: -1, reconnectTimeWait: 100 })
const communicator = natsCommunicator(connection, { venue: asterFutures, from: { sequence: 1 } })
const client = createClient({ venue: asterFutures, communicator, onNotice: () => undefined })

const last = new Map(symbols.map((symbol) => [symbol, 0]))
const heard = { count: 0, lost: 0, doubled: 0, quiet: 0 }
let since = performance.now()

const look = () => {
  heard.quiet = Math.max(heard.quiet, performance.now() - since)
  since = performance.now()
}
for (const stream of streams)
  client.stream(stream).subscribe(({ symbol, tradeId }) => {
    look()
    const before = last.get(symbol) ?? 0
    heard.count++
    if (tradeId <= before) heard.doubled++
    else heard.lost += tradeId - before - 1
    last.set(symbol, Math.max(before, tradeId))
  })
client.signal$.pipe(record({ file: join(folder, `recording-${process.pid}.txt.gz`) })).subscribe()
client.status$.subscribe(({ _tag }) => _tag === 'BrokerConnected' && say({ _tag: 'Ready' }))
const connected = client.connect()

process.on('message', () => {
  const quiet = Math.max(heard.quiet, performance.now() - since)
  say({ _tag: 'Heard', ...heard, quiet: Math.round(quiet) })
  heard.quiet = 0
})
process.on('SIGTERM', () => {
  connected.unsubscribe()
  void connection.drain().then(() => process.exit())
})
