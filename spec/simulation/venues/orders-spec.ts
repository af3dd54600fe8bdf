import * as t from 'io-ts'
import { firstValueFrom } from 'rxjs'
import { createRest } from '../../../lib/rest/createRest.js'
import { eip712Signer } from '../../../lib/rest/eip712Signer.js'
import { hmacSigner } from '../../../lib/rest/hmacSigner.js'
import type { VenueConfig } from '../../../lib/simulation/index.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { asterPrediction } from '../../../lib/venues/asterPrediction.js'
import { asterSpot } from '../../../lib/venues/asterSpot.js'
import { bingxSpot } from '../../../lib/venues/bingxSpot.js'
import type { Venue } from '../../../lib/venues/Venue.js'
import { venueFor } from '../host/bareClient.js'
import { clockAt } from '../host/clockAt.js'
import { credentials, signedCaller } from './signedCaller.js'

const start = 1_700_000_000_000
const limit = { symbol: 'BTCUSDT', side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: '0.5', price: '60000' }
const market = { symbol: 'BTCUSDT', side: 'BUY', type: 'MARKET', quantity: '0.5' }

const opened = async (venue: Venue, config: Partial<VenueConfig> = {}) => {
  const accounts = [{ ...credentials, balances: { USDT: '100000', BTC: '2' } }]
  const simulated = await venueFor({ venue, accounts, scheduler: clockAt(start), ...config })
  return { ...simulated, call: signedCaller(simulated.addresses.rest, () => start) }
}

test('Aster spot: an order is placed, told and cancelled', async () => {
  const { call, controls } = await opened(asterSpot)
  const placed = await call('POST', '/api/v1/order', { ...limit, newClientOrderId: 'first' })
  const order = {
    symbol: 'BTCUSDT',
    orderId: 8_886_774,
    clientOrderId: 'first',
    updateTime: start,
    price: '60000.00',
    avgPrice: '0.0000000000000000',
    origQty: '0.500',
    executedQty: '0.000',
    cumQuote: '0.00000000',
    status: 'NEW',
    timeInForce: 'GTC',
    stopPrice: '0',
    origType: 'LIMIT',
    type: 'LIMIT',
    side: 'BUY',
  }
  expect([placed.status, placed.json]).toEqual([200, { ...order, cumQty: '0.000' }])
  expect(controls.book('BTCUSDT')?.bids).toContainEqual(['60000.00', '0.500'])
  const which = { symbol: 'BTCUSDT', orderId: '8886774' }
  const told = { ...order, time: start }
  expect((await call('GET', '/api/v1/order', which)).json).toEqual(told)
  expect((await call('GET', '/api/v1/openOrder', { symbol: 'BTCUSDT', origClientOrderId: 'first' })).json).toEqual(told)
  expect((await call('GET', '/api/v1/openOrders')).json).toEqual([told])
  expect((await call('GET', '/api/v1/account')).json).toEqual({
    feeTier: 0,
    canTrade: true,
    canDeposit: true,
    canWithdraw: true,
    canBurnAsset: true,
    updateTime: start,
    balances: [
      { asset: 'USDT', free: '70000.00000000', locked: '30000.00000000' },
      { asset: 'BTC', free: '2.00000000', locked: '0.00000000' },
    ],
  })
  expect((await call('DELETE', '/api/v1/order', which)).json).toMatchObject({ status: 'CANCELED', orderId: 8_886_774 })
  expect(controls.book('BTCUSDT')?.bids).not.toContainEqual(['60000.00', '0.500'])
  expect((await call('GET', '/api/v1/openOrders', { symbol: 'BTCUSDT' })).json).toEqual([])
  expect((await call('GET', '/api/v1/allOrders', { symbol: 'BTCUSDT' })).json).toMatchObject([{ status: 'CANCELED' }])
  expect((await call('GET', '/api/v1/order', which)).json).toMatchObject({ status: 'CANCELED' })
  expect((await call('GET', '/api/v1/openOrder', which)).json).toEqual({ code: -2013, msg: 'Order does not exist.' })
  expect((await call('DELETE', '/api/v1/order', which)).json).toEqual({ code: -2011, msg: 'Unknown order sent.' })
})

