import {
  EMPTY,
  map,
  NEVER,
  Observable,
  of,
  startWith,
  Subject,
  Subscription,
  take,
  throwError,
  type ObservableInput,
  type SchedulerLike,
} from 'rxjs'
import type { DepthSnapshot } from '../../lib/events/DepthSnapshot.js'
import type { DepthUpdate } from '../../lib/events/DepthUpdate.js'
import type { BookState, Synced } from '../../lib/operators/BookState.js'
import { syncDepth } from '../../lib/operators/syncDepth.js'
import type { SyncDepthConfig } from '../../lib/operators/SyncDepthConfig.js'
import { marbles } from '../../lib/testing/marbles.js'
import type { OnProgress, RequestProgress } from '../../lib/timing/RequestProgress.js'
import { contiguousIds } from '../../lib/venues/depthRule.js'
import { Clock } from '../helpers/Clock.js'
import { shown, snapshot, update } from './depth.js'

/** What stands for what in marbles: updates of one id each, snapshots by their id. */
const updates = {
  1: update('1-1'),
  2: update('2-2'),
  3: update('3-3'),
  4: update('4-4'),
  5: update('5-5'),
  6: update('6-6'),
}
const snapshots = { 0: snapshot(0), 1: snapshot(1), 2: snapshot(2), 3: snapshot(3), 4: snapshot(4) }

/** Best bid and ask of every snapshot that is not said to be another. */
const top = '10x1/11x1'

const failing = throwError(() => new Error('no'))

/** Answers one request after the other; one more than there are answers is a mistake. */
const serve = (...answers: readonly ObservableInput<DepthSnapshot>[]) => {
  const asked: string[] = []
  const next = (symbol: string): ObservableInput<DepthSnapshot> => {
    const answer = answers[asked.push(symbol) - 1]
    if (answer === undefined) throw new Error('one request too many')
    return answer
  }
  return Object.assign(next, { asked })
}

type Options = Partial<SyncDepthConfig> & Pick<SyncDepthConfig, 'snapshot'>

const states = (source: Observable<DepthUpdate>, options: Options) =>
  source.pipe(syncDepth({ rule: contiguousIds, ...options }))

const synced = (source: Observable<DepthUpdate>, options: Options) => states(source, options).pipe(map(shown))

/** What a subscriber is told: completion is `|`, an error `# …`, a state that cannot be shown, too. */
const listen = (source: Observable<BookState>, also: (state: BookState) => void = () => undefined) => {
  const told: string[] = []
  const text = (state: BookState): string => {
    try {
      return shown(state)
    } catch (error) {
      return `# ${String(error)}`
    }
  }
  const subscription = source.subscribe({
    next: (state) => {
      told.push(text(state))
      also(state)
    },
    error: (error: unknown) => told.push(`# ${String(error)}`),
    complete: () => told.push('|'),
  })
  return { told, subscription }
}

/** A source, a reset and a clock in the test's hand. */
const live = (options: Options, also?: (state: BookState) => void) => {
  const source = new Subject<DepthUpdate>()
  const reset = new Subject<void>()
  const clock = new Clock()
  const all: BookState[] = []
  const { told, subscription } = listen(states(source, { reset, scheduler: clock, ...options }), (state) => {
    all.push(state)
    also?.(state)
  })
  const next = (...texts: readonly string[]) => {
    for (const text of texts) source.next(update(text))
  }
  const books = () => all.flatMap((state): readonly Synced[] => (state._tag === 'Synced' ? [state] : []))
  return { source, reset, clock, told, subscription, next, books }
}

