import assert from 'node:assert/strict'
import { MainClient, USDMClient, WebsocketAPIClient, WebsocketClient } from 'binance'
import { binanceFutures } from '../../../lib/venues/binanceFutures.ts'
import { binanceSpot } from '../../../lib/venues/binanceSpot.ts'
import { accounts, credentials } from '../exchangeOf.mjs'
import { after, ran } from '../ran.mjs'
import { logged, saidOn, served } from '../served.mjs'

const keys = { api_key: credentials.apiKey, api_secret: credentials.secret }
const symbol = 'BTCUSDT'
const silent = { trace: () => {}, info: () => {}, error: () => {} }

ran('binance', 'spot: the market and an account', async () => {
  const { addresses, controls } = await served({ venue: binanceSpot, accounts })
  controls.step(300)
  const client = new MainClient({ ...keys, baseUrl: addresses.rest, beautifyResponses: true })
  await client.testConnectivity()
  const { symbols } = await client.getExchangeInfo()
  assert.deepEqual(
    symbols.map((one) => one.symbol),
    [symbol],
  )
  const [trades, aggregates, klines] = await Promise.all([
    client.getRecentTrades({ symbol }),
    client.getAggregateTrades({ symbol }),
    client.getKlines({ symbol, interval: '1m' }),
  ])
  const day = await client.get24hrChangeStatistics({ symbol })
  const best = await client.getSymbolOrderBookTicker({ symbol })
  assert.equal(Number(day.lastPrice), Number(trades.at(-1).price))
  const order = { symbol, side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: 0.5, price: 50_000 }
  await client.testNewOrder(order)
  const { orderId } = await client.submitNewOrder(order)
  assert.equal((await client.getOpenOrders({ symbol })).length, 1)
  assert.equal((await client.cancelOrder({ symbol, orderId })).status, 'CANCELED')
  const { fills } = await client.submitNewOrder({ symbol, side: 'BUY', type: 'MARKET', quantity: 0.25 })
  const mine = await client.getAccountTradeList({ symbol })
  assert.equal(mine.length, fills.length)
  const { balances } = await client.getAccountInformation()
  const refused = await client.submitNewOrder({ ...order, quantity: 0.0005 }).catch((error) => error)
  assert.equal(refused.code, -1013)
  return `${trades.length} trades, ${aggregates.length} aggregates, ${klines.length} klines, best ${best.bidPrice}, ${mine.length} fills, ${balances.length} balances; half a lot: ${refused.code} ${refused.message}`
})

ran('binance', 'futures: the market and an account', async () => {
  const { addresses, controls } = await served({ venue: binanceFutures, accounts })
  controls.step(300)
  const client = new USDMClient({ ...keys, baseUrl: addresses.rest })
  await client.testConnectivity()
  const { symbols } = await client.getExchangeInfo()
  assert.deepEqual(
    symbols.map((one) => one.symbol),
    [symbol],
  )
  const [trades, klines, mark] = await Promise.all([
    client.getRecentTrades({ symbol }),
    client.getKlines({ symbol, interval: '1m' }),
    client.getMarkPrice({ symbol }),
  ])
  await client.setLeverage({ symbol, leverage: 10 })
  await client.submitNewOrder({ symbol, side: 'SELL', type: 'MARKET', quantity: 0.25 })
  const [position] = await client.getPositionsV3({ symbol })
  assert.equal(Number(position.positionAmt), -0.25)
  const [balance] = await client.getBalanceV3()
  const account = await client.getAccountInformationV3()
  assert.equal(Number(account.totalWalletBalance) >= Number(balance.balance), true)
  const fills = await client.getAccountTrades({ symbol })
  return `${trades.length} trades, ${klines.length} klines, mark ${mark.markPrice}, ${fills.length} fills, position ${position.positionAmt} at ${position.entryPrice}`
})

ran('binance', 'spot streams', async () => {
  const { addresses, controls } = await served({ venue: binanceSpot })
  const client = new WebsocketClient({ wsUrl: addresses.websocket }, silent)
  after(() => client.closeAll(true))
  const events = []
  client.on('message', (event) => events.push(event))
  client.on('exception', () => {})
  const subscribed = logged(controls, 'sent')
  client.subscribe(['btcusdt@trade', 'btcusdt@depth@100ms', 'btcusdt@kline_1m'], 'main')
  await subscribed
  controls.step(100)
  const said = saidOn(controls, 'btcusdt@trade')
  const trades = () => events.map((event) => event.data ?? event).filter(({ e }) => e === 'trade')
  while (trades().length < said.length) await new Promise((next) => setTimeout(next, 5))
  assert.deepEqual(
    trades().map(({ t, p }) => [t, p]),
    said.map(({ t, p }) => [t, p]),
  )
  return `${events.length} events, ${said.length} trades`
})

ran('binance', 'WebSocket API: orders, and an account', async () => {
  const { addresses } = await served({ venue: binanceSpot, accounts })
  const client = new WebsocketAPIClient({ ...keys, wsUrl: addresses.websocket, attachEventListeners: false }, silent)
  after(() => client.getWSClient().closeAll(true))
  const order = { symbol, side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: '0.5', price: '50000' }
  const { result: placed } = await client.submitNewSpotOrder({ ...order, timestamp: Date.now() })
  const which = { symbol, orderId: placed.orderId, timestamp: Date.now() }
  const { result: cancelled } = await client.cancelSpotOrder(which)
  assert.equal(cancelled.status, 'CANCELED')
  const { result: info } = await client.getSpotExchangeInfo({ symbol })
  return `order ${placed.orderId} placed and cancelled; ${info.symbols.length} symbol`
})
