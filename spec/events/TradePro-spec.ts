import { Addresses } from '../../lib/events/TradePro.js'
import { reasonOf } from '../codecs/reasonOf.js'

test('two texts', () => {
  expect(Addresses.decode(['0x1', 'hidden'])).toEqual({ _tag: 'Right', right: ['0x1', 'hidden'] })
  expect(Addresses.fast(['0x1', 'hidden'])).toEqual(['0x1', 'hidden'])
})

test.each([true, null, 'hidden', [], ['a'], ['a', 'b', 'c'], ['a', 1], [1, 'b'], [null, null]])(
  '%j is none',
  (input) => {
    expect(reasonOf(Addresses, input)).toBe(`expected [taker, maker], came ${JSON.stringify(input)}`)
    expect(Addresses.fast(input)).toBeUndefined()
  },
)