test('Aster spot: a market order takes from the book, fees are taken from what is received', async () => {
  const { call } = await opened(asterSpot)
  const { json } = await call('POST', '/api/v1/order', market)
  expect(json).toMatchObject({ status: 'FILLED', executedQty: '0.500', price: '0', timeInForce: 'GTC' })
  const { cumQuote, avgPrice } = json as { readonly cumQuote: string; readonly avgPrice: string }
  expect(Number(avgPrice)).toBeCloseTo(Number(cumQuote) / 0.5, 8)
  expect((await call('GET', '/api/v1/account')).json).toMatchObject({
    balances: [
      { asset: 'USDT', free: (100_000 - Number(cumQuote)).toFixed(8), locked: '0.00000000' },
      { asset: 'BTC', free: '2.49965000', locked: '0.00000000' },
    ],
  })
  expect((await call('POST', '/api/v1/order', { ...market, side: 'SELL' })).json).toMatchObject({ status: 'FILLED' })
  const bought = (
    await call('POST', '/api/v1/order', { symbol: 'BTCUSDT', side: 'BUY', type: 'MARKET', quoteOrderQty: '1000' })
  ).json
  expect(bought).toMatchObject({ status: 'FILLED', executedQty: '0.016' })
})

test('Aster futures: an order, a position, and the money in it', async () => {
  const { call } = await opened(asterFutures)
  const acknowledged = await call('POST', '/fapi/v1/order', market)
  expect(acknowledged.json).toMatchObject({
    status: 'NEW',
    executedQty: '0.000',
    positionSide: 'BOTH',
    orderId: 8_886_774,
  })
  const order = (await call('GET', '/fapi/v1/order', { symbol: 'BTCUSDT', orderId: '8886774' })).json
  expect(order).toMatchObject({
    status: 'FILLED',
    executedQty: '0.500',
    reduceOnly: false,
    workingType: 'CONTRACT_PRICE',
  })
  const { cumQuote, avgPrice } = order as { readonly cumQuote: string; readonly avgPrice: string }
  const fee = Number(cumQuote) * 0.0004
  const [balance] = (await call('GET', '/fapi/v2/balance')).json as readonly Record<string, string>[]
  expect(balance).toMatchObject({ asset: 'USDT', balance: (100_000 - fee).toFixed(8) })
  expect(Number(balance?.['availableBalance'])).toBeCloseTo(100_000 - fee - Number(cumQuote) / 20, 6)
  expect((await call('GET', '/fapi/v2/positionRisk', { symbol: 'BTCUSDT' })).json).toMatchObject([
    { symbol: 'BTCUSDT', positionAmt: '0.500', entryPrice: avgPrice, positionSide: 'BOTH' },
  ])
  expect((await call('GET', '/fapi/v4/account')).json).toMatchObject({
    assets: [{ asset: 'USDT', walletBalance: (100_000 - fee).toFixed(8) }, { asset: 'BTC' }],
    positions: [{ symbol: 'BTCUSDT', positionAmt: '0.500' }],
  })
  const close = { ...market, side: 'SELL', reduceOnly: 'true', newOrderRespType: 'RESULT' }
  expect((await call('POST', '/fapi/v1/order', close)).json).toMatchObject({ status: 'FILLED', reduceOnly: true })
  expect((await call('POST', '/fapi/v1/order', close)).json).toMatchObject({ code: -2022 })
  expect((await call('GET', '/fapi/v2/positionRisk')).json).toMatchObject([
    { positionAmt: '0.000', entryPrice: '0.00000' },
  ])
})

