import { pathOf } from '../../../../lib/simulation/host/sockets/pathOf.js'

test.each([
  ['/ws', { combined: false, streams: [] }],
  ['/ws/', { combined: false, streams: [] }],
  ['/ws/a@trade', { combined: false, streams: ['a@trade'] }],
  ['/ws/a@trade/b@trade', { combined: false, streams: ['a@trade', 'b@trade'] }],
  ['/ws/%21ticker%40arr', { combined: false, streams: ['!ticker@arr'] }],
  ['/ws/100%', { combined: false, streams: ['100%'] }],
  ['/stream', { combined: true, streams: [] }],
  ['/stream/', { combined: true, streams: [] }],
  ['/stream?streams=a/b', { combined: true, streams: ['a', 'b'] }],
  ['/stream?x=1&streams=a', { combined: true, streams: ['a'] }],
  ['/stream?x=a', { combined: true, streams: [] }],
  ['/', undefined],
  ['', undefined],
  ['/wsx', undefined],
  ['/streams', undefined],
  ['/stream/a', undefined],
])('%s', (url, asked) => {
  expect(pathOf(url)).toEqual(asked && { ...asked, streams: new Set(asked.streams) })
})
