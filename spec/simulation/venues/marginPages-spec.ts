import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { binanceFutures } from '../../../lib/venues/binanceFutures.js'
import { bareClient, roundTrip, venueFor } from '../host/bareClient.js'
import { clockAt } from '../host/clockAt.js'
import { credentials, signedCaller } from './signedCaller.js'

const start = 1_700_000_000_000
type Texts = Readonly<Record<string, string>>

const opened = async (venue: typeof asterFutures | typeof binanceFutures = asterFutures) => {
  const accounts = [{ ...credentials, balances: { USDT: '100000' } }]
  const simulated = await venueFor({ venue, accounts, scheduler: clockAt(start) })
  const call = signedCaller(simulated.addresses.rest, () => start)
  const json = async (method: string, path: string, parameters: Texts = {}) =>
    (await call(method, `/fapi/v1/${path}`, parameters)).json
  const risk = async () => (await call('GET', '/fapi/v2/positionRisk', { symbol: 'BTCUSDT' })).json as readonly Texts[]
  const code = async (path: string, parameters: Texts) =>
    ((await json('POST', path, parameters)) as { readonly code: number }).code
  return { ...simulated, call, json, risk, code, account: simulated.controls.account() }
}

const order = { symbol: 'BTCUSDT', side: 'BUY', type: 'MARKET', quantity: '0.1' }
const waiting = { ...order, type: 'LIMIT', timeInForce: 'GTC', price: '60000' }
const done = { code: 200, msg: 'success' }
const [one, isolated] = [{ symbol: 'BTCUSDT' }, { symbol: 'BTCUSDT', marginType: 'ISOLATED' }]

describe('hedge mode', () => {
  test('long and short positions are kept apart, and each order says which it is about', async () => {
    const { json, risk, code } = await opened()
    expect(await json('GET', 'positionSide/dual')).toEqual({ dualSidePosition: false })
    expect(await code('order', { ...order, positionSide: 'LONG' })).toBe(-4061)
    expect(await json('POST', 'positionSide/dual', { dualSidePosition: 'true' })).toEqual(done)
    expect(await json('GET', 'positionSide/dual')).toEqual({ dualSidePosition: true })
    expect(await code('order', order)).toBe(-4061)
    expect(await json('POST', 'order', { ...order, positionSide: 'LONG', reduceOnly: 'true' })).toEqual({
      ...{ code: -1106, msg: "Parameter 'reduceonly' sent when not required." },
    })
    await json('POST', 'order', { ...order, positionSide: 'LONG' })
    await json('POST', 'order', { ...order, side: 'SELL', quantity: '0.3', positionSide: 'SHORT' })
    expect(await risk()).toMatchObject([
      { positionSide: 'LONG', positionAmt: '0.100' },
      { positionSide: 'SHORT', positionAmt: '-0.300' },
    ])
    // No more is closed than there is.
    expect(await code('order', { ...order, side: 'SELL', quantity: '0.2', positionSide: 'LONG' })).toBe(-2022)
    expect(await json('POST', 'order', { ...order, side: 'SELL', positionSide: 'LONG' })).toMatchObject({
      ...{ positionSide: 'LONG', status: 'NEW' },
    })
    expect(await risk()).toMatchObject([{ positionAmt: '0.000' }, { positionAmt: '-0.300' }])
    const fills = (await json('GET', 'userTrades', one)) as readonly Texts[]
    const sides = new Set(fills.map(({ positionSide, side }) => `${side} ${positionSide}`))
    expect(sides).toEqual(new Set(['BUY LONG', 'SELL SHORT', 'SELL LONG']))
  })

  test('it is changed only where nothing is open', async () => {
    const { json, code } = await opened()
    const dual = { dualSidePosition: 'true' }
    expect(await code('positionSide/dual', { dualSidePosition: 'false' })).toBe(-4059)
    await json('POST', 'order', waiting)
    expect(await code('positionSide/dual', dual)).toBe(-4067)
    await json('DELETE', 'allOpenOrders', one)
    await json('POST', 'order', order)
    expect(await code('positionSide/dual', dual)).toBe(-4068)
    expect(await code('positionSide/dual', {})).toBe(-1102)
    expect(await code('positionSide/dual', { dualSidePosition: 'yes' })).toBe(-1130)
  })

  test('the account is told', async () => {
    const { json, addresses } = await opened()
    const { listenKey } = (await json('POST', 'listenKey')) as { readonly listenKey: string }
    const { socket, texts } = await bareClient(`${addresses.websocket}/ws/${listenKey}`)
    await json('POST', 'positionSide/dual', { dualSidePosition: 'true' })
    await json('POST', 'marginType', isolated)
    await json('POST', 'order', { ...order, positionSide: 'LONG' })
    await roundTrip(socket)
    const told = texts.map((text) => JSON.parse(text) as object)
    expect(told.slice(0, 2)).toEqual([
      { e: 'ACCOUNT_CONFIG_UPDATE', E: start, T: start, ai: { j: false, d: true } },
      {
        ...{ e: 'ACCOUNT_UPDATE', E: start, T: start },
        a: {
          m: 'MARGIN_TYPE_CHANGE',
          B: [{ a: 'USDT', wb: '100000.00000000', cw: '100000.00000000', bc: '0' }],
          P: [],
        },
      },
    ])
    expect(told.at(-2)).toMatchObject({ a: { m: 'ORDER', P: [{ ps: 'LONG', mt: 'isolated', pa: '0.100' }] } })
    expect(told.at(-1)).toMatchObject({ o: { ps: 'LONG', X: 'FILLED' } })
  })
})