describe('becoming synced', () => {
  test(
    'says nothing and asks for nothing before the first update',
    marbles(({ cold, expectObservable }) => {
      const none = serve()
      expectObservable(synced(NEVER, { snapshot: none })).toBe('-')
      expectObservable(synced(cold('--|'), { snapshot: none })).toBe('--|')
      expectObservable(synced(cold('|'), { snapshot: none })).toBe('|')
      expectObservable(synced(cold('--#'), { snapshot: none })).toBe('--#')
    }),
  )

  test(
    'asks with the first update; the backlog is one state',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const answer = cold('    ------2', snapshots)
      const source = cold('--1--2--3--4--|', updates)
      const expected = '   --s-----a--b--|'
      expectObservable(synced(source, { snapshot: () => answer })).toBe(expected, {
        s: 'start 1',
        a: `3 ${top}`,
        b: `4 ${top}`,
      })
      expectSubscriptions(answer.subscriptions).toBe('--^-----!')
    }),
  )

  test(
    'F23 F51 a snapshot that is newer is the book at once, and the first update that it does not have joins it',
    marbles(({ cold, expectObservable }) => {
      const source = cold('--1--2--3--4--|', updates)
      const expected = '   --sb-------a--|'
      expectObservable(synced(source, { snapshot: () => cold('-3', snapshots) })).toBe(expected, {
        s: 'start 1',
        b: `3 ${top}`,
        a: `4 ${top}`,
      })
    }),
  )

  test(
    'F29 an empty book is a book, with any first update',
    marbles(({ cold, expectObservable }) => {
      const source = cold('--a----b|', { a: update('70-70'), b: update('71-71 5x1') })
      const expected = '   --(sa)-b|'
      expectObservable(synced(source, { snapshot: () => of(snapshot(-1, '', '')) })).toBe(expected, {
        s: 'start 1',
        a: '70 /',
        b: '71 5x1/',
      })
    }),
  )

  test.each([
    ['10x1', '11x1'],
    ['10x1', ''],
    ['', '11x1'],
  ])('a book with the id 0 and levels is not an empty one: bids "%s", asks "%s"', (bids, asks) => {
    const { told, next } = live({ snapshot: serve(of(snapshot(0, bids, asks))) })
    next('70-70')
    expect(told).toEqual(['start 1', 'snapshot too old 2'])
  })

  test(
    'the first of many snapshots counts',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const answer = cold(' -0-4', snapshots)
      const source = cold(' 1-----2|', updates)
      const expected = '    sa----b|'
      expectObservable(synced(source, { snapshot: () => answer })).toBe(expected, {
        s: 'start 1',
        a: `1 ${top}`,
        b: `2 ${top}`,
      })
      expectSubscriptions(answer.subscriptions).toBe('^!')
    }),
  )

  test('a synchronous source and synchronous snapshots are told in order', () => {
    const source = of(updates[1], updates[2], updates[4], updates[5])
    const asked = serve(of(snapshot(0)), [snapshot(3)])
    expect(listen(states(source, { snapshot: asked })).told).toEqual([
      'start 1',
      `1 ${top}`,
      `2 ${top}`,
      'gap 1',
      `4 ${top}`,
      `5 ${top}`,
      '|',
    ])
  })

  test('asks for the symbol of the updates', () => {
    const asked = serve(NEVER)
    listen(states(of(update('1-1', 'ETHUSDT')), { snapshot: asked })).subscription.unsubscribe()
    expect(asked.asked).toEqual(['ETHUSDT'])
  })

  test('a malformed first update is no update', () => {
    const { told, next } = live({ snapshot: serve() })
    next('5-4')
    expect(told).toEqual([])
  })

  test('F23 a snapshot alone is no book where it is older than what came before a reset; an update says what is', () => {
    const reset = new Subject<void>()
    const acknowledged = new Subject<void>()
    const answers = [snapshot(0), snapshot(2), snapshot(1), snapshot(4)]
    const { told, next, clock } = live({
      ...{ reset, acknowledged, symbol: 'BTCUSDT', retry: { delay: 10, maxDelay: 10 } },
      snapshot: () => of(answers.shift() ?? snapshot(9)),
    })
    next('1-1', '2-2', '3-3')
    reset.next()
    acknowledged.next()
    clock.pass(1_000)
    expect(told.filter((one) => !/^\d/.test(one))).toEqual(['start 1', 'reset 1', 'snapshot too old 2'])
    clock.pass(10)
    expect(told.at(-1)).toBe('snapshot too old 3')
    clock.pass(10)
    expect(told.at(-1)).toMatch(/^4 /)
  })

  test('F23 a snapshot alone that is as new as what came before a reset is the book', () => {
    const reset = new Subject<void>()
    const acknowledged = new Subject<void>()
    const { told, next, clock } = live({ reset, acknowledged, snapshot: () => of(snapshot(3)) })
    next('1-1', '2-2', '3-3')
    reset.next()
    acknowledged.next()
    clock.pass(1_000)
    expect(told.slice(-2)).toEqual(['reset 1', `3 ${top}`])
  })

  test('F69 keeps no more updates than it may, and says so once until it has a book', () => {
    const answer = new Subject<DepthSnapshot>()
    const { told, next } = live({ snapshot: () => answer, maxBuffer: 2, retry: { delay: 0 } })
    next('1-1', '2-2', '3-3', '4-4')
    answer.next(snapshot(0))
    next('5-5')
    expect(told).toEqual(['start 1', 'buffer full 1', 'snapshot too old 2'])
  })

  test('F69 and again of the next book', () => {
    const answer = new Subject<DepthSnapshot>()
    const { told, next } = live({ snapshot: () => answer, maxBuffer: 1 })
    next('1-1', '2-2')
    answer.next(snapshot(2))
    next('3-3', '5-5', '6-6')
    expect(told.filter((one) => !/^\d/.test(one))).toEqual(['start 1', 'buffer full 1', 'gap 1', 'buffer full 1'])
  })

  test('a second symbol is a mistake', () => {
    const source = of(update('1-1'), update('2-2', 'ETHUSDT'))
    expect(listen(states(source, { snapshot: serve(NEVER) })).told).toEqual([
      'start 1',
      '# TypeError: expected one symbol, came BTCUSDT and ETHUSDT: use its stream, or groupBy',
    ])
  })

  test('two subscriptions have nothing in common', () => {
    const source = new Subject<DepthUpdate>()
    const asked = serve(of(snapshot(0)), of(snapshot(1)))
    const both = states(source, { snapshot: asked })
    const first = listen(both)
    source.next(updates[1])
    const second = listen(both)
    source.next(updates[2])
    first.subscription.unsubscribe()
    source.next(updates[3])
    expect(first.told).toEqual(['start 1', `1 ${top}`, `2 ${top}`])
    expect(second.told).toEqual(['start 1', `2 ${top}`, `3 ${top}`])
  })
})

