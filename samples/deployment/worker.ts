import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import { asterFutures, parse } from 'aster-rx'
import { consumerGroup, type Delivery } from 'aster-rx/nats'
import { concatMap, mergeMap } from 'rxjs'
import { decisions, group, say, setup } from './roles.js'

const { broker, name } = setup()
const connection = await connect({ servers: broker, maxReconnectAttempts: -1, reconnectTimeWait: 100 })
await (await jetstreamManager(connection)).streams.add({ name: decisions.stream, subjects: [`${decisions.subject}.>`] })
const broadcast = jetstream(connection, { timeout: 2_000 })
const read = parse(asterFutures)

/** What is decided of a trade is published under its id, so that the broker leaves out what was decided before. */
const decide = async ({ signal }: Delivery) => {
  if (signal._tag !== 'Frame') return true
  const parsed = read(signal)
  if (parsed._tag === 'Left' || !('kind' in parsed.right) || parsed.right.kind !== 'trade') return true
  const { symbol, tradeId } = parsed.right.event
  while (!connection.isClosed())
    try {
      await broadcast.publish(`${decisions.subject}.${symbol}`, String(tradeId), { msgID: `${symbol}#${tradeId}` })
      return true
    } catch {
      // The broker is away.
    }
  return false
}

const work = consumerGroup(connection, {
  venue: asterFutures,
  ...group,
  ...(name !== '' && { member: name }),
  from: { sequence: 1 },
})
  .pipe(
    mergeMap(({ delivery$, done }) =>
      delivery$.pipe(
        concatMap(async (delivery) => {
          if (await decide(delivery)) done(delivery.sequence)
        }),
      ),
    ),
  )
  .subscribe()
say({ _tag: 'Ready' })

process.on('SIGTERM', () => {
  work.unsubscribe()
  void connection.drain().then(() => process.exit())
})
