import {
  contiguousIds,
  linkedIds,
  linkedOrContiguousIds,
  type DepthIds,
  type DepthRule,
} from '../../lib/venues/depthRule.js'

/** `U-u` or `U-u<pu`. */
const ids = (text: string): DepthIds => {
  const [, U, u, pu] = /^(\d+)-(\d+)(?:<(\d+))?$/.exec(text) ?? []
  return {
    firstUpdateId: Number(U),
    lastUpdateId: Number(u),
    ...(pu !== undefined && { previousUpdateId: Number(pu) }),
  }
}

type Row = readonly [update: string, stale: boolean, first: boolean, next: boolean]

const truthOf = (rule: DepthRule, rows: readonly Row[]) => {
  const judged = rows.map(([text]): Row => {
    const update = ids(text)
    return [text, rule.stale(update, 100), rule.first(update, 100), rule.next(update, 100)]
  })
  expect(judged).toEqual(rows)
}

test('F20 contiguous ids, with the book at 100', () => {
  truthOf(contiguousIds, [
    // update, stale, first, next
    ['90-99', true, false, true],
    ['90-100', true, false, true],
    ['90-101', false, true, true],
    ['100-101', false, true, true],
    ['101-101', false, true, true],
    ['101-110', false, true, true],
    ['102-110', false, false, false],
    ['102-102', false, false, false],
    ['101-100', true, false, false],
    ['101-90', true, false, false],
  ])
})

test('F22 linked ids, with the book at 100', () => {
  truthOf(linkedIds, [
    ['90-99<89', true, false, false],
    ['90-100<89', false, true, false],
    ['99-101<98', false, true, false],
    ['100-110<99', false, true, false],
    ['101-110<99', false, false, false],
    ['101-110<100', false, true, true],
    ['120-130<100', false, true, true],
    ['120-130<101', false, false, false],
    ['120-130', false, false, false],
    ['100-99<89', true, false, false],
    ['80-99<100', true, true, true],
  ])
})

test('ids that are linked where the update says to what, with the book at 100', () => {
  truthOf(linkedOrContiguousIds, [
    ['90-99<89', true, false, false],
    ['90-100<89', true, true, false],
    ['120-130<100', false, true, true],
    ['120-130<99', false, true, false],
    ['120-130<101', false, false, false],
    ['80-99<99', true, false, false],
    ['120-99<100', true, false, true],
    ['90-99', true, false, true],
    ['101-110', false, true, true],
    ['100-101', false, true, true],
    ['102-110', false, false, false],
  ])
})

test('every rule says its name', () => {
  expect([contiguousIds, linkedOrContiguousIds, linkedIds].map(({ name }) => name)).toEqual([
    'contiguous ids',
    'linked or contiguous ids',
    'linked ids',
  ])
})
