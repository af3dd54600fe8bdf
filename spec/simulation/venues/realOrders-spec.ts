import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { asterSpot } from '../../../lib/venues/asterSpot.js'
import { binanceFutures } from '../../../lib/venues/binanceFutures.js'
import { binanceSpot } from '../../../lib/venues/binanceSpot.js'
import { bareClient, roundTrip, venueFor } from '../host/bareClient.js'
import { clockAt } from '../host/clockAt.js'
import { credentials, signedCaller } from './signedCaller.js'

const start = 1_700_000_000_000

type Fields = Readonly<Record<string, unknown>>
type Tested = typeof asterSpot | typeof asterFutures | typeof binanceSpot | typeof binanceFutures

/** The best bid is 61685.90, the best ask 61686.10. */
const opened = async (venue: Tested, balances = { USDT: '1000000', BTC: '20' }) => {
  const scheduler = clockAt(start)
  const simulated = await venueFor({ venue, accounts: [{ ...credentials, balances }], scheduler })
  const call = signedCaller(simulated.addresses.rest, () => start)
  const json = async (method: string, path: string, parameters: Readonly<Record<string, string>> = {}) =>
    (await call(method, path, parameters)).json
  return { ...simulated, call, json, account: simulated.controls.account() }
}

const [spot, futures] = ['/api/v3/order', '/fapi/v1/order']
const path = { asterSpot: '/api/v1/order', asterFutures: futures, binanceSpot: spot, binanceFutures: futures }
const own = { symbol: 'BTCUSDT', side: 'BUY', quantity: '0.5' }
const limit = { ...own, type: 'LIMIT', timeInForce: 'GTC', price: '60000' }

describe('refused by the venue’s own numbers and texts', () => {
  const maker =
    'Due to the order could not be executed as maker, the Post Only order will be rejected. The order will not be recorded in the order history'
  const whole =
    'Due to the order could not be filled immediately, the FOK order has been rejected. The order will not be recorded in the order history'
  const elsewhere = 'Order type not supported for this endpoint. Please use the Algo Order API endpoints instead.'
  const mandatory = (name: string) => `Mandatory parameter '${name}' was not sent, was empty/null, or malformed.`
  const unwanted = (name: string) => `Parameter '${name}' sent when not required.`

  test.each<readonly [Tested, string, Fields, number, string]>([
    [
      binanceSpot,
      'takes',
      { ...own, type: 'LIMIT_MAKER', price: '61687' },
      -2010,
      'Order would immediately match and take.',
    ],
    [
      binanceSpot,
      'a time',
      { ...own, type: 'LIMIT_MAKER', price: '6', timeInForce: 'GTC' },
      -1106,
      unwanted('timeInForce'),
    ],
    [binanceSpot, 'no stop', { ...limit, type: 'STOP_LOSS_LIMIT' }, -1102, mandatory('stopPrice')],
    [
      binanceSpot,
      'at once',
      { ...limit, type: 'STOP_LOSS_LIMIT', stopPrice: '61000' },
      ...([-2010, 'Stop price would trigger immediately.'] as const),
    ],
    [
      binanceSpot,
      'a trailing stop',
      { ...own, type: 'STOP_LOSS', trailingDelta: '10' },
      -1106,
      unwanted('trailingDelta'),
    ],
    [binanceSpot, 'an iceberg', { ...limit, icebergQty: '0.1' }, -1106, unwanted('icebergQty')],
    [binanceSpot, 'futures', { ...own, type: 'STOP_MARKET', stopPrice: '63000' }, -1116, 'Invalid orderType.'],
    [binanceFutures, 'takes', { ...limit, timeInForce: 'GTX', price: '61687' }, -5022, maker],
    [binanceFutures, 'all or nothing', { ...limit, timeInForce: 'FOK' }, -5021, whole],
    [binanceFutures, 'a stop', { ...own, type: 'STOP_MARKET', stopPrice: '63000' }, -4120, elsewhere],
    [
      asterFutures,
      'at once',
      { ...own, type: 'STOP_MARKET', stopPrice: '61000' },
      -2021,
      'Order would immediately trigger.',
    ],
    [asterFutures, 'no rate', { ...own, type: 'TRAILING_STOP_MARKET' }, -1102, mandatory('callbackRate')],
    [
      asterFutures,
      'too far behind',
      { ...own, type: 'TRAILING_STOP_MARKET', callbackRate: '5.1' },
      ...([-1130, "Data sent for parameter 'callbackRate' is not valid."] as const),
    ],
    [
      asterFutures,
      'begun already',
      { ...own, type: 'TRAILING_STOP_MARKET', callbackRate: '1', activationPrice: '62000' },
      ...([-2021, 'Order would immediately trigger.'] as const),
    ],
    [
      asterFutures,
      'all, and so much',
      { ...own, type: 'STOP_MARKET', stopPrice: '63000', closePosition: 'true' },
      ...([-4137, 'Quantity must be zero with closePosition equals true'] as const),
    ],
    [asterFutures, 'all by a limit', { ...limit, closePosition: 'true' }, -1106, unwanted('closePosition')],
    [
      asterFutures,
      'another price',
      { ...own, type: 'STOP_MARKET', stopPrice: '63000', workingType: 'INDEX_PRICE' },
      ...([-4031, 'Invalid parameter working type: INDEX_PRICE'] as const),
    ],
    [asterFutures, 'no stop', { ...own, type: 'STOP_MARKET', stopPrice: '0' }, -4006, 'Stop price less than zero.'],
    [asterFutures, 'hidden', { ...limit, timeInForce: 'HIDDEN' }, -1115, 'Invalid timeInForce.'],
    [
      asterSpot,
      'at once',
      { ...own, type: 'STOP_MARKET', stopPrice: '61000' },
      -2021,
      'Order would immediately trigger.',
    ],
  ])('%#: %j', async (venue, _, parameters, code, msg) => {
    const { call, account } = await opened(venue)
    const given = await call('POST', path[venue.name], parameters as Readonly<Record<string, string>>)
    expect([given.status, given.json]).toEqual([400, { code, msg }])
    expect(account.orders()).toEqual([])
  })
})

