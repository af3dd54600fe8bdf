import { expiryIn } from '../../../lib/communicators/account/expiryIn.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { binanceSpot } from '../../../lib/venues/binanceSpot.js'
import { bingxSpot } from '../../../lib/venues/bingxSpot.js'

const event = { e: 'listenKeyExpired', E: 1, listenKey: 'abc' }

test.each([
  ['raw', asterFutures, event],
  ['wrapped', asterFutures, { stream: 'abc', data: event }],
  ['of BingX', bingxSpot, event],
  ['of BingX, wrapped', bingxSpot, { dataType: '', data: event }],
])('%s: the key that has expired', (_, venue, value) => {
  expect(expiryIn(JSON.stringify(value), venue)).toEqual({ key: 'abc' })
})

test.each([{ listenKey: undefined }, { listenKey: '' }, { listenKey: 5 }])('%j is no key', (other) => {
  expect(expiryIn(JSON.stringify({ ...event, ...other }), asterFutures)).toEqual({ key: undefined })
})

test.each([
  '{"e":"ORDER_TRADE_UPDATE"}',
  '{"e":"announcement","en":{"t":"listenKeyExpired"}}',
  '"listenKeyExpired"',
  '["listenKeyExpired"]',
  '{"e":"listenKeyExpired"',
  'listenKeyExpired',
  '{"data":null,"x":"listenKeyExpired"}',
])('%s says of no key that it has expired', (text) => {
  expect(expiryIn(text, asterFutures)).toBeUndefined()
  expect(expiryIn(text, binanceSpot)).toBeUndefined()
})
