import { looksLikeBookTicker } from '../../lib/events/BookTicker.js'

const ticker = { u: 1, s: 'B', b: '1', B: '1', a: '2', A: '2' }

test('a book ticker has six keys, b a text', () => {
  expect(looksLikeBookTicker(ticker)).toBe(true)
  expect(looksLikeBookTicker({ ...ticker, e: 'bookTicker', zz: 1 })).toBe(true)
  for (const key of Object.keys(ticker)) expect(looksLikeBookTicker({ ...ticker, [key]: undefined })).toBe(false)
  expect(looksLikeBookTicker({ ...ticker, b: [] })).toBe(false)
  expect(looksLikeBookTicker({ ...ticker, b: 1 })).toBe(false)
})
