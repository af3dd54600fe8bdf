import { BestKeys } from '../../lib/book/BestKeys.js'
import { fc, test as prop } from '../property.js'

/** Keys as a table has them: some slots are empty. How often somebody looked at all of them is counted. */
const side = () => {
  const keys = new Float64Array(4_096).fill(NaN)
  const free = [...keys.keys()].reverse()
  let looks = 0
  const all = {
    size: 0,
    get keys() {
      looks++
      return keys
    },
  }
  const best = new BestKeys(all)
  const insert = (key: number) => {
    keys[free.pop() ?? NaN] = key
    all.size++
    best.insert(key)
  }
  const remove = (key: number) => {
    const slot = keys.indexOf(key)
    keys[slot] = NaN
    free.push(slot)
    all.size--
    best.remove(key)
  }
  return { best, insert, remove, looks: () => looks }
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i)

test('no key is better than -Infinity', () => {
  const { best, insert, remove } = side()
  expect(best.best).toBe(-Infinity)
  expect([...best.highest(3)]).toEqual([])
  insert(7)
  expect(best.best).toBe(7)
  remove(7)
  expect(best.best).toBe(-Infinity)
})

test('gives the highest keys, the highest last', () => {
  const { best, insert } = side()
  for (const key of [5, 1, 3, 2, 4]) insert(key)
  expect([...best.highest(3)]).toEqual([3, 4, 5])
  expect([...best.highest(9)]).toEqual([1, 2, 3, 4, 5])
  expect([...best.highest(0)]).toEqual([])
})

test('as long as there are few, nobody looks at all', () => {
  const { best, insert, remove, looks } = side()
  for (const key of range(0, 63)) insert(key)
  for (const key of range(3, 63)) remove(key)
  expect([...best.highest(3)]).toEqual([0, 1, 2])
  expect(looks()).toBe(0)
})

test('of many the better half of those in order stays in order, and all are looked at when it is used up', () => {
  const { best, insert, remove, looks } = side()
  for (const key of range(0, 200)) insert(key)
  expect([best.best, looks()]).toEqual([199, 0])
  let key = 199
  // At most 63 are in order, and at least 32.
  while (looks() === 0) {
    remove(key--)
    expect(best.best).toBe(key)
  }
  expect(199 - key).toBeGreaterThanOrEqual(32)
  expect(199 - key).toBeLessThan(64)
})

test('what is worse than those in order comes and goes', () => {
  const { best, insert, remove } = side()
  for (const key of range(1_000, 1_064)) insert(key)
  for (const key of range(0, 500)) insert(key)
  for (const key of range(100, 500)) remove(key)
  // The best of those that are not in order.
  remove(1_031)
  insert(1_031)
  expect([...best.highest(33)].at(0)).toBe(1_031)
  expect([...best.highest(32)]).toEqual(range(1_032, 1_064))
})

test('the best of those that are not in order comes, goes, and is gone', () => {
  const { best, insert, remove } = side()
  for (const key of range(1_000, 1_064)) insert(key)
  for (const change of [remove, insert, remove]) change(1_031)
  expect([...best.highest(33)].at(0)).toBe(1_030)
})

test('who asks for more has so many in order from then on', () => {
  const { best, insert, remove, looks } = side()
  for (const key of range(0, 2_000)) insert(key)
  expect([...best.highest(200)]).toEqual(range(1_800, 2_000))
  expect(looks()).toBe(1)
  // A third more than were asked for at first may be there: at least one is.
  for (const key of [1_999, 1_990]) {
    remove(key)
    insert(key)
    expect([...best.highest(200)]).toEqual(range(1_800, 2_000))
  }
  expect(looks()).toBe(1)
  for (let key = 1_999; looks() === 1; key--) {
    remove(key)
    expect([...best.highest(10)]).toEqual(range(key - 10, key))
  }
  expect([...best.highest(256)]).toHaveLength(256)
})

test('who asks for very many has them sorted, and nothing more in order than before', () => {
  const { best, insert, remove, looks } = side()
  for (const key of range(0, 2_000)) insert(key)
  expect([...best.highest(257)]).toEqual(range(1_743, 2_000))
  expect([...best.highest(Infinity)]).toEqual(range(0, 2_000))
  expect(looks()).toBe(2)
  for (let key = 1_999; looks() === 2; key--) {
    remove(key)
    expect(best.best).toBe(key - 1)
  }
  expect([...best.highest(32)]).toHaveLength(32)
})

/** Of so many keys the best is always taken away; and the number of looks at all of them. */
const sweep = (count: number): number => {
  const { best, insert, remove, looks } = side()
  for (const key of range(0, count)) insert(key)
  for (let key = count - 1; key > 0; key--) {
    expect(best.best).toBe(key)
    remove(key)
  }
  return looks()
}

test('who always takes the best away makes all be looked at no oftener than the square root of their number', () => {
  expect(sweep(1_000)).toBeLessThan(2 * Math.sqrt(1_000))
  expect(sweep(4_000)).toBeLessThan(2 * Math.sqrt(4_000))
})

const change = fc.tuple(fc.integer({ min: 0, max: 300 }), fc.nat(400))

prop.prop([fc.array(change, { maxLength: 2_000, size: 'max' })], { numRuns: 40 })('is a sorted set', (changes) => {
  const { best, insert, remove } = side()
  const model = new Set<number>()
  for (const [key, depth] of changes) {
    if (model.delete(key)) remove(key)
    else {
      model.add(key)
      insert(key)
    }
    expect(best.best).toBe(Math.max(...model))
    if (depth > 100) continue
    const sorted = [...model].sort((a, b) => a - b)
    expect([...best.highest(depth)]).toEqual(depth === 0 ? [] : sorted.slice(-depth))
  }
})
