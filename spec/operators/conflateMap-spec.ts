import { concat, delay, EMPTY, from, map, NEVER, Observable, of, Subject, take, timer } from 'rxjs'
import { conflateMap } from '../../lib/operators/conflateMap.js'
import { marbles } from '../../lib/testing/marbles.js'
import { Clock } from '../helpers/Clock.js'
import { fc, test as prop } from '../property.js'

/** `a1` is a value of the key `a`. */
const values = { a: 'a1', b: 'b1', c: 'a2', d: 'b2', e: 'a3' }
const key = (value: string) => value.charAt(0)

describe('what a consumer is handed', () => {
  test(
    'never, empty, one, many; what is done at once waits for nothing',
    marbles(({ cold, expectObservable }) => {
      const at = conflateMap((value: string) => of(value))
      expectObservable((NEVER as Observable<string>).pipe(at)).toBe('-')
      expectObservable((EMPTY as Observable<string>).pipe(at)).toBe('|')
      expectObservable(of('a1').pipe(at)).toBe('(a|)', values)
      expectObservable(cold('-a-(bc)--d|', values).pipe(at)).toBe('-a-(bc)--d|', values)
      expectObservable(cold('-a-b-|', values).pipe(conflateMap(() => EMPTY))).toBe('-----|')
    }),
  )

  test(
    'F79 the latest when it is free, or the latest of each key, in the order in which the keys began to wait',
    marbles(({ cold, expectObservable }) => {
      const slow = (value: string) => cold('---x|', { x: value })
      expectObservable(cold('ab-c----------|', values).pipe(conflateMap(slow))).toBe('---a---c------|', values)
      expectObservable(cold('abcd----------------|', values).pipe(conflateMap(slow, { key }))).toBe(
        '---a---d---c--------|',
        values,
      )
      expectObservable(cold('abce|', values).pipe(conflateMap(slow, { key }))).toBe('---a---b---e|', values)
    }),
  )

  test(
    'F79 several keys at once, and never one of them twice at once',
    marbles(({ cold, expectObservable }) => {
      const slow = (value: string) => cold('---x|', { x: value })
      const both = conflateMap(slow, { key, concurrent: 2 })
      expectObservable(cold('abcde|', values).pipe(both)).toBe('---ab--ed|', values)
    }),
  )

  test(
    'everything that it brings is emitted, until it completes',
    marbles(({ cold, expectObservable }) => {
      const many = (value: string) => cold('x-x-|', { x: value })
      expectObservable(cold('abc|', values).pipe(conflateMap(many))).toBe('a-a-c-c-|', values)
    }),
  )

  test('promises are consumers', async () => {
    const heard: string[] = []
    await new Promise((complete) => {
      from(['a1', 'a2', 'b1', 'a3'])
        .pipe(conflateMap(async (value) => Promise.resolve(`${value}!`), { key }))
        .subscribe({ next: (value) => heard.push(value), complete: () => complete(true) })
    })
    expect(heard).toEqual(['a1!', 'a3!', 'b1!'])
  })

  test('F79 a consumer that is slower than the source at every value: no queue, and the last one comes', () => {
    const clock = new Clock()
    const source = new Subject<number>()
    const begun: number[] = []
    const done: number[] = []
    source
      .pipe(
        conflateMap((value) => {
          begun.push(value)
          return of(value).pipe(delay(10, clock))
        }),
      )
      .subscribe((value) => done.push(value))
    for (let i = 0; i < 1_000; i++) {
      source.next(i)
      clock.pass(1)
    }
    clock.pass(20)
    expect(begun.length).toBeLessThan(102)
    expect(begun.at(-1)).toBe(999)
    expect(done).toEqual(begun)
  })

  test('a hundred thousand values that are done at once take no depth of the stack, and no longer the more wait', () => {
    let sum = 0
    const source = new Subject<number>()
    const results = source.pipe(
      conflateMap((value) => (value === 0 ? new Subject<number>() : of(value)), {
        key: (value) => value,
        concurrent: 2,
      }),
    )
    const subscription = results.subscribe((value) => (sum += value))
    for (let i = 0; i <= 100_000; i++) source.next(i)
    expect(sum).toBe(5_000_050_000)
    subscription.unsubscribe()
    const waited: number[] = []
    const gate = new Subject<number>()
    const all = from(Array.from({ length: 100_000 }, (_, i) => i))
    all
      .pipe(conflateMap((value) => (value === 0 ? gate : of(value)), { key: (value) => value }))
      .subscribe((value) => waited.push(value))
    gate.complete()
    expect(waited).toHaveLength(99_999)
  })
})

