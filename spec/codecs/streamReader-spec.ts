import { streamReader } from '../../lib/codecs/streamReader.js'

const { nameOf: streamOf, dataAt } = streamReader({ stream: 'stream', data: 'data' })

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

test('each envelope has one reader, which keeps its names apart from those of others', () => {
  const { nameOf: dataTypeOf } = streamReader({ stream: 'dataType', data: 'data' })
  expect(streamReader({ stream: 'stream', data: 'data' }).nameOf).toBe(streamOf)
  expect(streamReader({ stream: 'stream', data: 'payload' }).nameOf).not.toBe(streamOf)
  expect([dataTypeOf('{"dataType":"a"}'), streamOf('{"dataType":"a"}')]).toEqual(['a', undefined])
})

test('names are told apart that begin alike, and those that are the end of one another', () => {
  const long = 'btcusdt_perpetual@continuousKline_'
  const names = [
    ...Array.from({ length: 40 }, (_, i) => `${long}${i}m`),
    ...['btcusdt@trade', 'xbtcusdt@trade', 'tcusdt@trade', 'b', 'bt', '币安人生usdt@trade', '安币人生usdt@trade'],
  ]
  const texts = names.map((name) => `{"stream":"${name}","data":{"e":"x"}}`)
  for (let round = 0; round < 3; round++) expect(texts.map(streamOf)).toEqual(names)
})

test('more names than are remembered', () => {
  for (let i = 0; i < 20_100; i++) expect(streamOf(`{"stream":"s${i}@trade","data":{}}`)).toBe(`s${i}@trade`)
  expect(streamOf('{"stream":"s1@trade","data":{}}')).toBe('s1@trade')
})

test.each(['{"stream":"btcusdt@trade","data":{}}', '{"stream":"币安人生usdt@trade","data":[1]}'])(
  'the payload of %s is found',
  (text) => {
    const at = text.indexOf('"data":') + '"data":'.length
    expect([dataAt(text), dataAt(text)]).toEqual([at, at])
    streamOf('{"stream":"other@trade","data":{}}')
    expect(dataAt(text)).toBe(at)
  },
)

test.each([
  '{"stream":"btcusdt@trade"}',
  '{"stream":"btcusdt@trade","x":1,"data":{}}',
  '{"stream":"btcusdt@trade","data" :{}}',
  '{"stream":"btcusdt@trade","data":',
  '{"stream":"","data":{}}',
  '',
])('in %s the payload does not follow a name', (text) => {
  expect([dataAt(text), dataAt(text)]).toEqual([-1, -1])
})

test('what stood behind a shorter text is no part of it', () => {
  expect(streamOf('{"stream":"abc@trade","data":{"e":"trade"}}')).toBe('abc@trade')
  for (const text of ['{"stream":"abc@trade}', '{"stream":"abc@t}', '{"stream":"}', '}'])
    expect([streamOf(text), dataAt(text)]).toEqual([undefined, -1])
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
