import { streamReader } from '../../lib/codecs/streamReader.js'

const streamOf = streamReader('stream')

test.each([
  ['{"stream":"btcusdt@trade","data":{}}', 'btcusdt@trade'],
  ['{"stream":"币安人生usdt@trade","data":{}}', '币安人生usdt@trade'],
  ['{"stream":""}', undefined],
  ['{"stream":"btcusdt@trade","data":{', undefined],
  ['{"stream":"btcusdt}', undefined],
  ['{"stream" :"a"}', undefined],
  ['{"dataType":"a"}', undefined],
  ['{"result":null,"id":1}', undefined],
  ['', undefined],
])('%s', (text, stream) => expect([streamOf(text), streamOf(text)]).toEqual([stream, stream]))

test('each key has one reader, which keeps its names apart from those of others', () => {
  const dataTypeOf = streamReader('dataType')
  expect(streamReader('stream')).toBe(streamOf)
  expect([dataTypeOf('{"dataType":"a"}'), streamOf('{"dataType":"a"}')]).toEqual(['a', undefined])
})

test('names that share a hash are told apart', () => {
  const names = ['BA@trade', 'Ca@trade', 'BA@trade', 'Ca@trad', 'Ca@trade', '币@trade', '安@trade', '币@trade']
  expect(names.map((name) => streamOf(`{"stream":"${name}","data":{}}`))).toEqual(names)
})

test.each([
  ['escapes', '{"stream":"btc\\u0075sdt@trade","data":{}}'],
  ['a control character', '{"stream":"btc\nusdt@trade","data":{}}'],
  ['257 characters', `{"stream":"${'x'.repeat(257)}","data":{}}`],
])('F72 a name with %s is left to JSON.parse', (_, text) => expect(streamOf(text)).toBeUndefined())

test('a name of 256 characters is read', () => {
  const name = 'x'.repeat(256)
  expect(streamOf(`{"stream":"${name}","data":{}}`)).toBe(name)
})
