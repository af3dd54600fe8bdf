import { createHash } from 'node:crypto'
import { jetstreamManager } from '@nats-io/jetstream'
import {
  firstValueFrom,
  lastValueFrom,
  NEVER,
  Subject,
  Subscription,
  tap,
  toArray,
  type SchedulerAction,
  type SchedulerLike,
} from 'rxjs'
import { createClient } from '../../lib/client/createClient.js'
import type { Communicator } from '../../lib/communicators/Communicator.js'
import { replayCommunicator } from '../../lib/communicators/replayCommunicator.js'
import { natsReplay } from '../../lib/nats/natsReplay.js'
import { publishSignals } from '../../lib/nats/publishSignals.js'
import type { Signal } from '../../lib/Signal.js'
import { asterFutures as venue } from '../../lib/venues/asterFutures.js'
import { withServer } from './natsServer.js'

const file = 'samples/recordings/asterFutures-btcusdt.txt.gz'

/** All that a client makes of it: each message with the time on the clock, each state of the book, and its counts. */
const hashOf = async (communicator: Communicator & { readonly scheduler: SchedulerLike }) => {
  const hash = createHash('sha256')
  const client = createClient({ venue, communicator })
  let messages = 0
  client.message$.subscribe((message) => {
    messages++
    hash.update(JSON.stringify([message, communicator.scheduler.now()]))
  })
  client.book('btcusdt').subscribe((state) => {
    hash.update(JSON.stringify(state._tag === 'Synced' ? [state.top, state.book.lastUpdateId] : state))
  })
  const counters = lastValueFrom(client.counters$)
  client.connect()
  hash.update(JSON.stringify(await counters))
  return [messages, hash.digest('hex')] as const
}

/** Real time in which nobody waits: a timer is due in the next turn, and by then it is as late as it was set for. */
const hurried = (): SchedulerLike => {
  let time = 0
  const schedule = <T>(work: (this: SchedulerAction<T>, state?: T) => void, delay = 0, state?: T): Subscription => {
    const action: SchedulerAction<T> = Object.assign(new Subscription(), { schedule: () => action })
    const turn = setImmediate(() => {
      time += delay
      if (!action.closed) work.call(action, state)
    })
    action.add(() => clearImmediate(turn))
    return action
  }
  return { now: () => time, schedule }
}

const textsOf = (signals: readonly Signal[]) => signals.map((signal) => ('text' in signal ? signal.text : signal._tag))

withServer('a replay from the broker', (server) => {
  const publishFile = async () => {
    const signals = replayCommunicator({ files: file })(NEVER)
    await lastValueFrom(signals.pipe(publishSignals(await server.connection(), { venue })))
  }

  test.each(['instant', 'recorded'] as const)(
    'at the pace %j it is that of the file: the same messages, times, books and counts',
    async (pace) => {
      await publishFile()
      const [messages, hash] = await hashOf(replayCommunicator({ files: file, pace, timer: hurried() }))
      expect(messages).toBe(8_880)
      const replay = natsReplay(await server.connection(), { venue, pace, timer: hurried() })
      expect(await hashOf(replay)).toEqual([messages, hash])
    },
  )

  test('it holds no more messages than the window, however slowly it plays', async () => {
    await publishFile()
    const connection = await server.connection()
    const replay = natsReplay(connection, { venue, pace: 'recorded', window: 10 })
    const before = connection.stats().inBytes
    await firstValueFrom(replay(NEVER))
    await connection.flush()
    expect(connection.stats().inBytes - before).toBeLessThan(20_000)
  })

  test('what is removed while it plays is a gap, and nothing else is missing', async () => {
    await publishFile()
    const manager = await jetstreamManager(await server.connection())
    const replay = natsReplay(await server.connection(), { venue, window: 10, pace: 'recorded', timer: hurried() })
    const signals = await lastValueFrom(
      replay(NEVER).pipe(
        tap(({ sequence }) => {
          if (sequence === 3) void manager.streams.purge('md-asterFutures', { seq: 8_000 })
        }),
        toArray(),
      ),
    )
    const gaps = signals.flatMap((signal) => (signal._tag === 'BrokerGap' ? [signal] : []))
    const missing = gaps.reduce((sum, { from, to }) => sum + to - from + 1, 0)
    expect(gaps.map(({ to }) => to)).toEqual([7_999])
    expect(signals.length - gaps.length + missing).toBe(8_880)
  })

  test('it plays from one message to another, and ends there', async () => {
    await publishFile()
    const replay = natsReplay(await server.connection(), { venue, from: { sequence: 3 }, to: { sequence: 6 } })
    const signals = await lastValueFrom(replay(NEVER).pipe(toArray()))
    const whole = await lastValueFrom(replayCommunicator({ files: file })(NEVER).pipe(toArray()))
    // The first message is a heading.
    expect(textsOf(signals)).toEqual(textsOf(whole.slice(1, 4)))
  })

  test('it goes on behind the last message when the server was started again', async () => {
    await publishFile()
    const replay = natsReplay(await server.connection(), { venue, window: 100, pace: 'recorded', timer: hurried() })
    let isKilled = false
    const restarted$ = new Subject<void>()
    const signals = lastValueFrom(
      replay(NEVER).pipe(
        tap(() => {
          if (isKilled) return
          isKilled = true
          void server
            .kill('SIGKILL')
            .then(server.start)
            .then(() => restarted$.complete())
        }),
        toArray(),
      ),
    )
    await lastValueFrom(restarted$, { defaultValue: undefined })
    const whole = await lastValueFrom(replayCommunicator({ files: file })(NEVER).pipe(toArray()))
    expect(textsOf(await signals)).toEqual(textsOf(whole))
  })

  test('a second subscription meanwhile, and a stream that is not there, are errors', async () => {
    const replay = natsReplay(await server.connection(), { venue })
    const first = lastValueFrom(replay(NEVER))
    await expect(lastValueFrom(replay(NEVER))).rejects.toThrow('natsReplay: expected one subscription at a time')
    await expect(first).rejects.toThrow("natsReplay: expected the stream 'md-asterFutures', and there is none")
  })
})