test('everything is cancelled', async () => {
  const { call, controls } = await opened(asterFutures)
  for (const price of ['60000', '60001']) await call('POST', '/fapi/v1/order', { ...limit, price })
  const { json } = await call('DELETE', '/fapi/v1/allOpenOrders', { symbol: 'BTCUSDT' })
  expect(json).toEqual({ code: '200', msg: 'The operation of cancel all open order is done.' })
  expect(
    controls
      .account()
      .orders()
      .map(({ status }) => status),
  ).toEqual(['CANCELED', 'CANCELED'])
})

type Change = Readonly<Record<string, string | undefined>>

test.each<readonly [string, Change, number, string]>([
  [
    'no symbol',
    { symbol: undefined },
    -1102,
    "Mandatory parameter 'symbol' was not sent, was empty/null, or malformed.",
  ],
  [
    'an empty symbol',
    { symbol: '' },
    -1102,
    "Mandatory parameter 'symbol' was not sent, was empty/null, or malformed.",
  ],
  ['another symbol', { symbol: 'NOSUCH' }, -1121, 'Invalid symbol.'],
  ['no side', { side: undefined }, -1102, "Mandatory parameter 'side' was not sent, was empty/null, or malformed."],
  ['another side', { side: 'HOLD' }, -1117, 'Invalid side.'],
  ['no type', { type: undefined }, -1102, "Mandatory parameter 'type' was not sent, was empty/null, or malformed."],
  ['another type', { type: 'LIMIT_MAKER' }, -1116, 'Invalid orderType.'],
  [
    'no time',
    { timeInForce: undefined },
    -1102,
    "Mandatory parameter 'timeInForce' was not sent, was empty/null, or malformed.",
  ],
  ['another time', { timeInForce: 'GTD' }, -1115, 'Invalid timeInForce.'],
  [
    'no quantity',
    { quantity: undefined },
    -1102,
    "Mandatory parameter 'quantity' was not sent, was empty/null, or malformed.",
  ],
  ['no price', { price: undefined }, -1102, "Mandatory parameter 'price' was not sent, was empty/null, or malformed."],
  ['a price with a market order', { type: 'MARKET' }, -1106, "Parameter 'price' sent when not required."],
  [
    'a word for a number',
    { quantity: 'much' },
    -1100,
    "Illegal characters found in parameter 'quantity'; legal range is '^([0-9]{1,20})(\\.[0-9]{1,20})?$'.",
  ],
  ['no quantity at all', { quantity: '0' }, -4003, 'Quantity less than zero.'],
  ['less than nothing', { quantity: '-1' }, -4003, 'Quantity less than zero.'],
  ['too fine a quantity', { quantity: '0.0005' }, -1111, 'Precision is over the maximum defined for this asset.'],
  ['too much', { quantity: '1000.001' }, -4005, 'Quantity greater than max quantity.'],
  ['no price at all', { price: '0' }, -4001, 'Price less than 0.'],
  ['a price between ticks', { price: '60000.05' }, -4014, 'Price not increased by tick size.'],
  ['an odd id', { newClientOrderId: 'two words' }, -4015, 'Client order id is not valid.'],
  ['too long an id', { newClientOrderId: 'x'.repeat(37) }, -4015, 'Client order id is not valid.'],
  ['a side of hedge mode', { positionSide: 'LONG' }, -4061, "Order's position side does not match user's setting."],
  ['more than there is', { quantity: '2' }, -2010, 'Account has insufficient balance for requested action.'],
])('an order is refused: %s', async (_, change, code, msg) => {
  const { call, controls } = await opened(asterSpot)
  const before = controls.book('BTCUSDT')
  const parameters = Object.entries<string | undefined>({ ...limit, ...change }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  )
  const { status, json } = await call('POST', '/api/v1/order', Object.fromEntries(parameters))
  expect([status, json]).toEqual([400, { code, msg }])
  expect(controls.book('BTCUSDT')).toEqual(before)
  expect(controls.account().orders()).toEqual([])
})

