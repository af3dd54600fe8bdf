import { partName } from '../../../lib/communicators/record/partName.js'

const part = { day: '2024-08-08', index: 3 }

test.each([
  ['btc.txt.gz', 'btc-2024-08-08-3.txt.gz'],
  ['btc.txt', 'btc-2024-08-08-3.txt'],
  ['btc.gz', 'btc-2024-08-08-3.gz'],
  ['btc', 'btc-2024-08-08-3'],
  ['a.b/btc', 'a.b/btc-2024-08-08-3'],
  ['a.b/btc.usdt.txt.gz', 'a.b/btc.usdt-2024-08-08-3.txt.gz'],
  ['.hidden', '.hidden-2024-08-08-3'],
  ['a/.hidden.txt', 'a/.hidden-2024-08-08-3.txt'],
])('%s', (path, name) => {
  expect(partName(path, { daily: true, numbered: true })(part)).toBe(name)
})

test('only what distinguishes the parts', () => {
  expect(partName('a.txt', { daily: true, numbered: false })(part)).toBe('a-2024-08-08.txt')
  expect(partName('a.txt', { daily: false, numbered: true })(part)).toBe('a-3.txt')
  expect(partName('a.txt', { daily: false, numbered: false })(part)).toBe('a.txt')
})
