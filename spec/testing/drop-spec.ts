import { from } from 'rxjs'
import { drop } from '../../lib/testing/drop.js'
import { marbles } from '../../lib/testing/marbles.js'
import { seeded } from '../../lib/simulation/market/seeded.js'
import { itIsAnOperator } from './itIsAnOperator.js'

itIsAnOperator(
  'a',
  () => drop({ when: () => false }),
  (error) =>
    drop({
      when: () => {
        throw error
      },
    }),
)

test(
  'what is chosen does not come',
  marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold('          -a-b-c-d-|')
    expectObservable(source.pipe(drop({ when: (value) => value === 'c' }))).toBe('-a-b---d-|')
    expectSubscriptions(source.subscriptions).toBe('^--------!')
    expectObservable(cold('-a-b-|').pipe(drop({ when: () => true }))).toBe('-----|')
  }),
)

test(
  'each subscription counts for itself',
  marbles(({ cold, expectObservable }) => {
    const dropped = cold('-a-b-c-|').pipe(drop({ when: (_, index) => index === 1 }))
    expectObservable(dropped).toBe('      -a---c-|')
    expectObservable(dropped, '--^').toBe('---a---c-|')
  }),
)

test('a share of many', () => {
  const kept: number[] = []
  const source = Array.from({ length: 1000 }, (_, i) => i)
  from(source)
    .pipe(drop({ rate: 0.1, random: seeded(3) }))
    .subscribe((value) => kept.push(value))
  const random = seeded(3)
  expect(kept).toEqual(source.filter(() => random() >= 0.1))
  expect(Math.abs(kept.length - 900)).toBeLessThan(40)
})

test('a rate that is none is refused at once', () => {
  expect(() => drop({ rate: 2, random: seeded(1) })).toThrow(RangeError)
})
