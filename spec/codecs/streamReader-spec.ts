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