test('what may not take expires at Aster, whose documents have no refusal of it', async () => {
  const { json } = await opened(asterFutures)
  const order = { ...limit, timeInForce: 'GTX', price: '61687', newOrderRespType: 'RESULT' }
  expect(await json('POST', futures, order)).toMatchObject({ status: 'EXPIRED', executedQty: '0.000' })
  expect(await json('POST', futures, { ...order, price: '61685' })).toMatchObject({ status: 'NEW', timeInForce: 'GTX' })
})

test('Binance spot: a maker, and a stop that waits', async () => {
  const { json, account } = await opened(binanceSpot)
  expect(await json('POST', spot, { ...own, type: 'LIMIT_MAKER', price: '61685' })).toMatchObject({
    ...{ status: 'NEW', type: 'LIMIT_MAKER', timeInForce: 'GTC' },
  })
  const stop = { ...limit, side: 'SELL', type: 'STOP_LOSS_LIMIT', stopPrice: '61000', price: '60990' }
  const { orderId } = (await json('POST', spot, stop)) as { readonly orderId: number }
  const which = { symbol: 'BTCUSDT', orderId: String(orderId) }
  const waiting = { type: 'STOP_LOSS_LIMIT', status: 'NEW', stopPrice: '61000.00', price: '60990.00' }
  expect(await json('GET', spot, which)).toMatchObject({ ...waiting, isWorking: false, workingTime: -1 })
  // Enough is sold that the price falls there.
  const sold = account.place({ symbol: 'BTCUSDT', side: 'SELL', quantity: '1', price: '61685' })
  expect(sold.status).not.toBe('NEW')
  expect(await json('GET', spot, which)).toMatchObject({ isWorking: false })
  expect(await json('DELETE', spot, which)).toMatchObject({ status: 'CANCELED', stopPrice: '61000.00' })
})

