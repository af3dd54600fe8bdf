import { createHmac } from 'node:crypto'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { asterSpot } from '../../../lib/venues/asterSpot.js'
import { binanceFutures } from '../../../lib/venues/binanceFutures.js'
import { binanceSpot } from '../../../lib/venues/binanceSpot.js'
import { bingxSpot } from '../../../lib/venues/bingxSpot.js'
import type { Venue } from '../../../lib/venues/Venue.js'
import { bareClient, roundTrip, venueFor } from '../host/bareClient.js'
import { clockAt } from '../host/clockAt.js'
import { decimal, differences, flag, integer, is, keys, kind, ms, text, type Shape } from './Shape.js'
import { credentials, signedCaller } from './signedCaller.js'

/** What calls about an account answer, as the documents of the venues write it. */

const start = 1_700_000_000_000
const accounts = [{ ...credentials, balances: { USDT: '1000000', BTC: '10' } }]
const market = { symbol: 'BTCUSDT', side: 'BUY', type: 'MARKET', quantity: '0.5' }
const limit = { symbol: 'BTCUSDT', side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: '0.5', price: '60000' }

const opened = async (venue: Venue) => {
  const simulated = await venueFor({ venue, accounts, scheduler: clockAt(start) })
  return { ...simulated, call: signedCaller(simulated.addresses.rest, () => start) }
}

const symbol = is('BTCUSDT')
const number = kind('number', (u) => typeof u === 'number')
const ofTrade = { symbol, id: integer, orderId: integer, price: decimal, qty: decimal, quoteQty: decimal, time: ms }
const paid = { commission: decimal, commissionAsset: text }
const side = { side: is('BUY'), buyer: is(true), maker: is(false) }
const futuresTrade = {
  ...ofTrade,
  ...paid,
  ...side,
  realizedPnl: decimal,
  marginAsset: is('USDT'),
  positionSide: is('BOTH'),
}
const amounts = {
  ...{ walletBalance: decimal, unrealizedProfit: decimal, marginBalance: decimal, maintMargin: decimal },
  ...{ initialMargin: decimal, positionInitialMargin: decimal, openOrderInitialMargin: decimal },
  ...{ crossWalletBalance: decimal, crossUnPnl: decimal, availableBalance: decimal, maxWithdrawAmount: decimal },
}
const asset = keys({ asset: text, ...amounts, marginAvailable: is(true), updateTime: ms })
const totals = {
  ...{ totalInitialMargin: decimal, totalMaintMargin: decimal, totalWalletBalance: decimal },
  ...{ totalUnrealizedProfit: decimal, totalMarginBalance: decimal, totalPositionInitialMargin: decimal },
  ...{ totalOpenOrderInitialMargin: decimal, totalCrossWalletBalance: decimal, totalCrossUnPnl: decimal },
  ...{ availableBalance: decimal, maxWithdrawAmount: decimal, multiAssetsMargin: is(false) },
}
const may = { feeTier: is(0), canTrade: is(true), canDeposit: is(true), canWithdraw: is(true), updateTime: ms }
const leverage = { leverage: is('20'), positionSide: is('BOTH'), updateTime: ms }
const held = { symbol, positionAmt: is('0.500'), entryPrice: decimal, positionSide: is('BOTH'), updateTime: ms }
const margins = { initialMargin: decimal, maintMargin: decimal, unrealizedProfit: decimal }
const orderMargins = { positionInitialMargin: decimal, openOrderInitialMargin: decimal }
const accountPosition = { ...held, ...margins, ...orderMargins, ...leverage, isolated: is(false), maxNotional: decimal }
const risk = {
  ...{ ...held, markPrice: decimal, unRealizedProfit: decimal, liquidationPrice: is('0'), ...leverage },
  ...{ maxNotionalValue: decimal, marginType: is('cross'), isolatedMargin: decimal, isAutoAddMargin: is('false') },
}
const sides = { bidNotional: decimal, askNotional: decimal }
const balance = {
  ...{ accountAlias: text, asset: text, balance: decimal, crossWalletBalance: decimal, crossUnPnl: decimal },
  ...{ availableBalance: decimal, maxWithdrawAmount: decimal, marginAvailable: is(true), updateTime: ms },
}
const bracket = {
  ...{ bracket: is(1), initialLeverage: is(125), notionalCap: number, notionalFloor: is(0) },
  ...{ maintMarginRatio: number, cum: is(0) },
}
const rates = keys({ symbol, makerCommissionRate: decimal, takerCommissionRate: decimal })
const coin = {
  ...{ coin: text, name: text, free: decimal, locked: decimal, freeze: is('0'), withdrawing: is('0'), ipoing: is('0') },
  ...{ ipoable: is('0'), storage: is('0'), isLegalMoney: flag, trading: flag, depositAllEnable: flag },
  ...{ withdrawAllEnable: flag, networkList: kind('none', Array.isArray) },
}
const commissions = keys({ maker: decimal, taker: decimal, buyer: decimal, seller: decimal })

