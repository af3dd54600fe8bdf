import assert from 'node:assert/strict'
import { Spot } from '@binance/spot'
import { binanceSpot } from '../../../lib/venues/binanceSpot.ts'
import { accounts, credentials } from '../exchangeOf.mjs'
import { ran } from '../ran.mjs'
import { logged, saidOn, served } from '../served.mjs'

const keys = { apiKey: credentials.apiKey, apiSecret: credentials.secret }
const symbol = 'BTCUSDT'

const opened = async () => {
  const { addresses, controls } = await served({ venue: binanceSpot, accounts })
  const { rest, websocket } = addresses
  const client = new Spot({
    configurationRestAPI: { ...keys, basePath: rest },
    configurationWebsocketAPI: { ...keys, wsURL: `${websocket}/ws-api/v3` },
    configurationWebsocketStreams: { wsURL: websocket },
  })
  return { controls, client }
}

ran('@binance/spot', 'REST: the market', async () => {
  const { client, controls } = await opened()
  controls.step(300)
  const { restAPI } = client
  const data = async (answer) => (await answer).data()
  await data(restAPI.ping())
  const { serverTime } = await data(restAPI.time())
  const { symbols } = await data(restAPI.exchangeInfo({ symbol }))
  assert.ok(serverTime > 0)
  assert.deepEqual([symbols.length, symbols[0].symbol], [1, symbol])
  const trades = await data(restAPI.getTrades({ symbol, limit: 10 }))
  const from = await data(restAPI.historicalTrades({ symbol, fromId: trades[3].id, limit: 2 }))
  assert.deepEqual(from, trades.slice(3, 5))
  const aggregates = await data(restAPI.aggTrades({ symbol, limit: 5 }))
  const klines = await data(restAPI.klines({ symbol, interval: '1s', limit: 3 }))
  const day = await data(restAPI.ticker24hr({ symbol }))
  const best = await data(restAPI.tickerBookTicker({ symbol }))
  const { bids } = await data(restAPI.depth({ symbol, limit: 5 }))
  assert.deepEqual([bids[0][0], day.bidPrice, day.lastPrice], [best.bidPrice, best.bidPrice, trades.at(-1).price])
  const { price } = await data(restAPI.avgPrice({ symbol }))
  return `${trades.length} trades, ${aggregates.length} aggregates, ${klines.length} klines, average ${price}`
})

ran('@binance/spot', 'REST: an account', async () => {
  const { client, controls } = await opened()
  const { restAPI } = client
  const data = async (answer) => (await answer).data()
  const order = { symbol, side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: 0.5, price: 50_000 }
  const { orderId } = await data(restAPI.newOrder(order))
  assert.equal((await data(restAPI.getOpenOrders({ symbol }))).length, 1)
  assert.equal((await data(restAPI.getOrder({ symbol, orderId }))).status, 'NEW')
  assert.equal((await data(restAPI.deleteOrder({ symbol, orderId }))).status, 'CANCELED')
  const bought = await data(restAPI.newOrder({ symbol, side: 'BUY', type: 'MARKET', quantity: 0.25 }))
  assert.equal(
    bought.fills.reduce((sum, { qty }) => sum + Number(qty), 0),
    0.25,
  )
  const fills = await data(restAPI.myTrades({ symbol }))
  const { balances } = await data(restAPI.getAccount())
  const told = controls.account().balances()
  assert.deepEqual(
    balances,
    told.map(({ asset, free, locked }) => ({ asset, free, locked })),
  )
  const refused = await restAPI.newOrder({ ...order, price: 50_000.05 }).catch((error) => error)
  assert.match(refused.message, /Filter failure: PRICE_FILTER/)
  return `${fills.length} fills, ${balances[0].free} USDT; between ticks: ${refused.message}`
})

ran('@binance/spot', 'streams', async () => {
  const { client, controls } = await opened()
  const connection = await client.websocketStreams.connect()
  const texts = { trade: [], depth: [], kline: [] }
  connection.trade({ symbol: 'btcusdt' }).on('message', (event) => texts.trade.push(event))
  connection
    .diffBookDepth({ symbol: 'btcusdt', updateSpeed: '100ms' })
    .on('message', (event) => texts.depth.push(event))
  connection.kline({ symbol: 'btcusdt', interval: '1m' }).on('message', (event) => texts.kline.push(event))
  await logged(controls, 'sent', 3)
  controls.step(100)
  while (texts.trade.length < saidOn(controls, 'btcusdt@trade').length) await new Promise((next) => setTimeout(next, 5))
  assert.deepEqual(
    texts.trade.map(({ t }) => Number(t)),
    saidOn(controls, 'btcusdt@trade').map(({ t }) => t),
  )
  await connection.disconnect()
  return `${texts.trade.length} trades, ${texts.depth.length} depth updates, ${texts.kline.length} klines`
})

ran('@binance/spot', 'WebSocket API: orders, and an account', async () => {
  const { client, controls } = await opened()
  const connection = await client.websocketAPI.connect()
  const data = async (answer) => (await answer).data
  const events = []
  const { stream, response } = await connection.userDataStreamSubscribeSignature()
  assert.ok(response)
  stream.on('message', (event) => events.push(event))
  const order = { symbol, side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: 0.5, price: 50_000 }
  const { orderId } = await data(connection.orderPlace(order))
  assert.equal((await data(connection.orderStatus({ symbol, orderId }))).status, 'NEW')
  assert.equal((await data(connection.orderCancel({ symbol, orderId }))).status, 'CANCELED')
  const { balances } = await data(connection.accountStatus())
  const ticker = await data(connection.tickerBook({ symbol }))
  await connection.disconnect()
  return `order ${orderId} placed and cancelled, ${balances[0].free} USDT, best ${ticker.bidPrice}, ${events.length} events`
})
