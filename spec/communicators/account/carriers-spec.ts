import { attempted, carries, noCarriers, noted, openWith } from '../../../lib/communicators/account/carriers.js'
import type { Signal } from '../../../lib/Signal.js'

const source = { id: 'a' }
const says = (_tag: 'Connected' | 'Closed') => ({ _tag, receivedAt: 0, source }) as const
const answered = (stream: string): Signal => ({ _tag: 'Acknowledged', stream, receivedAt: 0, source })
const refused = (stream: string): Signal => ({ _tag: 'Rejected', stream, reason: '', receivedAt: 0, source })

test('an attempt carries nothing until it is open', () => {
  const carriers = attempted(noCarriers, source, 'key', new Set())
  expect([carries(carriers, 'key'), openWith(carriers, 'key')]).toEqual([false, []])
  const open = noted(carriers, says('Connected'))
  expect([carries(open, 'key'), carries(open, 'other'), openWith(open, 'key')]).toEqual([true, false, [source]])
})

test('where streams are asked for, only when all are answered for', () => {
  const open = noted(attempted(noCarriers, source, 'key', new Set(['x', 'y'])), says('Connected'))
  expect([carries(open, 'key'), openWith(open, 'key')]).toEqual([false, [source]])
  expect(carries(noted(open, answered('x')), 'key')).toBe(false)
  expect(carries(noted(noted(open, answered('x')), refused('y')), 'key')).toBe(true)
})

test('one that ended is forgotten', () => {
  const open = noted(attempted(noCarriers, source, 'key', new Set()), says('Connected'))
  const disconnected = { _tag: 'Disconnected', code: 1006, reason: '', receivedAt: 0, source } as const
  for (const end of [says('Closed'), disconnected]) expect(noted(open, end)).toEqual(noCarriers)
})

test('what others say, or nobody, changes nothing', () => {
  const open = noted(attempted(noCarriers, source, 'key', new Set()), says('Connected'))
  expect(noted(open, { _tag: 'Closed', receivedAt: 0, source: { id: 'b' } })).toBe(open)
  expect(noted(open, { _tag: 'Closed', receivedAt: 0 })).toBe(open)
  expect(noted(open, { _tag: 'Frame', text: '', receivedAt: 0, source })).toBe(open)
})
