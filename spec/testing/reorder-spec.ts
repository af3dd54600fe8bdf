import { from } from 'rxjs'
import { frame } from '../../lib/Signal.js'
import { marbles } from '../../lib/testing/marbles.js'
import { reorder } from '../../lib/testing/reorder.js'
import { seeded } from '../../lib/simulation/market/seeded.js'
import { itIsAnOperator } from './itIsAnOperator.js'
import { fc, test as property } from '../property.js'

itIsAnOperator(
  'a',
  () => reorder({ when: () => false }),
  (error) =>
    reorder({
      when: () => {
        throw error
      },
    }),
)

test(
  'what is chosen changes places with the next',
  marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold('-a-b-c----d-|')
    expectObservable(source.pipe(reorder({ when: (value) => value === 'b' }))).toBe('-a---(cb)-d-|')
    expectSubscriptions(source.subscriptions).toBe('^-----------!')
  }),
)

test(
  'with one further away: what is between them stays between them',
  marbles(({ cold, expectObservable }) => {
    const source = cold('-a-b-c-d-----e-|')
    const isA = (value: string) => value === 'a'
    expectObservable(source.pipe(reorder({ when: isA, span: 3 }))).toBe('-------(dbca)e-|')
    const nearer = reorder<string>({ when: isA, rate: 1, span: 3, random: () => 0.5 })
    expectObservable(cold('-a-b-c-----d-|').pipe(nearer)).toBe('-----(cba)-d-|')
  }),
)

test(
  'nothing is lost at completion',
  marbles(({ cold, expectObservable }) => {
    expectObservable(cold('-a-b-|').pipe(reorder({ when: (x) => x === 'b' }))).toBe('-a---(b|)')
    expectObservable(cold('-a-b-|').pipe(reorder({ when: (x) => x === 'a', span: 5 }))).toBe('-----(ba|)')
    expectObservable(cold('-a-b-c-|').pipe(reorder({ when: (x) => x === 'a', span: 5 }))).toBe('-------(cba|)')
  }),
)

test(
  'an error loses what is held',
  marbles(({ cold, expectObservable }) => {
    expectObservable(cold('-a-b-#').pipe(reorder({ when: (x) => x === 'b' }))).toBe('-a---#')
  }),
)

test(
  'while one is held no other is chosen, and each subscription holds its own',
  marbles(({ cold, expectObservable }) => {
    const swapped = cold('-a-b------c-d---|').pipe(reorder({ when: () => true }))
    expectObservable(swapped).toBe('      ---(ba)-----(dc)|')
    expectObservable(swapped, '--^').toBe('-----(ba)-----(dc)|')
  }),
)

test('the distance is even over the span', () => {
  const counts = [0, 0, 0]
  const random = seeded(5)
  for (let i = 0; i < 3000; i++) {
    const seen: number[] = []
    from([0, 1, 2, 3])
      .pipe(reorder({ when: (value) => value === 0, rate: 1, span: 3, random }))
      .subscribe((value) => seen.push(value))
    const place = seen.indexOf(0) - 1
    counts[place] = (counts[place] ?? 0) + 1
  }
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(120)
})

test('frames that come later than they were stamped are stamped anew', () => {
  const seen: unknown[] = []
  from([frame('a', 1), frame('b', 2), frame('c', 3)])
    .pipe(reorder({ when: (_, index) => index === 0, span: 2 }))
    .subscribe((each) => seen.push(each))
  expect(seen).toEqual([frame('c', 3), frame('b', 3), frame('a', 3)])
})

property.prop([fc.array(fc.nat()), fc.integer(), fc.integer({ min: 1, max: 5 })], { seed: 1 })(
  'all that came, comes',
  (values, seed, span) => {
    const seen: number[] = []
    from(values)
      .pipe(reorder({ rate: 0.3, span, random: seeded(seed) }))
      .subscribe((value) => seen.push(value))
    const sorted = (list: readonly number[]) => [...list].sort((a, b) => a - b)
    expect(sorted(seen)).toEqual(sorted(values))
  },
)

test.each([0, -1, 1.5, NaN])('a span of %d is refused at once', (span) => {
  expect(() => reorder({ when: () => true, span })).toThrow(
    new RangeError(`span: expected a whole number from 1, came ${span}`),
  )
})

test('a rate that is none is refused at once', () => {
  expect(() => reorder({ rate: 2, random: seeded(1) })).toThrow(RangeError)
})