const ofFutures = (position: Shape) => keys({ ...may, ...totals, assets: [asset], positions: [position] })

const table: readonly (readonly [Venue, string, query: Readonly<Record<string, string>>, Shape])[] = [
  [
    ...([asterSpot, '/api/v1/userTrades', { symbol: 'BTCUSDT' }] as const),
    [keys({ ...ofTrade, ...paid, ...side, counterpartyId: integer, createUpdateId: is(null) })],
  ],
  [asterSpot, '/api/v1/commissionRate', { symbol: 'BTCUSDT' }, rates],

  [asterFutures, '/fapi/v2/balance', {}, [keys(balance)]],
  [asterFutures, '/fapi/v4/account', {}, ofFutures(keys(accountPosition))],
  [asterFutures, '/fapi/v2/positionRisk', {}, [keys(risk)]],
  [asterFutures, '/fapi/v1/userTrades', { symbol: 'BTCUSDT' }, [keys(futuresTrade)]],
  [asterFutures, '/fapi/v1/positionSide/dual', {}, keys({ dualSidePosition: is(false) })],
  [asterFutures, '/fapi/v1/multiAssetsMargin', {}, keys({ multiAssetsMargin: is(false) })],
  [asterFutures, '/fapi/v1/leverageBracket', {}, [keys({ symbol, brackets: [keys(bracket)] })]],
  [
    ...([asterFutures, '/fapi/v1/leverageBracket', { symbol: 'BTCUSDT' }] as const),
    keys({ symbol, brackets: [keys(bracket)] }),
  ],
  [asterFutures, '/fapi/v1/commissionRate', { symbol: 'BTCUSDT' }, rates],

  [...([binanceFutures, '/fapi/v2/account', {}] as const), ofFutures(keys({ ...accountPosition, ...sides }))],
  [
    ...([binanceFutures, '/fapi/v3/account', {}] as const),
    ofFutures(
      keys({
        ...{ symbol, positionSide: is('BOTH'), positionAmt: is('0.500'), updateTime: ms, ...margins },
        ...{ isolatedMargin: decimal, notional: decimal, isolatedWallet: decimal },
      }),
    ),
  ],
  [
    ...([binanceFutures, '/fapi/v2/positionRisk', {}] as const),
    [keys({ ...risk, breakEvenPrice: decimal, notional: decimal, isolatedWallet: decimal })],
  ],
  [
    ...([binanceFutures, '/fapi/v3/positionRisk', { symbol: 'BTCUSDT' }] as const),
    [
      keys({
        ...{ ...held, breakEvenPrice: decimal, markPrice: decimal, unRealizedProfit: decimal, ...sides },
        ...{ liquidationPrice: is('0'), isolatedMargin: decimal, notional: decimal, marginAsset: is('USDT') },
        ...{ isolatedWallet: decimal, initialMargin: decimal, maintMargin: decimal, ...orderMargins, adl: is(0) },
      }),
    ],
  ],
  [binanceFutures, '/fapi/v1/userTrades', { symbol: 'BTCUSDT' }, [keys(futuresTrade)]],

  [
    ...([binanceSpot, '/api/v3/account', {}] as const),
    keys({
      ...{ makerCommission: is(10), takerCommission: is(10), buyerCommission: is(0), sellerCommission: is(0) },
      ...{ commissionRates: commissions, canTrade: is(true), canWithdraw: is(true), canDeposit: is(true) },
      ...{ brokered: flag, requireSelfTradePrevention: flag, preventSor: flag, updateTime: ms },
      ...{ accountType: is('SPOT'), balances: [keys({ asset: text, free: decimal, locked: decimal })] },
      ...{ permissions: kind('texts', Array.isArray), uid: integer },
    }),
  ],
  [
    ...([binanceSpot, '/api/v3/myTrades', { symbol: 'BTCUSDT' }] as const),
    [
      keys({
        ...{ ...ofTrade, ...paid, orderListId: is(-1) },
        ...{ isBuyer: is(true), isMaker: is(false), isBestMatch: is(true) },
      }),
    ],
  ],
  [
    ...([binanceSpot, '/api/v3/account/commission', { symbol: 'BTCUSDT' }] as const),
    keys({
      ...{ symbol, standardCommission: commissions, specialCommission: commissions, taxCommission: commissions },
      discount: keys({ enabledForAccount: flag, enabledForSymbol: flag, discountAsset: text, discount: decimal }),
    }),
  ],
  [binanceSpot, '/sapi/v1/capital/config/getall', {}, [keys(coin)]],
  [
    ...([binanceSpot, '/sapi/v1/asset/tradeFee', {}] as const),
    [keys({ symbol, makerCommission: decimal, takerCommission: decimal })],
  ],
]

