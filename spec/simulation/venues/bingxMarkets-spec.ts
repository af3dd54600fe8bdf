import { createHmac } from 'node:crypto'
import { bingxSwap } from '../../../lib/simulation/index.js'
import { bingxSpot } from '../../../lib/venues/bingxSpot.js'
import { bareClient, roundTrip, venueFor } from '../host/bareClient.js'
import { clockAt } from '../host/clockAt.js'
import { credentials } from './signedCaller.js'
import { decimal, differences, flag, integer, is, keys, levels, ms, text, type Shape } from './Shape.js'

const start = 1_700_000_000_000

type Fields = Readonly<Record<string, unknown>>

const opened = async (venue: typeof bingxSpot | typeof bingxSwap) => {
  const accounts = [{ ...credentials, balances: { USDT: '100000', BTC: '2' } }]
  const simulated = await venueFor({ venue, accounts, scheduler: clockAt(start), seed: 5 })
  const call = async (method: string, path: string, query: Readonly<Record<string, string>> = {}) => {
    const sorted = Object.entries({ ...query, timestamp: String(start) }).sort(([a], [b]) => (a < b ? -1 : 1))
    const plain = sorted.map(([name, value]) => `${name}=${value}`).join('&')
    const signature = createHmac('sha256', credentials.secret).update(plain).digest('hex')
    const init = { method, headers: { 'X-BX-APIKEY': credentials.apiKey } }
    const url = `${simulated.addresses.rest}/openApi/${path}?${new URLSearchParams(sorted).toString()}&signature=${signature}`
    const answer = await (await fetch(url, init)).text()
    return JSON.parse(answer) as { readonly code: number; readonly data: Fields & readonly Fields[] }
  }
  return { ...simulated, call }
}

const symbol = is('BTC-USDT')
const depth = keys({ bids: levels, asks: levels, lastUpdateId: integer, T: ms })
const trade = keys({
  ...{ e: is('trade'), E: ms, T: ms, t: text, s: symbol, p: decimal, q: decimal, m: flag },
})
const day = keys({
  ...{ e: is('24hTicker'), E: ms, s: symbol, p: text, P: text, o: decimal, h: decimal, l: decimal, c: decimal },
  ...{ v: decimal, q: decimal, O: ms, C: ms, n: integer, B: decimal, b: decimal, A: decimal, a: decimal },
})
const best = keys({
  ...{ e: is('bookTicker'), u: integer, s: symbol, b: decimal, B: decimal, a: decimal, A: decimal, E: ms, T: ms },
})
const last = keys({ e: is('lastPriceUpdate'), s: symbol, c: decimal, T: ms })
const bar = { o: decimal, h: decimal, l: decimal, c: decimal, v: decimal }
const spotKline = keys({
  ...{ e: is('kline'), E: ms, s: symbol },
  K: keys({ ...{ ...bar, t: ms, T: ms, s: symbol, i: is('1min'), q: decimal, n: integer } }),
})

test.each<readonly [string, Shape, typeof bingxSpot | typeof bingxSwap]>([
  ['BTC-USDT@depth100', depth, bingxSpot],
  ['BTC-USDT@depth20@200ms', depth, bingxSwap],
  ['BTC-USDT@trade', trade, bingxSpot],
  ['BTC-USDT@trade', [trade], bingxSwap],
  ['BTC-USDT@kline_1min', spotKline, bingxSpot],
  ['BTC-USDT@kline_1m', [keys({ ...bar, T: ms })], bingxSwap],
  ['BTC-USDT@ticker', day, bingxSpot],
  ['BTC-USDT@ticker', day, bingxSwap],
  ['BTC-USDT@bookTicker', best, bingxSpot],
  ['BTC-USDT@lastPrice', last, bingxSwap],
  ['BTC-USDT@markPrice', keys({ e: is('markPriceUpdate'), E: ms, s: symbol, p: decimal }), bingxSwap],
])('%#: %s comes as its documents and clients have it', async (dataType, shape, venue) => {
  const { addresses, controls } = await opened(venue)
  const { ask, socket, texts } = await bareClient(addresses.websocket)
  // Without `reqType`, as other clients ask.
  expect(await ask(JSON.stringify({ id: 'a', dataType }))).toContain('"code":0')
  controls.step(60)
  await roundTrip(socket)
  const frames = texts.map((one) => JSON.parse(one) as Fields).filter((one) => one['dataType'] === dataType)
  expect(frames.length).toBeGreaterThan(2)
  for (const { code, data } of frames) {
    expect(code).toBe(0)
    expect(differences(shape, data)).toEqual([])
  }
  await ask(JSON.stringify({ id: 'b', reqType: 'unsub', dataType }))
  texts.length = 0
  controls.step(20)
  await roundTrip(socket)
  expect(texts.filter((one) => one.includes('"data":{') || one.includes('"data":['))).toEqual([])
})

test('every trade comes once, and none that was before', async () => {
  const { addresses, controls, call } = await opened(bingxSpot)
  controls.step(50)
  const { ask, socket, texts } = await bareClient(addresses.websocket)
  await ask('{"id":"a","dataType":"BTC-USDT@trade"}')
  const before = Number(
    (await call('GET', 'spot/v1/market/trades', { symbol: 'BTC-USDT', limit: '1' })).data[0]?.['id'],
  )
  controls.step(200)
  await roundTrip(socket)
  const ids = texts
    .map((one) => JSON.parse(one) as { readonly data?: { readonly t: string } })
    .flatMap(({ data }) => (data ? [Number(data.t)] : []))
  expect(ids.length).toBeGreaterThan(20)
  // The first step tells where the trades begin.
  const [first = 0] = ids
  expect(ids).toEqual(ids.map((_, i) => first + i))
  expect(first).toBeGreaterThan(before)
})

