import { LevelTable } from '../../lib/book/LevelTable.js'
import { fc, test as prop } from '../property.js'

const put = (table: LevelTable, key: number, quantity = 1, form = 0) => {
  table.insert(table.slotOf(key), key, quantity, form)
}

const held = (table: LevelTable) =>
  [...table.keys.keys()]
    .filter((slot) => !Number.isNaN(table.keys[slot]))
    .map((slot) => [table.keys[slot], table.quantities[slot], table.forms[slot]])

test('holds numbers by key', () => {
  const table = new LevelTable()
  expect(table.has(4)).toBe(false)
  put(table, 4, 0.5, 17)
  expect(table.has(4)).toBe(true)
  expect(held(table)).toEqual([[4, 0.5, 17]])
  table.remove(table.slotOf(4))
  expect(table.has(4)).toBe(false)
  expect(held(table)).toEqual([])
  expect(table.size).toBe(0)
})

test('grows by an eighth when more than seven tenths are full, and shrinks by half when less than a quarter is', () => {
  const table = new LevelTable()
  const lengths = () => [table.keys, table.quantities, table.forms].map(({ length }) => length)
  for (let key = 1; key <= 44; key++) put(table, key)
  expect(lengths()).toEqual([64, 64, 64])
  put(table, 45)
  expect(lengths()).toEqual([72, 72, 72])
  for (let key = 46; key <= 104; key++) put(table, key)
  expect(lengths()).toEqual([149, 149, 149])
  put(table, 105)
  expect(lengths()).toEqual([168, 168, 168])
  for (let key = 105; key > 42; key--) table.remove(table.slotOf(key))
  expect([...lengths(), table.size]).toEqual([168, 168, 168, 42])
  table.remove(table.slotOf(42))
  expect([...lengths(), table.size]).toEqual([84, 84, 84, 41])
  for (let key = 41; key > 21; key--) table.remove(table.slotOf(key))
  expect(lengths()).toEqual([84, 84, 84])
  for (let key = 21; key > 0; key--) table.remove(table.slotOf(key))
  expect([...lengths(), table.size]).toEqual([64, 64, 64, 0])
})

test('makes room for many at once, and keeps what is there', () => {
  const table = new LevelTable()
  const { keys } = table
  table.reserve(44)
  expect(table.keys).toBe(keys)
  put(table, 7, 2, 3)
  table.reserve(1_000)
  expect(table.keys).toHaveLength(1_429)
  expect([held(table), table.size]).toEqual([[[7, 2, 3]], 1])
  const roomy = table.keys
  for (let key = 1_001; key < 2_000; key++) put(table, key)
  expect(table.keys).toBe(roomy)
  put(table, 2_000)
  expect(table.keys).not.toBe(roomy)
  table.reserve(10)
  expect(table.size).toBe(1_001)
})

test('room for so many is enough for as many', () => {
  const table = new LevelTable()
  table.reserve(70)
  const { keys } = table
  expect(keys).toHaveLength(100)
  table.reserve(70)
  expect(table.keys).toBe(keys)
  for (let key = 1; key <= 70; key++) put(table, key)
  expect(table.keys).toBe(keys)
})

test('nothing is made anew for the least of tables', () => {
  const table = new LevelTable()
  const { keys } = table
  put(table, 1)
  table.remove(table.slotOf(1))
  expect(table.keys).toBe(keys)
})

/** How far the keys lie from where their search begins, on average, and the farthest: the cost of a change. */
const distances = (keys: readonly number[]) => {
  const table = new LevelTable()
  const calls: number[] = []
  for (const key of keys) put(table, key)
  const { length } = table.keys
  for (let slot = 0, run = 0; slot < 2 * length; slot++) {
    run = Number.isNaN(table.keys[slot % length]) ? 0 : run + 1
    calls.push(run)
  }
  return Math.max(...calls)
}

test.each<readonly [string, (i: number) => number]>([
  ['whole prices', (i) => 60_000 + i],
  ['ticks of 0.01', (i) => (6_000_000 + i) / 100],
  ['ticks of 0.00000001', (i) => (1_234 + i) / 1e8],
  ['negated prices', (i) => -(6_000_000 + i) / 10],
  ['prices in eighths', (i) => 100 + i / 8],
  ['round prices', (i) => i * 1_000],
  ['powers of two', (i) => 2 ** ((i % 2_000) - 1_000) * (1 + Math.floor(i / 2_000))],
  ['large prices', (i) => 1e14 + i],
])('%s are scattered, so that no long row of them has to be searched', (_, keyOf) => {
  expect(distances(Array.from({ length: 6_000 }, (__, i) => keyOf(i + 1)))).toBeLessThan(200)
})

const change = fc.tuple(fc.integer({ min: -300, max: 300 }), fc.boolean())

prop.prop([fc.array(change, { maxLength: 4_000, size: 'max' })], { numRuns: 30 })('is a map', (changes) => {
  const table = new LevelTable()
  const model = new Map<number, readonly number[]>()
  for (const [i, [n, isGone]] of changes.entries()) {
    const key = n / 8
    const slot = table.slotOf(key)
    expect(table.keys[slot] === key).toBe(model.has(key))
    if (isGone && model.delete(key)) table.remove(slot)
    if (!isGone && !model.has(key)) {
      table.insert(slot, key, i, i % 256)
      model.set(key, [key, i, i % 256])
    }
  }
  const byKey = ([a = 0]: readonly (number | undefined)[], [b = 0]: readonly (number | undefined)[]) => a - b
  expect(held(table).sort(byKey)).toEqual([...model.values()].sort(byKey))
  expect(table.size).toBe(model.size)
  for (const key of model.keys()) expect(table.has(key)).toBe(true)
})
