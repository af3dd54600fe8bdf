import { concat, map, NEVER, of, Subject, throwError, type ObservableInput } from 'rxjs'
import type { KeyFailure } from '../../lib/operators/keepAlive.js'
import { listenKey, listenKeyEvents, type ListenKeyApi } from '../../lib/operators/listenKey.js'
import { marbles } from '../../lib/testing/marbles.js'

const gone = Object.assign(new Error('This listenKey does not exist.'), { code: -1125 })
const missing = Object.assign(new Error('not found'), { status: 404 })
const broken = new Error('500')
const refused = Object.assign(new Error('Invalid API-key'), { final: true, code: -2014 })

const never: ListenKeyApi['extend'] = () => NEVER

/** One answer after the other; the last one stays. */
const inTurn = <A>(...answers: readonly A[]) => {
  let turn = 0
  return (): A => {
    const answer = answers[Math.min(turn, answers.length - 1)]
    turn += 1
    if (answer === undefined) throw new Error('no answer')
    return answer
  }
}

test(
  'F30 ten at once: one request, all served; one who comes later gets the key in use',
  marbles(({ cold, expectObservable, expectSubscriptions, scheduler }) => {
    const answer = cold('---(a|)')
    const key$ = listenKey({ create: () => answer, extend: never }, { scheduler })
    for (let i = 0; i < 10; i++) expectObservable(key$, '^------------!').toBe('---a')
    expectObservable(key$, '------^------!').toBe('------a')
    expectSubscriptions(answer.subscriptions).toBe('^--!')
  }),
)

test('F54 a key is as old as it is, wherever the clock is put', async () => {
  const trueNow = Date.now.bind(Date)
  let stepped = 0
  jest.spyOn(Date, 'now').mockImplementation(() => trueNow() + stepped)
  const expired$ = new Subject<undefined>()
  const told: string[] = []
  const keys = inTurn(of('a'), of('b'), of('c'))
  const events$ = listenKeyEvents(
    { create: keys, extend: never },
    { expired$, createRetry: { delay: 1e6, random: () => 0 } },
  )
  const subscription = events$.subscribe((event) => told.push(event._tag === 'Created' ? event.key : event._tag))
  for (const by of [3_600_000, -7_200_000]) {
    stepped = by
    expired$.next(undefined)
    await Promise.resolve()
  }
  subscription.unsubscribe()
  jest.restoreAllMocks()
  // The second in a row that did not last is replaced after a wait.
  expect(told).toEqual(['a', 'b', 'Failed'])
})

test(
  'creating that fails is tried again, one request at a time, and all are served',
  marbles(({ cold, expectObservable, expectSubscriptions, scheduler, flush }) => {
    const bad = cold('-#', undefined, broken)
    const good = cold('-(a|)')
    const failures: KeyFailure[] = []
    const failed = (failure: KeyFailure) => failures.push(failure)
    const options = { createRetry: { delay: 2, maxDelay: 5 }, failed, scheduler }
    const key$ = listenKey({ create: inTurn(bad, bad, bad, good), extend: never }, options)
    // The waits: 2, 4, and 5, the longest.
    for (let i = 0; i < 10; i++) expectObservable(key$, '^ 20ms !').toBe('15ms a')
    expectSubscriptions(bad.subscriptions).toBe(['^!', '3ms ^!', '8ms ^!'])
    expectSubscriptions(good.subscriptions).toBe(['14ms ^!'])
    flush()
    expect(failures).toEqual([
      { error: broken, attempt: 1, delay: 2 },
      { error: broken, attempt: 2, delay: 4 },
      { error: broken, attempt: 3, delay: 5 },
    ])
  }),
)

test(
  'half a second, doubled up to half a minute, by default',
  marbles(({ cold, expectObservable, expectSubscriptions, scheduler }) => {
    const bad = cold('#', undefined, broken)
    expectObservable(listenKey({ create: () => bad, extend: never }, { scheduler }), '^ 62s !').toBe('')
    const after = [0, 500, 1_500, 3_500, 7_500, 15_500, 31_500, 61_500]
    expectSubscriptions(bad.subscriptions).toBe(after.map((ms) => `${ms}ms (^!)`))
  }),
)

