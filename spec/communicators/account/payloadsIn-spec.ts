import { payloadsIn } from '../../../lib/communicators/account/payloadsIn.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { binanceSpot } from '../../../lib/venues/binanceSpot.js'

test('a frame itself, and what is wrapped', () => {
  const wrapped = { stream: 'a', data: { e: 'x' } }
  expect(payloadsIn(JSON.stringify(wrapped), asterFutures)[1]).toEqual({ e: 'x' })
  expect(payloadsIn('{"event":{"e":"x"}}', binanceSpot)).toEqual([{ event: { e: 'x' } }, { e: 'x' }])
  expect(payloadsIn('{"data":null}', asterFutures)).toEqual([{ data: null }])
})

test.each(['', 'ping', '[]', '"x"', 'null', '{"a":'])('nothing in %j', (text) => {
  expect(payloadsIn(text, asterFutures)).toEqual([])
})
