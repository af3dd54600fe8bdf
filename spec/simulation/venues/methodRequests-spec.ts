import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { binanceSpot } from '../../../lib/venues/binanceSpot.js'
import type { Venue } from '../../../lib/venues/Venue.js'
import { bareClient, roundTrip, venueFor } from '../host/bareClient.js'

/** Roomy enough for what is not about the rate. */
const patient = (venue: Venue): Venue => ({ ...venue, limits: { ...venue.limits, messagesPerSecond: 1_000 } })

test('the five methods and their answers', async () => {
  const { addresses, controls } = await venueFor({ venue: patient(asterFutures) })
  const { ask } = await bareClient(`${addresses.websocket}/ws`)
  const names = ['btcusdt@aggTrade', 'btcusdt@depth']
  expect(await ask('{"method":"SUBSCRIBE","params":["btcusdt@aggTrade","btcusdt@depth"],"id":1}')).toBe(
    '{"result":null,"id":1}',
  )
  expect(controls.subscriptions(1)).toEqual(names)
  expect(await ask('{"method":"UNSUBSCRIBE","params":["btcusdt@depth"],"id":312}')).toBe('{"result":null,"id":312}')
  expect(await ask('{"method":"LIST_SUBSCRIPTIONS","id":3}')).toBe('{"result":["btcusdt@aggTrade"],"id":3}')
  expect(await ask('{"method":"GET_PROPERTY","params":["combined"],"id":2}')).toBe('{"result":false,"id":2}')
  expect(await ask('{"method":"SET_PROPERTY","params":["combined",true],"id":5}')).toBe('{"result":null,"id":5}')
  expect(await ask('{"method":"GET_PROPERTY","params":["combined"],"id":2}')).toBe('{"result":true,"id":2}')
  expect(await ask('{"method":"SUBSCRIBE","params":["nosuch@trade","!what"],"id":0}')).toBe('{"result":null,"id":0}')
})

test.each([
  ['{"method":', 3],
  ['', 3],
  ['[]', 2],
  ['null', 2],
  ['{"id":1}', 2],
  ['{"method":"SUBSCRIBED","params":[],"id":1}', 2],
  ['{"method":7,"params":[],"id":1}', 2],
  ['{"method":"SUBSCRIBE","params":[],"id":-1}', 2],
  ['{"method":"SUBSCRIBE","params":[],"id":1.5}', 2],
  ['{"method":"SUBSCRIBE","params":[],"id":"1"}', 2],
  ['{"method":"SUBSCRIBE","params":[],"id":null}', 2],
  ['{"method":"SUBSCRIBE","id":1}', 2],
  ['{"method":"SUBSCRIBE","params":[7],"id":1}', 2],
  ['{"method":"SET_PROPERTY","params":[true],"id":1}', 2],
  ['{"method":"GET_PROPERTY","params":["combined",1],"id":1}', 2],
  ['{"method":"SET_PROPERTY","params":["combined",true,1],"id":1}', 2],
  ['{"method":"SET_PROPERTY","params":["combined",1],"id":1}', 1],
  ['{"method":"SET_PROPERTY","params":["combined"],"id":1}', 1],
  ['{"method":"SET_PROPERTY","params":["other",true],"id":1}', 0],
  ['{"method":"GET_PROPERTY","params":["other"],"id":1}', 0],
])('%s is answered with code %i and no id', async (text, code) => {
  const { addresses } = await venueFor({ venue: asterFutures })
  const { ask } = await bareClient(`${addresses.websocket}/ws`)
  const answer = JSON.parse(await ask(text)) as Readonly<Record<string, unknown>>
  expect(Object.keys(answer)).toEqual(['code', 'msg'])
  expect(answer['code']).toBe(code)
})

test('the documented words', async () => {
  const { addresses } = await venueFor({ venue: patient(asterFutures) })
  const { ask } = await bareClient(`${addresses.websocket}/ws`)
  expect(await ask('{"method":"SET_PROPERTY","params":["x",true],"id":1}')).toBe('{"code":0,"msg":"Unknown property"}')
  expect(await ask('{"method":"SET_PROPERTY","params":["combined",1],"id":1}')).toBe(
    '{"code":1,"msg":"Invalid value type: expected Boolean"}',
  )
  expect(await ask('{"method":"SUBSCRIBE","params":[],"id":"x"}')).toBe(
    '{"code":2,"msg":"Invalid request: request ID must be an unsigned integer"}',
  )
  expect(await ask('{"method":"BUY","params":[],"id":1}')).toBe(
    '{"code":2,"msg":"Invalid request: unknown variant `BUY`, expected one of `SUBSCRIBE`, `UNSUBSCRIBE`, `LIST_SUBSCRIPTIONS`, `SET_PROPERTY`, `GET_PROPERTY`"}',
  )
})

