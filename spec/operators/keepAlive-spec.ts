import { concat, NEVER, of, throwError, type ObservableInput } from 'rxjs'
import { isKeyGone, keepAlive } from '../../lib/operators/keepAlive.js'
import { marbles } from '../../lib/testing/marbles.js'

const gone = Object.assign(new Error('This listenKey does not exist.'), { code: -1125 })
const broken = new Error('500')

test(
  'passes keys on, and extends the latest one',
  marbles(({ cold, hot, expectObservable, expectSubscriptions, scheduler }) => {
    const keys = hot('--a-------------b-----|')
    const extension = cold('(x|)')
    const asked: string[] = []
    const extend = (key: string) => {
      asked.push(`${key} ${scheduler.now()}`)
      return extension
    }
    expectObservable(keys.pipe(keepAlive({ extend, every: 5, scheduler }))).toBe('--a-------------b-----|')
    expectSubscriptions(keys.subscriptions).toBe(['^---------------------!', '^---------------------!'].slice(0, 1))
    expectSubscriptions(extension.subscriptions).toBe(['-------(^!)', '------------(^!)', '---------------------(^!)'])
    scheduler.schedule(() => expect(asked).toEqual(['a 7', 'a 12', 'b 21']), 30)
  }),
)

test(
  'half an hour by default, counted from the extension before',
  marbles(({ cold, expectObservable, expectSubscriptions, scheduler }) => {
    const extension = cold('5ms (x|)')
    const kept = concat(of('a'), NEVER).pipe(keepAlive({ extend: () => extension, scheduler }))
    expectObservable(kept, '^ 70m !').toBe('a')
    expectSubscriptions(extension.subscriptions).toBe(['30m ^----!', '60m 5ms ^----!'])
  }),
)

test.each<[string, string, string]>([
  ['never', '-', '-'],
  ['empty', '|', '|'],
  ['one', 'a', 'a'],
  ['one, at its end', '(a|)', '(a|)'],
  ['many at once', '(abc|)', '(abc|)'],
  ['many', 'a-b-c-|', 'a-b-c-|'],
  ['an error', 'a-#', 'a-#'],
  ['nothing but an error', '#', '#'],
])('the source: %s', (_, keys, expected) => {
  marbles(({ cold, expectObservable, scheduler }) => {
    const extend = () => of('ok')
    expectObservable(cold(keys).pipe(keepAlive({ extend, every: 10, scheduler })), '^-------!').toBe(expected)
  })()
})

test(
  'the end of the source ends the extension under way',
  marbles(({ cold, expectObservable, expectSubscriptions, scheduler }) => {
    const extension = cold('-----(x|)')
    expectObservable(cold('a---|').pipe(keepAlive({ extend: () => extension, every: 2, scheduler }))).toBe('a---|')
    expectSubscriptions(extension.subscriptions).toBe('--^-!')
  }),
)

test(
  'a new key ends the extension of the old one',
  marbles(({ cold, expectObservable, expectSubscriptions, scheduler }) => {
    const extensions = { a: cold('-----(x|)'), b: cold('-(x|)') }
    const extend = (key: string) => (key === 'a' ? extensions.a : extensions.b)
    expectObservable(cold('a---b----|').pipe(keepAlive({ extend, every: 2, scheduler }))).toBe('a---b----|')
    expectSubscriptions(extensions.a.subscriptions).toBe('--^-!')
    expectSubscriptions(extensions.b.subscriptions).toBe('------^!')
  }),
)

test(
  'an extension that fails is tried again early, and nobody is told',
  marbles(({ cold, expectObservable, expectSubscriptions, scheduler }) => {
    const bad = cold('-#', undefined, broken)
    const good = cold('-(x|)')
    let calls = 0
    const extend = () => (++calls < 3 ? bad : good)
    const options = { extend, every: 10, retry: { delay: 2, maxDelay: 3 }, scheduler }
    expectObservable(cold('a').pipe(keepAlive(options)), '^ 30ms !').toBe('a')
    // Fails at 11 and 14; 2 and 3 later it is tried again; 10 after the success the next one is due.
    expectSubscriptions(bad.subscriptions).toBe(['10ms ^!', '13ms ^!'])
    expectSubscriptions(good.subscriptions).toBe(['17ms ^!', '28ms ^!'])
  }),
)