describe('a snapshot that is of no use', () => {
  test(
    'F24 an error, none at all, one that takes too long: asked for again, with growing waits',
    marbles(({ cold, expectObservable }) => {
      const asked = serve(failing, EMPTY, NEVER, of(snapshot(0)))
      expectObservable(synced(cold('1', updates), { snapshot: asked })).toBe('(ab) 496ms c 10999ms d 1999ms e', {
        a: 'start 1',
        b: 'snapshot failed 2',
        c: 'snapshot failed 3',
        d: 'snapshot failed 4',
        e: `1 ${top}`,
      })
    }),
  )

  test(
    'waits and timeout are options',
    marbles(({ cold, expectObservable }) => {
      const asked = serve(NEVER, failing, failing, failing, NEVER)
      const retry = { delay: 8, maxDelay: 20, random: () => 0.5 }
      const states$ = synced(cold('1', updates), { snapshot: asked, timeout: 5, retry })
      expectObservable(states$, '55ms !').toBe('a 4ms b 5ms c 11ms d 14ms e', {
        a: 'start 1',
        b: 'snapshot failed 2',
        c: 'snapshot failed 3',
        d: 'snapshot failed 4',
        e: 'snapshot failed 5',
      })
    }),
  )

  test('all waiting is on the given scheduler', () => {
    const asked = serve(failing, NEVER, NEVER)
    const { told, next, clock } = live({ snapshot: asked })
    next('1-1')
    clock.pass(499)
    expect(asked.asked).toHaveLength(1)
    clock.pass(1)
    expect(asked.asked).toHaveLength(2)
    clock.pass(9_999)
    expect(told).toEqual(['start 1', 'snapshot failed 2'])
    clock.pass(1)
    expect(told.at(-1)).toBe('snapshot failed 3')
  })

  test('a timeout of Infinity is none: nothing is scheduled', () => {
    const delays: (number | undefined)[] = []
    const scheduler: SchedulerLike = {
      now: () => 0,
      schedule: (_, delay) => {
        delays.push(delay)
        return Subscription.EMPTY
      },
    }
    const states$ = (timeout?: number) =>
      states(NEVER.pipe(startWith(updates[1])), {
        snapshot: () => NEVER,
        scheduler,
        ...(timeout !== undefined && { timeout }),
      })
    listen(states$(Infinity)).subscription.unsubscribe()
    expect(delays).toEqual([])
    listen(states$()).subscription.unsubscribe()
    expect(delays).toEqual([10_000])
  })

  test('a wait of 0 ms is still a wait', () => {
    const asked = serve(failing, failing, of(snapshot(0)))
    const { told, next, clock } = live({ snapshot: asked, retry: { delay: 0 } })
    next('1-1')
    expect(told).toEqual(['start 1', 'snapshot failed 2'])
    clock.pass(0)
    expect(told.slice(2)).toEqual(['snapshot failed 3', `1 ${top}`])
  })

  test(
    'F23 too old: asked for again, and the buffer is kept',
    marbles(({ cold, expectObservable }) => {
      const source = cold('4----5--6', updates)
      // asked at 3 ms
      const asked = serve(of(snapshot(2)), cold('-----4', snapshots))
      const expected = '   (ab)----c'
      expectObservable(synced(source, { snapshot: asked, retry: { delay: 3 } })).toBe(expected, {
        a: 'start 1',
        b: 'snapshot too old 2',
        c: `6 ${top}`,
      })
    }),
  )

  test('attempts are counted anew once it was synced', () => {
    const asked = serve(failing, of(snapshot(0)), failing, NEVER)
    const { told, next, clock } = live({ snapshot: asked })
    next('1-1')
    clock.pass(500)
    next('3-3')
    expect(told).toEqual(['start 1', 'snapshot failed 2', `1 ${top}`, 'gap 1', 'snapshot failed 2'])
  })

  test(
    'an error that is final ends it',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const error = { final: true }
      const source = cold('--1--2', updates)
      const answer = cold<DepthSnapshot>('  --#', {}, error)
      expectObservable(synced(source, { snapshot: () => answer })).toBe('--s-#', { s: 'start 1' }, error)
      expectSubscriptions(source.subscriptions).toBe('^---!')
    }),
  )

  test.each([['no'], [null], [undefined], [{}], [{ final: false }], [{ final: 1 }], [new Error('no')]])(
    'an error that does not say so is not: %p',
    (error) => {
      const { told, next } = live({ snapshot: serve(throwError(() => error)) })
      next('1-1')
      expect(told).toEqual(['start 1', 'snapshot failed 2'])
    },
  )

  test('a snapshot function that throws ends it, and so does one that gives no Observable', () => {
    const throwing = live({
      snapshot: () => {
        throw new Error('mistake')
      },
    })
    throwing.next('1-1', '2-2')
    expect(throwing.told).toEqual(['start 1', '# Error: mistake'])
    const nothing = live({ snapshot: () => JSON.parse('{}') as Observable<DepthSnapshot> })
    nothing.next('1-1')
    expect(nothing.told).toEqual(['start 1', expect.stringMatching(/^# TypeError: You provided an invalid object/)])
  })
})

describe('losing sync', () => {
  test(
    'F20 gap: asks at once, and the update that showed it is the first that is buffered',
    marbles(({ cold, expectObservable }) => {
      const source = cold('1---2-4-5-|', updates)
      const asked = serve(of(snapshot(1)), cold('-4', snapshots))
      const expected = '   (s1)a-gcb-|'
      expectObservable(synced(source, { snapshot: asked })).toBe(expected, {
        s: 'start 1',
        1: `1 ${top}`,
        a: `2 ${top}`,
        g: 'gap 1',
        c: `4 ${top}`,
        b: `5 ${top}`,
      })
    }),
  )

  test(
    'gap before an update was applied: asks after a wait',
    marbles(({ cold, expectObservable }) => {
      const asked = serve(of(snapshot(1)), of(snapshot(2)))
      expectObservable(synced(cold('1----3', updates), { snapshot: asked })).toBe('(s1)-g 499ms a', {
        s: 'start 1',
        1: `1 ${top}`,
        g: 'gap 2',
        a: `3 ${top}`,
      })
    }),
  )

  test(
    'a gap between updates that wait for a snapshot is no loss',
    marbles(({ cold, expectObservable }) => {
      const source = cold('1-2-4-5-|', updates)
      const answer = cold('-----3', snapshots)
      const expected = '   s----ab-|'
      expectObservable(synced(source, { snapshot: () => answer })).toBe(expected, {
        s: 'start 1',
        a: `4 ${top}`,
        b: `5 ${top}`,
      })
    }),
  )

  test(
    'F27 crossed: asks at once',
    marbles(({ cold, expectObservable }) => {
      const source = cold('1-----x---3|', { ...updates, x: update('2-2 11x5') })
      const asked = serve(of(snapshot(0)), of(snapshot(2)))
      const expected = '   (sa)--(cd)b|'
      expectObservable(synced(source, { snapshot: asked })).toBe(expected, {
        s: 'start 1',
        a: `1 ${top}`,
        c: 'crossed 1',
        d: `2 ${top}`,
        b: `3 ${top}`,
      })
    }),
  )

  test(
    'crossed: the update that did it is applied again, to the next snapshot',
    marbles(({ cold, expectObservable }) => {
      const source = cold('1-----x-3|', { ...updates, x: update('2-2 11x5') })
      const asked = serve(of(snapshot(0)), of(snapshot(1, '10x1', '12x1')))
      const expected = '   (sa)--(cb|)'
      expectObservable(synced(source, { snapshot: asked }).pipe(take(4))).toBe(expected, {
        s: 'start 1',
        a: `1 ${top}`,
        c: 'crossed 1',
        b: '2 11x5/12x1',
      })
    }),
  )

  test(
    'crossed right after a snapshot: asks after a wait, and the buffer is kept',
    marbles(({ cold, expectObservable }) => {
      const asked = serve(of(snapshot(0, '10x1', '10x1')), of(snapshot(0)))
      expectObservable(synced(cold('1', updates), { snapshot: asked })).toBe('(sc) 496ms a', {
        s: 'start 1',
        c: 'crossed 2',
        a: `1 ${top}`,
      })
    }),
  )

  test(
    'restart of the ids: asks at once, and the updates that showed it are the first that are buffered',
    marbles(({ cold, expectObservable }) => {
      const source = cold('1-----a-b-2|', {
        1: update('101-101@1'),
        a: update('1-1@2'),
        b: update('2-2@3'),
        2: update('3-3@4'),
      })
      const asked = serve(of(snapshot(100)), cold('-0', snapshots))
      const expected = '   (sa)----rbc|'
      expectObservable(synced(source, { snapshot: asked })).toBe(expected, {
        s: 'start 1',
        a: `101 ${top}`,
        r: 'restart 1',
        b: `2 ${top}`,
        c: `3 ${top}`,
      })
    }),
  )

  test(
    'restart of the ids while a snapshot is under way: it is cancelled',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('1-a-b', { 1: update('101-101@1'), a: update('1-1@2'), b: update('2-2@3') })
      const answer = cold('-------4', snapshots)
      const asked = serve(answer, of(snapshot(0)))
      expectObservable(synced(source, { snapshot: asked })).toBe('s---r 499ms a', {
        s: 'start 1',
        r: 'restart 2',
        a: `2 ${top}`,
      })
      expectSubscriptions(answer.subscriptions).toBe('^---!')
    }),
  )

  test('F19 stale updates change nothing', () => {
    const { told, next } = live({ snapshot: serve(of(snapshot(0))) })
    next('1-1', '2-2 10x7', '2-2 10x8', '1-1', '3-3')
    expect(told).toEqual(['start 1', `1 ${top}`, '2 10x7/11x1', '3 10x7/11x1'])
  })
})