test('a request without an id is done, and answered with null', async () => {
  const { addresses, controls } = await venueFor({ venue: patient(asterFutures) })
  const { ask } = await bareClient(`${addresses.websocket}/ws`)
  expect(await ask('{"method":"SUBSCRIBE","params":["btcusdt@trade"]}')).toBe('{"result":null,"id":null}')
  expect(controls.subscriptions(1)).toEqual(['btcusdt@trade'])
})

test('Binance takes texts and null for ids, and none', async () => {
  const { addresses } = await venueFor({ venue: patient(binanceSpot) })
  const { ask } = await bareClient(`${addresses.websocket}/ws`)
  const id = 'x'.repeat(36)
  expect(await ask({ method: 'LIST_SUBSCRIPTIONS', id })).toBe(`{"result":[],"id":"${id}"}`)
  expect(await ask({ method: 'LIST_SUBSCRIPTIONS', id: null })).toBe('{"result":[],"id":null}')
  expect(await ask({ method: 'LIST_SUBSCRIPTIONS' })).toBe('{"result":[],"id":null}')
  expect(JSON.parse(await ask({ method: 'LIST_SUBSCRIPTIONS', id: `${id}x` }))).toMatchObject({ code: 2 })
})

test.each([
  ['/ws', false, []],
  ['/ws/btcusdt@trade', false, ['btcusdt@trade']],
  ['/stream', true, []],
  ['/stream?streams=btcusdt@trade/!ticker@arr', true, ['btcusdt@trade', '!ticker@arr']],
  ['/stream?streams=btcusdt%40trade', true, ['btcusdt@trade']],
])('%s', async (path, combined, streams) => {
  const { addresses, controls } = await venueFor({ venue: asterFutures })
  const { ask } = await bareClient(addresses.websocket + path)
  expect(controls.subscriptions(1)).toEqual(streams)
  expect(await ask({ method: 'GET_PROPERTY', params: ['combined'], id: 1 })).toBe(`{"result":${combined},"id":1}`)
})

test('frames name their stream where the connection says so', async () => {
  const { addresses, controls } = await venueFor({ venue: asterFutures })
  const { ask, texts, socket } = await bareClient(`${addresses.websocket}/ws/btcusdt@trade`)
  controls.send('btcusdt@trade', { e: 'trade' })
  await roundTrip(socket)
  await ask({ method: 'SET_PROPERTY', params: ['combined', true], id: 1 })
  controls.send('btcusdt@trade', { e: 'trade' })
  controls.send('ethusdt@trade', { e: 'trade' })
  await roundTrip(socket)
  expect(texts).toEqual(['{"e":"trade"}', '{"result":null,"id":1}', '{"stream":"btcusdt@trade","data":{"e":"trade"}}'])
})

test('any other path is not found', async () => {
  const { addresses } = await venueFor({ venue: asterFutures })
  await expect(bareClient(`${addresses.websocket}/other`)).rejects.toThrow('Unexpected server response: 404')
})

test('Binance tells times in microseconds to those who ask for them', async () => {
  const { addresses, controls } = await venueFor({ venue: binanceSpot })
  const say = () => controls.send('btcusdt@trade', { e: 'trade', E: 1_700_000_000_318, t: 7, p: '1' })
  const paths = ['/ws/btcusdt@trade', '/stream?streams=btcusdt@trade']
  const inMilliseconds = await Promise.all(paths.map((path) => bareClient(addresses.websocket + path)))
  const inMicroseconds = [
    await bareClient(`${addresses.websocket}${paths[0] ?? ''}?timeUnit=microsecond`),
    await bareClient(`${addresses.websocket}${paths[1] ?? ''}&timeUnit=MICROSECOND`),
  ]
  say()
  const heard = await Promise.all([...inMilliseconds, ...inMicroseconds].map(({ until }) => until(1)))
  expect(heard.flat()).toEqual([
    '{"e":"trade","E":1700000000318,"t":7,"p":"1"}',
    '{"stream":"btcusdt@trade","data":{"e":"trade","E":1700000000318,"t":7,"p":"1"}}',
    '{"e":"trade","E":1700000000318000,"t":7,"p":"1"}',
    '{"stream":"btcusdt@trade","data":{"e":"trade","E":1700000000318000,"t":7,"p":"1"}}',
  ])
})
