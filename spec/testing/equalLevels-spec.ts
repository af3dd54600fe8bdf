import { Levels } from '../../lib/codecs/Levels.js'
import { equalLevels } from '../../lib/testing/equalLevels.js'
import { scanAt } from '../codecs/scanned.js'

const levels = scanAt(Levels, '[["4.00","1"],["5.00","2"]]')
const array = [
  ['4.00', '1'],
  ['5.00', '2'],
]

/** As it is called by a runner whose own equality knows no levels. */
const tester = { equals: (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b) }
const compare = (a: unknown, b: unknown) => equalLevels.call(tester, a, b)

test('levels are equal to the array that they stand for, on either side', () => {
  expect(compare(levels, array)).toBe(true)
  expect(compare(array, levels)).toBe(true)
  expect(compare(levels, levels)).toBe(true)
})

test('levels are not equal to other arrays, or to anything else', () => {
  for (const other of [[], array.slice(1), [['4.0', '1'], array[1]], undefined, '[]', { length: 2 }])
    expect([compare(levels, other), compare(other, levels)]).toEqual([false, false])
})

test('nothing is said of other values', () => {
  expect([compare(array, array), compare(1, 2), compare(undefined, null)]).toEqual([undefined, undefined, undefined])
})

test('a runner that was told about it takes matchers within', () => {
  expect({ bids: levels }).toEqual({ bids: [['4.00', expect.any(String)], array[1]] })
  expect({ bids: levels }).not.toEqual({ bids: [['4.00', expect.any(Number)], array[1]] })
})
