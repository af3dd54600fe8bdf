import { unitSubscriptions } from '../../../lib/simulation/venues/binanceSpot.js'

test.each([
  ['/ws/a', {}],
  ['/ws/a?timeUnit=microsecond', { isMicroseconds: true }],
  ['/stream?streams=a&timeUnit=MICROSECOND', { isMicroseconds: true }],
  ['/stream?timeUnit=millisecond&streams=a', {}],
])('%s', (url, unit) => {
  expect(unitSubscriptions(url)).toEqual({ isCombined: url.startsWith('/stream'), streams: new Set(['a']), ...unit })
})

test('no endpoint is none in any unit', () => {
  expect(unitSubscriptions('/other?timeUnit=microsecond')).toBeUndefined()
})
