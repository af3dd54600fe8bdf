import { duplicate } from '../../lib/testing/duplicate.js'
import { marbles } from '../../lib/testing/marbles.js'
import { seeded } from '../../lib/simulation/market/seeded.js'
import { itIsAnOperator } from './itIsAnOperator.js'

itIsAnOperator(
  'a',
  () => duplicate({ when: () => false }),
  (error) =>
    duplicate({
      when: () => {
        throw error
      },
    }),
)

test(
  'what is chosen comes twice',
  marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold('-a-b----c-|')
    expectObservable(source.pipe(duplicate({ when: (value) => value === 'b' }))).toBe('-a-(bb)-c-|')
    expectSubscriptions(source.subscriptions).toBe('^---------!')
  }),
)

test(
  'each subscription counts for itself',
  marbles(({ cold, expectObservable }) => {
    const doubled = cold('-a----b-|').pipe(duplicate({ when: (_, index) => index === 0 }))
    expectObservable(doubled).toBe('    -(aa)-b-|')
    expectObservable(doubled, '--^').toBe('---(aa)-b-|')
  }),
)

test('a rate that is none is refused at once', () => {
  expect(() => duplicate({ rate: -1, random: seeded(1) })).toThrow(RangeError)
})
