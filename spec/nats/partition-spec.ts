import { assigned, partitionOf } from '../../lib/nats/partition.js'
import { fc, test as property } from '../property.js'

/** FNV-1a of 32 bits, as its authors publish it: http://www.isthe.com/chongo/src/fnv/test_fnv.c. */
test.each([
  ['', 0x811c9dc5],
  ['a', 0xe40c292c],
  ['foobar', 0xbf9cf968],
])('the partition of %j is that of its FNV-1a', (symbol, hash) => {
  expect(partitionOf(symbol, 2 ** 32)).toBe(hash)
  expect(partitionOf(symbol, 16)).toBe(hash % 16)
})

const members = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 12 })

property.prop([fc.integer({ min: 1, max: 64 }), members])(
  'every partition has a member, and none has two more than another, in whatever order they are known',
  (partitions, names) => {
    const all = assigned(partitions, names)
    expect(all).toHaveLength(partitions)
    const loads = names.map((name) => all.filter((one) => one === name).length)
    expect(loads.reduce((sum, load) => sum + load, 0)).toBe(partitions)
    expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1)
    expect(assigned(partitions, [...names].reverse())).toEqual(all)
  },
)

test('without members nobody works', () => expect(assigned(4, [])).toEqual([]))