test('futures have words of their own for too little money, and for an id that is taken', async () => {
  const { call } = await opened(asterFutures)
  expect((await call('POST', '/fapi/v1/order', { ...limit, quantity: '40' })).json).toEqual({
    code: -2019,
    msg: 'Margin is insufficient.',
  })
  await call('POST', '/fapi/v1/order', { ...limit, newClientOrderId: 'a' })
  expect((await call('POST', '/fapi/v1/order', { ...limit, newClientOrderId: 'a' })).json).toEqual({
    code: -4116,
    msg: 'ClientOrderId is duplicated.',
  })
})

test('which order is not said, or is not there', async () => {
  const { call } = await opened(asterSpot)
  const msg = "Param 'origClientOrderId' or 'orderId' must be sent, but both were empty/null!"
  for (const method of ['GET', 'DELETE'])
    expect((await call(method, '/api/v1/order', { symbol: 'BTCUSDT' })).json).toEqual({ code: -1102, msg })
  const other = { symbol: 'BTCUSDT', orderId: '99999999999999999999' }
  expect((await call('GET', '/api/v1/order', other)).json).toMatchObject({ code: -2013 })
  expect((await call('DELETE', '/api/v1/order', other)).json).toMatchObject({ code: -2011 })
  expect((await call('GET', '/api/v1/order')).json).toMatchObject({ code: -1102 })
  expect((await call('GET', '/api/v1/openOrders', { symbol: 'NOSUCH' })).json).toMatchObject({ code: -1121 })
})

test.each<readonly [string, string, Readonly<Record<string, string>>, string]>([
  ['POST', '/api/v1/order', limit, '1'],
  ['GET', '/api/v1/openOrders', { symbol: 'BTCUSDT' }, '1'],
  ['GET', '/api/v1/openOrders', {}, '40'],
  ['GET', '/api/v1/account', {}, '5'],
])('%s %s %j costs its weight', async (method, path, parameters, weight) => {
  const { call } = await opened(asterSpot)
  expect((await call(method, path, parameters)).headers.get('X-MBX-USED-WEIGHT-1M')).toBe(weight)
})

test('one account’s orders are not another’s', async () => {
  const other = { apiKey: 'other', secret: 'hidden' }
  const { call, addresses } = await opened(asterSpot, { accounts: [credentials, other] })
  await call('POST', '/api/v1/order', limit)
  const theirs = signedCaller(addresses.rest, () => start, other)
  expect((await theirs('GET', '/api/v1/openOrders')).json).toEqual([])
  const which = { symbol: 'BTCUSDT', orderId: '8886774' }
  expect((await theirs('GET', '/api/v1/order', which)).json).toMatchObject({ code: -2013 })
  expect((await theirs('DELETE', '/api/v1/order', which)).json).toMatchObject({ code: -2011 })
})

