import { Window } from '../../lib/events/WindowTicker.js'
import { reasonOf } from '../codecs/reasonOf.js'
import { scanned, whole } from '../codecs/scanned.js'

test.each([
  ['1hTicker', '1h'],
  ['4hTicker', '4h'],
  ['1dTicker', '1d'],
] as const)('%s is %s', (wire, window) => {
  expect(Window.decode(wire)).toEqual({ _tag: 'Right', right: window })
  expect(Window.fast(wire)).toBe(window)
  expect(Window.encode(window)).toBe(wire)
  expect(Window.is(window)).toBe(true)
  expect(Window.is(wire)).toBe(false)
  expect(scanned(Window, `"${wire}"`)).toEqual(whole(window, `"${wire}"`))
})

test.each(['24hrTicker', '1h', '2hTicker', '', 1, null])('%j is none', (input) => {
  expect(reasonOf(Window, input)).toBe(`expected 1hTicker, 4hTicker or 1dTicker, came ${JSON.stringify(input)}`)
  expect(Window.fast(input)).toBeUndefined()
  expect(scanned(Window, JSON.stringify(input))).toBeUndefined()
})
