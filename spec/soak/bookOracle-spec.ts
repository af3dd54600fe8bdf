import type { DepthUpdate } from '../../lib/events/DepthUpdate.js'
import type { BookState } from '../../lib/operators/BookState.js'
import { LiveBook } from '../../lib/book/LiveBook.js'
import { bookOracle } from '../../scripts/soak/oracle/bookOracle.js'
import type { Finding } from '../../scripts/soak/oracle/Finding.js'
import { VirtualTimeScheduler } from 'rxjs'

const snapshot = (lastUpdateId: number, quantity = '1') => ({
  ...{ symbol: 'BTCUSDT', lastUpdateId, eventTime: 0, transactionTime: 0 },
  ...{ bids: [['99', quantity]] as const, asks: [['101', '1']] as const },
})

const update = (lastUpdateId: number): DepthUpdate => ({
  ...{ eventTime: 0, transactionTime: 0, symbol: 'BTCUSDT', bids: [], asks: [] },
  ...{ firstUpdateId: lastUpdateId, lastUpdateId, previousUpdateId: lastUpdateId - 1 },
})

const state = (_tag: 'Synced' | 'Stale', lastUpdateId: number, quantity = '1', isByUpdate = false): BookState => {
  const book = new LiveBook('BTCUSDT', snapshot(lastUpdateId, quantity), 0, new VirtualTimeScheduler()).reader
  const top = { bid: book.bestBid, ask: book.bestAsk }
  if (_tag === 'Stale') return { _tag, book, top, quiet: 1_000 }
  return { _tag, book, top, update: isByUpdate ? update(lastUpdateId) : undefined }
}

/** An oracle that saw books of these ids, one after the other, and what it found wrong. */
const oracleOf = (first: number, last: number) => {
  const findings: Finding[] = []
  const oracle = bookOracle('BTCUSDT', (rule, detail) => findings.push({ rule, detail }))
  for (let id = first; id <= last; id++) oracle.truth(snapshot(id))
  return { ...oracle, details: () => findings.map(({ detail }) => detail) }
}

test('a book is as the venue had it, level by level', () => {
  const { said, details, counts } = oracleOf(1, 9)
  said(state('Synced', 9, '1', true))
  said(state('Synced', 8, '1', true))
  expect([details(), counts()]).toEqual([[], { books: 2, whole: 1 }])
  said(state('Synced', 9, '2', true))
  expect(details()).toEqual(['BTCUSDT, Synced at 9 by an update: level 0 is 99 2 and should be 99 1'])
})

test('no book is of an id that the venue never had', () => {
  const { said, details } = oracleOf(1, 9)
  said(state('Synced', 10))
  expect(details()).toEqual(['BTCUSDT, Synced at 10: the venue never had a book of this id'])
})

test('one of long ago is that of a stream that is dead, or of snapshots that were frozen then, and of no update', () => {
  const { said, details } = oracleOf(1, 601)
  said(state('Stale', 1))
  said(state('Synced', 1))
  expect(details()).toEqual([])
  said(state('Synced', 1, '1', true))
  expect(details()).toEqual(['BTCUSDT, Synced at 1 by an update: the venue never had a book of this id'])
})
