import { followed, isReached, type Trigger } from '../../../lib/simulation/exchange/Trigger.js'
import { fc, test as property } from '../../property.js'

const prices = fc.array(fc.integer({ min: 900, max: 1_100 }), { minLength: 1, maxLength: 30 })

/** The place of the first price at which it is reached, -1 where it never is. */
const reachedAt = (trigger: Trigger, seen: readonly number[]) => {
  let now = trigger
  return seen.findIndex((price) => {
    now = followed(now, price)
    return isReached(now, price)
  })
}

property.prop([prices, fc.integer({ min: 900, max: 1_100 }), fc.constantFrom('rise' as const, 'fall' as const)])(
  'a price is reached by the first that is there or beyond',
  (seen, price, to) => {
    const is = (at: number) => (to === 'rise' ? at >= price : at <= price)
    expect(reachedAt({ to, by: 'last', price }, seen)).toBe(seen.findIndex(is))
  },
)

// As Aster says it: SELL, the highest price since >= activation, and the latest <= the highest * (1 - rate); BUY mirrored.
property.prop([
  prices,
  fc.constantFrom(0.01, 0.02, 0.05),
  fc.option(fc.integer({ min: 950, max: 1_050 }), { nil: undefined }),
  fc.constantFrom('rise' as const, 'fall' as const),
])('a trailing stop is set off as the venue says it', (seen, rate, activation, to) => {
  const expected = seen.findIndex((price, i) => {
    // What was before it followed does not count: the extreme is one at or beyond the activation.
    const since = seen.slice(0, i + 1)
    const extreme = to === 'fall' ? Math.max(...since) : Math.min(...since)
    if (activation !== undefined && (to === 'fall' ? extreme < activation : extreme > activation)) return false
    return to === 'fall' ? price <= extreme * (1 - rate) : price >= extreme * (1 + rate)
  })
  const trailing = activation === undefined ? { rate } : { rate, activation }
  expect(reachedAt({ to, by: 'last', trailing }, seen)).toBe(expected)
})