test(
  'a create that throws, or says nothing, has failed',
  marbles(({ expectObservable, scheduler, flush }) => {
    const answers: (() => ObservableInput<string>)[] = [
      () => {
        throw broken
      },
      () => [],
      () => ['a', 'b'],
    ]
    const errors: unknown[] = []
    const failed = ({ error }: KeyFailure) => errors.push(error)
    const create = () => answers.shift()?.() ?? NEVER
    const options = { createRetry: { delay: 1 }, failed, scheduler }
    expectObservable(listenKey({ create, extend: never }, options), '^-----!').toBe('---a')
    flush()
    expect(errors).toEqual([broken, new Error('create: expected a listen key, came none')])
  }),
)

test(
  'what no retry helps is an error, for all; who comes after it asks anew',
  marbles(({ cold, expectObservable, expectSubscriptions, scheduler }) => {
    const answer = cold('-#', undefined, refused)
    const key$ = listenKey({ create: () => answer, extend: never }, { scheduler })
    expectObservable(key$).toBe('-#', undefined, refused)
    expectObservable(key$).toBe('-#', undefined, refused)
    expectObservable(key$, '---^').toBe('----#', undefined, refused)
    expectSubscriptions(answer.subscriptions).toBe(['^!', '---^!'])
  }),
)

test.each([null, undefined, 'final', { final: false }, { final: 'true' }, {}])('%p is no final error', (error) => {
  marbles(({ cold, expectObservable, scheduler }) => {
    const create = inTurn<ObservableInput<string>>(cold('#', undefined, error), of('a'))
    expectObservable(listenKey({ create, extend: never }, { scheduler }), '^ 1s !').toBe('500ms a')
  })()
})

test(
  'what no retry helps may be said: it is an error, and what says that it is final is tried again',
  marbles(({ cold, expectObservable, scheduler }) => {
    const answers = inTurn<ObservableInput<string>>(cold('#', undefined, refused), cold('#', undefined, broken))
    const options = { refused: (error: unknown) => error === broken, createRetry: { delay: 2 }, scheduler }
    expectObservable(listenKey({ create: answers, extend: never }, options)).toBe('--#', undefined, broken)
  }),
)

test(
  'one who comes after a replacement gets the key in use, and no other',
  marbles(({ hot, expectObservable, scheduler }) => {
    const key$ = listenKey({ create: inTurn(of('a'), of('b')), extend: never }, { expired$: hot('--a'), scheduler })
    expectObservable(key$, '^-----!').toBe('a-b')
    expectObservable(key$, '----^-!').toBe('----b')
  }),
)

test(
  'a create that says gone has failed, and is tried again after a wait',
  marbles(({ cold, expectObservable, expectSubscriptions, scheduler }) => {
    const bad = cold('#', undefined, gone)
    const key$ = listenKey({ create: inTurn(bad, of('a')), extend: never }, { createRetry: { delay: 3 }, scheduler })
    expectObservable(key$, '^-----!').toBe('---a')
    expectSubscriptions(bad.subscriptions).toBe('(^!)')
  }),
)

test.each([
  ['-1125', gone],
  ['404', missing],
])('a key that is gone by %s is replaced, once', (_, error) => {
  marbles(({ cold, expectObservable, expectSubscriptions, scheduler }) => {
    const first = cold('-(a|)')
    const second = cold('--(b|)')
    const extension = cold('-#', undefined, error)
    const extend = (key: string) => (key === 'a' ? extension : of('ok'))
    const key$ = listenKey({ create: inTurn(first, second), extend }, { every: 5, scheduler })
    expectObservable(key$, '^ 40ms !').toBe('-a-------b')
    expectSubscriptions(first.subscriptions).toBe('^!')
    expectSubscriptions(extension.subscriptions).toBe('------^!')
    expectSubscriptions(second.subscriptions).toBe('-------^-!')
  })()
})

test(
  'an extension that fails twice and then works: tried again early, and no other key',
  marbles(({ cold, expectObservable, expectSubscriptions, scheduler }) => {
    const created = cold('(a|)')
    const bad = cold('#', undefined, broken)
    const good = cold('(x|)')
    const options = { every: 10, retry: { delay: 2 }, scheduler }
    const key$ = listenKey({ create: () => created, extend: inTurn(bad, bad, good) }, options)
    expectObservable(key$, '^ 20ms !').toBe('a')
    expectSubscriptions(created.subscriptions).toBe('(^!)')
    expectSubscriptions(bad.subscriptions).toBe(['10ms (^!)', '12ms (^!)'])
    expectSubscriptions(good.subscriptions).toBe('16ms (^!)')
  }),
)

