import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import {
  BehaviorSubject,
  concatMap,
  filter,
  firstValueFrom,
  from,
  interval,
  lastValueFrom,
  map,
  of,
  Subject,
  take,
  takeWhile,
  tap,
  toArray,
  type Observable,
} from 'rxjs'
import { createClient } from '../../lib/client/createClient.js'
import { bodyOf, headersOf } from '../../lib/nats/brokerMessage.js'
import { natsCommunicator } from '../../lib/nats/natsCommunicator.js'
import type { NatsConfig } from '../../lib/nats/NatsConfig.js'
import type { PublishConfig } from '../../lib/nats/PublishConfig.js'
import { natsReplay } from '../../lib/nats/natsReplay.js'
import { publishSignals } from '../../lib/nats/publishSignals.js'
import type { BookState } from '../../lib/operators/BookState.js'
import type { Signal, Status } from '../../lib/Signal.js'
import { asterFutures as venue } from '../../lib/venues/asterFutures.js'
import { startConnector, topsOf } from './connector.js'
import { withServer, type NatsServer } from './natsServer.js'
import { idIn, tradeFrame } from './trades.js'

const consumerOf = async (server: NatsServer, place: NatsConfig['from'] = 'now') =>
  createClient({ venue, communicator: natsCommunicator(await server.connection(), { venue, from: place }) })