test.each(table.map(([venue, path, ...rest]) => [`${venue.name} ${path}`, venue, path, ...rest] as const))(
  '%s says of an account what the document says',
  async (_, venue, path, query, shape) => {
    const { call, controls } = await opened(venue)
    controls.account().place({ symbol: 'BTCUSDT', side: 'BUY', quantity: '0.5' })
    const { status, json } = await call('GET', path, query)
    expect([status, differences(shape, json)]).toEqual([200, []])
  },
)

test('the fills of an account are its own, by order, by id and by time', async () => {
  const { call, controls } = await opened(binanceSpot)
  controls.account().place({ symbol: 'BTCUSDT', side: 'BUY', quantity: '12' })
  const { orderId } = controls.account().place({ symbol: 'BTCUSDT', side: 'SELL', quantity: '8' })
  const ask = async (query: Readonly<Record<string, string>>) =>
    (await call('GET', '/api/v3/myTrades', { symbol: 'BTCUSDT', ...query })).json as readonly {
      readonly id: number
      readonly orderId: number
      readonly qty: string
      readonly quoteQty: string
      readonly price: string
    }[]
  const all = await ask({})
  const sold = all.filter((fill) => String(fill.orderId) === orderId)
  expect(await ask({ orderId })).toEqual(sold)
  expect(sold.reduce((sum, { qty }) => sum + Number(qty), 0)).toBeCloseTo(8, 9)
  for (const { price, qty, quoteQty } of all) expect(Number(quoteQty)).toBeCloseTo(Number(price) * Number(qty), 6)
  expect(await ask({ fromId: String(all[3]?.id), limit: '2' })).toEqual(all.slice(3, 5))
  expect(await ask({ startTime: String(start + 1) })).toEqual([])
  expect((await call('GET', '/api/v3/myTrades')).json).toMatchObject({ code: -1102 })
})

