import { listenKeyOf } from '../../../../lib/simulation/host/sockets/listenKeyOf.js'

test.each([
  ['', {}],
  ['/', {}],
  ['?listenKey=abc', { listenKey: 'abc' }],
  ['?x=1&listenKey=a%2Fb', { listenKey: 'a/b' }],
  ['/?listenKey=abc', { listenKey: 'abc' }],
])('%s', (url, asked) => {
  expect(listenKeyOf(url)).toEqual({ combined: true, streams: new Set(), ...asked })
})

test.each(['/ws', 's', '/market'])('%s is no endpoint', (url) => {
  expect(listenKeyOf(url)).toBeUndefined()
})