describe('reset', () => {
  test(
    'ends a synced book; the next update asks at once, and its ids may be lower',
    marbles(({ cold, hot, expectObservable }) => {
      const source = cold('4-----5---1----2|', updates)
      const reset = hot('  --------r')
      const asked = serve(of(snapshot(3)), of(snapshot(0)))
      const expected = '   (sa)--b-r-c----d|'
      expectObservable(synced(source, { snapshot: asked, reset })).toBe(expected, {
        s: 'start 1',
        a: `4 ${top}`,
        b: `5 ${top}`,
        r: 'reset 1',
        c: `1 ${top}`,
        d: `2 ${top}`,
      })
    }),
  )

  test(
    'F25 cancels a snapshot that is under way',
    marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const source = cold(' 1----2----3', updates)
      const reset = hot('   --r')
      const early = cold('  ------1', snapshots)
      const asked = serve(early, cold('-1', snapshots))
      const expected = '    s-r---a---b'
      expectObservable(synced(source, { snapshot: asked, reset })).toBe(expected, {
        s: 'start 1',
        r: 'reset 1',
        a: `2 ${top}`,
        b: `3 ${top}`,
      })
      expectSubscriptions(early.subscriptions).toBe('^-!')
    }),
  )

  test('discards a snapshot that comes in the same breath', () => {
    const reset = new Subject<void>()
    const asked = serve(of(snapshot(0)), of(snapshot(1)))
    const snapshotAndReset = (symbol: string) => {
      if (asked.asked.length === 0) reset.next()
      return asked(symbol)
    }
    const { told, next } = live({ snapshot: snapshotAndReset, reset })
    next('1-1')
    expect(told).toEqual(['start 1', 'reset 1'])
    next('2-2')
    expect(told.slice(2)).toEqual([`2 ${top}`])
  })

  test('cancels the wait for the next request, and counts attempts anew', () => {
    const asked = serve(failing, failing, failing, failing)
    const { told, next, reset, clock } = live({ snapshot: asked })
    next('1-1')
    clock.pass(500)
    expect(told.at(-1)).toBe('snapshot failed 3')
    reset.next()
    clock.pass(100_000)
    expect([told.at(-1), asked.asked.length]).toEqual(['reset 1', 2])
    next('1-1')
    expect([told.at(-1), asked.asked.length]).toEqual(['snapshot failed 2', 3])
    clock.pass(500)
    expect([told.at(-1), asked.asked.length]).toEqual(['snapshot failed 3', 4])
  })

  test('is said once, and not before there is something to lose', () => {
    const { told, next, reset } = live({ snapshot: serve(NEVER) })
    reset.next()
    next('1-1')
    reset.next()
    reset.next()
    expect(told).toEqual(['start 1', 'reset 1'])
  })

  test(
    'its completion changes nothing, its error ends it',
    marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const source = cold('  1-----2|', updates)
      const completes = hot('----|')
      expectObservable(synced(source, { snapshot: () => of(snapshot(0)), reset: completes })).toBe('(sa)--b|', {
        s: 'start 1',
        a: `1 ${top}`,
        b: `2 ${top}`,
      })
      const fails = cold('   ----#')
      expectObservable(synced(source, { snapshot: () => of(snapshot(0)), reset: fails })).toBe('(sa)#', {
        s: 'start 1',
        a: `1 ${top}`,
      })
      expectSubscriptions(source.subscriptions).toBe(['^------!', '^---!'])
    }),
  )

  test('one that says everything at once comes before the source', () => {
    expect(listen(states(of(updates[1]), { snapshot: serve(of(snapshot(0))), reset: of(1) })).told).toEqual([
      'start 1',
      `1 ${top}`,
      '|',
    ])
    let subscribed = 0
    const source = new Observable<DepthUpdate>(() => {
      subscribed++
    })
    expect(listen(states(source, { snapshot: serve(), reset: failing })).told).toEqual(['# Error: no'])
    expect(subscribed).toBe(0)
  })

  test(
    'is not waited for',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('1----|', updates)
      const reset = cold(' ---------r')
      expectObservable(synced(source, { snapshot: () => of(snapshot(0)), reset })).toBe('(sa)-|', {
        s: 'start 1',
        a: `1 ${top}`,
      })
      expectSubscriptions(reset.subscriptions).toBe('^----!')
    }),
  )
})

