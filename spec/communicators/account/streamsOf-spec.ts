import { streamsOf } from '../../../lib/communicators/account/streamsOf.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { bingxSpot } from '../../../lib/venues/bingxSpot.js'

test('what has to be asked for by name', () => {
  expect([...streamsOf(bingxSpot)]).toEqual(['spot.executionReport', 'ACCOUNT_UPDATE'])
  expect([...streamsOf(asterFutures)]).toEqual([])
})