test('Binance’s answers to an order: acknowledged, with its result, and with its fills', async () => {
  const { call } = await opened(binanceSpot)
  const ids = { symbol, orderId: integer, orderListId: is(-1), clientOrderId: text }
  const acknowledged = { ...ids, transactTime: ms }
  const told = {
    ...{ ...ids, price: decimal, origQty: decimal, executedQty: decimal, origQuoteOrderQty: decimal },
    ...{ cummulativeQuoteQty: decimal, status: is('FILLED', 'NEW', 'CANCELED'), timeInForce: is('GTC') },
    ...{ type: is('MARKET', 'LIMIT'), side: is('BUY'), selfTradePreventionMode: is('NONE') },
  }
  const result = { ...told, transactTime: ms }
  const fill = { price: decimal, qty: decimal, ...paid, tradeId: integer }
  const post = async (query: Readonly<Record<string, string>>) => (await call('POST', '/api/v3/order', query)).json
  expect(differences(keys(acknowledged), await post({ ...market, newOrderRespType: 'ACK' }))).toEqual([])
  const withResult = await post({ ...market, newOrderRespType: 'RESULT' })
  expect(differences(keys({ ...result, workingTime: ms }), withResult)).toEqual([])
  const full = keys({ ...result, workingTime: ms, fills: [keys(fill)] })
  expect(differences(full, await post(market))).toEqual([])
  const which = { symbol: 'BTCUSDT', origClientOrderId: 'mine' }
  expect(await post({ ...limit, newClientOrderId: 'mine' })).toMatchObject({ clientOrderId: 'mine', fills: [] })
  const queried = (await call('GET', '/api/v3/order', which)).json
  const times = { time: ms, updateTime: ms, isWorking: is(true), workingTime: ms }
  expect(differences(keys({ ...told, ...times, stopPrice: decimal, icebergQty: decimal }), queried)).toEqual([])
  const cancelled = (await call('DELETE', '/api/v3/order', { ...which, newClientOrderId: 'away' })).json
  expect(differences(keys({ ...result, origClientOrderId: is('mine') }), cancelled)).toEqual([])
  expect(cancelled).toMatchObject({ clientOrderId: 'away', status: 'CANCELED' })
  await post(limit)
  expect((await call('DELETE', '/api/v3/openOrders', { symbol: 'BTCUSDT' })).json).toMatchObject([
    { status: 'CANCELED' },
  ])
})

describe('leverage', () => {
  test('is what positions and orders are held to, is told, and is no number of its own', async () => {
    const { call, addresses, controls } = await opened(asterFutures)
    const create = await fetch(`${addresses.rest}/fapi/v1/listenKey`, {
      method: 'POST',
      headers: { 'X-MBX-APIKEY': credentials.apiKey },
    })
    const { listenKey } = (await create.json()) as { readonly listenKey: string }
    const { socket, texts } = await bareClient(`${addresses.websocket}/ws/${listenKey}`)
    const change = async (leverage: string) =>
      (await call('POST', '/fapi/v1/leverage', { symbol: 'BTCUSDT', leverage })).json
    expect(await change('10')).toEqual({ leverage: 10, maxNotionalValue: '1000000000', symbol: 'BTCUSDT' })
    await roundTrip(socket)
    expect(texts).toEqual([`{"e":"ACCOUNT_CONFIG_UPDATE","E":${start},"T":${start},"ac":{"s":"BTCUSDT","l":10}}`])
    // 100 coins, or as many as there are, are worth about six million: at 10 they lock 0.6 million of the one.
    expect((await call('POST', '/fapi/v1/order', { ...market, quantity: '100' })).json).toMatchObject({ status: 'NEW' })
    const [risk] = (await call('GET', '/fapi/v2/positionRisk')).json as readonly Readonly<Record<string, string>>[]
    const [balance] = (await call('GET', '/fapi/v2/balance')).json as readonly Readonly<Record<string, string>>[]
    const locked = Number(balance?.['balance']) - Number(balance?.['availableBalance'])
    expect(risk?.['leverage']).toBe('10')
    const worth = Number(risk?.['entryPrice']) * Number(risk?.['positionAmt'])
    expect(locked).toBeCloseTo(worth / 10, 1)
    expect(await change('5')).toMatchObject({ code: -2028 })
    expect(await change('7')).toMatchObject({ leverage: 7 })
    expect(Number(controls.account().balances()[0]?.locked)).toBeCloseTo(worth / 7, 1)
    for (const wrong of ['0', '126', '1.5', 'x']) expect(await change(wrong)).toMatchObject({ code: -4028 })
    expect((await call('POST', '/fapi/v1/leverage', { symbol: 'BTCUSDT' })).json).toMatchObject({ code: -1102 })
    expect((await call('POST', '/fapi/v1/leverage', { leverage: '3' })).json).toMatchObject({ code: -1102 })
  })
})