describe('the end', () => {
  const onlyStart = { s: 'start 1' }

  test(
    'a snapshot that is under way is waited for, and used',
    marbles(({ cold, expectObservable }) => {
      const source = cold('1-2|', updates)
      const answer = cold('------1', snapshots)
      const expected = '   s-----(a|)'
      expectObservable(synced(source, { snapshot: () => answer })).toBe(expected, { ...onlyStart, a: `2 ${top}` })
    }),
  )

  test(
    'one that is of no use is not asked for again',
    marbles(({ cold, expectObservable }) => {
      const source = cold('3--|', updates)
      const after = (answer: Observable<DepthSnapshot>) => synced(source, { snapshot: serve(answer) })
      expectObservable(after(cold<DepthSnapshot>('------#'))).toBe('s-----|', onlyStart)
      expectObservable(after(cold('------|'))).toBe('s-----|', onlyStart)
      expectObservable(after(cold('------0', snapshots))).toBe('s-----|', onlyStart)
      expectObservable(after(cold('------4', snapshots))).toBe('s-----(a|)', { ...onlyStart, a: `4 ${top}` })
      expectObservable(after(cold('------x', { x: snapshot(2, '11x1', '11x1') }))).toBe('s-----|', onlyStart)
      expectObservable(after(NEVER)).toBe('s 9999ms |', onlyStart)
      expectObservable(after(cold('------#', {}, { final: true }))).toBe('s-----#', onlyStart, { final: true })
    }),
  )

  test(
    'the wait for the next request is not waited for',
    marbles(({ cold, expectObservable }) => {
      expectObservable(synced(cold('1----|', updates), { snapshot: serve(failing) })).toBe('(sf)-|', {
        ...onlyStart,
        f: 'snapshot failed 2',
      })
    }),
  )

  test(
    'a reset cancels what is waited for',
    marbles(({ cold, hot, expectObservable }) => {
      const source = cold('1--|', updates)
      const reset = hot('  -----r')
      const expected = '   s----(r|)'
      expectObservable(synced(source, { snapshot: () => NEVER, reset })).toBe(expected, { ...onlyStart, r: 'reset 1' })
    }),
  )

  test(
    'an error of the source is not held back',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const answer = cold('------1', snapshots)
      expectObservable(synced(cold('1--#', updates), { snapshot: () => answer })).toBe('s--#', onlyStart)
      expectSubscriptions(answer.subscriptions).toBe('^--!')
      const synchronous = of(snapshot(0))
      expectObservable(synced(cold('1----#', updates), { snapshot: () => synchronous })).toBe('(sa)-#', {
        ...onlyStart,
        a: `1 ${top}`,
      })
    }),
  )

  test(
    'F46 unsubscribing cancels everything at once',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('1--', updates)
      const answer = cold('------1', snapshots)
      const reset = cold(' ------r')
      expectObservable(synced(source, { snapshot: () => answer, reset }), '--!').toBe('s-', onlyStart)
      for (const { subscriptions } of [source, answer, reset]) expectSubscriptions(subscriptions).toBe('^-!')
    }),
  )

  test('unsubscribing during the wait asks no more', () => {
    const asked = serve(failing)
    const { subscription, next, clock } = live({ snapshot: asked })
    next('1-1')
    subscription.unsubscribe()
    clock.pass(100_000)
    expect(asked.asked).toHaveLength(1)
  })

  test('who leaves with the first state asks for nothing, and stops a source that never ends', () => {
    const endless = new Observable<DepthUpdate>((subscriber) => {
      for (let id = 1; !subscriber.closed; id++) subscriber.next(update(`${id}-${id}`))
    })
    const none = serve()
    expect(listen(states(endless, { snapshot: none }).pipe(take(1))).told).toEqual(['start 1', '|'])
    expect(none.asked).toEqual([])
    expect(listen(states(endless, { snapshot: () => of(snapshot(0)) }).pipe(take(3))).told).toEqual([
      'start 1',
      `1 ${top}`,
      `2 ${top}`,
      '|',
    ])
  })
})

describe('the book', () => {
  test('is one object while synced, and throws once it was lost, before that is said', () => {
    const read = () => games.books()[0]?.book.bestBid
    const seen: unknown[] = []
    const games = live({ snapshot: serve(of(snapshot(0)), of(snapshot(4))) }, ({ _tag }) => {
      if (_tag === 'Syncing' && games.books().length > 0) expect(read).toThrow('lost (gap)')
      seen.push(_tag)
    })
    games.next('1-1', '2-2')
    expect(read()).toEqual({ price: '10', quantity: '1' })
    games.next('4-4', '5-5')
    const [first, second, third] = games.books()
    expect(seen).toEqual(['Syncing', 'Synced', 'Synced', 'Syncing', 'Synced', 'Synced'])
    expect(second?.book).toBe(first?.book)
    expect(third?.book).not.toBe(first?.book)
    expect(third?.book.lastUpdateId).toBe(5)
  })

  test.each([
    ['gap', ['3-3']],
    ['crossed', ['2-2 12x1']],
    ['restart', ['0-0@5', '1-1@6']],
  ])('throws for the reason that was said: %s', (reason, texts) => {
    const { next, books, told } = live({ snapshot: serve(of(snapshot(0)), NEVER) })
    next('1-1', ...texts)
    expect(told.at(-1)).toBe(`${reason} 1`)
    expect(() => books()[0]?.book.lastUpdateId).toThrow(`this book of BTCUSDT was lost (${reason})`)
  })

  test('throws after a reset, and stays readable after the end', () => {
    const lost = live({ snapshot: serve(of(snapshot(0))) })
    lost.next('1-1')
    lost.reset.next()
    expect(() => lost.books()[0]?.book.lastUpdateId).toThrow('this book of BTCUSDT was lost (reset)')
    const ended = live({ snapshot: serve(of(snapshot(0))) })
    ended.next('1-1')
    ended.source.complete()
    expect(ended.books()[0]?.book.lastUpdateId).toBe(1)
  })

  test('a state names its last update, and its top is the same object until it changes', () => {
    const { next, books } = live({ snapshot: serve(of(snapshot(0))) })
    next('1-1', '2-2 9x1 / 12x1', '3-3 10x2', '4-4 / 11x2', '5-5')
    const [a, b, c, d, e] = books()
    expect(books().map(({ update }) => update?.lastUpdateId)).toEqual([1, 2, 3, 4, 5])
    expect(b?.top).toBe(a?.top)
    expect(a?.top).toEqual({ bid: { price: '10', quantity: '1' }, ask: { price: '11', quantity: '1' } })
    expect(c?.top).toEqual({ bid: { price: '10', quantity: '2' }, ask: { price: '11', quantity: '1' } })
    expect(d?.top).toEqual({ bid: { price: '10', quantity: '2' }, ask: { price: '11', quantity: '2' } })
    expect(e?.top).toBe(d?.top)
  })
})

