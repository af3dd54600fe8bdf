import { delay, of, throwError } from 'rxjs'
import { marbles } from '../../lib/testing/marbles.js'

test(
  'time is virtual, one character a millisecond',
  marbles(({ cold, hot, expectObservable, expectSubscriptions, time, scheduler }) => {
    const source = cold('a-b|')
    expectObservable(source.pipe(delay(time('---|')))).toBe('---a-(b|)')
    expectSubscriptions(source.subscriptions).toBe('^--!')
    expectObservable(hot('-x-y'), '--^').toBe('---y')
    expect(scheduler.now()).toBe(0)
  }),
)

test(
  'values are compared deeply',
  marbles(({ expectObservable }) => {
    expectObservable(of({ bids: [['1', '2']] })).toBe('(a|)', { a: { bids: [['1', '2']] } })
    expectObservable(throwError(() => new Error('no'))).toBe('#', undefined, new Error('no'))
  }),
)

test(
  'flush moves time on at once',
  marbles(({ cold, flush }) => {
    const seen: string[] = []
    cold('a-b|').subscribe((value) => seen.push(value))
    flush()
    expect(seen).toEqual(['a', 'b'])
  }),
)

test(
  'inner Observables are compared, too',
  marbles(({ expectObservable, cold }) => {
    expectObservable(of(cold('-i|'))).toBe('(a|)', { a: cold('-i|') })
  }),
)

const failure = (run: () => void): string => {
  try {
    run()
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  return 'it did not fail'
}

const wrong = marbles(({ cold, expectObservable }) => {
  expectObservable(cold('-a-b|', { a: { price: '1' }, b: 2 })).toBe('-a--c|', { a: { price: '9' }, c: 2 })
})

test('a failure says when and what, in a few lines', () => {
  const said = failure(wrong)
  for (const part of [
    '"at": "1 ms"',
    '"price": "9"',
    '"price": "1"',
    '-     "at": "4 ms"',
    '+     "at": "3 ms"',
    '"complete": true',
  ])
    expect(said).toContain(part)
})

test('errors and subscriptions are told apart', () => {
  const error = failure(marbles(({ cold, expectObservable }) => expectObservable(cold('-#')).toBe('-|')))
  expect(error).toContain('"error": "error"')
  const subscription = failure(
    marbles(({ cold, expectSubscriptions }) => {
      const source = cold('-|')
      source.subscribe()
      expectSubscriptions(source.subscriptions).toBe('^--!')
    }),
  )
  expect(subscription).toContain('"unsubscribedFrame": 3')
})

test('what a body throws is what the test throws', () => {
  const body = marbles(() => {
    throw new RangeError('mine')
  })
  expect(body).toThrow(new RangeError('mine'))
})

describe('without Jest', () => {
  const global = globalThis as { expect?: unknown }
  const jest = global.expect

  afterEach(() => {
    global.expect = jest
  })

  test('node:assert compares', () => {
    Reflect.deleteProperty(globalThis, 'expect')
    const said = failure(wrong)
    const right = failure(marbles(({ cold, expectObservable }) => expectObservable(cold('-a|')).toBe('-a|')))
    global.expect = jest
    expect(said).toContain('Expected values to be strictly deep-equal')
    expect(said).toContain("at: '4 ms'")
    expect(right).toBe('it did not fail')
  })
})
