import { codecOf } from '../../lib/venues/codecOf.js'
import { eventOf } from '../../lib/testing/eventOf.js'
import { frameOf } from '../../lib/testing/frameOf.js'
import { sample } from '../../lib/simulation/market/sample.js'
import { guarded } from '../../lib/codecs/Codec.js'
import { parse } from '../../lib/parser/parse.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { asterPrediction } from '../../lib/venues/asterPrediction.js'
import { asterSpot } from '../../lib/venues/asterSpot.js'
import { binanceSpot } from '../../lib/venues/binanceSpot.js'
import { bingxSpot } from '../../lib/venues/bingxSpot.js'
import type { Kind, Venue } from '../../lib/venues/Venue.js'

const kindsOf = (venue: Venue): readonly Kind<Venue>[] => [
  ...Object.keys(venue.streams),
  ...(venue.depthSnapshot === undefined ? [] : ['depthSnapshot']),
  ...Object.values(venue.account).map(({ kind }) => kind),
]

const everyKind = [asterSpot, asterFutures, asterPrediction, binanceSpot, bingxSpot].flatMap((venue: Venue) =>
  kindsOf(venue).map((kind) => [venue.name, kind, venue] as const),
)

describe.each(everyKind)('%s %s', (_, kind, venue) => {
  test('an event is one, knows all its values, and is the same every time', () => {
    const event: unknown = eventOf(venue, kind)
    const codec = codecOf(venue, kind)
    expect(codec.is(event)).toBe(true)
    expect(codec.unknownValues?.(event) ?? []).toEqual([])
    expect(eventOf(venue, kind)).toEqual(event)
  })

  test('a frame is parsed to that event', () => {
    const given = { symbol: 'ethusdt', interval: '1h', levels: 20, window: '4h' }
    const parsed = parse(venue)(frameOf(venue, kind, given))
    const name = venue.streams[kind]?.name ?? ''
    const wanted: unknown = eventOf(venue, kind, undefined, {
      symbol: 'ETHUSDT',
      ...(name.includes('<interval') && { interval: '1h' }),
      ...(name.includes('<window') && { window: '4h' }),
    })
    const stream =
      name === '' ? undefined : parsed._tag === 'Right' && 'kind' in parsed.right ? parsed.right.stream : ''
    expect(parsed).toMatchObject({ _tag: 'Right', right: { kind, receivedAt: 1_700_000_000_000 } })
    expect(parsed).toMatchObject({ _tag: 'Right', right: { event: wanted } })
    expect(stream).not.toBe('')
  })
})

test('an id that is a text on the venue is the text of the same number', () => {
  expect(eventOf(bingxSpot, 'executionReport').orderId).toBe('2001')
  expect(eventOf(binanceSpot, 'executionReport').orderId).toBe(2001)
})

test('mandatory fields by default, optional ones when they are given', () => {
  expect(eventOf(asterFutures, 'trade')).toStrictEqual({
    eventTime: 1_700_000_000_000,
    symbol: 'BTCUSDT',
    tradeId: 1001,
    price: '61686.00',
    quantity: '0.500',
    tradeTime: 1_700_000_000_000,
    isBuyerMaker: false,
  })
  expect(eventOf(asterFutures, 'trade', { tradeType: 'ADL', price: '1' })).toMatchObject({
    tradeType: 'ADL',
    price: '1',
  })
  expect(eventOf(asterFutures, 'accountConfigUpdate', { leverage: { leverage: 5 } })).toEqual({
    eventTime: 1_700_000_000_000,
    transactionTime: 1_700_000_000_000,
    leverage: { symbol: 'BTCUSDT', leverage: 5 },
  })
})