test(
  'by default after 10 s, doubled up to 5 min, until it works',
  marbles(({ cold, expectObservable, expectSubscriptions, scheduler }) => {
    const extension = cold('#', undefined, broken)
    expectObservable(cold('a').pipe(keepAlive({ extend: () => extension, scheduler })), '^ 50m !').toBe('a')
    const after = [0, 10, 30, 70, 150, 310, 610, 910]
    expectSubscriptions(extension.subscriptions).toBe(after.map((seconds) => `30m ${seconds}s (^!)`))
  }),
)

test(
  'the waits begin anew after a success, and chance may shorten them',
  marbles(({ cold, expectObservable, expectSubscriptions, scheduler }) => {
    const bad = cold('#', undefined, broken)
    let calls = 0
    const extend = (): ObservableInput<unknown> => (++calls % 2 === 1 ? bad : of('x'))
    const options = { extend, every: 10, retry: { delay: 8, random: () => 0.5 }, scheduler }
    expectObservable(cold('a').pipe(keepAlive(options)), '^ 40ms !').toBe('a')
    expectSubscriptions(bad.subscriptions).toBe(['10ms (^!)', '26ms (^!)'])
  }),
)

test(
  'a key that is gone is an error, at once',
  marbles(({ cold, expectObservable, expectSubscriptions, scheduler }) => {
    const keys = cold('a-----------')
    const extended = keys.pipe(keepAlive({ extend: () => throwError(() => gone), every: 5, scheduler }))
    expectObservable(extended).toBe('a----#', undefined, gone)
    expectSubscriptions(keys.subscriptions).toBe('^----!')
  }),
)

test(
  'also after failures that may pass',
  marbles(({ cold, expectObservable, scheduler }) => {
    const errors = [broken, broken, gone]
    const options = { extend: () => throwError(() => errors.shift()), every: 5, retry: { delay: 1 }, scheduler }
    expectObservable(cold('a').pipe(keepAlive(options))).toBe('a 7ms #', undefined, gone)
  }),
)

test(
  'what being gone means may be said',
  marbles(({ cold, expectObservable, scheduler }) => {
    const extend = () => throwError(() => broken)
    const options = { extend, every: 5, gone: (error: unknown) => error === broken, scheduler }
    expectObservable(cold('a').pipe(keepAlive(options))).toBe('a----#', undefined, broken)
    const other = { extend: () => throwError(() => gone), every: 5, gone: () => false, scheduler }
    expectObservable(cold('a').pipe(keepAlive(other)), '^ 30ms !').toBe('a')
  }),
)

test(
  'an extension that throws has failed; one that says nothing has worked, as has one that goes on',
  marbles(({ cold, expectObservable, scheduler, flush }) => {
    const calls: string[] = []
    const answers: (() => ObservableInput<unknown>)[] = [
      () => {
        throw broken
      },
      () => [],
      () => NEVER.pipe((source) => concat(of('ok'), source)),
      () => of('ok'),
    ]
    const extend = (): ObservableInput<unknown> => {
      calls.push(String(scheduler.now()))
      return answers.shift()?.() ?? NEVER
    }
    expectObservable(cold('a').pipe(keepAlive({ extend, every: 5, retry: { delay: 1 }, scheduler })), '^ 22ms !').toBe(
      'a',
    )
    flush()
    expect(calls).toEqual(['5', '6', '11', '16', '21'])
  }),
)

