import { concat, NEVER, of, Subscription, type SchedulerAction, type SchedulerLike } from 'rxjs'
import { createWanted } from '../../lib/client/wanted.js'
import type { BarTrade } from '../../lib/operators/TradeEvent.js'
import { keepAlive } from '../../lib/operators/keepAlive.js'
import { klines } from '../../lib/operators/klines.js'
import { delay } from '../../lib/testing/delay.js'
import { marbles } from '../../lib/testing/marbles.js'
import { after, wait, within } from '../../lib/timing/wait.js'
import { Clock } from '../helpers/Clock.js'
import { fc, test as prop } from '../property.js'

const late = new Error('late')

test(
  'the first value has so long, the others any time',
  marbles(({ cold, expectObservable, scheduler }) => {
    expectObservable(cold('--a-----b|').pipe(within(3, scheduler, () => late))).toBe('--a-----b|')
    expectObservable(cold('----a|').pipe(within(3, scheduler, () => late))).toBe('---#', undefined, late)
    expectObservable(cold('--|').pipe(within(3, scheduler, () => late))).toBe('--|')
  }),
)

test(
  'without an end, for ever',
  marbles(({ cold, expectObservable, scheduler }) => {
    expectObservable(cold('60m a').pipe(within(Infinity, scheduler, () => late))).toBe('60m a')
  }),
)

const DAY = 86_400_000

/** A host's clock: what is set for more than 2^31 - 1 ms comes after 1 ms, as Node documents of setTimeout. */
class HostClock extends Clock {
  override schedule<T>(work: (this: SchedulerAction<T>, state?: T) => void, ms = 0, state?: T): Subscription {
    return super.schedule(work, ms > 2_147_483_647 ? 1 : ms, state)
  }
}

/** When each of these was told, in ms of a host's clock that runs for so long. */
const times = (ms: number, begin: (scheduler: SchedulerLike, tell: () => void) => unknown, from = 0) => {
  const clock = new HostClock()
  clock.frame = from
  const told: number[] = []
  begin(clock, () => told.push(clock.now() - from))
  clock.pass(ms)
  return told
}

const long = fc.oneof(fc.integer({ min: 0, max: 1_000 }), fc.integer({ min: 2 ** 31 - 5, max: 2 ** 40 }))

prop.prop([long], { seed: 1 })('F55 a wait of any length is over at its end, once', (ms) => {
  expect(times(ms - 1, (clock, tell) => after(ms, clock, tell))).toEqual([])
  expect(times(ms + 2 ** 32, (clock, tell) => after(ms, clock, tell))).toEqual([ms])
  expect(times(ms + 2 ** 32, (clock, tell) => wait(ms, clock).subscribe({ complete: tell }))).toEqual([ms])
  const one = new Error('late')
  const limited = (clock: SchedulerLike) => NEVER.pipe(within(ms, clock, () => one))
  expect(times(ms + 2 ** 32, (clock, tell) => limited(clock).subscribe({ error: tell }))).toEqual([ms])
})

test('F55 a wait that is cancelled in any slice, or that never ends, leaves no timer', () => {
  for (const passed of [0, 1, 2 ** 31, 2 ** 32 + 7]) {
    const clock = new HostClock()
    const waiting = after(2 ** 33, clock, () => expect(passed).toBe(NaN))
    clock.pass(passed)
    waiting.unsubscribe()
    expect(clock.actions).toEqual([])
  }
  const clock = new HostClock()
  after(Infinity, clock, () => undefined)
  expect(clock.actions).toEqual([])
})

describe('who waits', () => {
  const trade: BarTrade = {
    ...{ symbol: 'BTCUSDT', tradeId: 1, price: '1', quantity: '1', isBuyerMaker: false },
    tradeTime: Date.UTC(2024, 0, 1),
  }

  test.each([
    ['1M', 31 * DAY],
    ['1w', 7 * DAY],
    ['1d', DAY],
  ] as const)('F55 a kline of %s closes at its end', (interval, length) => {
    const closed = (grace: number) =>
      times(
        60 * DAY,
        (scheduler, tell) =>
          concat(of(trade), NEVER)
            .pipe(klines({ interval, scheduler, grace }))
            .subscribe(({ isClosed }) => isClosed && tell()),
        Date.UTC(2024, 0, 1),
      )
    expect(closed(0)).toEqual([length])
    expect(closed(28 * DAY)).toEqual([length + 28 * DAY])
    expect(closed(Infinity)).toEqual([])
  })

  test.each([
    [30 * DAY, [30 * DAY]],
    [Infinity, []],
  ])('F55 a stream lingers for %d ms, late frames come, keys are extended', (ms, expected) => {
    const lets = times(60 * DAY - 1, (scheduler, tell) => {
      const wanted = createWanted([], ms, scheduler)
      const held = wanted.hold('btcusdt@trade')
      wanted.wanted$.subscribe((names) => names.size === 0 && tell())
      held.unsubscribe()
    })
    expect(lets).toEqual(expected)
    const late = (scheduler: SchedulerLike) => of('a').pipe(delay({ rate: 1, by: ms, random: () => 0, scheduler }))
    expect(times(60 * DAY - 1, (scheduler, tell) => late(scheduler).subscribe(tell))).toEqual(expected)
    const extended = times(60 * DAY - 1, (scheduler, tell) =>
      concat(of('key'), NEVER)
        .pipe(keepAlive({ every: ms, scheduler, extend: () => of(tell()) }))
        .subscribe(),
    )
    expect(extended).toEqual(expected)
  })
})
