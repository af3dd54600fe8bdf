import * as t from 'io-ts'
import { asyncScheduler, firstValueFrom, Subject } from 'rxjs'
import { createClient } from '../../lib/client/createClient.js'
import { recordedClock } from '../../lib/communicators/recordedClock.js'
import { playPaced } from '../../lib/communicators/replay/playPaced.js'
import type { SocketEvent } from '../../lib/communicators/websocket/transport/Transport.js'
import { websocketCommunicator } from '../../lib/communicators/websocket/websocketCommunicator.js'
import { addressOf } from '../../lib/rest/address.js'
import { createBudget } from '../../lib/rest/createBudget.js'
import { createRest } from '../../lib/rest/createRest.js'
import { serverTime } from '../../lib/rest/serverTime.js'
import { frame, type Signal } from '../../lib/Signal.js'
import { clockOf, realTime } from '../../lib/timing/realTime.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'

const HOURS = 7_200_000
const trueNow = Date.now.bind(Date)
let stepped = 0

beforeEach(() => {
  stepped = 0
  jest.spyOn(Date, 'now').mockImplementation(() => trueNow() + stepped)
  realTime.look()
})
afterEach(() => jest.restoreAllMocks())

/** An answer of the venue's REST interface, whose clock is ahead by so many ms. */
const fetchOf =
  (ahead = 0) =>
  (): Promise<{ status: number; headers: { get: (name: string) => string | null }; text: () => Promise<string> }> => {
    const date = new Date(trueNow() + ahead).toUTCString()
    return Promise.resolve({
      status: 200,
      headers: { get: (name) => (name.toLowerCase() === 'date' ? date : null) },
      text: () => Promise.resolve('{}'),
    })
  }

test.each([HOURS, -HOURS])(
  'F54 one clock stamps frames, statuses and answers: the host’s is stepped by %p ms',
  async (by) => {
    const event$ = new Subject<SocketEvent>()
    const communicator = websocketCommunicator(asterFutures, { transport: () => ({ event$, send: () => undefined }) })
    const client = createClient({ venue: asterFutures, communicator, streams: ['btcusdt@aggTrade'] })
    const signals: Signal[] = []
    client.signal$.subscribe((signal) => signals.push(signal))
    client.status$.subscribe((status) => signals.push(status))
    const connection = client.connect()
    event$.next({ _tag: 'Opened' })
    const rest = createRest({ venue: asterFutures, fetch: fetchOf() })
    const answer = () => firstValueFrom(rest.response('GET', '/fapi/v3/ping', {}, t.unknown))
    await answer()
    stepped = by
    realTime.look()
    event$.next({ _tag: 'Text', text: '{"stream":"btcusdt@aggTrade","data":{}}' })
    const unfed = client.markPrice$.subscribe()
    const times = [...signals.slice(-2).map(({ receivedAt }) => receivedAt), (await answer()).receivedAt]
    for (const time of times) expect(Math.abs(time - Date.now())).toBeLessThan(2_000)
    expect(
      signals
        .filter(({ _tag }) => _tag === 'ClockStepped')
        .map((signal) => 'by' in signal && Math.round(signal.by / 100)),
    ).toEqual([by / 100, by / 100])
    unfed.unsubscribe()
    connection.unsubscribe()
  },
)

test('F54 a clock that is put forward frees no budget and ends no pause, and one that is put back prolongs none', () => {
  const budget = createBudget({ weightPerMinute: 1 })
  let left = 0
  budget.admit(1).subscribe(() => (left += 1))
  stepped = HOURS
  const waiting = budget.admit(1).subscribe(() => (left += 1))
  expect(left).toBe(1)
  waiting.unsubscribe()
  const address = addressOf({ endpoint: 'https://nowhere', fetch: fetchOf(), scheduler: asyncScheduler })
  address.pause({ delay: 60_000, reason: '' })
  stepped = 0
  expect(address.pausedFor()).toBeLessThanOrEqual(60_000)
  stepped = 2 * HOURS
  expect(address.pausedFor()).toBeGreaterThan(1_000)
})

test('F54 a replay at the recorded pace goes on, whatever happens to the time of day', async () => {
  const clock = recordedClock()
  const heard: string[] = []
  const stage = {
    clock,
    open: () => true,
    deliver: (signal: Signal) => heard.push('text' in signal ? signal.text : ''),
  }
  const player = playPaced(stage, 1, asyncScheduler)
  await player.play({ signals: [frame('a', 1_000)], times: [1_000] })
  stepped = -HOURS
  await player.play({ signals: [frame('b', 1_020)], times: [1_020] })
  expect(heard).toEqual(['a', 'b'])
})

test.each([
  ['ahead', 5_000],
  ['behind', -5_000],
])('F54 the Date of an answer says how far the venue’s clock is %s', async (_, ahead) => {
  const rest = createRest({ venue: asterFutures, fetch: fetchOf(ahead) })
  expect(rest.venueClock.offset()).toBeUndefined()
  await firstValueFrom(rest.response('GET', '/fapi/v3/ping', {}, t.unknown))
  expect(Math.abs((rest.venueClock.offset() ?? NaN) - ahead)).toBeLessThan(1_500)
  expect(Math.abs(rest.venueClock.now() - trueNow() - ahead)).toBeLessThan(1_600)
})

test('F54 the server time says how far the venue’s clock is ahead, to a few milliseconds', async () => {
  const fetch = () => {
    const body = JSON.stringify({ serverTime: trueNow() + 12_345 })
    return Promise.resolve({ status: 200, headers: { get: () => null }, text: () => Promise.resolve(body) })
  }
  const rest = createRest({ venue: asterFutures, fetch })
  await firstValueFrom(serverTime(rest))
  expect(Math.abs((rest.venueClock.offset() ?? NaN) - 12_345)).toBeLessThan(1_000)
})

test('the clock of another scheduler is its own', () => {
  const clock = clockOf({ now: () => 7, schedule: asyncScheduler.schedule.bind(asyncScheduler) })
  clock.look()
  expect([clock.now(), clock.monotonic(), clock.at(9)]).toEqual([7, 7, 9])
  expect(clockOf(asyncScheduler)).toBe(realTime)
})