describe('perpetual contracts', () => {
  const order = {
    symbol: 'BTC-USDT',
    side: 'BUY',
    positionSide: 'BOTH',
    type: 'LIMIT',
    quantity: '0.5',
    price: '60000',
  }
  const path = 'swap/v2/trade/order'

  test('an order is placed, asked for and cancelled; its id is beyond 2^53', async () => {
    const { call, controls } = await opened(bingxSwap)
    const { code, data } = await call('POST', path, { ...order, clientOrderId: 'mine' })
    expect([code, data['order']]).toMatchObject([
      0,
      {
        ...{ symbol: 'BTC-USDT', clientOrderId: 'mine', side: 'BUY', positionSide: 'BOTH', type: 'LIMIT' },
        ...{ status: 'NEW', price: '60000.00', origQty: '0.500', executedQty: '0.000', timeInForce: 'GTC' },
      },
    ])
    const [{ orderId } = { orderId: '' }] = controls.account().orders()
    expect(orderId).toBe('1736011869418901234')
    expect((await call('GET', 'swap/v2/trade/openOrders')).data['orders']).toHaveLength(1)
    const which = { symbol: 'BTC-USDT', orderId }
    expect((await call('DELETE', path, which)).data['order']).toMatchObject({ status: 'CANCELED' })
    expect(await call('DELETE', path, which)).toMatchObject({ code: 109_421 })
    expect((await call('GET', path, which)).data['order']).toMatchObject({ status: 'CANCELED' })
  })

  test('a position is told without a sign, and its account by its listen key alone', async () => {
    const { call, addresses } = await opened(bingxSwap)
    const { listenKey } = (await call('POST', 'user/auth/userDataStream')) as unknown as { readonly listenKey: string }
    const { socket, texts } = await bareClient(`${addresses.websocket}?listenKey=${listenKey}`)
    await call('POST', path, {
      symbol: 'BTC-USDT',
      side: 'SELL',
      positionSide: 'BOTH',
      type: 'MARKET',
      quantity: '0.1',
    })
    expect((await call('GET', 'swap/v2/user/positions')).data).toMatchObject([
      { symbol: 'BTC-USDT', positionSide: 'SHORT', positionAmt: '0.100', isolated: false, leverage: 20 },
    ])
    const [{ balance = '', availableMargin = '', usedMargin = '' } = {}] = (await call('GET', 'swap/v3/user/balance'))
      .data as readonly Readonly<Record<string, string>>[]
    expect(Number(availableMargin) + Number(usedMargin)).toBeCloseTo(Number(balance), 6)
    await roundTrip(socket)
    const told = texts.map((one) => JSON.parse(one) as Fields)
    expect(told.map(({ e }) => e)).toEqual(expect.arrayContaining(['ORDER_TRADE_UPDATE', 'ACCOUNT_UPDATE']))
    expect(told.at(-1)).toMatchObject({ o: { X: 'FILLED', ps: 'BOTH' } })
    expect(texts.at(-1)).toContain('"i":1736011869418901234')
  })

  test.each([
    ['more than there is', { ...order, quantity: '100' }, 101_204],
    ['another symbol', { ...order, symbol: 'NO-USDT' }, 109_425],
    ['takes', { ...order, price: '61690', timeInForce: 'PostOnly' }, 101_215],
    ['reduces nothing', { ...order, reduceOnly: 'true' }, 101_290],
    ['far away', { ...order, price: '900000' }, 101_211],
    ['a position of another mode', { ...order, positionSide: 'LONG' }, 109_400],
    ['no type that is here', { ...order, type: 'TRAILING_TP_SL' }, 100_400],
  ])('%s: refused by the venue’s own code', async (_, parameters, code) => {
    const { call } = await opened(bingxSwap)
    expect(await call('POST', path, parameters)).toMatchObject({ code })
  })

  test('leverage, margins and modes are changed', async () => {
    const { call } = await opened(bingxSwap)
    const one = { symbol: 'BTC-USDT' }
    expect(await call('POST', 'swap/v2/trade/leverage', { ...one, side: 'BOTH', leverage: '7' })).toMatchObject({
      code: 0,
    })
    expect((await call('GET', 'swap/v2/trade/leverage', one)).data).toMatchObject({ longLeverage: 7, shortLeverage: 7 })
    expect(await call('POST', 'swap/v2/trade/marginType', { ...one, marginType: 'ISOLATED' })).toMatchObject({
      code: 0,
    })
    expect((await call('GET', 'swap/v2/trade/marginType', one)).data).toEqual({ marginType: 'ISOLATED' })
    const dual = { dualSidePosition: 'true' }
    expect((await call('POST', 'swap/v1/positionSide/dual', dual)).data).toEqual(dual)
    await call('POST', path, order)
    await call('POST', path, { ...order, positionSide: 'LONG' })
    expect(await call('POST', 'swap/v1/positionSide/dual', { dualSidePosition: 'false' })).toMatchObject({
      code: 104_103,
    })
    expect((await call('DELETE', 'swap/v2/trade/allOpenOrders', one)).data['success']).toHaveLength(1)
  })
})