describe('Aster futures: a trailing stop', () => {
  test('follows, is set off, and is a market order from then on', async () => {
    const { json, account, addresses } = await opened(asterFutures, { USDT: '100000000', BTC: '0' })
    const { listenKey } = (await json('POST', '/fapi/v1/listenKey')) as { readonly listenKey: string }
    const { socket, texts } = await bareClient(`${addresses.websocket}/ws/${listenKey}`)
    const order = { ...own, type: 'TRAILING_STOP_MARKET', callbackRate: '0.1', newClientOrderId: 'trail' }
    expect(await json('POST', futures, order)).toMatchObject({
      ...{ status: 'NEW', type: 'TRAILING_STOP_MARKET', origType: 'TRAILING_STOP_MARKET', priceRate: '0.1' },
      ...{ price: '0', avgPrice: '0.00000', executedQty: '0.000' },
    })
    const which = { symbol: 'BTCUSDT', origClientOrderId: 'trail' }
    // By a thousandth and more, somebody buys what there is up to there.
    account.place({ symbol: 'BTCUSDT', side: 'SELL', quantity: '0.001', price: '61760' })
    account.place({ symbol: 'BTCUSDT', side: 'SELL', quantity: '1', price: '61770' })
    expect(await json('GET', futures, which)).toMatchObject({ status: 'NEW', type: 'TRAILING_STOP_MARKET' })
    account.place({ symbol: 'BTCUSDT', side: 'BUY', quantity: '300', price: '61760', timeInForce: 'IOC' })
    expect(await json('GET', futures, which)).toMatchObject({
      ...{ status: 'FILLED', type: 'MARKET', origType: 'TRAILING_STOP_MARKET', executedQty: '0.500' },
    })
    await roundTrip(socket)
    const told = texts.map((text) => JSON.parse(text) as { readonly e: string; readonly o: Fields })
    const ofIt = told.filter(({ e, o }) => e === 'ORDER_TRADE_UPDATE' && o['c'] === 'trail')
    const updates = ofIt.map(({ o }) => [o['x'], o['X'], o['o'], o['ot']])
    expect(updates.slice(0, 2)).toEqual([
      ['NEW', 'NEW', 'TRAILING_STOP_MARKET', 'TRAILING_STOP_MARKET'],
      ['NEW', 'NEW', 'MARKET', 'TRAILING_STOP_MARKET'],
    ])
    expect(updates.at(-1)).toEqual(['TRADE', 'FILLED', 'MARKET', 'TRAILING_STOP_MARKET'])
    expect(ofIt[0]?.o).toMatchObject({
      cp: false,
      cr: '0.1',
      AP: '0.00',
      wt: 'CONTRACT_PRICE',
    })
  })
})