const until = (signal$: Observable<Signal>, tag: Signal['_tag']) =>
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
    async (place) => {
      const connector = await startConnector(server, { every: 200 })
      connector.client.connect()
      connector.controls.run()
      await synced(connector.client.book('btcusdt'), 5)
      let asked = 0
      connector.said$.subscribe(({ _tag }) => (asked += Number(_tag === 'Reply')))

      const consumer = await consumerOf(server, place)
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

  describe('what it begins with', () => {
    /** Trades 1 to `count`, stored. */
    const store = async (count: number, first = 1, config: Partial<PublishConfig> = {}) => {
      const all = Array.from({ length: count }, (_, i) => tradeFrame(first + i))
      await lastValueFrom(from(all).pipe(publishSignals(await server.connection(), { venue, ...config })))
    }
    const read = async (config: Partial<NatsConfig> = {}) =>
      natsCommunicator(await server.connection(), { venue, ...config })(of(new Set(['btcusdt@trade'])))
    const idsOf = (signals: readonly Signal[]) =>
      signals.flatMap((signal) => (signal._tag === 'Frame' ? [idIn(signal.text)] : []))
    const ids = async (count: number, signals: Observable<Signal>) =>
      idsOf(
        await firstValueFrom(
          signals.pipe(
            filter(({ _tag }) => _tag === 'Frame'),
            take(count),
            toArray(),
          ),
        ),
      )

    test('a mirror is read as its stream is, and replayed', async () => {
      await store(10)
      const manager = await jetstreamManager(await server.connection())
      const held = () => manager.streams.info('elsewhere').then(({ state }) => state.messages === 11)
      await manager.streams.add({ name: 'elsewhere', mirror: { name: 'md-asterFutures' } })
      await firstValueFrom(interval(20).pipe(concatMap(held), filter(Boolean)))
      const stream = { name: 'elsewhere' }
      expect(await ids(3, await read({ stream, from: { sequence: 9 } }))).toEqual([8, 9, 10])
      const replay = natsReplay(await server.connection(), { venue, stream })
      expect(idsOf(await lastValueFrom(replay(of(new Set<string>())).pipe(toArray())))).toHaveLength(10)
    })

    test('with a sequence it is that message', async () => {
      await store(10)
      // The first message is a heading.
      expect(await ids(3, await read({ from: { sequence: 9 } }))).toEqual([8, 9, 10])
    })

    test('with a time it is the first message that was stored then or later', async () => {
      await store(10)
      await store(5, 11)
      const manager = await jetstreamManager(await server.connection())
      // The second publisher begins with a heading, too: behind 11 messages of the first.
      const heading = await manager.streams.getMessage('md-asterFutures', { seq: 12 })
      const time = Date.parse(heading?.timestamp ?? '')
      expect(await ids(5, await read({ from: { time } }))).toEqual([11, 12, 13, 14, 15])
      expect(await ids(15, await read({ from: { time: 0 } }))).toHaveLength(15)
    })

    test('with `now` nothing comes that was stored before, and nothing is missed from then on', async () => {
      await store(10)
      const signals: Signal[] = []
      const reading = (await read()).subscribe((signal) => signals.push(signal))
      await until(await read(), 'BrokerConnected')
      await store(5, 11)
      expect(await ids(15, await read({ from: { sequence: 1 } }))).toHaveLength(15)
      expect(idsOf(signals)).toEqual([11, 12, 13, 14, 15])
      reading.unsubscribe()
    })

    test('catching up goes over into what is new, without gap or repeat, and it is told', async () => {
      await store(5_000)
      const signals: Signal[] = []
      const more = new Subject<Signal>()
      const stored = lastValueFrom(more.pipe(publishSignals(await server.connection(), { venue, connector: 'b' })))
      const all = await firstValueFrom(
        (await read({ from: { sequence: 1 }, window: 100 })).pipe(
          tap((signal) => {
            signals.push(signal)
            if (signal._tag === 'Frame' && idIn(signal.text) % 100 === 0 && idIn(signal.text) <= 5_000)
              for (let i = 0; i < 100; i++) more.next(tradeFrame(5_000 + idIn(signal.text) - 100 + i + 1))
            if (signal._tag === 'Frame' && idIn(signal.text) === 5_000) more.complete()
          }),
          filter(({ _tag }) => _tag === 'Frame'),
          take(10_000),
          toArray(),
        ),
      )
      await stored
      expect(idsOf(all)).toEqual(Array.from({ length: 10_000 }, (_, i) => i + 1))
      const [first] = signals.flatMap((signal) => (signal._tag === 'BrokerLag' ? [signal] : []))
      expect(first?.behind).toBeGreaterThan(4_000)
    })

    test('what was removed before it is a gap, and every connection is said to be lost and open again', async () => {
      await store(10, 1, { stream: { maxMessages: 5 } })
      const signals = await firstValueFrom((await read({ from: { sequence: 2 } })).pipe(take(7), toArray()))
      expect(signals[1]).toMatchObject({ _tag: 'BrokerGap', from: 2, to: 6 })
      expect(idsOf(signals)).toEqual([6, 7, 8, 9])
    })

    test('what is removed while it reads is a gap, and nothing else is missing', async () => {
      await store(5_000)
      const manager = await jetstreamManager(await server.connection())
      const left = new Set<string | number>(['BrokerGap', 5_001])
      const signals = await firstValueFrom(
        (await read({ from: { sequence: 1 }, window: 10 })).pipe(
          tap((signal) => {
            if (signal.sequence === 2) void manager.streams.purge('md-asterFutures', { seq: 4_000 })
          }),
          // A server that filters is asked what it removed, a moment later.
          takeWhile(({ _tag, sequence }) => {
            left.delete(_tag === 'BrokerGap' ? _tag : (sequence ?? 0))
            return left.size > 0
          }, true),
          toArray(),
        ),
      )
      const gaps = signals.flatMap((signal) => (signal._tag === 'BrokerGap' ? [signal] : []))
      const missing = gaps.reduce((sum, gap) => sum + gap.to - gap.from + 1, 0)
      expect(gaps).toHaveLength(1)
      expect(gaps[0]?.to).toBe(3_999)
      expect(idsOf(signals)).toHaveLength(5_000 - missing)
    })

    test('what is removed of a stream that others share is a gap, told once the server was asked', async () => {
      const connection = await server.connection()
      const manager = await jetstreamManager(connection)
      await manager.streams.add({ name: 'md-asterFutures', subjects: ['md.>'] })
      const broker = jetstream(connection)
      for (let id = 1; id <= 500; id++) {
        const [trade, subject] = [tradeFrame(id), 'md.asterFutures.btcusdt.trade']
        const one = { headers: headersOf(trade, `${id}`) }
        await Promise.all([broker.publish('md.another.btcusdt', 'theirs'), broker.publish(subject, bodyOf(trade), one)])
      }
      const left = new Set<string | number>(['BrokerGap', 500])
      const signals = await firstValueFrom(
        (await read({ from: { sequence: 1 }, window: 10 })).pipe(
          tap((signal) => {
            if (signal._tag === 'Frame' && idIn(signal.text) === 1)
              void manager.streams.purge('md-asterFutures', { seq: 801 })
          }),
          takeWhile((signal) => {
            left.delete(signal._tag === 'Frame' ? idIn(signal.text) : signal._tag)
            return left.size > 0
          }, true),
          toArray(),
        ),
      )
      const gaps = signals.flatMap((signal) => (signal._tag === 'BrokerGap' ? [signal] : []))
      expect(gaps.map(({ to }) => to)).toEqual([800])
      expect(idsOf(signals)).toEqual(expect.arrayContaining(Array.from({ length: 100 }, (_, i) => 401 + i)))
      // All that was read is there, but for what the gap may hold.
      const first = idsOf(signals).filter((id) => id <= 400)
      expect(first).toEqual(first.map((_, i) => i + 1))
    })

    test('a stream that was made anew is read from its beginning, and that is told', async () => {
      await store(5)
      const manager = await jetstreamManager(await server.connection())
      const signals = firstValueFrom(
        (await read({ from: { sequence: 1 } })).pipe(
          tap((signal) => {
            if (signal.sequence === 6)
              void manager.streams.delete('md-asterFutures').then(() => store(2, 100, { connector: 'b' }))
          }),
          takeWhile((signal) => !(signal._tag === 'Frame' && idIn(signal.text) === 101), true),
          toArray(),
        ),
      )
      expect(idsOf(await signals)).toEqual([1, 2, 3, 4, 5, 100, 101])
      const told = (await signals).filter(({ _tag }) => _tag.startsWith('Broker') && _tag !== 'BrokerLag')
      expect(told.map(({ _tag }) => _tag)).toEqual([
        ...['BrokerConnected', 'BrokerDisconnected', 'BrokerConnected', 'BrokerGap'],
      ])
    })

    test('a stream that is not there yet is waited for', async () => {
      const signals = await read()
      const [waiting, found] = [until(signals, 'BrokerDisconnected'), until(signals, 'BrokerConnected')]
      expect(await waiting).toMatchObject({
        reason: "expected the stream 'md-asterFutures', and there is none: start its publisher",
      })
      await store(1)
      await found
    })
  })

  test('frames of streams that are not wanted do not come', async () => {
    const all = ['btcusdt', 'ethusdt', 'btcusdt'].map((symbol, i) => tradeFrame(i, symbol))
    await lastValueFrom(from(all).pipe(publishSignals(await server.connection(), { venue })))
    const wanted$ = new BehaviorSubject<ReadonlySet<string>>(new Set(['btcusdt@trade']))
    const communicator = natsCommunicator(await server.connection(), { venue, from: { sequence: 1 } })
    const frames = communicator(wanted$).pipe(filter(({ _tag }) => _tag === 'Frame'))
    expect(await firstValueFrom(frames.pipe(take(2), toArray()))).toEqual([
      { ...all[0], sequence: 2 },
      { ...all[2], sequence: 4 },
    ])
  })

  test('what ends leaves no consumer at the server, and no timer', async () => {
    await lastValueFrom(of(tradeFrame(1)).pipe(publishSignals(await server.connection(), { venue })))
    const connection = await server.connection()
    const manager = await jetstreamManager(connection)
    for (const place of ['now', 'snapshot', { sequence: 1 }, { time: 0 }] as const) {
      const signals = natsCommunicator(connection, { venue, from: place })(of(new Set<string>()))
      await firstValueFrom(signals.pipe(filter(({ _tag }) => _tag === 'BrokerConnected')))
    }
    await connection.flush()
    const consumers = await manager.consumers.list('md-asterFutures').next()
    expect(consumers).toEqual([])
    expect(connection.isClosed()).toBe(false)
  })

  test('one that does not read holds up nobody', async () => {
    const connection = await server.connection()
    const slow = natsCommunicator(connection, { venue, from: { sequence: 1 }, window: 10 })
    const signal$ = new Subject<Signal>()
    const stored = lastValueFrom(signal$.pipe(publishSignals(await server.connection(), { venue })))
    for (let id = 1; id <= 2_000; id++) signal$.next(tradeFrame(id))
    signal$.complete()
    await stored
    let bytes = 0
    const stuck = slow(of(new Set(['btcusdt@trade']))).subscribe(() => {
      // All that the server sends to somebody who is stuck is what he asked for.
      bytes = connection.stats().inBytes
      stuck.unsubscribe()
    })
    const fast = natsCommunicator(await server.connection(), { venue, from: { sequence: 1 } })
    const frames = fast(of(new Set(['btcusdt@trade']))).pipe(filter(({ _tag }) => _tag === 'Frame'))
    expect(await firstValueFrom(frames.pipe(take(2_000), toArray()))).toHaveLength(2_000)
    expect(connection.stats().inBytes - bytes).toBeLessThan(50_000)
  })
})
