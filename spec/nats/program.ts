import { connect } from '@nats-io/transport-node'
import { of } from 'rxjs'
import { natsCommunicator } from '../../lib/nats/natsCommunicator.js'
import { asterFutures as venue } from '../../lib/venues/asterFutures.js'
import { idIn } from './trades.js'

/** A process of its own that reads trades from a message on, and says the id and the sequence of each. */
const [port = '', sequence = '1'] = process.argv.slice(2)
const servers = `127.0.0.1:${port}`

void connect({ servers, maxReconnectAttempts: -1, reconnectTimeWait: 50 }).then((connection) => {
  const communicator = natsCommunicator(connection, { venue, from: { sequence: Number(sequence) }, patience: 1_000 })
  communicator(of(new Set(['btcusdt@trade']))).subscribe((signal) => {
    if (signal._tag === 'Frame') process.stdout.write(`${idIn(signal.text)} ${signal.sequence ?? 0}\n`)
  })
})
