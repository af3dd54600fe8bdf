import {
  asapScheduler,
  concat,
  EMPTY,
  NEVER,
  Observable,
  of,
  Subject,
  take,
  throwError,
  type SchedulerAction,
  type Subscription,
} from 'rxjs'
import { conflate } from '../../lib/operators/conflate.js'
import { marbles } from '../../lib/testing/marbles.js'
import { Clock } from '../helpers/Clock.js'

/** `a1` is a value of the key `a`. */
const values = { a: 'a1', b: 'b1', c: 'a2', d: 'b2', e: 'a3' }
const key = (value: string) => value.charAt(0)

/** A clock whose next turn is 10 ms away. */
class SlowClock extends Clock {
  override schedule<T>(work: (this: SchedulerAction<T>, state?: T) => void, delay = 0, state?: T): Subscription {
    return super.schedule(work, Math.max(10, delay), state)
  }
}

/** What a subscriber is told, in time that passes when told to. */
const told = <A>(source: Observable<A>) => {
  const heard: unknown[] = []
  const subscription = source.subscribe({
    next: (value) => heard.push(value),
    error: (error: unknown) => heard.push(`# ${String(error)}`),
    complete: () => heard.push('|'),
  })
  return { heard, subscription }
}

describe('what waits', () => {
  test(
    'never, empty, one, many',
    marbles(({ cold, expectObservable }) => {
      expectObservable(NEVER.pipe(conflate())).toBe('-')
      expectObservable(EMPTY.pipe(conflate())).toBe('|')
      expectObservable(of('a1').pipe(conflate())).toBe('(a|)', values)
      expectObservable(cold('-a-b--c-|', values).pipe(conflate())).toBe('-a-b--c-|', values)
    }),
  )

  test(
    'F44 of a burst the latest, or the latest of each key, in the order in which the keys began to wait',
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('--(abc)--(bd|)', values).pipe(conflate())).toBe('--c------(d|)', values)
      expectObservable(cold('--(abc)--(bd|)', values).pipe(conflate({ key }))).toBe('--(cb)---(d|)', values)
      expectObservable(cold('(abcde|)', values).pipe(conflate({ key }))).toBe('(ed|)', values)
    }),
  )

  test('one at each turn: what comes between two turns is the latest', () => {
    const clock = new SlowClock()
    const source = new Subject<string>()
    const { heard } = told(source.pipe(conflate({ key, scheduler: clock })))
    for (const value of ['a1', 'b1', 'c1']) source.next(value)
    clock.pass(10)
    expect(heard).toEqual(['a1'])
    source.next('b2')
    source.next('a2')
    clock.pass(10)
    expect(heard).toEqual(['a1', 'b2'])
    source.complete()
    clock.pass(10)
    expect(heard).toEqual(['a1', 'b2', 'c1'])
    clock.pass(10)
    expect(heard).toEqual(['a1', 'b2', 'c1', 'a2', '|'])
    expect(clock.actions).toEqual([])
  })

  test('an observer that is slow skips what is out of date', async () => {
    const source = new Subject<number>()
    const heard: number[] = []
    const over = new Promise<void>((complete) =>
      source.pipe(conflate({ scheduler: asapScheduler })).subscribe({ next: (value) => heard.push(value), complete }),
    )
    for (let burst = 0; burst < 3; burst++) {
      for (let i = 0; i < 1_000; i++) source.next(burst * 1_000 + i)
      await new Promise((resolve) => setImmediate(resolve))
    }
    source.complete()
    await over
    expect(heard).toEqual([999, 1_999, 2_999])
  })

  test('an observer that causes the next value gets it at the next turn', () => {
    const clock = new Clock()
    const source = new Subject<number>()
    const heard: string[] = []
    source.pipe(conflate({ scheduler: clock })).subscribe((value) => {
      heard.push(`${value} begins`)
      if (value < 3) source.next(value + 1)
      heard.push(`${value} ends`)
    })
    source.next(1)
    clock.pass(0)
    expect(heard).toEqual(['1 begins', '1 ends', '2 begins', '2 ends', '3 begins', '3 ends'])
  })
})

describe('the end', () => {
  test(
    'an error passes at once, and what waits is dropped',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('-a-(b#)', values)
      expectObservable(source.pipe(conflate())).toBe('-a-#', values)
      expectSubscriptions(source.subscriptions).toBe('^--!')
      expectObservable(
        concat(
          of('a1'),
          throwError(() => new Error('at once')),
        ).pipe(conflate()),
      ).toBe('#', undefined, new Error('at once'))
    }),
  )

  test(
    'a key that throws is an error',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('-a-b-|', values)
      const thrown = new RangeError('no key')
      const throwing = () => {
        throw thrown
      }
      expectObservable(source.pipe(conflate({ key: throwing }))).toBe('-#', undefined, thrown)
      expectSubscriptions(source.subscriptions).toBe('^!')
    }),
  )

  test('unsubscribing drops what waits, and leaves no turn', () => {
    const clock = new Clock()
    const source = new Subject<string>()
    const { heard, subscription } = told(source.pipe(conflate({ key, scheduler: clock })))
    source.next('a1')
    source.next('b1')
    subscription.unsubscribe()
    expect([clock.actions.length, source.observed]).toEqual([0, false])
    clock.pass(100)
    expect(heard).toEqual([])
  })

  test('so does whoever leaves with a value', () => {
    const clock = new Clock()
    const source = new Subject<string>()
    const { heard } = told(source.pipe(conflate({ key, scheduler: clock }), take(1)))
    source.next('a1')
    source.next('b1')
    clock.pass(0)
    expect([heard, clock.actions.length, source.observed]).toEqual([['a1', '|'], 0, false])
  })

  test('a source that says everything at once and never ends stops when nobody listens', () => {
    const clock = new Clock()
    let produced = 0
    const endless = new Observable<number>((subscriber) => {
      while (!subscriber.closed && produced < 100) subscriber.next((produced += 1))
    })
    const throwing = conflate<number>({
      scheduler: clock,
      key: (value) => {
        if (value === 5) throw new Error('enough')
      },
    })
    expect(told(endless.pipe(throwing)).heard).toEqual(['# Error: enough'])
    expect([produced, clock.actions.length]).toEqual([5, 0])
  })
})

test('two subscriptions have nothing in common', () => {
  const clock = new Clock()
  const source = new Subject<string>()
  const conflated = source.pipe(conflate({ scheduler: clock }))
  const one = told(conflated)
  source.next('a1')
  const other = told(conflated)
  one.subscription.unsubscribe()
  source.next('b1')
  clock.pass(0)
  expect([one.heard, other.heard]).toEqual([[], ['b1']])
})

test('in real time unless told otherwise: after a burst, one turn of the event loop', async () => {
  const source = new Subject<number>()
  const first = new Promise<number>((resolve) => source.pipe(conflate()).subscribe(resolve))
  for (let i = 0; i < 10; i++) source.next(i)
  expect(await first).toBe(9)
})