describe('isolated margin', () => {
  test('a position has its own, which is added to and taken from', async () => {
    const { json, risk, code, account, call } = await opened()
    expect(await json('POST', 'marginType', isolated)).toEqual(done)
    expect(await code('marginType', isolated)).toBe(-4046)
    const margin = { ...one, amount: '100', type: '1' }
    expect(await code('positionMargin', margin)).toBe(-4054)
    await json('POST', 'order', order)
    const [before] = await risk()
    const cost = 0.1 * Number(before?.['entryPrice'])
    const own = (position: Texts | undefined) =>
      Number(position?.['isolatedMargin']) - Number(position?.['unRealizedProfit'])
    expect(before).toMatchObject({ marginType: 'isolated', leverage: '20' })
    expect(own(before)).toBeCloseTo(cost / 20, 6)
    expect(await json('POST', 'positionMargin', margin)).toEqual({
      ...{ amount: 100, code: 200, msg: 'Successfully modify position margin.', type: 1 },
    })
    const [after] = await risk()
    expect(own(after)).toBeCloseTo(cost / 20 + 100, 6)
    const [balance] = (await call('GET', '/fapi/v2/balance')).json as readonly Texts[]
    expect(Number(balance?.['balance']) - Number(balance?.['crossWalletBalance'])).toBeCloseTo(cost / 20 + 100, 6)
    expect(Number(account.balances()[0]?.locked)).toBeCloseTo(cost / 20 + 100, 6)
    // No more than was added, and no more than there is.
    expect(await code('positionMargin', { ...margin, amount: '101', type: '2' })).toBe(-4051)
    expect(await code('positionMargin', { ...margin, amount: '1000000' })).toBe(-4050)
    expect(await code('positionMargin', { ...margin, amount: '0' })).toBe(-4055)
    expect(await code('positionMargin', { ...margin, type: '3' })).toBe(-1130)
    expect(await code('positionMargin', { ...margin, positionSide: 'LONG' })).toBe(-4061)
    expect(await code('positionMargin', { ...margin, amount: '40', type: '2' })).toBe(200)
    expect(await json('GET', 'positionMargin/history', one)).toEqual([
      { amount: '100.00000000', asset: 'USDT', symbol: 'BTCUSDT', time: start, type: 1, positionSide: 'BOTH' },
      { amount: '40.00000000', asset: 'USDT', symbol: 'BTCUSDT', time: start, type: 2, positionSide: 'BOTH' },
    ])
    expect(await json('GET', 'positionMargin/history', { ...one, type: '2' })).toHaveLength(1)
    // Half of it is closed, and half of what was added is free again.
    await json('POST', 'order', { ...order, side: 'SELL', quantity: '0.05' })
    expect(own((await risk())[0])).toBeCloseTo(cost / 40 + 30, 6)
    expect(await code('leverage', { ...one, leverage: '10' })).toBe(-4161)
    expect(await json('POST', 'leverage', { ...one, leverage: '25' })).toMatchObject({ leverage: 25 })
    await json('POST', 'order', { ...order, side: 'SELL', quantity: '0.05' })
    expect(account.balances()[0]?.locked).toBe('0.00000000')
  })

  test('it is changed only where nothing is open', async () => {
    const { json, code } = await opened()
    expect(await code('marginType', { ...one, marginType: 'CROSSED' })).toBe(-4046)
    await json('POST', 'order', waiting)
    expect(await code('marginType', isolated)).toBe(-4047)
    await json('DELETE', 'allOpenOrders', one)
    await json('POST', 'order', order)
    expect(await code('marginType', isolated)).toBe(-4048)
    expect(await code('positionMargin', { ...one, amount: '1', type: '1' })).toBe(-4049)
    expect(await code('multiAssetsMargin', { multiAssetsMargin: 'true' })).toBe(-4084)
  })
})

