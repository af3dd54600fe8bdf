import { choice } from '../../lib/codecs/choice.js'
import { reasonOf } from './reasonOf.js'

const Colour = choice('RED or BLUE', ['RED', 'BLUE'])

test.each(['RED', 'BLUE'] as const)('%s passes as it came', (value) => {
  expect(Colour.decode(value)).toEqual({ _tag: 'Right', right: value })
  expect([Colour.fast(value), Colour.encode(value), Colour.is(value)]).toEqual([value, value, true])
  // What is in the list is known.
  expect(Colour.unknownValues?.(value) ?? []).toEqual([])
})

test.each(['red', '', 'GREEN', 'toString', 'length', 1, null, undefined, ['RED'], { RED: 'RED' }])(
  '%j is none of them',
  (input) => {
    expect(Colour.fast(input)).toBeUndefined()
    expect(Colour.is(input)).toBe(false)
    expect(reasonOf(Colour, input)).toMatch(/^expected RED or BLUE, came /)
  },
)