describe('ends', () => {
  test(
    'errors pass at once, of the source, of a consumer, of callbacks, and cancel what is under way',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const slow = cold('-----x|', values)
      expectObservable(cold('a-#', values).pipe(conflateMap(() => slow))).toBe('--#')
      expectSubscriptions(slow.subscriptions).toBe('^-!')
      expectObservable(cold('a--', values).pipe(conflateMap(() => cold('-#')))).toBe('-#')
      const error = new Error('no')
      const thrown = (): never => {
        throw error
      }
      expectObservable(cold('-a-', values).pipe(conflateMap(thrown))).toBe('-#', undefined, error)
      expectObservable(cold('-a-', values).pipe(conflateMap(() => of(1), { key: thrown }))).toBe('-#', undefined, error)
      const second = (value: string) => (value === 'a1' ? cold('--|') : thrown())
      expectObservable(cold('ab-', values).pipe(conflateMap(second))).toBe('--#', undefined, error)
    }),
  )

  test(
    'unsubscribing cancels what is under way, and what waits',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const slow = cold('---x|', { x: 'a1' })
      const source = cold('ab--------', values)
      expectObservable(source.pipe(conflateMap(() => slow)), '--!').toBe('---')
      expectSubscriptions(slow.subscriptions).toBe('^-!')
      expectSubscriptions(source.subscriptions).toBe('^-!')
    }),
  )

  test('a subscriber that leaves with a value is handed no other, and a source that says all at once stops', () => {
    const heard: number[] = []
    let said = 0
    const source = new Observable<number>((subscriber) => {
      for (; said < 10 && !subscriber.closed; said++) subscriber.next(said)
    })
    source
      .pipe(
        conflateMap((value) => of(value)),
        take(3),
      )
      .subscribe((value) => heard.push(value))
    expect([heard, said]).toEqual([[0, 1, 2], 3])
  })

  test('a consumer that another one frees is handed what waits for it', () => {
    const source = new Subject<string>()
    const first = new Subject<string>()
    const begun: string[] = []
    source
      .pipe(
        conflateMap(
          (value) => {
            begun.push(value)
            if (value === 'b1') first.complete()
            return value === 'a1' ? first : of(value)
          },
          { key, concurrent: 2 },
        ),
      )
      .subscribe()
    for (const value of ['a1', 'a2', 'b1']) source.next(value)
    expect(begun).toEqual(['a1', 'b1', 'a2'])
  })

  test('two subscriptions have nothing in common', () => {
    const source = new Subject<string>()
    const working = source.pipe(conflateMap((value) => concat(of(value), NEVER), { key }))
    const heard: string[] = []
    working.subscribe((value) => heard.push(value))
    source.next('a1')
    working.subscribe((value) => heard.push(value))
    source.next('a2')
    expect(heard).toEqual(['a1', 'a2'])
  })

  test.each([0, -1, NaN])('%p at once is a mistake', (concurrent) => {
    expect(() => conflateMap(() => of(1), { concurrent })).toThrow(
      new TypeError(`conflateMap: expected \`concurrent\` of at least 1, came ${concurrent}`),
    )
  })
})

prop.prop(
  [
    fc.array(fc.record({ wait: fc.nat(20), key: fc.nat(3), work: fc.nat(30) }), {
      maxLength: 40,
    }),
    fc.integer({ min: 1, max: 4 }),
  ],
  { seed: 1, numRuns: 300 },
)(
  'F79 whatever comes when: the last of each key is handed over, in order, one of a key and so many at a time',
  (steps, concurrent) => {
    const clock = new Clock()
    const source = new Subject<{ readonly i: number; readonly key: number; readonly work: number }>()
    const begun: { readonly i: number; readonly key: number }[] = []
    const busy = new Map<number, number>()
    let isComplete = false
    source
      .pipe(
        conflateMap(
          (value) => {
            begun.push(value)
            busy.set(value.key, (busy.get(value.key) ?? 0) + 1)
            expect(busy.get(value.key)).toBe(1)
            expect([...busy.values()].reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(concurrent)
            return timer(value.work, clock).pipe(map(() => busy.set(value.key, 0)))
          },
          { key: (value) => value.key, concurrent },
        ),
      )
      .subscribe({ complete: () => (isComplete = true) })
    steps.forEach(({ wait, key: of, work }, i) => {
      clock.pass(wait)
      source.next({ i, key: of, work })
    })
    source.complete()
    clock.pass(10_000)
    expect(isComplete).toBe(true)
    for (const of of new Set(steps.map((step) => step.key))) {
      const given = steps.flatMap((step, i) => (step.key === of ? [i] : []))
      const handed = begun.filter((one) => one.key === of).map(({ i }) => i)
      expect(handed).toEqual([...handed].sort((a, b) => a - b))
      expect(handed.at(-1)).toBe(given.at(-1))
      expect(new Set(handed).size).toBe(handed.length)
    }
  },
)