test(
  'every half hour, and what gone means may be said',
  marbles(({ cold, expectObservable, expectSubscriptions, scheduler }) => {
    const extension = cold('#', undefined, broken)
    const api = { create: inTurn(of('a'), of('b')), extend: (key: string) => (key === 'a' ? extension : of('ok')) }
    const options = { gone: (error: unknown) => error === broken, scheduler }
    expectObservable(listenKey(api, options), '^ 40m !').toBe('a 1799999ms b')
    expectSubscriptions(extension.subscriptions).toBe('30m (^!)')
  }),
)

const expiries: readonly (readonly [string, string, string, string])[] = [
  ['once', '----a', '-a----b', '----^-!'],
  ['twice', '----aa', '-a----b', '----^-!'],
  ['twice at once', '----(aa)', '-a----b', '----^-!'],
  ['again after its replacement', '----a--a-a', '-a----b', '----^-!'],
  ['without its name', '----u', '-a----b', '----^-!'],
  ['without its name, twice', '----uu', '-a----b', '----^-!'],
]
test.each(expiries)('F32 a key that is said to have expired %s is replaced, once', (_, notices, expected, asked) => {
  marbles(({ cold, hot, expectObservable, expectSubscriptions, scheduler }) => {
    const first = cold('-(a|)')
    const second = cold('--(b|)')
    const expired$ = hot<string | undefined>(notices, { a: 'a', u: undefined })
    const key$ = listenKey({ create: inTurn(first, second), extend: never }, { expired$, scheduler })
    expectObservable(key$, '^ 3s !').toBe(expected)
    expectSubscriptions(first.subscriptions).toBe('^!')
    expectSubscriptions(second.subscriptions).toBe(asked)
    expectSubscriptions(expired$.subscriptions).toBe('^ 3s !')
  })()
})

test(
  'keys that do not last are replaced after growing waits, which are told; one that lasts ends that',
  marbles(({ cold, hot, expectObservable, scheduler, flush }) => {
    const failures: KeyFailure[] = []
    const failed = (failure: KeyFailure) => failures.push(failure)
    const answers = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((key) => cold('(k|)', { k: key }))
    const create = inTurn(...answers)
    const options = {
      expired$: hot<string | undefined>('9ms u 9ms u 9ms u 9ms u 61s u 9ms u 9ms u', { u: undefined }),
      createRetry: { delay: 4 },
      ...{ failed, scheduler },
    }
    // At 9, 19, 29, 39, 61,040, 61,050 and 61,060: the first at once, then after 4, 8 and 16, then as at the beginning.
    expectObservable(listenKey({ create, extend: never }, options), '^ 61100ms !').toBe(
      'a 8ms b 13ms c 13ms d 17ms e 60984ms f 9ms g 13ms h',
    )
    flush()
    expect(failures.map(({ attempt, delay }) => [attempt, delay])).toEqual([
      [1, 4],
      [2, 8],
      [3, 16],
      [1, 4],
    ])
    expect(failures[0]?.error).toEqual(new Error('listen keys do not last: this one lived 10 ms'))
  }),
)

test(
  'unsubscribing while a key that did not last waits for the next one leaves nothing',
  marbles(({ hot, expectObservable, scheduler }) => {
    const expired$ = hot<string | undefined>('-u-u', { u: undefined })
    const key$ = listenKey({ create: inTurn(of('a'), of('b'), of('c')), extend: never }, { expired$, scheduler })
    expectObservable(key$, '^ 400ms !').toBe('ab')
  }),
)

test(
  'a key that is not in use may expire',
  marbles(({ cold, hot, expectObservable, expectSubscriptions, scheduler }) => {
    const answer = cold('-(a|)')
    const key$ = listenKey({ create: () => answer, extend: never }, { expired$: hot('x---x-x'), scheduler })
    expectObservable(key$, '^ 30ms !').toBe('-a')
    expectSubscriptions(answer.subscriptions).toBe('^!')
  }),
)

test(
  'gone and expired at the same time: replaced once',
  marbles(({ cold, hot, expectObservable, expectSubscriptions, scheduler }) => {
    const second = cold('--(b|)')
    const extend = (key: string) => (key === 'a' ? throwError(() => gone) : NEVER)
    const options = { every: 4, expired$: hot('----a-a'), scheduler }
    expectObservable(listenKey({ create: inTurn(of('a'), second), extend }, options), '^ 30ms !').toBe('a-----b')
    expectSubscriptions(second.subscriptions).toBe('----^-!')
  }),
)

