import { partName } from '../../../lib/communicators/record/partName.js'

const part = { period: '2024-08-08', index: 3 }

test.each([
  ['btc.txt.gz', 'btc-2024-08-08-0003.txt.gz'],
  ['btc.txt', 'btc-2024-08-08-0003.txt'],
  ['btc.gz', 'btc-2024-08-08-0003.gz'],
  ['btc', 'btc-2024-08-08-0003'],
  ['a.b/btc', 'a.b/btc-2024-08-08-0003'],
  ['a.b/btc.usdt.txt.gz', 'a.b/btc.usdt-2024-08-08-0003.txt.gz'],
  ['.hidden', '.hidden-2024-08-08-0003'],
  ['a/.hidden.txt', 'a/.hidden-2024-08-08-0003.txt'],
])('%s', (path, name) => {
  expect(partName(path, { timed: true, numbered: true })(part)).toBe(name)
})

test('only what distinguishes the parts', () => {
  expect(partName('a.txt', { timed: true, numbered: false })(part)).toBe('a-2024-08-08.txt')
  expect(partName('a.txt', { timed: false, numbered: true })(part)).toBe('a-0003.txt')
  expect(partName('a.txt', { timed: false, numbered: false })(part)).toBe('a.txt')
})

test('F64 names sort as they play, by their characters, however many there are', () => {
  const name = partName('a.txt.gz', { timed: false, numbered: true })
  const names = [1, 2, 9, 10, 99, 9_999, 10_000, 10_001, 99_999, 100_000, 2_000_000].map((index) =>
    name({ period: '', index }),
  )
  expect([...names].reverse().sort()).toEqual(names)
  expect(names[0]).toBe('a-0001.txt.gz')
})
