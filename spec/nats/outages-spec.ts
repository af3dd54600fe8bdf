import { setImmediate } from 'node:timers/promises'
import { filter, firstValueFrom, lastValueFrom, of, Subject, take, tap, toArray } from 'rxjs'
import { natsCommunicator } from '../../lib/nats/natsCommunicator.js'
import { publishSignals } from '../../lib/nats/publishSignals.js'
import type { Signal } from '../../lib/Signal.js'
import { asterFutures as venue } from '../../lib/venues/asterFutures.js'
import { withServer, type NatsServer } from './natsServer.js'
import { idIn, tradeFrame } from './trades.js'

const COUNT = 20_000

/** Publishes trades while `harm` is done at places of the feed, and gives the ids that a consumer got. */
const idsThrough = async (server: NatsServer, harm: (sent: number) => Promise<void> | undefined) => {
  const signal$ = new Subject<Signal>()
  const ready = new Subject<void>()
  const stored = lastValueFrom(
    signal$.pipe(
      publishSignals(await server.connection(), { venue, ackWait: 500 }),
      tap(({ _tag }) => (_tag === 'BrokerConnected' ? ready.next() : undefined)),
    ),
  )
  await firstValueFrom(ready)
  const signals = natsCommunicator(await server.connection(), { venue, from: { sequence: 1 }, patience: 1_000 })(
    of(new Set(['btcusdt@trade'])),
  )
  const ids = lastValueFrom(
    signals.pipe(
      filter((signal) => signal._tag === 'Frame'),
      take(COUNT),
      toArray(),
    ),
  )
  for (let id = 1; id <= COUNT; id++) {
    signal$.next(tradeFrame(id))
    if (id % 200 === 0) await setImmediate()
    await harm(id)
  }
  signal$.complete()
  await stored
  return (await ids).map(({ text }) => idIn(text))
}

const all = Array.from({ length: COUNT }, (_, i) => i + 1)

withServer('through a server that fails', (server) => {
  test('each frame comes once and in order, when nothing happens', async () => {
    expect(await idsThrough(server, () => undefined)).toEqual(all)
  })

  test.each(['SIGKILL', 'SIGTERM'] as const)(
    'each frame comes once and in order through %s of the server',
    async (signal) => {
      const ids = await idsThrough(server, async (sent) => {
        if (sent % 6_000 !== 0) return
        await server.kill(signal)
        await server.start()
      })
      expect(ids).toEqual(all)
    },
  )
})
