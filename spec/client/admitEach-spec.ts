import { admitByKey } from '../../lib/client/admitByKey.js'
import { admitEach } from '../../lib/client/admitEach.js'
import type { Message } from '../../lib/parser/Message.js'

const ticker = (symbol: string, updateId: number): Message =>
  // Of a book ticker only what is compared.
  ({ kind: 'bookTickers', stream: '!bookTicker', event: { symbol, updateId }, receivedAt: 0 })

test('each symbol has numbers of its own: none is lost, none comes twice, however long the overlap', () => {
  const admission = admitEach('symbol', () => admitByKey('updateId'))
  const delivered: Message[] = []
  const say = (message: Message, source: string) =>
    delivered.push(...(admission.passes(message, source) ? [message] : admission.admit(message, source)))
  const all = Array.from({ length: 3_000 }, (_, i) =>
    ticker(i % 2 === 0 ? 'BTCUSDT' : 'ETHUSDT', 10_000 - (i % 2) * 9_000 + i),
  )
  for (const message of all.slice(0, 2_000)) say(message, 'old')
  for (const message of all.slice(500)) say(message, 'new')
  for (const message of all.slice(2_000)) say(message, 'old')
  expect(delivered).toEqual(all)
})

test('what waited for a connection comes when it is gone', () => {
  const admission = admitEach('symbol', () => admitByKey('updateId'))
  expect(admission.passes(ticker('BTCUSDT', 1), 'old')).toBe(true)
  expect(admission.carriesAlone('old')).toBe(true)
  expect(admission.admit(ticker('BTCUSDT', 3), 'new')).toEqual([])
  expect(admission.release('old', new Set(['new']))).toEqual([ticker('BTCUSDT', 3)])
})
