import { jetstreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { filter, firstValueFrom, map, ReplaySubject, scan, Subscription, type MonoTypeOperatorFunction } from 'rxjs'
import { createClient } from '../../lib/client/createClient.js'
import { websocketCommunicator } from '../../lib/communicators/websocket/websocketCommunicator.js'
import { holdLease } from '../../lib/nats/holdLease.js'
import { natsCommunicator } from '../../lib/nats/natsCommunicator.js'
import { publishSignals } from '../../lib/nats/publishSignals.js'
import { whileHeld } from '../../lib/nats/whileHeld.js'
import type { Signal } from '../../lib/Signal.js'
import { startVenue } from '../../lib/simulation/index.js'
import { asterFutures as venue } from '../../lib/venues/asterFutures.js'
import { withServer, type NatsServer } from './natsServer.js'
import { idIn } from './trades.js'

const STREAM = 'btcusdt@trade'
const PART = 40

type Publishing = (connection: NatsConnection, name: string) => MonoTypeOperatorFunction<Signal>

/** A connector that can be killed: it loses both its links at once, and says nothing more. */
const startConnector = async (
  server: NatsServer,
  { websocket: endpoint, rest }: { readonly websocket: string; readonly rest: string },
  name: string,
  publishing: Publishing,
) => {
  const connection = await server.connection()
  const communicator = websocketCommunicator(venue, { endpoint, rest: { endpoint: rest } })
  const client = createClient({ venue, communicator, streams: [STREAM] })
  const said$ = new ReplaySubject<Signal>(Infinity)
  client.book('btcusdt').subscribe()
  const publish = client.signal$.pipe(publishing(connection, name)).subscribe({
    next: (signal) => said$.next(signal),
    error: () => undefined,
  })
  client.connect()
  const isOpen = firstValueFrom(client.status$.pipe(filter(({ _tag }) => _tag === 'Acknowledged')))
  const isPublishing = firstValueFrom(said$.pipe(filter(({ _tag }) => _tag === 'BrokerConnected')))
  return {
    isOpen,
    isPublishing,
    kill: async () => {
      const closed = connection.close()
      client.connect().unsubscribe()
      await closed
      publish.unsubscribe()
    },
  }
}

/** The ids of trades as a consumer has them, one by one. */
const consume = async (server: NatsServer) => {
  const connection = await server.connection()
  const consumer = createClient({
    venue,
    communicator: natsCommunicator(connection, { venue, from: { sequence: 1 } }),
  })
  const ids$ = new ReplaySubject<number>(Infinity)
  const work = new Subscription()
  work.add(
    consumer
      .stream(STREAM)
      .pipe(map(({ tradeId }) => tradeId))
      .subscribe(ids$),
  )
  const books: string[] = []
  work.add(consumer.book('btcusdt').subscribe(({ _tag }) => books.at(-1) !== _tag && books.push(_tag)))
  work.add(consumer.connect())
  const all = ids$.pipe(scan((ids: readonly number[], id) => [...ids, id], []))
  /** How many messages the broker has of the trades, and of how many trades: it may be ahead of us. */
  const stored = async (first = 0) => {
    const manager = await jetstreamManager(connection)
    const subject = 'md.asterFutures.btcusdt.trade'
    const last = await manager.streams.getMessage('md-asterFutures', { last_by_subj: subject })
    const { state } = await manager.streams.info('md-asterFutures', { subjects_filter: subject })
    return { messages: state.subjects?.[subject] ?? 0, trades: idIn(last?.string() ?? '') - first + 1 }
  }
  return {
    books,
    stop: () => work.unsubscribe(),
    count: (n: number) => firstValueFrom(all.pipe(filter(({ length }) => length >= n))),
    stored,
  }
}

const expectEachOnce = (ids: readonly number[]) => expect(ids).toEqual(ids.map((_, i) => (ids[0] ?? 0) + i))

withServer('two connectors', (server) => {
  const active: Publishing = (connection, connector) => publishSignals(connection, { venue, connector })

  test('are one feed while both publish: killing either loses nothing, and nothing comes twice', async () => {
    const simulated = await startVenue({ venue, seed: 7, pause: 2 })
    const start = (name: string) => startConnector(server, simulated.addresses, name, active)
    const [a, b] = [await start('a'), await start('b')]
    await Promise.all([a.isOpen, b.isOpen, a.isPublishing, b.isPublishing])
    const consumer = await consume(server)
    simulated.controls.run()
    await consumer.count(PART)
    await a.kill()
    await consumer.count(2 * PART)
    const again = await start('a')
    await Promise.all([again.isOpen, again.isPublishing])
    await consumer.count(3 * PART)
    await b.kill()
    const ids = await consumer.count(4 * PART)
    expectEachOnce(ids)
    const { messages, trades } = await consumer.stored(ids[0])
    expect(messages).toBeLessThan(trades * 1.5)
    expect(consumer.books).toEqual(['Syncing', 'Synced'])
    consumer.stop()
    await again.kill()
    await simulated.close()
  })

  const lease = { name: 'feed', timeToLive: 900, every: 100 }
  const standby: Publishing = (connection, connector) =>
    whileHeld(holdLease(connection, { ...lease, holder: connector }), () =>
      publishSignals(connection, { venue, connector, exclusive: true }),
    )

  test('are active and standby with a lease: the standby takes over what the other did not publish', async () => {
    const simulated = await startVenue({ venue, seed: 7, pause: 2 })
    const start = (name: string) => startConnector(server, simulated.addresses, name, standby)
    const a = await start('a')
    await Promise.all([a.isOpen, a.isPublishing])
    const b = await start('b')
    await b.isOpen
    const consumer = await consume(server)
    simulated.controls.run()
    await consumer.count(PART)
    await a.kill()
    await b.isPublishing
    const ids = await consumer.count(3 * PART)
    expectEachOnce(ids)
    consumer.stop()
    await b.kill()
    await simulated.close()
  })
})
