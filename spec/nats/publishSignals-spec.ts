import { jetstreamManager, type StreamConfig } from '@nats-io/jetstream'
import { filter, firstValueFrom, from, lastValueFrom, NEVER, of, Subject, take, toArray, type Observable } from 'rxjs'
import { natsCommunicator } from '../../lib/nats/natsCommunicator.js'
import { publishSignals } from '../../lib/nats/publishSignals.js'
import type { PublishConfig } from '../../lib/nats/PublishConfig.js'
import type { Signal } from '../../lib/Signal.js'
import { asterFutures as venue } from '../../lib/venues/asterFutures.js'
import { withServer, type NatsServer } from './natsServer.js'
import { idIn, tradeFrame } from './trades.js'

const frames = (count: number): readonly Signal[] => Array.from({ length: count }, (_, i) => tradeFrame(i + 1))

withServer('publishSignals', (server) => {
  const publish = async (signals: Observable<Signal>, config: Partial<PublishConfig> = {}) =>
    signals.pipe(publishSignals(await server.connection(), { venue, ...config }))
  /** What a consumer gets of all that is stored. */
  const got = async (count: number) =>
    firstValueFrom(
      natsCommunicator(await server.connection(), { venue, from: { sequence: 1 } })(
        of(new Set(['btcusdt@trade'])),
      ).pipe(
        filter(({ _tag }) => !_tag.startsWith('Broker')),
        take(count),
        toArray(),
      ),
    )

  test('signals pass as they came, and it completes once everything is stored', async () => {
    const all = frames(1_000)
    const passed = await lastValueFrom((await publish(from(all))).pipe(toArray()))
    expect(passed.filter(({ _tag }) => _tag === 'Frame')).toEqual(all)
    const manager = await jetstreamManager(await server.connection())
    const { state } = await manager.streams.info('md-asterFutures')
    // A heading comes first.
    expect(state.messages).toBe(1_001)
    expect(await got(1_000)).toEqual(all.map((frame, i) => ({ ...frame, sequence: i + 2 })))
  })

  test('two connectors that say the same are one feed; the first event of each connection is stored in any case', async () => {
    for (const connector of ['a', 'b']) {
      const source = { id: `${connector}-1` }
      const all = frames(100).map((frame) => ({ ...frame, source }))
      await lastValueFrom(await publish(from(all), { connector }))
    }
    const ids = (await got(100)).map((signal) => ('text' in signal ? idIn(signal.text) : NaN))
    expect(ids).toEqual(Array.from({ length: 100 }, (_, i) => i + 1))
    const manager = await jetstreamManager(await server.connection())
    const { state } = await manager.streams.info('md-asterFutures', { subjects_filter: 'md.asterFutures.*.trade' })
    expect(Object.values(state.subjects ?? {})).toEqual([101])
  })

  test('a stream that is there and differs is an error that says how, and is left as it is', async () => {
    const manager = await jetstreamManager(await server.connection())
    const settings: Partial<StreamConfig> & { readonly name: string } = {
      ...{ name: 'md-asterFutures', subjects: ['md.asterFutures.>'], max_age: 5_000_000_000 },
    }
    const { config } = await manager.streams.add(settings)
    await expect(lastValueFrom(await publish(NEVER, { stream: { maxBytes: -1 } }))).rejects.toThrow(
      "publishSignals: the stream 'md-asterFutures' is there and differs: max_age: expected 86400000000000, is 5000000000; ",
    )
    expect((await manager.streams.info('md-asterFutures')).config).toEqual(config)
  })

  test('a stream of its own settings is there already for the next publisher', async () => {
    const stream = { name: 'prices', prefix: 'live.md', maxAge: 60_000, maxMessages: 10, duplicateWindow: 1_000 }
    for (const count of [1, 2]) await lastValueFrom(await publish(from(frames(count)), { stream }))
    const manager = await jetstreamManager(await server.connection())
    expect((await manager.streams.info('prices')).config).toMatchObject({
      ...{ subjects: ['live.md.asterFutures.>'], max_age: 60_000_000_000, max_msgs: 10, duplicate_window: 1e9 },
    })
  })

  test('what is too large for the server is a status in its place, for consumers, too', async () => {
    const large = { ...tradeFrame(2), text: `{"result":"${'ü'.repeat(600_000)}"}` }
    const all = await lastValueFrom((await publish(of(tradeFrame(1), large, tradeFrame(3)))).pipe(toArray()))
    const reason = expect.stringContaining('1200013 bytes for md.asterFutures.$other') as string
    expect(all).toContainEqual(expect.objectContaining({ _tag: 'NotPublished', count: 1, reason }))
    expect((await got(3)).map(({ _tag }) => _tag)).toEqual(['Frame', 'NotPublished', 'Frame'])
  })

  test('of too many that wait the oldest are dropped, which consumers are told in their place', async () => {
    const config = { inFlight: 10, maxWaiting: 100 }
    const all = await lastValueFrom((await publish(from(frames(1_000)), config)).pipe(toArray()))
    const told = all.flatMap((signal) => (signal._tag === 'NotPublished' ? [signal.count] : []))
    // Everything came before the stream was there: the heading is dropped, too.
    expect(told).toEqual([901])
    const [status, ...rest] = await got(101)
    expect(status).toMatchObject({ _tag: 'NotPublished', count: 901 })
    expect(rest.map((signal) => ('text' in signal ? idIn(signal.text) : NaN))).toEqual(
      Array.from({ length: 100 }, (_, i) => 901 + i),
    )
  })

  test('with `error`, too many that wait are an error', async () => {
    const config = { maxWaiting: 100, whenFull: 'error' } as const
    await expect(lastValueFrom(await publish(from(frames(1_000)), config))).rejects.toThrow(
      'publishSignals: expected at most 100 signals to wait',
    )
  })

  test('a connection that is closed is an error, and one whose Subscription ended is left open', async () => {
    const connection = await server.connection()
    const signal$ = new Subject<Signal>()
    const publishing = signal$.pipe(publishSignals(connection, { venue })).subscribe()
    publishing.unsubscribe()
    expect(connection.isClosed()).toBe(false)
    const closed = lastValueFrom(signal$.pipe(publishSignals(connection, { venue })))
    await connection.close()
    await expect(closed).rejects.toThrow('publishSignals: the connection to the broker: it was closed')
  })

  test('a stream that is removed meanwhile is made again, and what it had not taken comes', async () => {
    const signal$ = new Subject<Signal>()
    const publishing = lastValueFrom((await publish(signal$, { ackWait: 300 })).pipe(toArray()))
    const manager = await jetstreamManager(await server.connection())
    const done = storedUpTo(server, 2)
    signal$.next(tradeFrame(1))
    await done
    await manager.streams.delete('md-asterFutures')
    signal$.next(tradeFrame(2))
    signal$.complete()
    const tags = (await publishing).map(({ _tag }) => _tag)
    expect(tags.filter((tag) => tag !== 'Frame')).toEqual(['BrokerConnected', 'BrokerDisconnected', 'BrokerConnected'])
    expect(await got(1)).toEqual([{ ...tradeFrame(2), sequence: 1 }])
  })
})

/** The stream is there, and so many messages are in it. */
const storedUpTo = async (server: NatsServer, sequence: number) => {
  const connection = await server.connection()
  const manager = await jetstreamManager(connection)
  for (;;) {
    const stored = await manager.streams.info('md-asterFutures').catch(() => undefined)
    if ((stored?.state.last_seq ?? 0) >= sequence) return
  }
}
