import { neverBack } from '../../lib/testing/neverBack.js'

test('a stamp never goes back; what has none stays what it is', () => {
  const stamp = neverBack<unknown>()
  const late = { receivedAt: 3, x: 1 }
  const first = { receivedAt: 5 }
  expect(stamp(first)).toBe(first)
  expect(stamp(late)).toEqual({ receivedAt: 5, x: 1 })
  expect(late).toEqual({ receivedAt: 3, x: 1 })
  expect(stamp({ receivedAt: 5, y: 1 })).toEqual({ receivedAt: 5, y: 1 })
  expect(stamp({ receivedAt: 6 })).toEqual({ receivedAt: 6 })
  for (const value of ['a', 1, null, undefined, {}, { receivedAt: '1' }]) expect(stamp(value)).toBe(value)
})
