import { jetstreamManager } from '@nats-io/jetstream'
import { filter, firstValueFrom, map, of, Subject, take, toArray, type Observable } from 'rxjs'
import { createClient } from '../../lib/client/createClient.js'
import { natsCommunicator } from '../../lib/nats/natsCommunicator.js'
import type { NatsConfig } from '../../lib/nats/NatsConfig.js'
import { publishSignals } from '../../lib/nats/publishSignals.js'
import type { BookState } from '../../lib/operators/BookState.js'
import type { Signal, Status } from '../../lib/Signal.js'
import { asterFutures as venue, type AsterFutures } from '../../lib/venues/asterFutures.js'
import { startConnector, topsOf } from './connector.js'
import { withServer, type NatsServer } from './natsServer.js'
import { idIn, tradeFrame } from './trades.js'

const consumerOf = async (server: NatsServer, from: NatsConfig['from'] = 'now') =>
  createClient({ venue, communicator: natsCommunicator(await server.connection(), { venue, from }) })

const until = <S extends Signal, T extends S['_tag']>(signal$: Observable<S>, tag: T) =>
  firstValueFrom(signal$.pipe(filter(({ _tag }) => _tag === tag)))

const synced = (book$: Observable<BookState>, count = 10) =>
  firstValueFrom(
    book$.pipe(
      filter(({ _tag }) => _tag === 'Synced'),
      take(count),
      toArray(),
    ),
  )

const expectSame = (own: readonly BookState[], other: readonly BookState[]) => {
  const [tops, expected] = [topsOf(own), topsOf(other)]
  expect(tops.size).toBeGreaterThan(1)
  for (const [id, top] of tops) expect(top).toEqual(expected.get(id))
}

withServer('the feed through a broker', (server) => {
  test('a client has the trades of a venue, and a book that is that of the connector', async () => {
    const connector = await startConnector(server)
    const consumer = await consumerOf(server)
    const trades = firstValueFrom(
      consumer.stream('btcusdt@trade').pipe(
        map(({ tradeId }) => tradeId),
        take(20),
        toArray(),
      ),
    )
    const states = synced(consumer.book('btcusdt'))
    const consuming = until(consumer.status$, 'BrokerConnected')
    consumer.connect()
    await consuming
    connector.client.connect()
    connector.controls.run()

    const ids = await trades
    expect(ids).toEqual(ids.map((_, i) => (ids[0] ?? 0) + i))
    expectSame(await states, connector.states)
    consumer.connect().unsubscribe()
    await connector.stop()
  })

  test.each(['snapshot', 'now'] as const)(
    'a client that begins late, from %s, has its book, and asks the venue for nothing',
    async (from) => {
      const connector = await startConnector(server, { every: 200 })
      connector.client.connect()
      connector.controls.run()
      await synced(connector.client.book('btcusdt'), 5)
      let asked = 0
      connector.said$.subscribe(({ _tag }) => (asked += Number(_tag === 'Reply')))

      const consumer = await consumerOf(server, from)
      const statuses: Status[] = []
      consumer.status$.subscribe((status) => statuses.push(status))
      const states = synced(consumer.book('btcusdt'))
      consumer.connect()
      expectSame(await states, connector.states)
      expect(asked).toBe(1)
      const source = { id: 'asterFutures-1' }
      const ofConnector = statuses.filter((status) => status.source?.id === source.id).map(({ _tag }) => _tag)
      expect(ofConnector).toEqual(['Connecting', 'Connected', 'Acknowledged'])
      expect(statuses.find(({ _tag }) => _tag === 'BrokerConnected')?.source).toBeUndefined()
      consumer.connect().unsubscribe()
      await connector.stop()
    },
  )
})