describe('BingX', () => {
  const signed = (query: Readonly<Record<string, string>>) => {
    const sorted = Object.entries({ ...query, timestamp: String(start) }).sort(([a], [b]) => (a < b ? -1 : 1))
    const plain = sorted.map(([name, value]) => `${name}=${value}`).join('&')
    return `${plain}&signature=${createHmac('sha256', credentials.secret).update(plain).digest('hex')}`
  }
  const asking = async () => {
    const { addresses, controls } = await opened(bingxSpot)
    const ask = async (method: string, path: string, query: Readonly<Record<string, string>>) => {
      const headers = { 'X-BX-APIKEY': credentials.apiKey }
      const response = await fetch(`${addresses.rest}/openApi/${path}?${signed(query)}`, { method, headers })
      return (await response.json()) as { readonly code: number; readonly data: Readonly<Record<string, unknown>> }
    }
    return { ask, addresses, controls }
  }
  const order = { symbol: 'BTC-USDT', side: 'BUY', type: 'LIMIT', quantity: '0.5', price: '60000' }

  test('a limit order without a time in force waits until it is cancelled, under an id of 40 characters', async () => {
    const { ask, controls } = await asking()
    const clientOrderId = 'x'.repeat(40)
    const { code, data } = await ask('POST', 'spot/v1/trade/order', { ...order, newClientOrderId: clientOrderId })
    expect([code, data['clientOrderID']]).toEqual([0, clientOrderId])
    expect(controls.account().orders()).toMatchObject([{ timeInForce: 'GTC', status: 'NEW', clientOrderId }])
    const long = await ask('POST', 'spot/v1/trade/order', { ...order, newClientOrderId: 'x'.repeat(41) })
    expect(long.code).toBe(100_400)
  })

  test('fills, fees and coins', async () => {
    const { ask } = await asking()
    await ask('POST', 'spot/v1/trade/order', { symbol: 'BTC-USDT', side: 'BUY', type: 'MARKET', quantity: '0.5' })
    const fill = {
      ...{ symbol: is('BTC-USDT'), id: integer, orderId: number, price: decimal, qty: decimal, quoteQty: decimal },
      ...{ commission: decimal, commissionAsset: is('BTC'), time: ms, isBuyer: is(true), isMaker: is(false) },
    }
    const { data } = await ask('GET', 'spot/v1/trade/myTrades', { symbol: 'BTC-USDT' })
    expect(differences(keys({ fills: [keys(fill)] }), data)).toEqual([])
    expect(await ask('GET', 'spot/v1/user/commissionRate', { symbol: 'BTC-USDT' })).toMatchObject({
      data: { makerCommissionRate: '0.001000', takerCommissionRate: '0.001000' },
    })
    expect(await ask('GET', 'wallets/v1/capital/config/getall', {})).toMatchObject({
      data: [{ coin: 'USDT' }, { coin: 'BTC' }],
    })
  })

  test('a subscription needs no reqType', async () => {
    const { addresses } = await opened(bingxSpot)
    const { ask } = await bareClient(addresses.websocket)
    expect(await ask({ id: 'a', dataType: 'ACCOUNT_UPDATE' })).toBe(
      JSON.stringify({ id: 'a', code: 0, msg: 'SUCCESS', timestamp: start }),
    )
    expect(await ask({ id: 'b', dataType: 'nothing' })).toContain('"code":100400')
    const other = await bareClient(addresses.websocket)
    expect(await other.ask({ id: 'c', reqType: 'other', dataType: 'ACCOUNT_UPDATE' })).toContain('"code":100400')
  })
})
