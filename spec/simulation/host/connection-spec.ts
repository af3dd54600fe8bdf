import { enveloping, inMicroseconds } from '../../../lib/simulation/host/connection.js'
import { serverBehaviourOf } from '../../../lib/simulation/venues/serverBehaviourOf.js'
import { asterSpot } from '../../../lib/venues/asterSpot.js'
import { bingxSpot } from '../../../lib/venues/bingxSpot.js'
import type { Venue } from '../../../lib/venues/Venue.js'

const written = (venue: Venue, stream: string, data: string) =>
  enveloping(venue, serverBehaviourOf(venue))(stream, data)

test.each([
  [asterSpot, 'btcusdt@trade', '{"stream":"btcusdt@trade","data":{"a":1}}'],
  [asterSpot, '"', '{"stream":"\\"","data":{"a":1}}'],
  [asterSpot, '', '{"a":1}'],
  [bingxSpot, 'spot.executionReport', '{"code":0,"dataType":"spot.executionReport","data":{"a":1}}'],
  [bingxSpot, 'ACCOUNT_UPDATE', '{"a":1}'],
])('%#: %s', (venue, stream, text) => {
  expect(written(venue, stream, '{"a":1}')).toBe(text)
})

test('times alone are counted otherwise', () => {
  const data = '{"E":1700000000318,"t":3000001,"s":"1700000000318","u":[1,1700000000319],"T":1700000000318}'
  expect(inMicroseconds(data)).toBe(
    '{"E":1700000000318000,"t":3000001,"s":"1700000000318","u":[1,1700000000319000],"T":1700000000318000}',
  )
})
