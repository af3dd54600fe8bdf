import { setImmediate } from 'node:timers/promises'
import { filter, firstValueFrom, lastValueFrom, of, ReplaySubject, Subject, take, takeUntil, tap, toArray } from 'rxjs'
import { natsCommunicator } from '../../lib/nats/natsCommunicator.js'
import { publishSignals } from '../../lib/nats/publishSignals.js'
import type { Signal } from '../../lib/Signal.js'
import { asterFutures as venue } from '../../lib/venues/asterFutures.js'
import { withServer, type NatsServer } from './natsServer.js'
import { idIn, tradeFrame } from './trades.js'

const COUNT = 20_000
const all = Array.from({ length: COUNT }, (_, i) => i + 1)
const wanted$ = of(new Set(['btcusdt@trade']))

/** A connector that publishes what it is given, and what it says of its own link. */
const startPublisher = async (server: NatsServer) => {
  const signal$ = new Subject<Signal>()
  const said$ = new ReplaySubject<Signal>(Infinity)
  const kill$ = new Subject<void>()
  const publishing = signal$.pipe(publishSignals(await server.connection(), { venue, ackWait: 500 }))
  const stored = lastValueFrom(publishing.pipe(tap(said$), takeUntil(kill$)))
  const said = (tag: Signal['_tag']) => firstValueFrom(said$.pipe(filter(({ _tag }) => _tag === tag)))
  await said('BrokerConnected')
  return { signal$, said, stored, kill: () => kill$.next() }
}

/** Publishes trades while `harm` is done between them, and gives the ids that a consumer got. */
const idsThrough = async (
  server: NatsServer,
  harm: (sent: number, publisher: Awaited<ReturnType<typeof startPublisher>>) => Promise<void> | undefined,
) => {
  const publisher = await startPublisher(server)
  const consumer = natsCommunicator(await server.connection(), { venue, from: { sequence: 1 }, patience: 1_000 })
  const frames = consumer(wanted$).pipe(filter((signal) => signal._tag === 'Frame'))
  const came = firstValueFrom(frames.pipe(take(COUNT), toArray()))
  for (const id of all) {
    publisher.signal$.next(tradeFrame(id))
    if (id % 200 === 0) await setImmediate()
    await harm(id, publisher)
  }
  publisher.signal$.complete()
  await publisher.stored
  return (await came).map(({ text }) => idIn(text))
}

withServer('through a server that fails', (server) => {
  test('each frame comes once and in order, when nothing happens', async () => {
    expect(await idsThrough(server, () => undefined)).toEqual(all)
  })

  test.each(['SIGKILL', 'SIGTERM'] as const)(
    'each frame comes once and in order through %s of the server, three times',
    async (signal) => {
      const ids = await idsThrough(server, async (sent) => {
        if (sent % 6_000 !== 0) return
        await server.kill(signal)
        await server.start()
      })
      expect(ids).toEqual(all)
    },
  )

  test('each frame comes once and in order through a pause of the server', async () => {
    const ids = await idsThrough(server, async (sent, { said }) => {
      if (sent === 5_000) server.pause()
      if (sent !== 10_000) return
      // No acknowledgement comes, which is told.
      await said('BrokerDisconnected')
      server.goOn()
    })
    expect(ids).toEqual(all)
  })

  test('a connector that was killed and is there again: its old connections are lost, and what it says comes', async () => {
    const first = await startPublisher(server)
    const source = { id: 'asterFutures-1' }
    first.signal$.next({ _tag: 'Connecting', receivedAt: 1, source })
    first.signal$.next({ _tag: 'Connected', receivedAt: 1, source })
    first.signal$.next(tradeFrame(1))
    const consumer = natsCommunicator(await server.connection(), { venue, from: { sequence: 1 } })(wanted$)
    await firstValueFrom(consumer.pipe(filter(({ _tag }) => _tag === 'Frame')))
    // Nothing is said at its end.
    first.kill()
    const second = await startPublisher(server)
    second.signal$.next({ ...tradeFrame(2), source: { id: 'asterFutures-2' } })
    second.signal$.complete()
    await second.stored
    const tags = await firstValueFrom(
      consumer.pipe(
        filter(({ _tag }) => !_tag.startsWith('Broker')),
        take(5),
        toArray(),
      ),
    )
    expect(tags.map(({ _tag, source: of }) => `${_tag} ${of?.id ?? ''}`)).toEqual([
      ...['Connecting asterFutures-1', 'Connected asterFutures-1', 'Frame asterFutures-1'],
      ...['Disconnected asterFutures-1', 'Frame asterFutures-2'],
    ])
  })
})
