import { parse } from '../../lib/parser/parse.js'
import { frame } from '../../lib/Signal.js'
import { asterPrediction } from '../../lib/venues/asterPrediction.js'
import { asterSpot } from '../../lib/venues/asterSpot.js'
import { streamName } from '../../lib/venues/streamName.js'

test('it is Aster spot elsewhere, with one stream more', () => {
  const { predictionEvent, ...others } = asterPrediction.streams
  expect(others).toEqual(asterSpot.streams)
  expect(predictionEvent.name).toBe('<eventName>@event')
  expect(asterPrediction.account).toBe(asterSpot.account)
  expect(asterPrediction.endpoints).toEqual({
    websocket: 'wss://pstream.asterdex.com',
    rest: 'https://papi.asterdex.com',
    named: {
      testnet: { websocket: 'wss://pstream.asterdex-testnet.com', rest: 'https://papi.asterdex-testnet.com' },
    },
  })
})

test('its REST interface has v3 alone', () => {
  expect(asterPrediction.rest.versions).toEqual({ v3: asterSpot.rest.versions['v3'] })
})

test('long symbols with underscores', () => {
  const symbol = 'BTC_UP_DOWN_5M_1778483280_YUSDT'
  const name = streamName(asterPrediction, 'depth', { symbol, speed: '100ms' })
  expect(name).toBe('btc_up_down_5m_1778483280_yusdt@depth@100ms')
  const depth = `{"e":"depthUpdate","E":1,"s":"${symbol}","U":1,"u":2,"b":[],"a":[]}`
  expect(parse(asterPrediction)(frame(`{"stream":"${name}","data":${depth}}`, 0))).toMatchObject({
    right: { kind: 'depth', event: { symbol } },
  })
})

test('an event of a market, which is no trade though its m is a text', () => {
  const event = '{"e":"market_start","m":"btc_up_down_5m","y":"A_YUSDT","n":"A_NUSDT","p":"1","t":2}'
  const read = parse(asterPrediction)
  expect(read(frame(`{"stream":"btc_up_down_5m@event","data":${event}}`, 0))).toMatchObject({
    right: { kind: 'predictionEvent', stream: 'btc_up_down_5m@event', event: { name: 'btc_up_down_5m' } },
  })
  expect(read(frame(event, 0))).toMatchObject({ right: { kind: 'predictionEvent', stream: '' } })
  expect(parse(asterSpot)(frame(event, 0))).toMatchObject({ left: { _tag: 'UnknownStream', event: 'market_start' } })
})
