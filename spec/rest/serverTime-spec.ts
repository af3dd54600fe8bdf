import { delay, lastValueFrom, map, of, VirtualTimeScheduler } from 'rxjs'
import { createRest } from '../../lib/rest/createRest.js'
import type { RestResponse } from '../../lib/rest/Rest.js'
import { createServerClock, serverTime, ServerTimeReply } from '../../lib/rest/serverTime.js'
import { clockOf } from '../../lib/timing/realTime.js'
import { createWallClock } from '../../lib/timing/wallClock.js'
import { marbles } from '../../lib/testing/marbles.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { asterSpot } from '../../lib/venues/asterSpot.js'
import { binanceSpot } from '../../lib/venues/binanceSpot.js'
import { venueInMemory } from './venueInMemory.js'

test.each([
  [asterFutures, 'v1', 'https://fapi.asterdex.com/fapi/v1/time'],
  [asterFutures, 'v3', 'https://fapi.asterdex.com/fapi/v3/time'],
  [asterSpot, 'v1', 'https://sapi.asterdex.com/api/v1/time'],
  [asterSpot, 'v3', 'https://sapi.asterdex.com/api/v3/time'],
  [binanceSpot, 'v3', 'https://api.binance.com/api/v3/time'],
])("%# the venue's time", async (venue, version, url) => {
  const { fetch, seen } = venueInMemory(() => ({ text: '{"serverTime":1700000000000}' }))
  expect(await lastValueFrom(serverTime(createRest({ venue, version, fetch })))).toBe(1_700_000_000_000)
  expect(seen.map((one) => [one.method, one.url])).toEqual([['GET', url]])
})

test('a time is written bare', () => {
  expect(ServerTimeReply.encode(5)).toEqual({ serverTime: 5 })
  expect([ServerTimeReply.is(5), ServerTimeReply.is('5')]).toEqual([true, false])
  expect(ServerTimeReply.decode({ serverTime: 5 })).toEqual({ _tag: 'Right', right: 5 })
  expect(ServerTimeReply.decode({ data: { serverTime: 5 } })).toEqual({ _tag: 'Right', right: 5 })
  for (const bad of [{}, { serverTime: '5' }, { serverTime: -1 }, null, { data: {} }])
    expect(ServerTimeReply.decode(bad)._tag).toBe('Left')
})

const response = (value: number, sentAt: number, receivedAt: number): RestResponse<number> => ({
  value,
  text: '',
  sentAt,
  receivedAt,
})

test("ours until it is set, then the venue's, halfway between question and answer", () => {
  const scheduler = new VirtualTimeScheduler()
  const heard: number[] = []
  const ask = () =>
    of(null).pipe(
      delay(100, scheduler),
      map(() => response(5_000, scheduler.now() - 100, scheduler.now())),
    )
  const clock = createServerClock(clockOf(scheduler), ask, (now) => heard.push(now))
  scheduler.frame = 1_000
  expect([clock.now(), clock.settings()]).toEqual([1_000, 0])
  const ends: string[] = []
  clock.set(0).subscribe({ next: () => ends.push('value'), complete: () => ends.push('set') })
  expect(ends).toEqual([])
  scheduler.flush()
  // Asked at 1,000, answered at 1,100: at 1,050 the venue's clock said 5,000.
  expect([clock.now(), clock.settings(), heard, ends]).toEqual([5_050, 1, [5_050], ['set']])
  scheduler.frame = 2_000
  expect(clock.now()).toBe(5_950)
})

test(
  'who asks meanwhile waits for the same answer; who asks later, of what was set since, does not wait',
  marbles(({ cold, expectObservable, expectSubscriptions, scheduler }) => {
    const answer = cold<RestResponse<number>>('--(a|)', { a: response(9, 0, 2) })
    const clock = createServerClock(
      clockOf(scheduler),
      () => answer,
      () => undefined,
    )
    expectObservable(clock.set(0)).toBe('--|')
    expectObservable(cold('-x|')).toBe('-x|')
    expectObservable(clock.set(0)).toBe('--|')
    expectSubscriptions(answer.subscriptions).toBe('^-!')
    expectObservable(clock.set(7)).toBe('|')
  }),
)

test(
  'a failure is for all who wait, and the next one asks again',
  marbles(({ cold, expectObservable, expectSubscriptions, scheduler, flush }) => {
    const answer = cold<RestResponse<number>>('--#')
    const clock = createServerClock(
      clockOf(scheduler),
      () => answer,
      () => undefined,
    )
    const asked = clock.set(0)
    expectObservable(asked).toBe('--#')
    expectObservable(asked).toBe('--#')
    expectObservable(asked, '---^').toBe('-----#')
    expectSubscriptions(answer.subscriptions).toBe(['^-!', '---^-!'])
    flush()
    expect(clock.settings()).toBe(0)
  }),
)

test(
  'who leaves does not keep the others waiting; when all left, the question is cancelled',
  marbles(({ cold, expectObservable, expectSubscriptions, scheduler }) => {
    const answer = cold<RestResponse<number>>('----(a|)', { a: response(9, 0, 2) })
    const clock = createServerClock(
      clockOf(scheduler),
      () => answer,
      () => undefined,
    )
    expectObservable(clock.set(0), '^!').toBe('')
    expectObservable(clock.set(0), '^-!').toBe('')
    expectSubscriptions(answer.subscriptions).toBe('^-!')
  }),
)

test('F54 a step of our clock changes nothing of a venue’s that was set, and all of one that was not', () => {
  let [time, wall] = [1_000, 1_000]
  const ours = createWallClock({ monotonic: () => time, wall: () => wall })
  const clock = createServerClock(
    ours,
    () => of(response(5_000, ours.now(), ours.now())),
    () => undefined,
  )
  const pass = (ms: number, step = 0) => {
    time += ms
    wall += ms + step
  }
  expect(clock.now()).toBe(1_000)
  pass(100, 7_200_000)
  expect(clock.now()).toBe(7_201_100)
  clock.set(0).subscribe()
  expect(clock.now()).toBe(5_000)
  pass(100, -7_200_000)
  expect(clock.now()).toBe(5_100)
})