describe('replaced', () => {
  const fields = { ...limit, cancelReplaceMode: 'STOP_ON_FAILURE' }
  const replace = '/api/v3/order/cancelReplace'

  test('Binance spot: the one is cancelled, the other placed', async () => {
    const { json, account } = await opened(binanceSpot)
    await json('POST', spot, { ...limit, newClientOrderId: 'first' })
    const asked = { ...fields, cancelOrigClientOrderId: 'first', cancelNewClientOrderId: 'gone', price: '60001' }
    expect(await json('POST', replace, { ...asked, newClientOrderId: 'second' })).toMatchObject({
      cancelResult: 'SUCCESS',
      newOrderResult: 'SUCCESS',
      cancelResponse: { origClientOrderId: 'first', clientOrderId: 'gone', status: 'CANCELED' },
      newOrderResponse: { clientOrderId: 'second', price: '60001.00', status: 'NEW', fills: [] },
    })
    expect(account.orders().map(({ status }) => status)).toEqual(['CANCELED', 'NEW'])
  })

  test('Binance spot: where it cannot be cancelled nothing is placed, or it is all the same', async () => {
    const { call, account } = await opened(binanceSpot)
    const unknown = { code: -2011, msg: 'Unknown order sent.' }
    const failed = await call('POST', replace, { ...fields, cancelOrderId: '1' })
    expect([failed.status, failed.json]).toEqual([
      400,
      {
        ...{ code: -2022, msg: 'Order cancel-replace failed.' },
        data: {
          ...{ cancelResult: 'FAILURE', newOrderResult: 'NOT_ATTEMPTED' },
          ...{ cancelResponse: unknown, newOrderResponse: null },
        },
      },
    ])
    expect(account.orders()).toEqual([])
    const partly = await call('POST', replace, { ...fields, cancelOrderId: '1', cancelReplaceMode: 'ALLOW_FAILURE' })
    expect([partly.status, partly.json]).toMatchObject([
      409,
      {
        ...{ code: -2021, msg: 'Order cancel-replace partially failed.' },
        data: { cancelResult: 'FAILURE', newOrderResult: 'SUCCESS', newOrderResponse: { status: 'NEW' } },
      },
    ])
  })

  test('Binance spot: cancelled, and the other one refused', async () => {
    const { call, json } = await opened(binanceSpot)
    const { orderId } = (await json('POST', spot, limit)) as { readonly orderId: number }
    const poor = { ...fields, quantity: '100', cancelOrderId: String(orderId) }
    expect((await call('POST', replace, poor)).json).toMatchObject({
      code: -2021,
      data: {
        cancelResult: 'SUCCESS',
        newOrderResult: 'FAILURE',
        newOrderResponse: { code: -2010, msg: 'Account has insufficient balance for requested action.' },
      },
    })
    expect((await call('POST', replace, { ...limit, cancelOrderId: '1' })).json).toMatchObject({ code: -1102 })
  })

  test.each([binanceFutures, asterFutures])('%#: futures change the order itself', async (venue) => {
    const { json, call, account } = await opened(venue)
    await json('POST', futures, { ...limit, newClientOrderId: 'first' })
    const terms = { symbol: 'BTCUSDT', side: 'BUY', origClientOrderId: 'first', quantity: '0.4', price: '60010' }
    if (venue === asterFutures) {
      // v1 has no such call, and v3 is signed by a wallet.
      expect((await fetch((await opened(venue)).addresses.rest + futures, { method: 'PUT' })).status).toBe(404)
      return
    }
    expect(await json('PUT', futures, terms)).toMatchObject({ status: 'NEW', origQty: '0.400', price: '60010.00' })
    expect(account.orders()).toMatchObject([{ clientOrderId: 'first', price: '60010.00', quantity: '0.400' }])
    expect((await call('PUT', futures, terms)).json).toEqual({ code: -5027, msg: 'No need to modify the order.' })
    expect((await call('PUT', futures, { ...terms, origClientOrderId: 'no' })).json).toMatchObject({ code: -2013 })
    expect((await call('PUT', futures, { symbol: 'BTCUSDT', orderId: '1', quantity: '1' })).json).toMatchObject({
      ...{ code: -1102, msg: "Mandatory parameter 'price' was not sent, was empty/null, or malformed." },
    })
  })
})

describe('Binance futures: conditional orders have calls of their own', () => {
  test('one waits, is told, cancelled, and set off', async () => {
    const { json, controls, addresses, account } = await opened(binanceFutures)
    const { listenKey } = (await json('POST', '/fapi/v1/listenKey')) as { readonly listenKey: string }
    const { socket, texts } = await bareClient(`${addresses.websocket}/private/ws/${listenKey}`)
    const algo = { ...own, algoType: 'CONDITIONAL', type: 'STOP_MARKET', triggerPrice: '61690', clientAlgoId: 'one' }
    expect(await json('POST', '/fapi/v1/algoOrder', algo)).toMatchObject({
      ...{ clientAlgoId: 'one', algoType: 'CONDITIONAL', orderType: 'STOP_MARKET', algoStatus: 'NEW' },
      ...{ triggerPrice: '61690.00', quantity: '0.500', side: 'BUY', positionSide: 'BOTH', closePosition: false },
    })
    const far = { ...algo, triggerPrice: '80000', clientAlgoId: 'two' }
    const { algoId } = (await json('POST', '/fapi/v1/algoOrder', far)) as { readonly algoId: number }
    expect(await json('GET', '/fapi/v1/openAlgoOrders')).toHaveLength(2)
    // The calls for orders know nothing of them.
    expect(await json('GET', '/fapi/v1/openOrders')).toEqual([])
    expect(await json('GET', futures, { symbol: 'BTCUSDT', orderId: String(algoId) })).toMatchObject({ code: -2013 })
    await json('DELETE', '/fapi/v1/allOpenOrders', { symbol: 'BTCUSDT' })
    expect(await json('DELETE', '/fapi/v1/algoOrder', { algoId: String(algoId) })).toEqual({
      ...{ algoId, clientAlgoId: 'two', code: '200', msg: 'success' },
    })
    let steps = 0
    const isOpen = async () => ((await json('GET', '/fapi/v1/openAlgoOrders')) as readonly unknown[]).length > 0
    while (steps++ < 400 && (await isOpen())) controls.step(20)
    expect(await json('GET', '/fapi/v1/algoOrder', { clientAlgoId: 'one' })).toMatchObject({ algoStatus: 'FINISHED' })
    expect(account.positions()).toMatchObject([{ amount: '0.500' }])
    await roundTrip(socket)
    const told = texts.map((text) => JSON.parse(text) as { readonly e: string; readonly o?: Fields })
    expect(told.filter(({ e }) => e === 'ALGO_UPDATE').map(({ o }) => [o?.['caid'], o?.['X']])).toEqual([
      ['one', 'NEW'],
      ['two', 'NEW'],
      ['two', 'CANCELED'],
    ])
    expect(told.find(({ e }) => e === 'ORDER_TRADE_UPDATE')?.o).toMatchObject({
      o: 'MARKET',
      ot: 'STOP_MARKET',
      x: 'NEW',
    })
  })
})

