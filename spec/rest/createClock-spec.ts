import { delay, map, of, VirtualTimeScheduler } from 'rxjs'
import { createClock } from '../../lib/rest/createClock.js'
import type { Exchange } from '../../lib/rest/Rest.js'
import { marbles } from '../../lib/testing/marbles.js'

const exchange = (value: number, sentAt: number, receivedAt: number): Exchange<number> => ({
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
      map(() => exchange(5_000, scheduler.now() - 100, scheduler.now())),
    )
  const clock = createClock(scheduler, ask, (now) => heard.push(now))
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
    const answer = cold<Exchange<number>>('--(a|)', { a: exchange(9, 0, 2) })
    const clock = createClock(
      scheduler,
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
    const answer = cold<Exchange<number>>('--#')
    const clock = createClock(
      scheduler,
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
    const answer = cold<Exchange<number>>('----(a|)', { a: exchange(9, 0, 2) })
    const clock = createClock(
      scheduler,
      () => answer,
      () => undefined,
    )
    expectObservable(clock.set(0), '^!').toBe('')
    expectObservable(clock.set(0), '^-!').toBe('')
    expectSubscriptions(answer.subscriptions).toBe('^-!')
  }),
)