test(
  'a replacement that fails is tried again, and later expiries change nothing',
  marbles(({ cold, hot, expectObservable, expectSubscriptions, scheduler }) => {
    const bad = cold('-#', undefined, broken)
    const create = inTurn<ObservableInput<string>>(of('a'), bad, of('b'))
    const options = { createRetry: { delay: 5 }, expired$: hot('--a--a-a'), scheduler }
    expectObservable(listenKey({ create, extend: never }, options), '^ 30ms !').toBe('a-------b')
    expectSubscriptions(bad.subscriptions).toBe('--^!')
  }),
)

test(
  'the same key again is not said again, and is kept alive',
  marbles(({ cold, hot, expectObservable, expectSubscriptions, scheduler }) => {
    const answer = cold('-(a|)')
    const extension = cold('(x|)')
    const options = { every: 5, expired$: hot('---a'), scheduler }
    const key$ = listenKey({ create: () => answer, extend: () => extension }, options)
    expectObservable(key$, '^ 16ms !').toBe('-a')
    expectSubscriptions(answer.subscriptions).toBe(['^!', '---^!'])
    expectSubscriptions(extension.subscriptions).toBe(['9ms (^!)', '14ms (^!)'])
  }),
)

test(
  'an expiry that was said before anybody listened, and is said at once, asks once more and no more',
  marbles(({ expectObservable, scheduler, flush }) => {
    let calls = 0
    const create = () => {
      calls += 1
      return of('a')
    }
    const expired$ = concat(of('a'), NEVER)
    expectObservable(listenKey({ create, extend: never }, { expired$, scheduler }), '^---!').toBe('a')
    flush()
    expect(calls).toBe(2)
  }),
)

test(
  'the end of expired$ changes nothing, its error is an error',
  marbles(({ cold, expectObservable, scheduler }) => {
    const api = { create: () => of('k'), extend: never }
    expectObservable(listenKey(api, { expired$: cold('--|'), scheduler }), '^-----!').toBe('k')
    expectObservable(listenKey(api, { expired$: cold('--#'), scheduler })).toBe('k-#')
  }),
)

test(
  'unsubscribing while the key is created cancels that, and nothing comes',
  marbles(({ cold, expectObservable, expectSubscriptions, scheduler }) => {
    const answer = cold('----(a|)')
    const closing = cold('(x|)')
    const api = { create: () => answer, extend: never, close: () => closing }
    expectObservable(listenKey(api, { close: true, scheduler }), '^-!').toBe('')
    expectSubscriptions(answer.subscriptions).toBe('^-!')
    expectSubscriptions(closing.subscriptions).toBe([])
  }),
)

test(
  'unsubscribing while it waits for another attempt leaves nothing',
  marbles(({ cold, expectObservable, expectSubscriptions, scheduler }) => {
    const bad = cold('#', undefined, broken)
    expectObservable(listenKey({ create: () => bad, extend: never }, { scheduler }), '^ 400ms !').toBe('')
    expectSubscriptions(bad.subscriptions).toBe('(^!)')
  }),
)

test(
  'it lives until the last listener left; the next one asks anew',
  marbles(({ cold, expectObservable, expectSubscriptions, scheduler }) => {
    const answer = cold('-(a|)')
    const extension = cold('---(x|)')
    const key$ = listenKey({ create: () => answer, extend: () => extension }, { every: 3, scheduler })
    expectObservable(key$, '^--!').toBe('-a')
    expectObservable(key$, '^----!').toBe('-a')
    expectObservable(key$, '-------^-!').toBe('--------a')
    expectSubscriptions(answer.subscriptions).toBe(['^!', '-------^!'])
    expectSubscriptions(extension.subscriptions).toBe('----^!')
  }),
)