describe('several at once', () => {
  const many = '/fapi/v1/batchOrders'

  test('each has its answer, in order', async () => {
    const { json, call, account } = await opened(asterFutures)
    const orders = [
      { ...limit, newClientOrderId: 'one' },
      { ...limit, symbol: 'NOSUCH' },
      { ...limit, reduceOnly: 'true' },
      { ...limit, quantity: 0.25, newClientOrderId: 'two' },
    ]
    const answers = await json('POST', many, { batchOrders: JSON.stringify(orders) })
    expect(answers).toMatchObject([
      { clientOrderId: 'one', status: 'NEW', origQty: '0.500' },
      { code: -1121, msg: 'Invalid symbol.' },
      { code: -2022, msg: 'ReduceOnly Order is rejected.' },
      { clientOrderId: 'two', origQty: '0.250' },
    ])
    const ids = account.orders().map(({ orderId }) => Number(orderId))
    const gone = { symbol: 'BTCUSDT', orderIdList: JSON.stringify([...ids.slice(0, 1), 1]) }
    expect(await json('DELETE', many, gone)).toMatchObject([
      { clientOrderId: 'one', status: 'CANCELED' },
      { code: -2011, msg: 'Unknown order sent.' },
    ])
    const named = { symbol: 'BTCUSDT', origClientOrderIdList: '["two"]' }
    expect(await json('DELETE', many, named)).toMatchObject([{ clientOrderId: 'two', status: 'CANCELED' }])
    const code = async (method: string, parameters: Readonly<Record<string, string>>) =>
      ((await call(method, many, parameters)).json as { readonly code: number }).code
    expect(await code('POST', { batchOrders: JSON.stringify(Array(6).fill(limit)) })).toBe(-4082)
    expect(await code('POST', { batchOrders: 'none' })).toBe(-1130)
    expect(await code('POST', {})).toBe(-1102)
    expect(await code('DELETE', { symbol: 'BTCUSDT' })).toBe(-1102)
    expect(await code('DELETE', { symbol: 'BTCUSDT', orderIdList: JSON.stringify(Array(11).fill(1)) })).toBe(-4032)
  })

  test('Binance changes several, too', async () => {
    const { json } = await opened(binanceFutures)
    await json('POST', futures, { ...limit, newClientOrderId: 'one' })
    const changes = [{ symbol: 'BTCUSDT', origClientOrderId: 'one', side: 'BUY', quantity: '0.5', price: '60010' }]
    expect(await json('PUT', many, { batchOrders: JSON.stringify([...changes, ...changes]) })).toMatchObject([
      { clientOrderId: 'one', price: '60010.00' },
      { code: -5027, msg: 'No need to modify the order.' },
    ])
  })
})