test('what fills cost and brought', async () => {
  const { json, account } = await opened()
  await json('POST', 'order', order)
  await json('POST', 'order', { ...order, side: 'SELL' })
  const rows = (await json('GET', 'income')) as readonly Texts[]
  const sum = rows.reduce((all, { income = '0' }) => all + Number(income), 0)
  expect(100_000 + sum).toBeCloseTo(Number(account.balances()[0]?.free), 6)
  expect(new Set(rows.map(({ incomeType }) => incomeType))).toEqual(new Set(['COMMISSION', 'REALIZED_PNL']))
  const paid = (await json('GET', 'income', { incomeType: 'COMMISSION', limit: '1' })) as readonly Texts[]
  expect(paid).toMatchObject([{ symbol: 'BTCUSDT', asset: 'USDT', time: start }])
  expect(await json('GET', 'forceOrders')).toEqual([])
  expect(await json('GET', 'adlQuantile')).toEqual([{ symbol: 'BTCUSDT', adlQuantile: { LONG: 0, SHORT: 0, BOTH: 0 } }])
})

test('Binance says how an account trades', async () => {
  const { json } = await opened(binanceFutures)
  await json('POST', 'marginType', isolated)
  await json('POST', 'leverage', { ...one, leverage: '7' })
  expect(await json('GET', 'symbolConfig')).toEqual([
    {
      ...{ symbol: 'BTCUSDT', marginType: 'ISOLATED', isAutoAddMargin: false, leverage: 7 },
      maxNotionalValue: '1000000000',
    },
  ])
  expect(await json('GET', 'accountConfig')).toMatchObject({ dualSidePosition: false, multiAssetsMargin: false })
})

test('all orders are cancelled when nobody says for so long that they may stay', async () => {
  const clock = clockAt(start)
  const { addresses, controls } = await venueFor({ venue: asterFutures, accounts: [credentials], scheduler: clock })
  const call = signedCaller(addresses.rest, () => clock.now())
  const open = () =>
    controls
      .account()
      .orders()
      .filter(({ status }) => status === 'NEW').length
  const countdown = async (countdownTime: string) =>
    (await call('POST', '/fapi/v1/countdownCancelAll', { symbol: 'BTCUSDT', countdownTime })).json
  await call('POST', '/fapi/v1/order', waiting)
  expect(await countdown('10000')).toEqual({ symbol: 'BTCUSDT', countdownTime: '10000' })
  clock.pass(9_000)
  await countdown('10000')
  clock.pass(9_999)
  expect(open()).toBe(1)
  clock.pass(1)
  expect(open()).toBe(0)
  await call('POST', '/fapi/v1/order', waiting)
  await countdown('10000')
  await countdown('0')
  clock.pass(100_000)
  expect(open()).toBe(1)
  expect(await countdown('soon')).toMatchObject({ code: -1100 })
  expect((await call('POST', '/fapi/v1/countdownCancelAll', { symbol: 'BTCUSDT' })).json).toMatchObject({ code: -1102 })
})
