import { isMarketStream, maskListenKeys } from '../../lib/codecs/maskListenKeys.js'

test.each([
  ['{"stream":"KEY","data":{}}', '{"stream":"<listenKey>","data":{}}'],
  ['{ "stream" : "KEY" }', '{ "stream" : "<listenKey>" }'],
  ['{"e":"listenKeyExpired","listenKey":"KEY"}', '{"e":"listenKeyExpired","listenKey":"<listenKey>"}'],
  ['{"listenKey":"K\\"EY"}', '{"listenKey":"<listenKey>"}'],
  ['{"stream":"KE', '{"stream":"<listenKey>'],
  ['{"stream":"KE\\', '{"stream":"<listenKey>\\'],
  ['{"stream":"btcusdt@trade","data":{}}', '{"stream":"btcusdt@trade","data":{}}'],
  ['{"stream":"!ticker@arr","data":[]}', '{"stream":"!ticker@arr","data":[]}'],
  ['{"stream":"!bookTicker"}', '{"stream":"!bookTicker"}'],
  ['{"upstream":"x","s":"y"}', '{"upstream":"x","s":"y"}'],
])('%s', (text, masked) => {
  expect(maskListenKeys(text)).toBe(masked)
})

test('a key is masked wherever it is repeated, a text too short to be one only where it is named', () => {
  const key = '0123456789abcdef'
  expect(maskListenKeys(`{"stream":"${key}","data":{"x":"${key}"}}`)).toBe(
    '{"stream":"<listenKey>","data":{"x":"<listenKey>"}}',
  )
  expect(maskListenKeys('{"stream":"e","data":{"e":"e"}}')).toBe('{"stream":"<listenKey>","data":{"e":"e"}}')
})

test('market streams have an @ or a leading !', () => {
  expect(['btcusdt@trade', '!bookTicker', 'KEY', 'a!b', ''].map(isMarketStream)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ])
})
