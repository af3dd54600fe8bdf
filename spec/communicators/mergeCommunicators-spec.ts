import { BehaviorSubject, EMPTY, map, NEVER, Observable, of, queueScheduler, throwError } from 'rxjs'
import { TestScheduler, type RunHelpers } from 'rxjs/testing'
import type { Communicator } from '../../lib/communicators/Communicator.js'
import { mergeCommunicators } from '../../lib/communicators/mergeCommunicators.js'
import { frame, type Signal } from '../../lib/Signal.js'

const none: Observable<ReadonlySet<string>> = NEVER
const signals = Object.fromEntries(['a', 'b', 'c', 'd'].map((text) => [text, frame(text, 0)]))

/** Says what is wanted. */
const echo =
  (name: string): Communicator =>
  (wanted$) =>
    wanted$.pipe(map((wanted) => frame(`${name}: ${[...wanted].join(' ')}`, 0)))

const run = (work: (helpers: RunHelpers) => void) =>
  new TestScheduler((actual, expected) => expect(actual).toEqual(expected)).run(work)

describe('mergeCommunicators', () => {
  test('signals as they happen; completes when all have', () =>
    run(({ cold, expectObservable, expectSubscriptions }) => {
      const market = cold<Signal>('  -a---b--|', signals)
      const account = cold<Signal>(' --c-----d--|', signals)
      const merged = mergeCommunicators(
        () => market,
        () => account,
      )
      expectObservable(merged(none)).toBe('-ac--b--d--|', signals)
      expectSubscriptions(market.subscriptions).toBe(' ^-------!')
      expectSubscriptions(account.subscriptions).toBe('^----------!')
    }))

  test('names of account events are wanted of the account alone', () => {
    const market = echo('market')
    const account = Object.assign(echo('account'), { account: new Set(['spot.executionReport']) })
    const texts: string[] = []
    mergeCommunicators(
      market,
      account,
    )(of(new Set(['btcusdt@trade', '!ticker@arr', 'spot.executionReport']))).subscribe(
      (signal) => 'text' in signal && texts.push(signal.text),
    )
    expect(texts).toEqual([
      'market: btcusdt@trade !ticker@arr',
      'account: btcusdt@trade !ticker@arr spot.executionReport',
    ])
  })

  test('an error of one ends all', () =>
    run(({ cold, expectObservable, expectSubscriptions }) => {
      const market = cold<Signal>('  -a-#', signals)
      const account = cold<Signal>(' --c----', signals)
      const merged = mergeCommunicators(
        () => market,
        () => account,
      )
      expectObservable(merged(none)).toBe('-ac#', signals)
      expectSubscriptions(account.subscriptions).toBe('^--!')
    }))

  test('unsubscribing ends all of them, and the wanted streams', () =>
    run(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const wanted = hot<ReadonlySet<string>>('--')
      const market = cold<Signal>('  -a---b--|', signals)
      const merged = mergeCommunicators(
        () => market,
        () => market,
      )
      expectObservable(merged(wanted), '^-!').toBe('-(aa)', signals)
      expectSubscriptions(market.subscriptions).toBe(['^-!', '^-!'])
      expectSubscriptions(wanted.subscriptions).toBe('^-!')
    }))

  test('all are given the wanted streams, which are subscribed once', () => {
    const subscribed: string[] = []
    const wanted$ = new BehaviorSubject<ReadonlySet<string>>(new Set(['x']))
    const counted = new Observable<ReadonlySet<string>>((subscriber) => {
      subscribed.push('wanted')
      return wanted$.subscribe(subscriber)
    })
    const heard: unknown[] = []
    mergeCommunicators(
      echo('market'),
      echo('account'),
    )(counted).subscribe((signal) => heard.push(signal._tag === 'Frame' && signal.text))
    wanted$.next(new Set(['x', 'y']))
    expect(heard).toEqual(['market: x', 'account: x', 'market: x y', 'account: x y'])
    expect(subscribed).toEqual(['wanted'])
  })

  test('one that asks late for the wanted streams gets the latest', () => {
    const wanted$ = new BehaviorSubject<ReadonlySet<string>>(new Set(['x']))
    let ask = (): void => undefined
    const late: Communicator = (given$) =>
      new Observable((subscriber) => {
        ask = () => subscriber.add(echo('late')(given$).subscribe(subscriber))
      })
    const heard: unknown[] = []
    mergeCommunicators(late)(wanted$).subscribe((signal) => heard.push(signal._tag === 'Frame' && signal.text))
    wanted$.next(new Set(['y']))
    ask()
    expect(heard).toEqual(['late: y'])
  })

  test('an error of the wanted streams passes through', () => {
    const errors: unknown[] = []
    mergeCommunicators(
      echo('a'),
      echo('b'),
    )(throwError(() => new Error('no more'))).subscribe({
      error: (error: unknown) => errors.push(error),
    })
    expect(errors).toEqual([new Error('no more')])
  })

  test('two subscriptions are independent', () => {
    const merged = mergeCommunicators(echo('a'))
    const heard: unknown[] = []
    const push = (signal: Signal) => heard.push(signal._tag === 'Frame' && signal.text)
    merged(of(new Set(['x']))).subscribe(push)
    merged(of(new Set(['y']))).subscribe(push)
    expect(heard).toEqual(['a: x', 'a: y'])
  })

  test('order books are asked for by the first that can', () => {
    const asked = (name: string): Communicator =>
      Object.assign(() => EMPTY, {
        snapshot: (symbol: string) => of({ _tag: 'Reply' as const, symbol, text: name, receivedAt: 0 }),
      })
    const first = asked('first')
    const merged = mergeCommunicators(echo('none'), first, asked('second'))
    expect(merged.snapshot).toBe(first.snapshot)
    expect('snapshot' in mergeCommunicators(echo('none'))).toBe(false)
  })

  test('the clock of a single replay is kept, and live ones have none', () => {
    const replay: Communicator = Object.assign(() => EMPTY, { scheduler: queueScheduler })
    expect(mergeCommunicators(replay).scheduler).toBe(queueScheduler)
    expect(mergeCommunicators(replay, replay).scheduler).toBe(queueScheduler)
    expect('scheduler' in mergeCommunicators(echo('a'))).toBe(false)
  })

  test('what cannot be meant is thrown', () => {
    const replay = (): Communicator => Object.assign(() => EMPTY, { scheduler: new TestScheduler(() => undefined) })
    // @ts-expect-error -- there is none
    expect(() => mergeCommunicators()).toThrow(
      new TypeError('mergeCommunicators: expected at least one communicator, came none'),
    )
    const mixtures: readonly (readonly [Communicator, Communicator])[] = [
      [replay(), echo('live')],
      [echo('live'), replay()],
    ]
    for (const mixed of mixtures)
      expect(() => mergeCommunicators(...mixed)).toThrow(
        new TypeError(
          'mergeCommunicators: expected all live or one replay, came 1 replayed of 2: a client has one clock',
        ),
      )
    expect(() => mergeCommunicators(replay(), replay())).toThrow(
      new TypeError('mergeCommunicators: expected one replay, came 2: give all files to one replayCommunicator'),
    )
  })
})

test('what all of them send is sent, and what each has not asked for is summed', () =>
  run(({ cold, expectObservable }) => {
    const [market, account] = ['-a--b', '--c'].map((marble, place) =>
      Object.assign(() => EMPTY, { sent$: cold<never>(marble), unasked: () => place + 1 }),
    )
    const quiet: Communicator = () => EMPTY
    if (market === undefined || account === undefined) throw new Error('two were made')
    const merged = mergeCommunicators(market, quiet, account)
    expectObservable(merged.sent$ ?? NEVER).toBe('-ac-b')
    expect(merged.unasked?.()).toBe(3)
  }))
