import { freeAt, spend, since, type Spent } from '../../lib/timing/rateWindow.js'
import { fc, test as property } from '../property.js'

const spentAt = (times: readonly number[], per: number) =>
  times.reduce<Spent>((spent, at) => spend(spent, { most: 100, per }, at), [])

describe('rateWindow', () => {
  test('nothing spent is free at once, and more than all is never free', () => {
    expect(freeAt([], { most: 3, per: 1_000 })).toBe(-Infinity)
    expect(freeAt([], { most: 3, per: 1_000 }, 4)).toBe(Infinity)
  })

  test('free again when the oldest of those in the way are a span old', () => {
    const spent = spentAt([0, 10, 20], 1_000)
    expect(freeAt(spent, { most: 4, per: 1_000 })).toBe(-Infinity)
    expect(freeAt(spent, { most: 3, per: 1_000 })).toBe(1_000)
    expect(freeAt(spent, { most: 2, per: 1_000 })).toBe(1_010)
    expect(freeAt(spent, { most: 3, per: 1_000 }, 3)).toBe(1_020)
  })

  test('amounts count, and nothing costs nothing', () => {
    const spent = spend(spend([], { most: 10, per: 60 }, 0, 6), { most: 10, per: 60 }, 5, 4)
    expect(freeAt(spent, { most: 10, per: 60 }, 0)).toBe(-Infinity)
    expect(freeAt(spent, { most: 10, per: 60 }, 6)).toBe(60)
    expect(freeAt(spent, { most: 10, per: 60 }, 7)).toBe(65)
  })

  test('what is a span old is forgotten', () => {
    expect(spentAt([0, 10, 1_000], 1_000)).toEqual([
      { at: 10, amount: 1 },
      { at: 1_000, amount: 1 },
    ])
  })

  test('where the clock went back, what was spent later was spent now', () => {
    expect(since(spentAt([0, 500], 1_000), 1_000, 100)).toEqual([
      { at: 0, amount: 1 },
      { at: 100, amount: 1 },
    ])
  })

  property.prop([
    fc.integer({ min: 1, max: 10 }),
    fc.array(fc.tuple(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 0, max: 10 })), { maxLength: 200 }),
  ])('never more than allowed in any span, and never later than it must be', (most, tries) => {
    const rate = { most, per: 1_000 }
    let spent: Spent = []
    let now = 0
    const all: { at: number; amount: number }[] = []
    const within = (at: number) =>
      all.filter((one) => one.at > at - rate.per && one.at <= at).reduce((sum, { amount }) => sum + amount, 0)
    for (const [wait, wanted] of tries) {
      const amount = Math.min(wanted, most)
      const asked = now + wait
      now = Math.max(asked, freeAt(spent, rate, amount))
      if (now > asked) expect(within(now - 1) + amount).toBeGreaterThan(most)
      spent = spend(spent, rate, now, amount)
      all.push({ at: now, amount })
    }
    for (const { at } of all) expect(within(at)).toBeLessThanOrEqual(most)
  })
})
