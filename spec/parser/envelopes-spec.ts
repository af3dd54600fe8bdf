import { frame, type Reply } from '../../lib/Signal.js'
import { parse, type Parsed } from '../../lib/parser/parse.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { asterSpot } from '../../lib/venues/asterSpot.js'
import { binanceSpot } from '../../lib/venues/binanceSpot.js'
import type { Venue } from '../../lib/venues/Venue.js'

const read = (venue: Venue, text: string): Parsed => parse(venue)(frame(text, 5))

const message = (kind: string, stream: string, event: unknown) => ({
  _tag: 'Right',
  right: { kind, stream, event, receivedAt: 5 },
})

const markPrice = '{"e":"markPriceUpdate","E":1,"s":"BTCUSDT","p":"4.0","r":"","T":0}'
const markPriceEvent = { eventTime: 1, symbol: 'BTCUSDT', markPrice: '4.0', fundingRate: '', nextFundingTime: 0 }
const bookTicker = '{"u":7,"s":"BTCUSDT","b":"1.0","B":"2","a":"3.0","A":"4"}'
const bookTickerEvent = {
  updateId: 7,
  symbol: 'BTCUSDT',
  bidPrice: '1.0',
  bidQuantity: '2',
  askPrice: '3.0',
  askQuantity: '4',
}
const depth = '{"e":"depthUpdate","E":1,"s":"BTCUSDT","U":1,"u":2,"pu":0,"b":[],"a":[]}'
const depthEvent = {
  eventTime: 1,
  symbol: 'BTCUSDT',
  firstUpdateId: 1,
  lastUpdateId: 2,
  previousUpdateId: 0,
  bids: [],
  asks: [],
}

