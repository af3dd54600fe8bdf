import { choose } from '../../lib/testing/Victims.js'
import { seeded } from '../../lib/simulation/market/seeded.js'

const values = Array.from({ length: 10_000 }, (_, i) => i)

test('by a predicate of value and number', () => {
  const isVictim = choose<string>({ when: (value, index) => value === 'b' || index === 0 })
  expect(['a', 'b', 'a'].map(isVictim)).toEqual([true, true, false])
})

test('by a share', () => {
  const share = (rate: number) => values.filter(choose({ rate, random: seeded(1) })).length
  expect(share(0)).toBe(0)
  expect(share(1)).toBe(10_000)
  expect(Math.abs(share(0.25) - 2500)).toBeLessThan(150)
})

test('a rate of x chooses when chance is below x', () => {
  const isVictim = choose({ rate: 0.5, random: () => 0.5 })
  expect(isVictim(0)).toBe(false)
  expect(choose({ rate: 0.5, random: () => 0.499 })(0)).toBe(true)
})

test('by a share of what a predicate picks: chance is asked for those only', () => {
  let asked = 0
  const random = () => {
    asked++
    return 0
  }
  const isVictim = choose<number>({ when: (value) => value % 2 === 0, rate: 0.5, random })
  expect([1, 2, 3, 4].map(isVictim)).toEqual([false, true, false, true])
  expect(asked).toBe(2)
})

test.each([-0.1, 1.1, NaN, Infinity])('a rate of %d is refused', (rate) => {
  expect(() => choose({ rate, random: Math.random })).toThrow(
    new RangeError(`rate: expected a share from 0 to 1, came ${rate}`),
  )
})
