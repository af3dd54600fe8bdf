import { retryAfter } from '../../lib/rest/retryAfter.js'

const now = Date.UTC(2026, 0, 1, 12)

test.each([
  [undefined, undefined],
  ['0', 0],
  ['7', 7_000],
  [' 120 ', 120_000],
  ['Thu, 01 Jan 2026 12:00:30 GMT', 30_000],
  ['Thu, 01 Jan 2026 11:00:00 GMT', 0],
  ['soon', undefined],
  ['', undefined],
])('Retry-After %j is %j ms', (header, expected) => {
  expect(retryAfter(header, now)).toBe(expected)
})
