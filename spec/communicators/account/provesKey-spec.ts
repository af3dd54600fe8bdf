import { provesKey } from '../../../lib/communicators/account/provesKey.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { binanceSpot } from '../../../lib/venues/binanceSpot.js'
import { bingxSpot } from '../../../lib/venues/bingxSpot.js'

test.each([
  ['raw', asterFutures, { e: 'ORDER_TRADE_UPDATE', E: 1 }],
  ['wrapped', asterFutures, { stream: 'abc', data: { e: 'MARGIN_CALL' } }],
  ['of Binance', binanceSpot, { subscriptionId: 0, event: { e: 'executionReport' } }],
  ['of BingX', bingxSpot, { code: 0, dataType: 'spot.executionReport', data: { e: 'executionReport' } }],
] as const)('an event, %s', (_, venue, value) => {
  expect(provesKey(JSON.stringify(value), venue)).toBe(true)
})

test.each(['{"e":"listenKeyExpired"}', '{"e":"toString"}', '{"e":"trade"}', '{"e":5}', '{"id":1}', 'ping', '[]', ''])(
  '%s proves nothing',
  (text) => {
    expect(provesKey(text, asterFutures)).toBe(false)
  },
)