describe('who may trade', () => {
  test('by a secret', async () => {
    const { addresses, controls } = await opened(asterSpot)
    const post = async (now: number, keys: typeof credentials) => {
      const { status, json } = await signedCaller(addresses.rest, () => now, keys)('POST', '/api/v1/order', limit)
      return [status, (json as { readonly code?: number }).code]
    }
    expect(await post(start - 5_001, credentials)).toEqual([400, -1021])
    expect(await post(start + 1_000, credentials)).toEqual([400, -1021])
    expect(await post(start, { ...credentials, secret: 'wrong' })).toEqual([400, -1022])
    expect(await post(start, { ...credentials, apiKey: '' })).toEqual([401, -2014])
    expect(await post(start, { ...credentials, apiKey: 'other' })).toEqual([401, -2015])
    expect(await post(start, credentials)).toEqual([200, undefined])
    controls.skewClock(10_000)
    expect(await post(start, credentials)).toEqual([400, -1021])
    expect(await post(start + 10_000, credentials)).toEqual([200, undefined])
    expect(controls.account().orders()).toHaveLength(2)
  })

  test('by a wallet, with our own rest, and each nonce once', async () => {
    const privateKey = '4fd0a42218f3eae43a6ce26d22544e986139a01e5b34a62db53757ffca81bae1'
    const { addresses } = await venueFor({ venue: asterPrediction, symbols: ['BTCUSDT'] })
    const signer = eip712Signer({ user: '0x63DD5aCC6b1aa0f563956C0e534DD30B6dcF7C4e', privateKey })
    const rest = createRest({ venue: asterPrediction, endpoint: addresses.rest, signer })
    const Order = t.type({ orderId: t.number, status: t.string })
    const options = { authentication: 'signed' } as const
    const { orderId, status } = await firstValueFrom(rest.request('POST', '/api/v3/order', limit, Order, options))
    expect(status).toBe('NEW')
    const which = { symbol: 'BTCUSDT', orderId }
    expect(await firstValueFrom(rest.request('DELETE', '/api/v3/order', which, Order, options))).toMatchObject({
      status: 'CANCELED',
    })
    const body = signer.sign([['symbol', 'BTCUSDT']], Date.now())
    const twice = async () => {
      const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
      const init = { method: 'DELETE', body, headers }
      return (await fetch(`${addresses.rest}/api/v3/allOpenOrders`, init)).text()
    }
    expect(await twice()).toContain('is done')
    expect(await twice()).toContain('-4225')
  })

  test('BingX: sorted and unencoded, and its own codes', async () => {
    const { addresses } = await opened(bingxSpot, { scheduler: clockAt(Date.now()) })
    const signer = (secret: string) => hmacSigner({ venue: bingxSpot, apiKey: 'mine', secret })
    const rest = (secret: string) => createRest({ venue: bingxSpot, endpoint: addresses.rest, signer: signer(secret) })
    const order = { ...limit, symbol: 'BTC-USDT', newClientOrderId: 'a:b' }
    const options = { authentication: 'signed' } as const
    const Answer = t.type({ code: t.number })
    const placed$ = rest('shared').response('POST', '/openApi/spot/v1/trade/order', order, Answer, options)
    const { text } = await firstValueFrom(placed$)
    expect(text).toContain('"orderId":1812112568701845504,')
    expect(text).toContain('"status":"PENDING"')
    const refused$ = rest('wrong').request('POST', '/openApi/spot/v1/trade/order', order, Answer, options)
    await expect(firstValueFrom(refused$)).rejects.toThrow('100001')
  })
})

describe('calls go wrong', () => {
  test.each<readonly ['order' | 'account', string, string]>([
    ['order', 'GET', '/api/v1/openOrders'],
    ['account', 'GET', '/api/v1/account'],
  ])('%s: an error of the venue, once', async (name, method, path) => {
    const { call, controls } = await opened(asterSpot)
    controls.failRest(name, { _tag: 'error', status: 503, code: -1001, msg: 'Internal error', retryAfter: 2 })
    const { status, headers, json } = await call(method, path)
    expect([status, headers.get('Retry-After'), json]).toEqual([503, '2', { code: -1001, msg: 'Internal error' }])
    expect((await call(method, path)).status).toBe(200)
  })

  test('an order that is refused by a fault is not placed, one whose answer is cut is', async () => {
    const { call, controls } = await opened(asterSpot)
    controls.failRest('order', { _tag: 'error', status: 400, code: -1015, msg: 'Too many new orders.' })
    await call('POST', '/api/v1/order', limit)
    expect(controls.account().orders()).toEqual([])
    controls.failRest('order', { _tag: 'cut' })
    await expect(call('POST', '/api/v1/order', limit)).rejects.toThrow(SyntaxError)
    expect(controls.account().orders()).toHaveLength(1)
    controls.failRest('order', { _tag: 'lacks', key: 'status' })
    const [told] = (await call('GET', '/api/v1/openOrders')).json as readonly object[]
    expect(told).toHaveProperty('orderId')
    expect(told).not.toHaveProperty('status')
  })
})

test('balances that are none', async () => {
  const accounts = [{ balances: { USDT: 'much' } }]
  await expect(venueFor({ venue: asterSpot, accounts })).rejects.toThrow('balances.USDT: expected a decimal from 0 on')
})