describe('market events', () => {
  test('combined, the keys in either order', () => {
    const wanted = message('markPrice', 'btcusdt@markPrice', markPriceEvent)
    expect(read(asterFutures, `{"stream":"btcusdt@markPrice","data":${markPrice}}`)).toEqual(wanted)
    expect(read(asterFutures, `{"data":${markPrice},"stream":"btcusdt@markPrice"}`)).toEqual(wanted)
  })

  test('raw object: the name is written from what the payload says', () => {
    expect(read(asterFutures, markPrice)).toEqual(message('markPrice', 'btcusdt@markPrice', markPriceEvent))
    const kline =
      '{"e":"kline","E":1,"s":"BTCUSDT","k":{"t":0,"T":1,"s":"BTCUSDT","i":"1w","f":1,"L":1,"o":"1","c":"1","h":"1","l":"1","v":"1","n":1,"x":false,"q":"1","V":"1","Q":"1"}}'
    expect(read(asterSpot, kline)).toMatchObject({ right: { kind: 'kline', stream: 'btcusdt@kline_1w' } })
  })

  test('raw object whose name cannot be written has none', () => {
    const order =
      '{"e":"forceOrder","E":1,"o":{"s":"BTCUSDT","S":"SELL","o":"LIMIT","f":"IOC","q":"1","p":"1","ap":"1","X":"FILLED","l":"1","z":"1","T":1}}'
    expect(read(asterFutures, order)).toMatchObject({ right: { kind: 'forceOrder', stream: '' } })
  })

  test('raw array', () => {
    expect(read(asterFutures, `[${markPrice},${markPrice}]`)).toEqual(
      message('markPrices', '!markPrice@arr', [markPriceEvent, markPriceEvent]),
    )
  })

  test('raw array of windows has no name, as the window is missing in it', () => {
    const window =
      '{"e":"1hTicker","E":1,"s":"B","p":"1","P":"1","o":"1","h":"1","l":"1","c":"1","w":"1","v":"1","q":"1","O":1,"C":1,"F":1,"L":1,"n":1}'
    expect(read(binanceSpot, `[${window}]`)).toMatchObject({ right: { kind: 'windowTickers', stream: '' } })
    expect(read(binanceSpot, window)).toMatchObject({
      right: { kind: 'windowTicker', stream: '', event: { window: '1h' } },
    })
  })

  test.each([asterSpot, asterFutures, binanceSpot])(
    'a raw book ticker without e is known by its keys: $name',
    (venue) => {
      expect(read(venue, bookTicker)).toEqual(message('bookTicker', 'btcusdt@bookTicker', bookTickerEvent))
    },
  )

  test('a raw book ticker with e and times is one, too', () => {
    const text = '{"e":"bookTicker","u":7,"s":"BTCUSDT","b":"1.0","B":"2","a":"3.0","A":"4","T":8,"E":9}'
    const wanted = message('bookTicker', 'btcusdt@bookTicker', { ...bookTickerEvent, transactionTime: 8, eventTime: 9 })
    for (const venue of [asterSpot, asterFutures, binanceSpot]) expect(read(venue, text)).toEqual(wanted)
  })

  test('without one of its keys it is none', () => {
    for (const key of ['u', 's', 'b', 'B', 'a', 'A']) {
      const part: Record<string, unknown> = { ...(JSON.parse(bookTicker) as object) }
      Reflect.deleteProperty(part, key)
      expect(read(asterFutures, JSON.stringify(part))).toMatchObject({ left: { _tag: 'UnknownStream' } })
    }
    const list = JSON.stringify({ ...(JSON.parse(bookTicker) as object), b: [['1', '2']] })
    expect(read(asterFutures, list)).toMatchObject({ left: { _tag: 'UnknownStream' } })
  })

  test('raw, where the source carries a single stream', () => {
    const source = { id: 'a', stream: 'btcusdt@depth@100ms' }
    expect(parse(asterFutures)(frame(depth, 5, source))).toEqual(message('depth', source.stream, depthEvent))
    const partial = { id: 'b', stream: 'btcusdt@depth5' }
    expect(parse(asterFutures)(frame(depth, 5, partial))).toEqual(message('partialDepth', partial.stream, depthEvent))
    const bare = { id: 'c', stream: 'bnbbtc@depth5' }
    expect(parse(binanceSpot)(frame('{"lastUpdateId":1,"bids":[],"asks":[]}', 5, bare))).toEqual(
      message('partialDepth', bare.stream, { symbol: 'BNBBTC', lastUpdateId: 1, bids: [], asks: [] }),
    )
  })

  test('another kind on such a source is known by itself', () => {
    const source = { id: 'a', stream: 'btcusdt@depth' }
    expect(parse(asterFutures)(frame(markPrice, 5, source))).toEqual(
      message('markPrice', 'btcusdt@markPrice', markPriceEvent),
    )
    expect(parse(asterFutures)(frame('{"result":null,"id":1}', 5, source))).toMatchObject({
      right: { _tag: 'Control' },
    })
    expect(parse(asterFutures)(frame('{"e":"depthUpdate"}', 5, source))).toMatchObject({
      left: { _tag: 'InvalidEvent', kind: 'depth', stream: 'btcusdt@depth', path: 'E' },
    })
  })

  test('a source whose stream the venue does not have leaves raw frames as they are', () => {
    const source = { id: 'a', stream: 'btcusdt@nothing' }
    expect(parse(asterFutures)(frame(depth, 5, source))).toMatchObject({ left: { _tag: 'Ambiguous' } })
  })

  test('a combined frame is believed more than its source', () => {
    const source = { id: 'a', stream: 'btcusdt@depth' }
    expect(parse(asterFutures)(frame(`{"stream":"btcusdt@markPrice","data":${markPrice}}`, 5, source))).toEqual(
      message('markPrice', 'btcusdt@markPrice', markPriceEvent),
    )
  })

  test('serverShutdown, raw, combined and beside the events of an account', () => {
    const wanted = message('serverShutdown', '!serverShutdown', { eventTime: 3 })
    expect(read(binanceSpot, '{"e":"serverShutdown","E":3}')).toEqual(wanted)
    expect(read(binanceSpot, '{"event":{"e":"serverShutdown","E":3}}')).toEqual(wanted)
    expect(read(binanceSpot, '{"subscriptionId":0,"event":{"e":"trade","E":3}}')).toMatchObject({
      left: { _tag: 'UnknownStream', stream: 'account', event: 'trade' },
    })
    expect(read(binanceSpot, '{"stream":"!serverShutdown","data":{"e":"serverShutdown","E":3}}')).toEqual(wanted)
  })
})

