import { setImmediate } from 'node:timers/promises'
import {
  catchError,
  concatMap,
  filter,
  firstValueFrom,
  lastValueFrom,
  NEVER,
  of,
  Subject,
  take,
  tap,
  toArray,
} from 'rxjs'
import type { Lease } from '../../lib/nats/holdLease.js'
import { natsCommunicator } from '../../lib/nats/natsCommunicator.js'
import { publishSignals } from '../../lib/nats/publishSignals.js'
import { whileHeld } from '../../lib/nats/whileHeld.js'
import type { Signal } from '../../lib/Signal.js'
import { asterFutures as venue } from '../../lib/venues/asterFutures.js'
import { withServer, type NatsServer } from './natsServer.js'
import { idIn, tradeFrame } from './trades.js'

const STREAM = 'btcusdt@trade'

/** A publisher that is fed by hand. */
const publisher = async (server: NatsServer, connector: string) => {
  const signal$ = new Subject<Signal>()
  const ready$ = new Subject<void>()
  const end = lastValueFrom(
    signal$.pipe(
      publishSignals(await server.connection(), { venue, connector, exclusive: true, ackWait: 500 }),
      tap(({ _tag }) => (_tag === 'BrokerConnected' ? ready$.next() : undefined)),
      catchError((error: unknown) => of(error)),
    ),
    { defaultValue: undefined },
  )
  await firstValueFrom(ready$)
  return { signal$, end }
}

const idsOf = async (server: NatsServer, count: number) => {
  const signals = natsCommunicator(await server.connection(), { venue, from: { sequence: 1 }, patience: 1_000 })(
    of(new Set([STREAM])),
  )
  const frames = signals.pipe(
    filter(({ _tag }) => _tag === 'Frame'),
    take(count),
    toArray(),
  )
  return (await firstValueFrom(frames)).map((signal) => (signal._tag === 'Frame' ? idIn(signal.text) : 0))
}

withServer('a publisher that is exclusive', (server) => {
  test('has its messages refused by the server from the first message of the next one on', async () => {
    const first = await publisher(server, 'a')
    for (let id = 1; id <= 50; id++) first.signal$.next(tradeFrame(id))
    await idsOf(server, 50)
    const second = await publisher(server, 'b')
    for (let id = 51; id <= 60; id++) second.signal$.next(tradeFrame(id))
    expect(await idsOf(server, 60)).toHaveLength(60)
    for (let id = 1_001; id <= 1_050; id++) first.signal$.next(tradeFrame(id))
    expect(await first.end).toMatchObject({ name: 'FencedError' })
    for (let id = 61; id <= 70; id++) second.signal$.next(tradeFrame(id))
    second.signal$.complete()
    await second.end
    expect(await idsOf(server, 70)).toEqual(Array.from({ length: 70 }, (_, i) => i + 1))
  })

  test('loses and doubles nothing through SIGKILL of the server', async () => {
    const { signal$, end } = await publisher(server, 'a')
    const count = 6_000
    for (let id = 1; id <= count; id++) {
      signal$.next(tradeFrame(id))
      if (id % 200 === 0) await setImmediate()
      if (id % 2_500 !== 0) continue
      await server.kill('SIGKILL')
      await server.start()
    }
    const ids = idsOf(server, count)
    signal$.complete()
    await end
    expect(await ids).toEqual(Array.from({ length: count }, (_, i) => i + 1))
  })

  test('that another one fenced begins anew while its lease is held, with all that it kept', async () => {
    const connection = await server.connection()
    const signal$ = new Subject<Signal>()
    const lease$ = of<Lease>({ _tag: 'Held', epoch: 1 }).pipe(concatMap((held) => [held]))
    const ready$ = new Subject<void>()
    const publish = () => publishSignals(connection, { venue, connector: 'a', exclusive: true })
    const work = signal$
      .pipe(whileHeld(lease$, publish, { retryDelay: 10 }))
      .subscribe(({ _tag }) => _tag === 'BrokerConnected' && ready$.next())
    await firstValueFrom(ready$)
    const again = firstValueFrom(ready$)
    signal$.next(tradeFrame(1))
    await idsOf(server, 1)
    const other = await publisher(server, 'b')
    other.signal$.next(tradeFrame(2))
    await idsOf(server, 2)
    signal$.next(tradeFrame(3))
    await again
    expect((await idsOf(server, 4)).slice(2)).toEqual([1, 3])
    work.unsubscribe()
    other.signal$.complete()
  })
})

test('a standby publishes what it kept, of the last while only, and what was open before', () => {
  const signal$ = new Subject<Signal>()
  const lease$ = new Subject<Lease>()
  const episodes: string[][] = []
  const said = (signal: Signal) => (signal._tag === 'Frame' ? String(idIn(signal.text)) : signal._tag)
  const use = () => {
    const episode: string[] = []
    episodes.push(episode)
    return tap<Signal>((signal) => episode.push(said(signal)))
  }
  signal$.pipe(whileHeld(lease$, use, { keep: 10_000, most: 100 })).subscribe()
  const source = { id: 'x-1' }
  const at = (id: number): Signal => ({ ...tradeFrame(id), receivedAt: id * 1_000, source })
  signal$.next({ _tag: 'Connecting', receivedAt: 0, source })
  signal$.next({ _tag: 'Connected', receivedAt: 0, source })
  signal$.next({ _tag: 'Acknowledged', stream: STREAM, receivedAt: 0, source })
  for (let id = 1; id <= 20; id++) signal$.next(at(id))
  lease$.next({ _tag: 'Held', epoch: 5 })
  signal$.next(at(21))
  lease$.next({ _tag: 'Waiting' })
  signal$.next(at(22))
  lease$.next({ _tag: 'Held', epoch: 9 })
  const ids = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => String(from + i))
  const open = ['Connecting', 'Connected', 'Acknowledged']
  expect(episodes).toEqual([
    [...open, ...ids(10, 21)],
    [...open, ...ids(12, 22)],
  ])
})

test('what is kept is bounded by number, too', () => {
  const signal$ = new Subject<Signal>()
  const lease$ = new Subject<Lease>()
  const ids: number[] = []
  const use = () => tap<Signal>((signal) => signal._tag === 'Frame' && ids.push(idIn(signal.text)))
  signal$.pipe(whileHeld(lease$, use, { most: 3 })).subscribe()
  for (let id = 1; id <= 1_000; id++) signal$.next(tradeFrame(id))
  lease$.next({ _tag: 'Held', epoch: 1 })
  expect(ids).toEqual([998, 999, 1_000])
})

test('it completes with the source, and with a lease that errors, errors', () => {
  const ended: string[] = []
  const observer = { complete: () => ended.push('complete'), error: () => ended.push('error') }
  of<Signal>(tradeFrame(1))
    .pipe(whileHeld(NEVER, () => tap()))
    .subscribe(observer)
  of<Signal>(tradeFrame(1))
    .pipe(whileHeld(of<Lease>({ _tag: 'Held', epoch: 1 }), () => tap()))
    .subscribe(observer)
  const lease$ = new Subject<Lease>()
  NEVER.pipe(whileHeld(lease$, () => tap())).subscribe(observer)
  lease$.error(new Error('x'))
  expect(ended).toEqual(['complete', 'complete', 'error'])
})
