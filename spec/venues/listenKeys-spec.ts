import { binanceStyle } from '../../lib/venues/binanceStyle.js'
import { bingxSpot } from '../../lib/venues/bingxSpot.js'
import { maskListenKeys } from '../../lib/venues/listenKeys.js'

const mask = (text: string) => maskListenKeys(text, binanceStyle.envelope)

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
  expect(mask(text)).toBe(masked)
})

test('a key is masked wherever it is repeated, a text too short to be one only where it is named', () => {
  const key = '0123456789abcdef'
  expect(mask(`{"stream":"${key}","data":{"x":"${key}"}}`)).toBe('{"stream":"<listenKey>","data":{"x":"<listenKey>"}}')
  expect(mask('{"stream":"e","data":{"e":"e"}}')).toBe('{"stream":"<listenKey>","data":{"e":"e"}}')
})

test('F72 a name is what its escapes mean, and a key is masked in either spelling', () => {
  const market = '{"stream":"btcusdt\\u0040trade","data":{}}'
  expect(mask(market)).toBe(market)
  expect(mask('{"stream":"0123456789abcde\\u0066","x":"0123456789abcdef"}')).toBe(
    '{"stream":"<listenKey>","x":"<listenKey>"}',
  )
})

test.each([
  ['{"str\\u0065am":"KEY","data":{}}', '{"str\\u0065am":"<listenKey>","data":{}}'],
  ['{"\\u0073tream":"KEY"}', '{"\\u0073tream":"<listenKey>"}'],
  ['{"listen\\u004bey" : "KEY"}', '{"listen\\u004bey" : "<listenKey>"}'],
  ['{"\\u006C\\u0069\\u0073\\u0074\\u0065\\u006e\\u004b\\u0065\\u0079":"KEY"}', undefined],
  ['{"x":"a\\u0062","listen\\u004bey":"KEY","y":"\\u0063","stream":"KEY"}', undefined],
  ['{"stream":"btcusdt@trade","listen\\u004bey":"K\\u0045Y","listenKey":"KEY"}', undefined],
  ['{"a\\\\":1,"str\\u0065am":"KEY"}', undefined],
  ['{"str\\u0065am":"KE', '{"str\\u0065am":"<listenKey>'],
])('F78 a name that is written with escapes is that name: %s', (text, masked) => {
  const without = mask(text)
  if (masked !== undefined) expect(without).toBe(masked)
  expect(without).not.toMatch(/KE|K\\u0045Y/)
  const values = (json: string) => Object.values(JSON.parse(json) as Readonly<Record<string, string>>)
  if (text.endsWith('}')) expect(values(without).filter((value) => value === '<listenKey>')).not.toEqual([])
})

test.each(['{"x\\u0065":"KEY"}', '{"x":"str\\u0065am"}', '{"x":"str\\u0065am","y":"KEY"}', '"str\\u0065am'])(
  'F78 and no other is: %s',
  (text) => {
    expect(mask(text)).toBe(text)
  },
)

test('on BingX no key stands for the name of a stream', () => {
  const text = '{"dataType":"spot.executionReport","stream":"x","listenKey":"KEY"}'
  expect(maskListenKeys(text, bingxSpot.envelope)).toBe(text.replace('KEY', '<listenKey>'))
})

test('the name of a stream stands where the envelope says', () => {
  const isListenKey = (name: string) => name.length > 3
  const own = (text: string) => maskListenKeys(text, { stream: 'a.b', data: 'data', isListenKey })
  expect(own('{"a.b":"1234","aXb":"1234","stream":"1234"}')).toBe('{"a.b":"<listenKey>","aXb":"1234","stream":"1234"}')
  expect(own('{"a.b":"123"}')).toBe('{"a.b":"123"}')
})

test('Aster and Binance: streams have an @ or a leading !', () => {
  const { isListenKey } = binanceStyle.envelope
  expect(['btcusdt@trade', '!bookTicker', 'KEY', 'a!b', ''].map(isListenKey)).toEqual([false, false, true, true, true])
})
