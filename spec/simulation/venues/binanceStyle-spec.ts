import { pathSubscriptions } from '../../../lib/simulation/venues/binanceStyle.js'

test.each([
  ['/ws', { isCombined: false, streams: [] }],
  ['/ws/', { isCombined: false, streams: [] }],
  ['/ws/a@trade', { isCombined: false, streams: ['a@trade'] }],
  ['/ws/a@trade/b@trade', { isCombined: false, streams: ['a@trade', 'b@trade'] }],
  ['/ws/%21ticker%40arr', { isCombined: false, streams: ['!ticker@arr'] }],
  ['/ws/100%', { isCombined: false, streams: ['100%'] }],
  ['/stream', { isCombined: true, streams: [] }],
  ['/stream/', { isCombined: true, streams: [] }],
  ['/stream?streams=a/b', { isCombined: true, streams: ['a', 'b'] }],
  ['/stream?x=1&streams=a', { isCombined: true, streams: ['a'] }],
  ['/stream?x=a', { isCombined: true, streams: [] }],
  ['/', undefined],
  ['', undefined],
  ['/wsx', undefined],
  ['/streams', undefined],
  ['/stream/a', undefined],
])('%s', (address, expected) => {
  expect(pathSubscriptions(address)).toEqual(expected && { ...expected, streams: new Set(expected.streams) })
})
