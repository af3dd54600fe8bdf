import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setImmediate } from 'node:timers/promises'
import { filter, firstValueFrom, lastValueFrom, ReplaySubject, Subject } from 'rxjs'
import { publishSignals } from '../../lib/nats/publishSignals.js'
import type { Signal } from '../../lib/Signal.js'
import { asterFutures as venue } from '../../lib/venues/asterFutures.js'
import { bundled } from '../helpers/bundled.js'
import { withServer, type NatsServer } from './natsServer.js'
import { tradeFrame } from './trades.js'

const program = bundled('spec/nats/program.ts')
const COUNT = 20_000
const all = Array.from({ length: COUNT }, (_, i) => i + 1)

/** A consumer in a process of its own. */
const startConsumer = (server: NatsServer, sequence = 1) => {
  const child = spawn(process.execPath, [program, String(server.port()), String(sequence)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ids: number[] = []
  const id$ = new ReplaySubject<number>(1)
  let last = 0
  createInterface(child.stdout).on('line', (line) => {
    const [id = NaN, at = NaN] = line.split(' ').map(Number)
    ids.push(id)
    last = at
    id$.next(id)
  })
  return {
    ids,
    last: () => last,
    /** It has this trade, or a later one. */
    has: (id: number) => firstValueFrom(id$.pipe(filter((one) => one >= id))),
    signal: (signal: NodeJS.Signals) => child.kill(signal),
    kill: async () => {
      const ended = once(child, 'close')
      child.kill('SIGKILL')
      await ended
    },
  }
}

withServer('consumers in processes of their own', (server) => {
  const publish = async (meanwhile: (sent: number) => Promise<unknown> | undefined) => {
    const signal$ = new Subject<Signal>()
    const stored = lastValueFrom(signal$.pipe(publishSignals(await server.connection(), { venue })))
    for (const id of all) {
      signal$.next(tradeFrame(id))
      if (id % 200 === 0) await setImmediate()
      await meanwhile(id)
    }
    signal$.complete()
    await stored
  }

  test('one that is paused keeps nobody waiting, and has everything once it goes on', async () => {
    const [paused, other] = [startConsumer(server), startConsumer(server)]
    await publish(async (sent) => {
      if (sent === 5_000) await paused.has(1)
      if (sent === 5_000) paused.signal('SIGSTOP')
    })
    await other.has(COUNT)
    expect(other.ids).toEqual(all)
    expect(paused.ids.length).toBeLessThan(COUNT)
    paused.signal('SIGCONT')
    await paused.has(COUNT)
    expect(paused.ids).toEqual(all)
    await Promise.all([paused.kill(), other.kill()])
  })

  test('one that takes over from a killed one, behind the last message that it handled, misses and repeats nothing', async () => {
    const first = startConsumer(server)
    await publish(async (sent) => {
      if (sent === 10_000) await first.has(5_000)
      if (sent === 10_000) await first.kill()
    })
    const second = startConsumer(server, first.last() + 1)
    await second.has(COUNT)
    expect([...first.ids, ...second.ids]).toEqual(all)
    await second.kill()
  })

  test('they read on when the server was killed and started again', async () => {
    const consumers = [startConsumer(server), startConsumer(server)]
    await publish(async (sent) => {
      if (sent % 8_000 !== 0) return
      // They have found the server.
      await Promise.all(consumers.map(({ has }) => has(1)))
      await server.kill('SIGKILL')
      await server.start()
    })
    for (const { ids, has, kill } of consumers) {
      await has(COUNT)
      expect(ids).toEqual(all)
      await kill()
    }
  })
})
