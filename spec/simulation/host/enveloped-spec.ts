import { enveloped } from '../../../lib/simulation/host/enveloped.js'
import { manners } from '../../../lib/simulation/host/manners.js'
import { asterSpot } from '../../../lib/venues/asterSpot.js'
import { bingxSpot } from '../../../lib/venues/bingxSpot.js'
import type { Venue } from '../../../lib/venues/Venue.js'

const written = (venue: Venue, stream: string, data: string) => {
  const manner = manners[venue.name]
  return manner && enveloped(venue, manner)(stream, data)
}

test.each([
  [asterSpot, 'btcusdt@trade', '{"stream":"btcusdt@trade","data":{"a":1}}'],
  [asterSpot, '"', '{"stream":"\\"","data":{"a":1}}'],
  [asterSpot, '', '{"a":1}'],
  [bingxSpot, 'spot.executionReport', '{"code":0,"dataType":"spot.executionReport","data":{"a":1}}'],
  [bingxSpot, 'ACCOUNT_UPDATE', '{"a":1}'],
])('%#: %s', (venue, stream, text) => {
  expect(written(venue, stream, '{"a":1}')).toBe(text)
})