describe('a key that may have died unnoticed', () => {
  const doubts = { d: true, l: false }

  test(
    'is extended at once, and as usual besides',
    marbles(({ cold, hot, expectObservable, expectSubscriptions, scheduler }) => {
      const extension = cold('-(x|)')
      const extendNow$ = hot('--d', doubts)
      const options = { extend: () => extension, every: 6, extendNow$, scheduler }
      expectObservable(cold('a').pipe(keepAlive(options)), '^--------!').toBe('a')
      expectSubscriptions(extension.subscriptions).toBe(['--^!', '------^!'])
      expectSubscriptions(extendNow$.subscriptions).toBe('^--------!')
    }),
  )

  test(
    'again and again until that works, after growing waits',
    marbles(({ cold, hot, expectObservable, expectSubscriptions, scheduler }) => {
      const bad = cold('#', undefined, broken)
      const good = cold('-|')
      let calls = 0
      const extend = () => (++calls < 3 ? bad : good)
      const options = { extend, extendNow$: hot('-d', doubts), retry: { delay: 2 }, scheduler }
      expectObservable(cold('a').pipe(keepAlive(options)), '^ 30ms !').toBe('a')
      expectSubscriptions(bad.subscriptions).toBe(['-(^!)', '---(^!)'])
      expectSubscriptions(good.subscriptions).toBe('-------^!')
    }),
  )

  test(
    'or until it is said to live, which ends the one under way and the wait',
    marbles(({ cold, hot, expectObservable, expectSubscriptions, scheduler }) => {
      const slow = cold('-----(x|)')
      const bad = cold('#', undefined, broken)
      const kept = (extension: ObservableInput<unknown>) =>
        cold('a').pipe(
          keepAlive({ extend: () => extension, extendNow$: hot('-d-l', doubts), retry: { delay: 5 }, scheduler }),
        )
      for (const extension of [slow, bad]) expectObservable(kept(extension), '^ 30ms !').toBe('a')
      expectSubscriptions(slow.subscriptions).toBe('-^-!')
      expectSubscriptions(bad.subscriptions).toBe('-(^!)')
    }),
  )

  test(
    'doubted again: it begins anew; a new key ends it',
    marbles(({ cold, hot, expectObservable, expectSubscriptions, scheduler }) => {
      const extension = cold('----(x|)')
      const options = { extend: () => extension, extendNow$: hot('-d-d', doubts), scheduler }
      expectObservable(cold('a----b').pipe(keepAlive(options)), '^ 30ms !').toBe('a----b')
      expectSubscriptions(extension.subscriptions).toBe(['-^-!', '---^-!'])
    }),
  )

  test(
    'and is gone: an error at once, also where an extension in time is under way',
    marbles(({ cold, hot, expectObservable, expectSubscriptions, scheduler }) => {
      const slow = cold('------')
      const answers = [slow, cold('#', undefined, gone)]
      const extend = (): ObservableInput<unknown> => answers.shift() ?? NEVER
      const options = { extend, every: 2, extendNow$: hot('---d', doubts), scheduler }
      expectObservable(cold('a').pipe(keepAlive(options))).toBe('a--#', undefined, gone)
      expectSubscriptions(slow.subscriptions).toBe('--^!')
    }),
  )

  test(
    'its end changes nothing, its error is one',
    marbles(({ cold, expectObservable, scheduler }) => {
      const extend = () => of('ok')
      expectObservable(cold('a').pipe(keepAlive({ extend, extendNow$: cold('-|'), scheduler })), '^----!').toBe('a')
      expectObservable(cold('a').pipe(keepAlive({ extend, extendNow$: cold('-#'), scheduler }))).toBe('a#')
    }),
  )
})

test(
  'unsubscribing cancels the waiting and the extension under way',
  marbles(({ cold, expectObservable, expectSubscriptions, scheduler }) => {
    const extension = cold('-----(x|)')
    const kept = cold('a').pipe(keepAlive({ extend: () => extension, every: 3, scheduler }))
    expectObservable(kept, '^-!').toBe('a')
    expectObservable(kept, '^----!').toBe('a')
    expectSubscriptions(extension.subscriptions).toBe('---^-!')
  }),
)

test(
  'two subscriptions keep by themselves',
  marbles(({ cold, expectObservable, expectSubscriptions, scheduler }) => {
    const extension = cold('(x|)')
    const kept = cold('a').pipe(keepAlive({ extend: () => extension, every: 4, scheduler }))
    expectObservable(kept, '^-----!').toBe('a')
    expectObservable(kept, '--^-----!').toBe('--a')
    expectSubscriptions(extension.subscriptions).toBe(['----(^!)', '------(^!)'])
  }),
)

test('real time, unless told otherwise', () => {
  jest.useFakeTimers()
  try {
    const calls: string[] = []
    const kept = concat(of('a'), NEVER).pipe(
      keepAlive({
        extend: (key) => {
          calls.push(key)
          return of('ok')
        },
      }),
    )
    const subscription = kept.subscribe()
    jest.advanceTimersByTime(1_799_999)
    expect(calls).toEqual([])
    jest.advanceTimersByTime(1)
    expect(calls).toEqual(['a'])
    subscription.unsubscribe()
    expect(jest.getTimerCount()).toBe(0)
  } finally {
    jest.useRealTimers()
  }
})

test.each([
  [{ code: -1125 }, true],
  [{ status: 404 }, true],
  [{ code: -1125, status: 400 }, true],
  [{ code: 404, status: 400 }, false],
  [{ code: '-1125' }, false],
  [{ status: 500 }, false],
  [{}, false],
  [new Error('x'), false],
  [null, false],
  [undefined, false],
  ['-1125', false],
])('%p says that a key is gone: %p', (error, expected) => {
  expect(isKeyGone(error)).toBe(expected)
})
