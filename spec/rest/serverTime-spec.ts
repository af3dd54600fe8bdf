import { lastValueFrom } from 'rxjs'
import { createRest } from '../../lib/rest/createRest.js'
import { serverTime } from '../../lib/rest/serverTime.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { asterSpot } from '../../lib/venues/asterSpot.js'
import { binanceSpot } from '../../lib/venues/binanceSpot.js'
import { venueInMemory } from './venueInMemory.js'

test.each([
  [asterFutures, 'v1', 'https://fapi.asterdex.com/fapi/v1/time'],
  [asterFutures, 'v3', 'https://fapi.asterdex.com/fapi/v3/time'],
  [asterSpot, 'v1', 'https://sapi.asterdex.com/api/v1/time'],
  [asterSpot, 'v3', 'https://sapi.asterdex.com/api/v3/time'],
  [binanceSpot, 'v3', 'https://api.binance.com/api/v3/time'],
])("%# the venue's time", async (venue, version, url) => {
  const { fetch, seen } = venueInMemory(() => ({ text: '{"serverTime":1700000000000}' }))
  expect(await lastValueFrom(serverTime(createRest({ venue, version, fetch })))).toBe(1_700_000_000_000)
  expect(seen.map((one) => [one.method, one.url])).toEqual([['GET', url]])
})
