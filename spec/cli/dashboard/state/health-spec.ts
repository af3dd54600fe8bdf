import type { Status } from 'aster-rx/core'
import { newHealth, rateOf, withFact, type Fact } from '../../../../lib/cli/dashboard/state/health.js'
import { syncedBook, syncing } from './books.js'

const status = (_tag: 'Connected' | 'Closed' | 'Connecting', id: string): Fact => ({
  type: 'status',
  status: { _tag, receivedAt: 0, source: { id } },
})
const lost = (id: string): Fact => {
  const disconnected: Status = { _tag: 'Disconnected', code: 1006, reason: '', receivedAt: 0, source: { id } }
  return { type: 'status', status: disconnected }
}
const after = (...facts: readonly Fact[]) => facts.reduce(withFact, newHealth)

test('counts frames and errors', () => {
  const { frames, errors } = after({ type: 'frame' }, { type: 'error' }, { type: 'frame' })
  expect([frames, errors]).toEqual([2, 1])
})

test('knows what is connected, and counts what was lost, not what was closed or never came about', () => {
  const health = after(
    status('Connecting', 'a-1'),
    status('Connected', 'a-1'),
    status('Connected', 'b-1'),
    lost('a-1'),
    lost('a-2'),
    status('Closed', 'b-1'),
    status('Connected', 'a-3'),
  )
  expect([[...health.connected], health.losses]).toEqual([['a-3'], 1])
})

test('counts the books that were lost by what lost them, and not those that never were', () => {
  const synced = syncedBook([], [])
  const { _tag, ...rest } = synced
  const book = (state: Extract<Fact, { type: 'book' }>['state'], symbol = 'A'): Fact => ({
    type: 'book',
    symbol,
    state,
  })
  const health = after(
    book(syncing('start')),
    book(synced),
    book(syncing('gap')),
    book(syncing('snapshot failed')),
    book(synced),
    book({ ...rest, _tag: 'Stale', quiet: 5 }),
    book(syncing('gap')),
    book(synced),
    book(syncing('reset')),
    book(synced, 'B'),
    book(undefined, 'B'),
    book(syncing('start'), 'B'),
  )
  expect([...health.resyncs]).toEqual([
    ['gap', 2],
    ['reset', 1],
  ])
  expect([...health.books]).toEqual([
    ['A', syncing('reset')],
    ['B', syncing('start')],
  ])
  expect(_tag).toBe('Synced')
})

test('a rate is that of the whole span', () => {
  expect(rateOf([])).toBe(0)
  expect(rateOf([{ at: 5, count: 9 }])).toBe(0)
  const counts = [
    { at: 1_000, count: 10 },
    { at: 1_400, count: 11 },
    { at: 3_000, count: 60 },
  ]
  expect(rateOf(counts)).toBe(25)
})
