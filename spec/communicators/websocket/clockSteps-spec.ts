import { of } from 'rxjs'
import { mergeCommunicators } from '../../../lib/communicators/mergeCommunicators.js'
import { websocketCommunicator } from '../../../lib/communicators/websocket/websocketCommunicator.js'
import { createClient } from '../../../lib/client/createClient.js'
import type { Signal, Status } from '../../../lib/Signal.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { inMemory, statuses } from './inMemory.js'
import { createMemoryVenue } from './MemoryVenue.js'

const START = 1_723_110_000_000
const HOURS = 7_200_000
const NAME = 'btcusdt@depth'

/** A host whose clock can be stepped. */
const steppedHost = () => {
  const memory = createMemoryVenue()
  let stepped = 0
  const monotonic = () => memory.clock.scheduler.now()
  const clocks = { monotonic, clock: () => START + stepped + monotonic() }
  const config = { transport: memory.transport, scheduler: memory.clock.scheduler, ...clocks }
  return { memory, clocks, config, step: (by: number) => (stepped += by) }
}

/** What two communicators on one such host say together. */
const twoOnHost = () => {
  const { memory, config, step } = steppedHost()
  const one = () => websocketCommunicator(asterFutures, config)
  const signals: Signal[] = []
  const subscription = mergeCommunicators(one(), one())(of(new Set([NAME]))).subscribe((signal) => signals.push(signal))
  return { memory, signals, step, end: () => subscription.unsubscribe() }
}

/** A communicator on a host whose clock can be stepped. */
const onHost = (names: readonly string[] = [NAME]) => {
  const { memory, clocks, step } = steppedHost()
  const run = inMemory(names, clocks, undefined, memory)
  return {
    ...run,
    clocks,
    step,
    /** A frame each second, so many times. */
    carryOn: (seconds: number) => {
      for (let i = 0; i < seconds; i++) {
        run.last().data(NAME)
        run.pass(1_000)
      }
    },
  }
}

test.each([HOURS, -HOURS])(
  'F54 the host’s clock is stepped by %p ms: said before the next frame, which has the new time',
  (by) => {
    const run = onHost()
    run.pass(10)
    run.carryOn(2)
    run.said()
    run.step(by)
    run.last().data(NAME)
    const told = run.signals.map(({ _tag, receivedAt }) => [_tag, receivedAt])
    expect(told).toEqual([
      ['ClockStepped', START + 2_010 + by],
      ['Frame', START + 2_010 + by],
    ])
    expect(run.signals[0]).toMatchObject({ by })
    run.said()
    // Nothing that waits notices: no connection is cut, no stream is silent, no process was busy.
    run.carryOn(300)
    expect(new Set(run.signals.map(({ _tag }) => _tag))).toEqual(new Set(['Frame']))
    expect(run.connections).toHaveLength(1)
    run.subscription.unsubscribe()
  },
)

test('F54 a step is noticed within a second, however quiet it is', () => {
  const run = onHost()
  run.pass(10)
  run.said()
  run.step(HOURS)
  run.pass(1_000)
  expect(statuses(run.signals, 'ClockStepped')).toMatchObject([{ by: HOURS }])
  run.end()
})

test('F54 the same clock in several communicators: a client is told of its steps once', () => {
  const { memory, signals, step, end } = twoOnHost()
  memory.pass(10)
  step(HOURS)
  memory.pass(1_000)
  expect(statuses(signals, 'ClockStepped')).toHaveLength(1)
  end()
})

test('F54 and no frame of any of them has a time from before the step that was told', () => {
  const { memory, signals, step, end } = twoOnHost()
  memory.pass(100)
  step(-HOURS)
  // The second one brings something first.
  for (const connection of memory.connections.toReversed()) connection.data(NAME)
  expect(signals.slice(-3).map(({ _tag }) => _tag)).toEqual(['ClockStepped', 'Frame', 'Frame'])
  end()
})

test('F54 the venue’s clock is where it was: only ours was stepped', () => {
  const { memory, config, step } = steppedHost()
  const communicator = websocketCommunicator(asterFutures, config)
  const client = createClient({
    venue: asterFutures,
    communicator,
    streams: ['btcusdt@aggTrade'],
    scheduler: config.scheduler,
  })
  const statuses: Status[] = []
  client.status$.subscribe((status) => statuses.push(status))
  const connection = client.connect()
  memory.pass(10)
  const trade = (E: number) => ({ e: 'aggTrade', E, s: 'BTCUSDT', a: 1, p: '1', q: '1', f: 1, l: 1, T: E, m: true })
  memory.last().data('btcusdt@aggTrade', trade(START + 3_010))
  expect([client.venueClock.offset(), client.venueClock.now()]).toEqual([3_000, START + 3_010])
  step(30_000)
  memory.pass(1_000)
  expect(statuses.at(-1)).toMatchObject({ _tag: 'ClockStepped', by: 30_000 })
  expect([client.venueClock.offset(), client.venueClock.now()]).toEqual([-27_000, START + 4_010])
  connection.unsubscribe()
})

test('F54 a ban that ends at a time of the venue’s is measured by the venue’s clock', () => {
  const memory = createMemoryVenue()
  const { transport, clock } = memory
  const client = createClient({
    ...{ venue: asterFutures, scheduler: clock.scheduler, streams: ['btcusdt@aggTrade'] },
    communicator: websocketCommunicator(asterFutures, { transport, scheduler: clock.scheduler }),
  })
  const statuses: Status[] = []
  client.status$.subscribe((status) => statuses.push(status))
  const connection = client.connect()
  memory.pass(10)
  const E = START + 10
  memory
    .last()
    .data('btcusdt@aggTrade', { e: 'aggTrade', E, s: 'BTCUSDT', a: 1, p: '1', q: '1', f: 1, l: 1, T: E, m: true })
  memory
    .last()
    .data('btcusdt@aggTrade', { e: 'aggTrade', E, s: 'BTCUSDT', a: 2, p: '1', q: '1', f: 2, l: 2, T: E, m: true })
  memory.last().text(`{"code":-1003,"msg":"IP banned until ${START + 90_010}"}`)
  expect(statuses.at(-1)).toMatchObject({ _tag: 'Paused', delay: 90_000 })
  connection.unsubscribe()
})