describe('F51 a market in which nothing happens', () => {
  const quiet = (options: Partial<SyncDepthConfig> = {}) => {
    const acknowledged = new Subject<void>()
    const asked = serve(of(snapshot(7)), of(snapshot(8)), of(snapshot(9)))
    return {
      ...live({ snapshot: asked, symbol: 'BTCUSDT', acknowledged, ...options }),
      acknowledged,
      asked: asked.asked,
    }
  }

  test('the snapshot is asked for a second after the stream is acknowledged, and is the book', () => {
    const { told, acknowledged, clock, asked, books, next } = quiet()
    clock.pass(5_000)
    acknowledged.next()
    clock.pass(999)
    expect([told, asked]).toEqual([[], []])
    clock.pass(1)
    expect([told, asked]).toEqual([['start 1', `7 ${top}`], ['BTCUSDT']])
    expect(books()[0]).toMatchObject({ update: undefined, top: { bid: { price: '10' }, ask: { price: '11' } } })
    next('8-8')
    expect(told.slice(2)).toEqual([`8 ${top}`])
  })

  test('an update that comes meanwhile asks itself, once', () => {
    const { told, acknowledged, clock, next, asked } = quiet()
    acknowledged.next()
    clock.pass(500)
    next('8-8')
    expect(told).toEqual(['start 1', `8 ${top}`])
    clock.pass(5_000)
    acknowledged.next()
    clock.pass(5_000)
    expect(asked).toHaveLength(1)
  })

  test('a second acknowledgement changes nothing', () => {
    const { acknowledged, clock, asked } = quiet()
    acknowledged.next()
    clock.pass(900)
    acknowledged.next()
    clock.pass(100)
    expect(asked).toHaveLength(1)
  })

  test('a reset waits for the next acknowledgement, before the snapshot came and after', () => {
    const { told, acknowledged, clock, reset, asked } = quiet()
    acknowledged.next()
    clock.pass(500)
    reset.next()
    clock.pass(5_000)
    expect([told, asked]).toEqual([[], []])
    acknowledged.next()
    clock.pass(1_000)
    reset.next()
    expect(told).toEqual(['start 1', `7 ${top}`, 'reset 1'])
    clock.pass(5_000)
    acknowledged.next()
    clock.pass(1_000)
    expect(told.slice(3)).toEqual([`8 ${top}`])
  })

  test('without a symbol nothing can be asked for', () => {
    const { acknowledged, clock, asked } = quiet({ symbol: '' })
    acknowledged.next()
    clock.pass(5_000)
    expect(asked).toEqual([])
  })

  test('F46 the end and leaving end the wait, and an error of what acknowledges passes', () => {
    const ended = quiet()
    ended.acknowledged.next()
    ended.source.complete()
    ended.clock.pass(5_000)
    expect([ended.told, ended.asked]).toEqual([['|'], []])
    const left = quiet()
    left.acknowledged.next()
    left.subscription.unsubscribe()
    expect(left.clock.actions).toEqual([])
    left.clock.pass(5_000)
    expect(left.asked).toEqual([])
    const failed = quiet()
    failed.acknowledged.error(new Error('no'))
    expect(failed.told).toEqual(['# Error: no'])
  })

  test('the symbol is as the updates write it', () => {
    const { source, asked } = quiet({ symbol: 'btcusdt' })
    source.next(update('8-8'))
    expect(asked).toEqual(['BTCUSDT'])
  })

  test('a snapshot that is crossed is no book', () => {
    const { told, acknowledged, clock } = quiet({ snapshot: serve(of(snapshot(7, '12x1'))) })
    acknowledged.next()
    clock.pass(1_000)
    expect(told).toEqual(['start 1', 'crossed 2'])
  })
})

describe('F52 how old a book is', () => {
  test('it is stale while its stream is silent, and can be read; the next update ends that', () => {
    const silent = new Subject<number>()
    const { told, next, books } = live({ snapshot: serve(of(snapshot(0)), NEVER), silent })
    silent.next(60_000)
    next('1-1')
    silent.next(60_001)
    expect(books()[0]?.book.bestBid?.price).toBe('10')
    next('2-2')
    expect(told).toEqual(['start 1', `1 ${top}`, `stale 60001 1 ${top}`, `2 ${top}`])
    next('4-4')
    silent.next(60_002)
    expect(told.slice(4)).toEqual(['gap 1'])
  })

  test('its age is from the last update that is in it, or from its snapshot, at any time', () => {
    const { next, books, clock } = live({ snapshot: serve(of(snapshot(1))) })
    next('1-1')
    const age = () => books()[0]?.book.age
    expect(age()).toBe(0)
    clock.pass(700)
    expect(age()).toBe(700)
    next('2-2')
    clock.pass(5)
    next('2-2')
    expect(age()).toBe(5)
  })

  test('where it is known when updates arrived, its age is from then, and never less than nothing', () => {
    let at = 40
    const { next, books, clock } = live({ snapshot: serve(of(snapshot(0))), receivedAt: () => at })
    clock.pass(100)
    next('1-1')
    next('2-2')
    expect(books()[0]?.book.age).toBe(60)
    at = 200
    next('3-3')
    expect(books()[0]?.book.age).toBe(0)
  })
})

