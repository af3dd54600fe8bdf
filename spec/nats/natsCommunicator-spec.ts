import { filter, firstValueFrom, lastValueFrom, map, Subject, take, tap, toArray } from 'rxjs'
import { createClient } from '../../lib/client/createClient.js'
import { websocketCommunicator } from '../../lib/communicators/websocket/websocketCommunicator.js'
import { natsCommunicator } from '../../lib/nats/natsCommunicator.js'
import { publishSignals } from '../../lib/nats/publishSignals.js'
import type { BookState } from '../../lib/operators/BookState.js'
import { startVenue } from '../../lib/simulation/index.js'
import { asterFutures as venue } from '../../lib/venues/asterFutures.js'
import { withServer } from './natsServer.js'

/** The best prices of a book by the id of the update that made them. */
const topsOf = (states: readonly BookState[]) =>
  new Map(states.flatMap((state) => (state._tag === 'Synced' ? [[state.update?.lastUpdateId, state.top]] : [])))

withServer('the feed through a broker', (server) => {
  test('a client has the trades of a venue, and a book that is that of the connector', async () => {
    const simulated = await startVenue({ venue, seed: 7 })
    const { websocket: endpoint, rest } = simulated.addresses
    const live = websocketCommunicator(venue, { endpoint, rest: { endpoint: rest } })
    const connector = createClient({ venue, communicator: live, streams: ['btcusdt@trade'] })
    const consumer = createClient({ venue, communicator: natsCommunicator(await server.connection(), { venue }) })

    const published = connector.signal$.pipe(publishSignals(await server.connection(), { venue }))
    const ready = new Subject<void>()
    const isStored = lastValueFrom(
      published.pipe(tap(({ _tag }) => (_tag === 'BrokerConnected' ? ready.next() : undefined))),
    )
    await firstValueFrom(ready)
    const trades = firstValueFrom(
      consumer.stream('btcusdt@trade').pipe(
        map(({ tradeId }) => tradeId),
        take(20),
        toArray(),
      ),
    )
    const expected: BookState[] = []
    connector.book('btcusdt').subscribe((state) => expected.push(state))
    const states = firstValueFrom(
      consumer.book('btcusdt').pipe(
        filter(({ _tag }) => _tag === 'Synced'),
        take(10),
        toArray(),
      ),
    )
    const consuming = firstValueFrom(consumer.status$.pipe(filter(({ _tag }) => _tag === 'BrokerConnected')))
    consumer.connect()
    await consuming
    connector.connect()
    simulated.controls.run()

    const ids = await trades
    expect(ids).toEqual(ids.map((_, i) => (ids[0] ?? 0) + i))
    const [tops, own] = [topsOf(expected), topsOf(await states)]
    expect(own.size).toBeGreaterThan(1)
    for (const [id, top] of own) expect(top).toEqual(tops.get(id))

    consumer.connect().unsubscribe()
    connector.connect().unsubscribe()
    await isStored
    await simulated.close()
  })
})