describe('all that happens to keys, as values', () => {
  /** Each event by a letter: the key where one was created, e Extended, c and x a call that failed, g Gone. */
  const letters = { Extended: 'e', Gone: 'g', create: 'c', extend: 'x' }

  test(
    'created, extended, gone, and every failure before its wait',
    marbles(({ cold, hot, expectObservable, scheduler, flush }) => {
      const answers: ObservableInput<string>[] = [cold('#', undefined, broken), of('a'), cold('#', undefined, broken)]
      const extensions = inTurn<ObservableInput<unknown>>(of('ok'), cold('#', undefined, broken), of('ok'))
      const api = {
        create: () => answers.shift() ?? of('b'),
        extend: (key: string) => (key === 'a' ? extensions() : throwError(() => gone)),
      }
      const expired$ = hot('30ms a')
      const options = { every: 10, retry: { delay: 3 }, createRetry: { delay: 2 }, expired$, scheduler }
      const failures: unknown[] = []
      const event$ = listenKeyEvents(api, options).pipe(
        map((event) => {
          if (event._tag === 'Failed') failures.push([event.error, event.attempt, event.delay])
          if (event._tag === 'Created') return event.key
          return letters[event._tag === 'Failed' ? event.call : event._tag]
        }),
      )
      // Created at 2, extended at 12 and, after a failure at 22, at 25, expired at 30; the next one is gone at 42.
      expectObservable(event$, '^ 43ms !').toBe('c-a 9ms e 9ms x--e----c-b 9ms (gc)')
      flush()
      expect(failures).toEqual([
        [broken, 1, 2],
        [broken, 1, 3],
        [broken, 1, 2],
        [new Error('listen keys do not last: this one lived 10 ms'), 1, 2],
      ])
    }),
  )

  test(
    'a key that is doubted is extended at once, and replaced where it is gone',
    marbles(({ cold, hot, expectObservable, scheduler }) => {
      const api = { create: inTurn(of('a'), of('b')), extend: () => cold('-#', undefined, gone) }
      const key$ = listenKey(api, { extendNow$: hot('--d', { d: true }), scheduler })
      expectObservable(key$, '^ 20ms !').toBe('a--b')
    }),
  )
})

describe('closing', () => {
  const lab = (close?: ListenKeyApi['close']) => {
    const closed: string[] = []
    const api: ListenKeyApi = {
      create: inTurn(of('a'), of('b')),
      extend: never,
      close: (key) => {
        closed.push(key)
        return close?.(key) ?? of('ok')
      },
    }
    return { api, closed }
  }

  test('a key is not closed unless asked', () => {
    const { api, closed } = lab()
    listenKey(api).subscribe().unsubscribe()
    listenKey(api, { close: false }).subscribe().unsubscribe()
    expect(closed).toEqual([])
  })

  test('if asked, when the last listener left', () => {
    const { api, closed } = lab()
    const key$ = listenKey(api, { close: true })
    const [one, other] = [key$.subscribe(), key$.subscribe()]
    one.unsubscribe()
    expect(closed).toEqual([])
    other.unsubscribe()
    expect(closed).toEqual(['a'])
  })

  test('the key in use is closed, and no other', () => {
    const { api, closed } = lab()
    const expired$ = concat(of('a'), NEVER)
    listenKey(api, { close: true, expired$ }).subscribe().unsubscribe()
    expect(closed).toEqual(['b'])
  })

  test('one that fails or throws harms nobody', () => {
    const unhandled = jest.fn()
    process.once('unhandledRejection', unhandled)
    const failing = lab(() => throwError(() => broken))
    const throwing = lab(() => {
      throw broken
    })
    for (const { api, closed } of [failing, throwing]) {
      listenKey(api, { close: true }).subscribe().unsubscribe()
      expect(closed).toEqual(['a'])
    }
    process.off('unhandledRejection', unhandled)
    expect(unhandled).not.toHaveBeenCalled()
  })

  test('where there is nothing to close it with, nothing happens', () => {
    const keys: string[] = []
    listenKey({ create: () => of('a'), extend: never }, { close: true })
      .pipe(map((key) => keys.push(key)))
      .subscribe()
      .unsubscribe()
    expect(keys).toEqual(['a'])
  })
})

test('real time, unless told otherwise', () => {
  jest.useFakeTimers()
  try {
    const asked: string[] = []
    const extend = (key: string) => {
      asked.push(key)
      return of('ok')
    }
    const subscription = listenKey({ create: () => of('a'), extend }).subscribe()
    jest.advanceTimersByTime(1_800_000)
    expect(asked).toEqual(['a'])
    subscription.unsubscribe()
    expect(jest.getTimerCount()).toBe(0)
  } finally {
    jest.useRealTimers()
  }
})