describe('F65 a snapshot that can be had', () => {
  const offering = (options: Partial<SyncDepthConfig> = {}) => {
    const available = new Subject<void>()
    const asked: string[] = []
    const answer = new Subject<DepthSnapshot>()
    const snapshot = (symbol: string) => {
      asked.push(symbol)
      return answer
    }
    return { ...live({ symbol: 'BTCUSDT', available, snapshot, ...options }), available, asked, answer }
  }

  test('is asked for at once, and once', () => {
    const { available, told, asked, answer, next } = offering()
    available.next()
    available.next()
    expect([told, asked]).toEqual([['start 1'], ['BTCUSDT']])
    answer.next(snapshot(7))
    available.next()
    next('8-8')
    available.next()
    expect([told.slice(1), asked]).toEqual([[`7 ${top}`, `8 ${top}`], ['BTCUSDT']])
  })

  test('is of no use before the symbol is known', () => {
    const { available, told, asked } = offering({ symbol: '' })
    available.next()
    expect([told, asked]).toEqual([[], []])
  })

  test('is none after a reset, before an update says what is', () => {
    const { available, told, asked, answer, reset, next } = offering()
    next('1-1')
    answer.next(snapshot(0))
    reset.next()
    available.next()
    expect([told.at(-1), asked]).toEqual(['reset 1', ['BTCUSDT']])
    next('2-2')
    expect(asked).toHaveLength(2)
  })
})

describe('F53 a request that waits for its turn', () => {
  /** A snapshot whose request tells how it gets on. */
  const queued = (options: Partial<SyncDepthConfig> = {}) => {
    let tell: OnProgress = () => undefined
    const answers: Subject<DepthSnapshot>[] = []
    const snapshot = (_: string, onProgress: OnProgress) => {
      tell = onProgress
      const answer = new Subject<DepthSnapshot>()
      answers.push(answer)
      return answer
    }
    return { ...live({ snapshot, ...options }), answers, tell: (progress: RequestProgress) => tell(progress) }
  }

  test('its wait is no failure, however long; patience begins when it leaves', () => {
    const { told, next, tell, clock } = queued()
    next('1-1')
    tell({ _tag: 'Waiting' })
    clock.pass(600_000)
    tell({ _tag: 'Sent' })
    expect(told).toEqual(['start 1', 'waiting for the budget 1', 'start 1'])
    clock.pass(9_999)
    expect(told).toHaveLength(3)
    clock.pass(1)
    expect(told.slice(3)).toEqual(['snapshot failed 2'])
  })

  test('told at once, too', () => {
    const answer = new Subject<DepthSnapshot>()
    const snapshot = (_: string, onProgress: OnProgress) => {
      onProgress({ _tag: 'Waiting' })
      return answer
    }
    const { told, next, clock } = live({ snapshot })
    next('1-1')
    clock.pass(100_000)
    answer.next({ lastUpdateId: 1, bids: [], asks: [] })
    expect(told).toEqual(['start 1', 'waiting for the budget 1', '1 /'])
  })

  test('F65 that there is none yet is said', () => {
    const { told, next, tell } = queued()
    next('1-1')
    tell({ _tag: 'Absent' })
    expect(told).toEqual(['start 1', 'no snapshot yet 1'])
  })

  test('what becomes of it is not said once the source has completed', () => {
    const { told, next, tell, source, answers } = queued()
    next('1-1')
    source.complete()
    tell({ _tag: 'Waiting' })
    tell({ _tag: 'Sent' })
    answers[0]?.next(snapshot(0))
    expect(told).toEqual(['start 1', `1 ${top}`, '|'])
  })

  test('each time it leaves, patience begins anew', () => {
    const { told, next, tell, clock } = queued()
    next('1-1')
    clock.pass(9_999)
    tell({ _tag: 'Sent' })
    clock.pass(9_999)
    tell({ _tag: 'Sent' })
    clock.pass(9_999)
    expect(told).toEqual(['start 1'])
    clock.pass(1)
    expect(told).toEqual(['start 1', 'snapshot failed 2'])
  })

  test('one that failed and will be sent again says why, and is no new attempt', () => {
    const { told, clock, next, answers, tell } = queued()
    next('1-1')
    tell({ _tag: 'Failed', error: new Error('busy') })
    clock.pass(60_000)
    tell({ _tag: 'Sent' })
    answers[0]?.next(snapshot(0))
    expect(told).toEqual(['start 1', 'snapshot failed 1', `1 ${top}`])
  })

  test('after a gap the reason is the gap again once it has left', () => {
    const { told, next, tell, answers } = queued()
    next('1-1')
    answers[0]?.next(snapshot(0))
    next('3-3')
    tell({ _tag: 'Waiting' })
    tell({ _tag: 'Sent' })
    tell({ _tag: 'Sent' })
    expect(told.slice(2)).toEqual(['gap 1', 'waiting for the budget 1', 'gap 1'])
  })

  test('what is said of one that was cancelled is not heard', () => {
    const { told, next, tell, reset, clock } = queued()
    next('1-1')
    tell({ _tag: 'Waiting' })
    reset.next()
    tell({ _tag: 'Sent' })
    tell({ _tag: 'Waiting' })
    clock.pass(100_000)
    expect(told).toEqual(['start 1', 'waiting for the budget 1', 'reset 1'])
  })

  test('the error of a snapshot is carried in the state', () => {
    const error = new Error('HTTP 503')
    const states: BookState[] = []
    const { next, clock } = live(
      {
        snapshot: serve(
          throwError(() => error),
          NEVER,
        ),
      },
      (state) => states.push(state),
    )
    next('1-1')
    clock.pass(500)
    clock.pass(10_000)
    expect(states).toEqual([
      { _tag: 'Syncing', reason: 'start', attempt: 1 },
      { _tag: 'Syncing', reason: 'snapshot failed', attempt: 2, error },
      { _tag: 'Syncing', reason: 'snapshot failed', attempt: 3, error: new Error('no snapshot within 10000 ms') },
    ])
  })
})

