import { carries, noted, openOf, type AccountSession } from '../../../lib/communicators/account/accountSessions.js'
import type { Signal } from '../../../lib/Signal.js'

const source = { id: 'a' }
const other = { id: 'b' }
const says = (_tag: 'Connecting' | 'Connected' | 'Closed', from = source) => ({ _tag, receivedAt: 0, source: from })
const answered = (stream: string): Signal => ({ _tag: 'Acknowledged', stream, receivedAt: 0, source })
const refused = (stream: string): Signal => ({ _tag: 'Rejected', stream, reason: '', receivedAt: 0, source })

const none: AccountSession = { key: 'key', connections: [] }
const after = (streams: readonly string[], ...signals: readonly Signal[]) =>
  signals.reduce((session, signal) => noted(session, signal, new Set(streams)), none)
const state = (session: AccountSession) => [carries(session), openOf(session)]

test('an attempt carries nothing until it is open', () => {
  expect(state(after([], says('Connecting')))).toEqual([false, undefined])
  expect(state(after([], says('Connecting'), says('Connected')))).toEqual([true, source])
})

test('where streams are asked for, only when all are answered for', () => {
  const open = [says('Connecting'), says('Connected')]
  const streams = ['x', 'y']
  expect(state(after(streams, ...open))).toEqual([false, source])
  expect(state(after(streams, ...open, answered('x')))).toEqual([false, source])
  expect(state(after(streams, ...open, answered('x'), refused('y')))).toEqual([true, source])
  expect(state(after(streams, ...open, answered('x'), answered('x'), answered('z')))).toEqual([false, source])
})

test('one that ended is forgotten', () => {
  const disconnected = { _tag: 'Disconnected', code: 1006, reason: '', receivedAt: 0, source } as const
  for (const end of [says('Closed'), disconnected])
    expect(after([], says('Connecting'), says('Connected'), end)).toEqual(none)
})

test('of two, the first that is open', () => {
  const both = [says('Connecting'), says('Connecting', other), says('Connected', other)]
  expect(state(after([], ...both))).toEqual([true, other])
  expect(state(after([], ...both, says('Connected')))).toEqual([true, source])
  expect(state(after([], ...both, says('Connected'), says('Closed')))).toEqual([true, other])
  expect(state(after(['x'], ...both, says('Connected'), answered('x')))).toEqual([true, source])
})

test('what others say, or nobody, changes nothing', () => {
  const open = after([], says('Connecting'), says('Connected'))
  expect(noted(open, says('Closed', other), new Set())).toEqual(open)
  expect(noted(open, { _tag: 'Closed', receivedAt: 0 }, new Set())).toBe(open)
  expect(noted(open, { _tag: 'Connecting', receivedAt: 0 }, new Set())).toBe(open)
  expect(noted(open, { _tag: 'Frame', text: '', receivedAt: 0, source }, new Set())).toBe(open)
})
