import { interval, lastValueFrom, NEVER, Subscription, take, tap, timer, toArray } from 'rxjs'
import { replayCommunicator } from '../../../lib/communicators/replayCommunicator.js'
import type { Pace } from '../../../lib/communicators/replay/ReplayConfig.js'
import { scratch, told } from '../scratch.js'
import { quickTime } from './quickTime.js'

const { file } = scratch()

const text = '1000 a\n1000 b\n1000.4 c\n1001 d\n3000 e\n'

/** A replay with a timer of 700 ms that a frame sets, and what happened at which real and recorded time. */
const run = async (pace: Pace, late = 0) => {
  const { scheduler: time, waits, waiting } = quickTime(late)
  const communicator = replayCommunicator({ files: file(text), pace, timer: time })
  const { scheduler } = communicator
  const log: string[] = []
  const reals: number[] = []
  const note = (what: string) => {
    log.push(`${what} ${scheduler.now()}`)
    reals.push(time.now() - 1_000_000)
  }
  timer(500, 700, scheduler)
    .pipe(take(4))
    .subscribe((n) => note(`tick ${n}`))
  await lastValueFrom(
    communicator(NEVER).pipe(tap((signal) => note(signal._tag === 'Frame' ? signal.text : signal._tag))),
  )
  return { log, reals, waits, waiting: waiting.size }
}

const log = [
  'a 1000',
  'b 1000',
  'c 1000.4',
  'd 1001',
  'tick 0 1500',
  'tick 1 2200',
  'tick 2 2900',
  'e 3000',
  'tick 3 3600',
]

test('instant does not wait', async () => {
  expect(await run('instant')).toEqual({ log, reals: log.map(() => 0), waits: [], waiting: 0 })
})

test('recorded waits for frames and for the clock alike, but not for less than a millisecond', async () => {
  expect(await run('recorded')).toEqual({
    log,
    reals: [0, 0, 0, 1, 500, 1200, 1900, 2000, 2600],
    waits: [1, 499, 700, 700, 100, 600],
    waiting: 0,
  })
})

test('a factor', async () => {
  expect(await run(2)).toEqual({
    log,
    reals: [0, 0, 0, 0, 250, 600, 950, 1000, 1300],
    waits: [250, 350, 350, 50, 300],
    waiting: 0,
  })
  expect((await run(0.5)).waits).toEqual([2, 998, 1400, 1400, 200, 1200])
})

test('who is late does not wait longer', async () => {
  const { log: order, waits } = await run('recorded', 1000)
  expect(order).toEqual(log)
  expect(waits).toEqual([1, 199, 400])
})

test('what somebody sets during a wait is not forgotten', async () => {
  const { scheduler: time, waits } = quickTime()
  const communicator = replayCommunicator({ files: file('1000 a\n9000 b\n'), pace: 'recorded', timer: time })
  const { scheduler } = communicator
  const order: string[] = []
  const late = new Promise<void>((resolve) => {
    setImmediate(resolve)
  })
  await lastValueFrom(
    communicator(NEVER).pipe(
      tap((signal) => {
        order.push(`${scheduler.now()} ${told([signal]).join()}`)
        if (signal.receivedAt === 1000)
          void Promise.resolve()
            .then(() => undefined)
            .then(() => scheduler.schedule(() => order.push(`${scheduler.now()} set`), 300))
      }),
    ),
  )
  await late
  expect(order).toEqual(['1000 1000 a', '1300 set', '9000 9000 b'])
  expect(waits).toEqual([8000, 300, 7700])
})

test('a wait is never longer than a timer can be', async () => {
  const { scheduler: time, waits } = quickTime()
  const files = file('0 a\n3000000000 b\n3000000001 c\n')
  await lastValueFrom(replayCommunicator({ files, pace: 'recorded', timer: time })(NEVER))
  expect(waits).toEqual([2 ** 31 - 1, 3_000_000_000 - (2 ** 31 - 1), 1])
})

test('unsubscribing ends the wait: nothing is left, nothing comes', async () => {
  const { scheduler: time, waiting } = quickTime()
  const communicator = replayCommunicator({ files: file('1000 a\n9000 b\n'), pace: 'recorded', timer: time })
  const seen: string[] = []
  const subscription = new Subscription()
  await new Promise<void>((resolve) => {
    subscription.add(
      communicator(NEVER).subscribe((signal) => {
        seen.push(...told([signal]))
        void Promise.resolve().then(() => resolve())
      }),
    )
  })
  expect(waiting.size).toBe(1)
  subscription.unsubscribe()
  expect(waiting.size).toBe(0)
  await new Promise((resolve) => setImmediate(resolve))
  expect(seen).toEqual(['1000 a'])
})

test('after the last frame it runs on at its pace, at most as long as it may', async () => {
  const { scheduler: time, waits } = quickTime()
  const files = file('1000 a\n')
  const communicator = replayCommunicator({ files, pace: 'recorded', timer: time, drain: 2500 })
  const ticks: number[] = []
  interval(1000, communicator.scheduler).subscribe(() => ticks.push(communicator.scheduler.now()))
  await lastValueFrom(communicator(NEVER))
  expect(ticks).toEqual([2000, 3000])
  expect(waits).toEqual([1000, 1000])
})

test('frames without a time do not wait', async () => {
  const { scheduler: time, waits } = quickTime()
  const config = { files: file('a\nb'), pace: 'recorded', timer: time, timestamps: 'none' } as const
  expect(told(await lastValueFrom(replayCommunicator(config)(NEVER).pipe(toArray())))).toEqual(['0 a', '0 b'])
  expect(waits).toEqual([])
})
