import { admitAll, admitByText } from '../../lib/client/admitByText.js'
import type { Message } from '../../lib/parser/Message.js'

const report = (orderId: number): Message => ({
  kind: 'executionReport',
  stream: 'account',
  event: { orderId },
  receivedAt: 0,
})

test('F12 an event is a repeat when another connection has brought the same', () => {
  const { admit, release, carriesAlone } = admitByText()
  expect(carriesAlone('a')).toBe(false)
  expect(admit(report(1), 'a')).toEqual([report(1)])
  expect(admit(report(1), 'a')).toEqual([report(1)])
  expect([carriesAlone('a'), carriesAlone('b')]).toEqual([true, false])
  expect(admit(report(1), 'b')).toEqual([])
  expect(admit(report(2), 'b')).toEqual([report(2)])
  expect([carriesAlone('a'), carriesAlone('b')]).toEqual([false, true])
  expect(release('a', new Set())).toEqual([])
})

test('the last 1,000 events are remembered', () => {
  const { admit } = admitByText()
  for (let orderId = 0; orderId <= 1_000; orderId++) admit(report(orderId), 'a')
  expect(admit(report(1), 'b')).toEqual([])
  expect(admit(report(0), 'b')).toHaveLength(1)
})

test('what no stream carries is never a repeat', () => {
  expect(admitAll.admit(report(1), 'a')).toEqual([report(1)])
  expect(admitAll.admit(report(1), 'b')).toEqual([report(1)])
  expect(admitAll.release('a', new Set())).toEqual([])
  expect(admitAll.carriesAlone('a')).toBe(false)
})