test('inside parts and lists, too', () => {
  const kline = eventOf(asterFutures, 'kline', { kline: { isClosed: true } })
  expect(kline.kline).toMatchObject({ isClosed: true, open: '61600.00', interval: '1m', tradeCount: 3 })
  const prices = eventOf(asterFutures, 'markPrices', [{}, { symbol: 'ETHUSDT' }])
  expect(prices.map(({ symbol, markPrice }) => [symbol, markPrice])).toEqual([
    ['BTCUSDT', '61686.00'],
    ['ETHUSDT', '61686.00'],
  ])
  expect(eventOf(asterFutures, 'markPrices', [])).toEqual([])
  const update = eventOf(asterFutures, 'accountUpdate', { account: { balances: [{ asset: 'BTC' }] } })
  expect(update.account.balances).toEqual([{ asset: 'BTC', walletBalance: '1.00', crossWalletBalance: '1.00' }])
  expect(eventOf(asterFutures, 'depth', { bids: [] }).bids).toEqual([])
})

test('misuse is said at once', () => {
  const price = 1 as unknown as string
  expect(() => eventOf(asterFutures, 'trade', { price })).toThrow(/"price":1,.* is no Trade: an override does not fit$/)
  const kind = 'marginCall' as 'trade'
  expect(() => eventOf(asterSpot, kind)).toThrow(
    /^asterSpot has no kind 'marginCall'; expected one of aggTrade, trade, (\w+, )+depthSnapshot, accountPosition, (\w+, )+listenKeyExpired$/,
  )
  const odd = guarded<symbol>('Symbol', (u): u is symbol => typeof u === 'symbol')
  expect(() => sample(odd, {}, undefined, 'field')).toThrow(new TypeError('no sample suits field: Symbol'))
  expect(() => sample(odd, {})).toThrow(new TypeError('no sample suits Symbol: Symbol'))
})

test('types say what may be overridden', () => {
  // @ts-expect-error a price is a text
  expect(() => eventOf(asterFutures, 'trade', { price: 5 })).toThrow(TypeError)
  // @ts-expect-error a trade has no such field
  expect(eventOf(asterFutures, 'trade', { colour: 'red' })).toEqual(eventOf(asterFutures, 'trade'))
  // @ts-expect-error 7 is not 5 | 10 | 20
  expect(() => frameOf(asterFutures, 'partialDepth', { levels: 7 })).toThrow(TypeError)
})

describe('frameOf', () => {
  test('market events come under their stream’s name', () => {
    expect(frameOf(asterFutures, 'depth', { speed: '100ms' }, { bids: [['1', '0']], asks: [] }, 12.5)).toEqual({
      _tag: 'Frame',
      text: '{"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1700000000000,"s":"BTCUSDT","U":101,"u":110,"pu":100,"b":[["1","0"]],"a":[]}}',
      receivedAt: 12.5,
    })
    expect(frameOf(asterSpot, 'bookTickers').text).toMatch(
      /^\{"stream":"!bookTicker","data":\{"e":"bookTicker","u":110,/,
    )
    expect(frameOf(binanceSpot, 'partialDepth', { symbol: 'BNBBTC', levels: 20 }).text).toMatch(
      /^\{"stream":"bnbbtc@depth20","data":\{"lastUpdateId":110,"bids":/,
    )
  })

  test('what the name says, the event says', () => {
    const text = frameOf(binanceSpot, 'kline', { symbol: 'BNBBTC', interval: '1s', offset: '+08:00' }).text
    expect(text).toContain('"stream":"bnbbtc@kline_1s@+08:00"')
    expect(text).toMatch(/"s":"BNBBTC","k":\{.*"s":"BNBBTC","i":"1s"/)
    expect(frameOf(binanceSpot, 'windowTickers', { window: '1d' }).text).toContain('[{"e":"1dTicker"')
  })

  test('account events and snapshots come raw', () => {
    expect(frameOf(asterFutures, 'listenKeyExpired').text).toBe('{"e":"listenKeyExpired","E":1700000000000}')
    expect(frameOf(asterFutures, 'depthSnapshot', {}, { bids: [], asks: [] }).text).toBe(
      '{"lastUpdateId":110,"bids":[],"asks":[]}',
    )
    expect(frameOf(asterFutures, 'orderUpdate', { symbol: 'ethusdt' }).text).toContain('"s":"ETHUSDT"')
  })
})