describe('account events', () => {
  const config = '{"e":"ACCOUNT_CONFIG_UPDATE","E":1,"T":2,"ac":{"s":"BTCUSDT","l":3}}'
  const wanted = message('accountConfigUpdate', 'account', {
    eventTime: 1,
    transactionTime: 2,
    leverage: { symbol: 'BTCUSDT', leverage: 3 },
  })

  test('raw', () => {
    expect(read(asterFutures, config)).toEqual(wanted)
  })

  test('wrapped in their listen key, which nobody sees', () => {
    expect(read(asterFutures, `{"stream":"pqia91ma19a5s61cv6a81va65sdf19v8a65a1","data":${config}}`)).toEqual(wanted)
  })

  test('listenKeyExpired, wrapped and raw', () => {
    const expired = message('listenKeyExpired', 'account', { eventTime: 4 })
    expect(read(asterSpot, '{"stream":"KEY","data":{"e":"listenKeyExpired","E":4}}')).toEqual(expired)
    expect(read(asterFutures, '{"e":"listenKeyExpired","E":4}')).toEqual(expired)
  })

  test('an e that no row lists is unknown, and is no market event either', () => {
    const about = { text: '{"stream":"<listenKey>","data":{"e":"NEWS"}}', receivedAt: 5 }
    expect(read(asterFutures, '{"stream":"KEY","data":{"e":"NEWS"}}')).toEqual({
      _tag: 'Left',
      left: { _tag: 'UnknownStream', stream: 'account', event: 'NEWS', ...about },
    })
    expect(read(asterFutures, `{"stream":"KEY","data":${markPrice}}`)).toMatchObject({
      left: { _tag: 'UnknownStream', stream: 'account', event: 'markPriceUpdate' },
    })
    expect(read(asterFutures, '{"stream":"KEY","data":{}}')).toMatchObject({
      left: { _tag: 'UnknownStream', stream: 'account' },
    })
    expect(read(asterFutures, '{"stream":"KEY"}')).toMatchObject({ left: { _tag: 'UnknownStream', stream: 'account' } })
  })

  test.each(['toString', '__proto__', 'constructor', 'hasOwnProperty'])('%s is no account event', (e) => {
    expect(read(asterFutures, JSON.stringify({ e, E: 1 }))).toMatchObject({ left: { _tag: 'UnknownStream', event: e } })
  })
})

