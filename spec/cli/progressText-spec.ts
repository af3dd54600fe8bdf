import { clockText, progressText } from '../../lib/cli/progressText.js'

test.each([
  [0, '0:00'],
  [1, '0:01'],
  [61_000, '1:01'],
  [3_723_000, '1:02:03'],
])('%d ms are %s', (ms, text) => {
  expect(clockText(ms)).toBe(text)
})

test.each([
  [{ bytes: 0, total: 100, count: 0, elapsed: 10 }, '[░░░░░░░░░░░░░░░░░░░░]   0 %  0 events'],
  [
    { bytes: 50, total: 100, count: 8_880, elapsed: 2_000 },
    '[██████████░░░░░░░░░░]  50 %  8,880 events  4,440/s  0:02 left',
  ],
  [{ bytes: 250, total: 1_000, count: 10, elapsed: 60_000 }, '[█████░░░░░░░░░░░░░░░]  25 %  10 events  0/s  3:00 left'],
  [{ bytes: 200, total: 100, count: 1_234_567, elapsed: 500 }, '[████████████████████] 100 %  1,234,567 events'],
  [{ bytes: 5, total: undefined, count: 9, elapsed: 3_000 }, '0:03  9 events  3/s'],
  [{ bytes: 0, total: 0, count: 0, elapsed: 0 }, '[░░░░░░░░░░░░░░░░░░░░]   0 %  0 events'],
])('%j', (progress, text) => {
  expect(progressText(progress)).toBe(text)
})
