import { unitPathOf } from '../../../../lib/simulation/host/sockets/unitPathOf.js'

test.each([
  ['/ws/a', {}],
  ['/ws/a?timeUnit=microsecond', { isMicroseconds: true }],
  ['/stream?streams=a&timeUnit=MICROSECOND', { isMicroseconds: true }],
  ['/stream?timeUnit=millisecond&streams=a', {}],
])('%s', (url, unit) => {
  expect(unitPathOf(url)).toEqual({ combined: url.startsWith('/stream'), streams: new Set(['a']), ...unit })
})

test('no endpoint is none in any unit', () => {
  expect(unitPathOf('/other?timeUnit=microsecond')).toBeUndefined()
})
