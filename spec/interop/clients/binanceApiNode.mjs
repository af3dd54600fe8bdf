import assert from 'node:assert/strict'
import apiNode from 'binance-api-node'
import { binanceFutures } from '../../../lib/venues/binanceFutures.ts'
import { binanceSpot } from '../../../lib/venues/binanceSpot.ts'
import { accounts, credentials } from '../exchangeOf.mjs'
import { ran } from '../ran.mjs'
import { logged, saidOn, served } from '../served.mjs'

const Binance = apiNode.default ?? apiNode
const symbol = 'BTCUSDT'
const keys = { apiKey: credentials.apiKey, apiSecret: credentials.secret }

ran('binance-api-node', 'spot: the market and an account', async () => {
  const { addresses, controls } = await served({ venue: binanceSpot, accounts })
  controls.step(300)
  const client = Binance({ ...keys, httpBase: addresses.rest })
  assert.equal(await client.ping(), true)
  assert.ok((await client.time()) > 0)
  const { symbols } = await client.exchangeInfo()
  assert.equal(symbols[0].symbol, symbol)
  const book = await client.book({ symbol, limit: 5 })
  const candles = await client.candles({ symbol, interval: '1m' })
  const trades = await client.trades({ symbol })
  const aggregates = await client.aggTrades({ symbol })
  const day = await client.dailyStats({ symbol })
  const prices = await client.prices()
  assert.deepEqual([day.lastPrice, prices[symbol], candles.at(-1).close], Array(3).fill(trades.at(-1).price))
  assert.equal((await client.allBookTickers())[symbol].bidPrice, book.bids[0].price)
  const order = { symbol, side: 'BUY', type: 'LIMIT', quantity: '0.5', price: '50000' }
  await client.orderTest(order)
  const { orderId } = await client.order(order)
  assert.equal((await client.openOrders({ symbol })).length, 1)
  assert.equal((await client.cancelOrder({ symbol, orderId })).status, 'CANCELED')
  await client.order({ symbol, side: 'BUY', type: 'MARKET', quantity: '0.25' })
  const fills = await client.myTrades({ symbol })
  const { balances } = await client.accountInfo()
  const refused = await client.order({ ...order, price: '50000.05' }).catch((error) => error)
  assert.equal(refused.code, -1013)
  return `${trades.length} trades, ${aggregates.length} aggregates, ${candles.length} candles, ${fills.length} fills, ${balances[0].free} USDT; between ticks: ${refused.code} ${refused.message}`
})

ran('binance-api-node', 'futures: the market and an account', async () => {
  const { addresses, controls } = await served({ venue: binanceFutures, accounts })
  controls.step(300)
  const client = Binance({ ...keys, httpFutures: addresses.rest })
  const { symbols } = await client.futuresExchangeInfo()
  assert.equal(symbols[0].symbol, symbol)
  const trades = await client.futuresTrades({ symbol })
  const [mark] = [await client.futuresMarkPrice({ symbol })].flat()
  await client.futuresLeverage({ symbol, leverage: 10 })
  await client.futuresOrder({ symbol, side: 'SELL', type: 'MARKET', quantity: '0.25' })
  const [position] = await client.futuresPositionRisk({ symbol })
  assert.equal(Number(position.positionAmt), -0.25)
  const [balance] = await client.futuresAccountBalance()
  const fills = await client.futuresUserTrades({ symbol })
  return `${trades.length} trades, mark ${mark.markPrice}, ${fills.length} fills, position ${position.positionAmt}, ${balance.balance} ${balance.asset}`
})

ran('binance-api-node', 'spot streams', async () => {
  const { addresses, controls } = await served({ venue: binanceSpot })
  const client = Binance({ wsBase: `${addresses.websocket}/ws` })
  const trades = []
  const opened = logged(controls, 'opened', 2)
  const cleans = [client.ws.trades(symbol, (trade) => trades.push(trade)), client.ws.depth(symbol, () => undefined)]
  await opened
  controls.step(100)
  const said = saidOn(controls, 'btcusdt@trade')
  while (trades.length < said.length) await new Promise((next) => setTimeout(next, 5))
  assert.deepEqual(
    trades.map(({ tradeId, price }) => [tradeId, price]),
    said.map(({ t, p }) => [t, p]),
  )
  for (const clean of cleans) clean({ keepClosed: true })
  return `${trades.length} trades`
})
