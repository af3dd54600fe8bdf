import { listenKeySubscriptions } from '../../../lib/simulation/venues/bingxSpot.js'

test.each([
  ['', {}],
  ['/', {}],
  ['?listenKey=abc', { listenKey: 'abc' }],
  ['?x=1&listenKey=a%2Fb', { listenKey: 'a/b' }],
  ['/?listenKey=abc', { listenKey: 'abc' }],
])('%s', (url, asked) => {
  expect(listenKeySubscriptions(url)).toEqual({ isCombined: true, streams: new Set(), ...asked })
})

test.each(['/ws', 's', '/market'])('%s is no endpoint', (url) => {
  expect(listenKeySubscriptions(url)).toBeUndefined()
})