describe('F75 what is implausible is not believed', () => {
  const year5138 = 99_999_999_999_999
  const most = Number.MAX_SAFE_INTEGER

  /** A book that is synced at 2, each update a second after the other, and what it says of what comes then. */
  const after = (texts: readonly string[], ...answers: readonly ObservableInput<DepthSnapshot>[]) =>
    saidOf(['1-1@1000', '2-2@2000', ...texts], ...answers)

  const saidOf = (texts: readonly string[], ...answers: readonly ObservableInput<DepthSnapshot>[]) => {
    const states: BookState[] = []
    const game = live({ snapshot: serve(of(snapshot(0)), ...answers) }, (state) => states.push(state))
    for (const text of texts) {
      game.clock.pass(1_000)
      game.next(text)
    }
    const errors = states.flatMap((state) =>
      state._tag === 'Syncing' && state.error instanceof Error ? [String(state.error)] : [],
    )
    return { ...game, errors }
  }

  test('ids and a time beyond all others: the book says why, and follows what comes then', () => {
    const { told, errors } = after([`3-${most}@${year5138}`, '3-3@4000', '4-4@5000', '5-5@6000'], of(snapshot(3)))
    expect(told.slice(3)).toEqual(['implausible 1', ...[3, 4, 5].map((id) => `${id} ${top}`)])
    expect(errors).toEqual([`Error: an update of BTCUSDT has ids from 3 to ${most}`])
  })

  test('a time alone, ahead by more than a minute or behind by more than a day', () => {
    const at = (off: number) => {
      const day = 86_400_000
      const { told, errors } = saidOf([`1-1@${day + 1_000}`, `2-2@${day + 2_000 + off}`], NEVER)
      return [told.at(-1), ...errors]
    }
    expect([60_000, 60_001, -86_400_000, -86_400_001].map(at)).toEqual([
      [`2 ${top}`],
      ['implausible 1', 'Error: an update of BTCUSDT has the time 86462001, which is 60001 ms off'],
      [`2 ${top}`],
      ['implausible 1', 'Error: an update of BTCUSDT has the time 1999, which is -86400001 ms off'],
    ])
  })

  test('a stream that was quiet for hours, or is read hours late, is believed', () => {
    const game = live({ snapshot: serve(of(snapshot(0))) })
    const steps: readonly (readonly [wait: number, text: string])[] = [
      [1_000, '1-1@1000'],
      [7_200_000, '2-2@7201000'],
      [7_200_000, '3-3@7202000'],
      [0, '4-4@7203000'],
      [0, '5-5@7250000'],
    ]
    for (const [wait, text] of steps) {
      game.clock.pass(wait)
      game.next(text)
    }
    expect(game.told).toEqual(['start 1', ...[1, 2, 3, 4, 5].map((id) => `${id} ${top}`)])
  })

  test('a clock that was set costs one update', () => {
    const late = 10_000_000
    const { told } = after(
      [3, 4, 5].map((id) => `${id}-${id}@${id * 1_000 + late}`),
      of(snapshot(4)),
    )
    expect(told.slice(3)).toEqual(['implausible 1', `4 ${top}`, `5 ${top}`])
  })

  test('two in a row that agree are believed, until two others do', () => {
    const times = [year5138, year5138 + 1_000, 5_000, 6_000, 7_000]
    const { told } = after(
      times.map((time, i) => `${i + 3}-${i + 3}@${time}`),
      of(snapshot(3)),
      of(snapshot(5)),
    )
    expect(told.slice(3)).toEqual([
      'implausible 1',
      `3 ${top}`,
      `4 ${top}`,
      'implausible 1',
      `5 ${top}`,
      `6 ${top}`,
      `7 ${top}`,
    ])
  })

  test('the first update of all: what comes then is believed, and the snapshot joins it', () => {
    const answer = new Subject<DepthSnapshot>()
    const game = live({ snapshot: () => answer })
    for (const text of [`1-1000@${year5138}`, '2-2@2000', '3-3@3000', '4-4@4000']) {
      game.clock.pass(1_000)
      game.next(text)
    }
    answer.next(snapshot(3))
    expect(game.told).toEqual(['start 1', `4 ${top}`])
  })

  test('ids that span more than any venue has are never buffered', () => {
    const answer = new Subject<DepthSnapshot>()
    const game = live({ snapshot: () => answer })
    game.next('1-1', `2-${2 + 1e9 + 1}`, '2-2', '3-3')
    answer.next(snapshot(2))
    expect(game.told).toEqual(['start 1', `3 ${top}`])
  })

  test('a snapshot whose id is far beyond its stream: asked for again', () => {
    const { told, clock, next } = live({ snapshot: serve(of(snapshot(2 + 1e9)), of(snapshot(1 + 1e9))) })
    next('1-1')
    expect(told).toEqual(['start 1', 'implausible 2'])
    clock.pass(500)
    expect(told.slice(2)).toEqual([`${1 + 1e9} ${top}`])
  })

  test('where our clock stands still, as in a recording without times, a day is no jump', () => {
    const game = live({ snapshot: serve(of(snapshot(0)), NEVER), receivedAt: () => 0 })
    game.next('1-1@1000', '2-2@86401000')
    game.next('3-3@172801001')
    expect(game.told).toEqual(['start 1', `1 ${top}`, `2 ${top}`, 'implausible 1'])
  })
})

describe('an observer that acts on what it is told', () => {
  test('reset at the start: nothing is asked', () => {
    const reset = new Subject<void>()
    const asked = serve(of(snapshot(0)))
    const { told, next } = live({ snapshot: asked, reset }, ({ _tag }) => {
      if (_tag === 'Syncing' && told.length === 1) reset.next()
    })
    next('1-1')
    expect([told, asked.asked]).toEqual([['start 1', 'reset 1'], []])
    next('1-1')
    expect(told.slice(2)).toEqual([`1 ${top}`])
  })

  test('an update at the start is buffered before the snapshot is asked for', () => {
    const game = live({ snapshot: serve(of(snapshot(0))) }, () => {
      if (game.told.length === 1) game.next('2-2')
    })
    game.next('1-1')
    expect(game.told).toEqual(['start 1', `2 ${top}`])
  })

  test('an update for each state comes after that state', () => {
    const game = live({ snapshot: serve(of(snapshot(0))) }, ({ _tag }) => {
      const id = game.told.length
      if (_tag === 'Synced' && id < 4) game.next(`${id}-${id}`)
    })
    game.next('1-1')
    expect(game.told).toEqual(['start 1', `1 ${top}`, `2 ${top}`, `3 ${top}`])
  })

  test('the end of the source at the start: nothing is asked', () => {
    const asked = serve()
    const game = live({ snapshot: asked }, () => game.source.complete())
    game.next('1-1')
    expect([game.told, asked.asked]).toEqual([['start 1', '|'], []])
  })
})