describe('control', () => {
  const control = (rest: object) => ({ _tag: 'Right', right: { _tag: 'Control', ...rest } })

  test.each([
    ['{"result":null,"id":1}', { type: 'acknowledgement', id: 1, result: null }],
    ['{"result":["btcusdt@aggTrade"],"id":3}', { type: 'acknowledgement', id: 3, result: ['btcusdt@aggTrade'] }],
    ['{"result":true,"id":"a-1"}', { type: 'acknowledgement', id: 'a-1', result: true }],
    ['{"result":null,"id":null}', { type: 'acknowledgement', id: null, result: null }],
    ['{"code":2,"msg":"Invalid request: x"}', { type: 'error', code: 2, message: 'Invalid request: x' }],
    ['{"code":2,"msg":"Invalid request: x","id":9}', { type: 'error', id: 9, code: 2, message: 'Invalid request: x' }],
    ['{"code":0,"msg":"Unknown property"}', { type: 'error', code: 0, message: 'Unknown property' }],
    [
      '{"error":{"code":4,"msg":"Too many subscriptions"},"id":19}',
      { type: 'error', id: 19, code: 4, message: 'Too many subscriptions' },
    ],
    ['{"error":{"code":0,"msg":"Unknown property"}}', { type: 'error', code: 0, message: 'Unknown property' }],
    ['{"code":3}', { type: 'error', code: 3, message: '' }],
    ['{"code":3,"msg":7,"id":{}}', { type: 'error', code: 3, message: '' }],
  ])('%s', (text, wanted) => {
    for (const venue of [asterSpot, asterFutures, binanceSpot]) expect(read(venue, text)).toEqual(control(wanted))
  })

  test.each([
    '{"result":null}',
    '{"result":null,"id":true}',
    '{"error":"no"}',
    '{"error":null,"id":1}',
    '{"code":"2"}',
    '{}',
    '{"error":{"code":"4"}}',
  ])('%s is none', (text) => {
    expect(read(asterFutures, text)).toEqual({ _tag: 'Left', left: { _tag: 'UnknownStream', text, receivedAt: 5 } })
  })

  test('an event may have a key "code", and each element of a list stands for itself', () => {
    expect(read(asterFutures, markPrice.replace('{', '{"code":1,'))).toMatchObject({ right: { kind: 'markPrice' } })
    expect(read(asterFutures, '[{"code":1,"msg":"x"}]')).toMatchObject({ right: { _tag: 'Control', code: 1 } })
  })
})

describe('depth snapshots', () => {
  const text = '{"lastUpdateId":9,"bids":[["4.00","1"]],"asks":[]}'
  const event = { lastUpdateId: 9, bids: [['4.00', '1']], asks: [] }

  test('inside a recording', () => {
    for (const venue of [asterSpot, asterFutures, binanceSpot])
      expect(read(venue, text)).toEqual(message('depthSnapshot', '', event))
  })

  test('the book of an empty market', () => {
    expect(read(asterFutures, '{"lastUpdateId":-1,"bids":[],"asks":[]}')).toMatchObject({
      right: { event: { lastUpdateId: -1 } },
    })
  })

  test('as a reply it knows its symbol', () => {
    const reply: Reply = { _tag: 'Reply', symbol: 'BTCUSDT', text, receivedAt: 6 }
    expect(parse(asterFutures)(reply)).toEqual({
      _tag: 'Right',
      right: { kind: 'depthSnapshot', stream: '', event: { symbol: 'BTCUSDT', ...event }, receivedAt: 6 },
    })
  })

  test.each([
    ['{"code":-1121,"msg":"Invalid symbol."}', 'lastUpdateId', 'lastUpdateId: expected Integer, came nothing'],
    ['{"lastUpdateId":9,"bids":[["4.00",1]],"asks":[]}', 'bids.0.1', 'bids.0.1: expected Decimal, came 1'],
    ['[]', '', 'expected DepthSnapshot, came []'],
    ['null', '', 'expected DepthSnapshot, came null'],
    ['"x"', '', 'expected DepthSnapshot, came "x"'],
  ])('a reply that is none: %s', (wrong, path, reason) => {
    const reply: Reply = { _tag: 'Reply', symbol: 'BTCUSDT', text: wrong, receivedAt: 6 }
    expect(parse(asterFutures)(reply)).toMatchObject({
      left: { _tag: 'InvalidEvent', kind: 'depthSnapshot', stream: '', path, reason, text: wrong, receivedAt: 6 },
    })
  })

  test('a reply that is no JSON', () => {
    const reply: Reply = { _tag: 'Reply', symbol: 'BTCUSDT', text: '<html>', receivedAt: 6 }
    expect(parse(asterFutures)(reply)).toMatchObject({ left: { _tag: 'NotJson', text: '<html>', receivedAt: 6 } })
  })

  test('without one of its three keys it is unknown', () => {
    for (const wrong of ['{"bids":[],"asks":[]}', '{"lastUpdateId":1,"asks":[]}', '{"lastUpdateId":1,"bids":[]}'])
      expect(read(asterFutures, wrong)).toMatchObject({ left: { _tag: 'UnknownStream' } })
  })
})
