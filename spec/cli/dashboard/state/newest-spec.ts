import { none, since, withNewest, type Newest } from '../../../../lib/cli/dashboard/state/newest.js'

const after = (count: number) =>
  Array.from({ length: count }, (_, i) => i + 1).reduce<Newest<number>>(withNewest(3), none)

test('holds the last ones, newest first, and counts all of them', () => {
  expect(after(0)).toEqual({ items: [], count: 0 })
  expect(after(2)).toEqual({ items: [2, 1], count: 2 })
  expect(after(5)).toEqual({ items: [5, 4, 3], count: 5 })
})

test('says what came since, as far as it is kept', () => {
  expect(since(after(5), 3)).toEqual([5, 4])
  expect(since(after(5), 5)).toEqual([])
  expect(since(after(5), 0)).toEqual([5, 4, 3])
})
