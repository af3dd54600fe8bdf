import { frame } from '../../lib/Signal.js'
import { parse } from '../../lib/parser/parse.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'

test('a name with @ or a leading ! is never an account stream', () => {
  for (const stream of ['btcusdt@nothing', '!nothing', '@', 'listen@key']) {
    const text = JSON.stringify({ stream, data: { e: 'listenKeyExpired', E: 1 } })
    expect(parse(asterFutures)(frame(text, 5))).toEqual({
      _tag: 'Left',
      left: { _tag: 'UnknownStream', stream, text, receivedAt: 5 },
    })
  }
})

test('what comes on a stream is that stream’s, whatever it looks like', () => {
  const depth = '{"e":"depthUpdate","E":1,"s":"BTCUSDT","U":1,"u":2,"pu":0,"b":[],"a":[]}'
  const kindOn = (stream: string) => {
    const parsed = parse(asterFutures)(frame(`{"stream":"${stream}","data":${depth}}`, 5))
    return parsed._tag === 'Right' && 'kind' in parsed.right ? parsed.right.kind : parsed
  }
  expect(kindOn('btcusdt@depth')).toBe('depth')
  expect(kindOn('btcusdt@depth@100ms')).toBe('depth')
  expect(kindOn('btcusdt@depth5')).toBe('partialDepth')
  expect(kindOn('btcusdt@depth5@100ms')).toBe('partialDepth')
  expect(kindOn('btcusdt@trade')).toMatchObject({
    left: { _tag: 'InvalidEvent', kind: 'trade', path: 'e', reason: 'e: expected "trade", came "depthUpdate"' },
  })
})
