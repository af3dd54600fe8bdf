import { frame } from '../../lib/Signal.js'
import { delay } from '../../lib/testing/delay.js'
import { marbles } from '../../lib/testing/marbles.js'
import { seeded } from '../../lib/simulation/market/seeded.js'
import { asyncScheduler } from 'rxjs'
import { itIsAnOperator } from './itIsAnOperator.js'

itIsAnOperator(
  'a',
  () => delay({ when: () => false, by: 1, scheduler: asyncScheduler }),
  (error) =>
    delay({
      when: () => {
        throw error
      },
      by: 1,
      scheduler: asyncScheduler,
    }),
)

const isB = (value: string) => value === 'b'

test(
  'what is chosen comes late, and others pass it',
  marbles(({ cold, expectObservable, expectSubscriptions, scheduler }) => {
    const source = cold('-a-b-c---d---|')
    expectObservable(source.pipe(delay({ when: isB, by: 4, scheduler }))).toBe('-a---c-b-d---|')
    expectSubscriptions(source.subscriptions).toBe('^------------!')
  }),
)

test(
  'late ones keep their order among themselves',
  marbles(({ cold, expectObservable, scheduler }) => {
    expectObservable(cold('ab-|').pipe(delay({ when: () => true, by: 5, scheduler }))).toBe('-----a(b|)')
  }),
)

test(
  'completes when the last late one came',
  marbles(({ cold, expectObservable, scheduler }) => {
    expectObservable(cold('-a-b|').pipe(delay({ when: isB, by: 4, scheduler }))).toBe('-a-----(b|)')
  }),
)

test(
  'an error comes at once',
  marbles(({ cold, expectObservable, scheduler }) => {
    expectObservable(cold('-a-b#').pipe(delay({ when: isB, by: 4, scheduler }))).toBe('-a--#')
  }),
)

test(
  'unsubscribing leaves no timer',
  marbles(({ cold, expectObservable, flush, scheduler }) => {
    expectObservable(cold('-a-b|').pipe(delay({ when: isB, by: 400, scheduler })), '^----!').toBe('-a----')
    flush()
    expect(scheduler.frame).toBeLessThan(100)
  }),
)

test(
  'each subscription counts for itself',
  marbles(({ cold, expectObservable, scheduler }) => {
    const late = cold('a-b-----|').pipe(delay({ when: (_, index) => index === 0, by: 3, scheduler }))
    expectObservable(late).toBe('     --ba----|')
    expectObservable(late, '-----^').toBe('-------ba----|')
  }),
)

test(
  'frames are stamped with the time at which they come',
  marbles(({ cold, expectObservable, scheduler }) => {
    const source = cold('abc---|', { a: frame('a', 10), b: frame('b', 11), c: frame('c', 12) })
    const late = source.pipe(delay({ when: (_, index) => index === 0, by: 3, scheduler }))
    expectObservable(late).toBe('-bca--|', { a: frame('a', 13), b: frame('b', 11), c: frame('c', 12) })
    const slow = cold('a-b---|', { a: frame('a', 10), b: frame('b', 99) })
    expectObservable(slow.pipe(delay({ when: (_, index) => index === 0, by: 3, scheduler }))).toBe('--ba--|', {
      a: frame('a', 99),
      b: frame('b', 99),
    })
  }),
)

test(
  'what has no stamp gets none',
  marbles(({ cold, expectObservable, scheduler }) => {
    const values = { a: null, b: { receivedAt: 'x' }, c: {}, d: 7 }
    expectObservable(cold<unknown>('(abcd|)', values).pipe(delay({ when: () => true, by: 1, scheduler }))).toBe(
      '-(abcd|)',
      values,
    )
  }),
)

test('a rate that is none is refused at once', () => {
  expect(() => delay({ rate: 2, random: seeded(1), by: 1, scheduler: asyncScheduler })).toThrow(RangeError)
})
