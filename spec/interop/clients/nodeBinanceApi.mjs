import assert from 'node:assert/strict'
import nodeApi from 'node-binance-api'
import { binanceFutures } from '../../../lib/venues/binanceFutures.ts'
import { binanceSpot } from '../../../lib/venues/binanceSpot.ts'
import { accounts, credentials } from '../exchangeOf.mjs'
import { ran } from '../ran.mjs'
import { logged, saidOn, served } from '../served.mjs'

const Binance = nodeApi.default ?? nodeApi
const symbol = 'BTCUSDT'
const options = { APIKEY: credentials.apiKey, APISECRET: credentials.secret, log: () => {} }

ran('node-binance-api', 'spot: the market and an account', async () => {
  const { addresses, controls } = await served({ venue: binanceSpot, accounts })
  controls.step(300)
  const { rest } = addresses
  const client = new Binance({ ...options, urls: { base: `${rest}/api/`, sapi: `${rest}/sapi/` } })
  await client.useServerTime()
  const { symbols } = await client.exchangeInfo()
  assert.equal(symbols[0].symbol, symbol)
  const prices = await client.prices()
  const best = await client.bookTickers()
  const depth = await client.depth(symbol)
  const candles = await client.candlesticks(symbol, '1m')
  const trades = await client.recentTrades(symbol)
  const aggregates = await client.aggTrades(symbol)
  const day = await client.prevDay(symbol)
  assert.equal(Number(prices[symbol]), Number(trades.at(-1).price))
  assert.equal(Number(day.lastPrice), Number(trades.at(-1).price))
  const { orderId } = await client.order('LIMIT', 'BUY', symbol, 0.5, 50_000)
  assert.equal((await client.openOrders(symbol)).length, 1)
  assert.equal((await client.cancel(symbol, orderId)).status, 'CANCELED')
  await client.marketBuy(symbol, 0.25)
  const fills = await client.myTrades(symbol)
  const balance = await client.balance()
  const refused = await client.order('LIMIT', 'BUY', symbol, 0.5, 50_000.05).catch((error) => error)
  assert.match(String(refused.message), /-1013/)
  return `${trades.length} trades, ${aggregates.length} aggregates, ${candles.length} candles, ${Object.keys(depth.bids).length} bids, best ${best[symbol].bidPrice}, ${fills.length} fills, ${balance.USDT.available} USDT; between ticks: ${refused.message}`
})

ran('node-binance-api', 'futures: the market and an account', async () => {
  const { addresses, controls } = await served({ venue: binanceFutures, accounts })
  controls.step(300)
  const client = new Binance({ ...options, urls: { fapi: `${addresses.rest}/fapi/` } })
  const { symbols } = await client.futuresExchangeInfo()
  assert.equal(symbols[0].symbol, symbol)
  const prices = await client.futuresPrices()
  const mark = await client.futuresMarkPrice(symbol)
  await client.futuresLeverage(symbol, 10)
  await client.futuresOrder('MARKET', 'SELL', symbol, 0.25)
  const [position] = await client.futuresPositionRisk({ symbol })
  assert.equal(Number(position.positionAmt), -0.25)
  const fills = await client.futuresUserTrades(symbol)
  const [balance] = await client.futuresBalance()
  return `last ${prices[symbol]}, mark ${mark.markPrice}, ${fills.length} fills, position ${position.positionAmt}, ${balance.balance} ${balance.asset}`
})

ran('node-binance-api', 'spot streams', async () => {
  const { addresses, controls } = await served({ venue: binanceSpot })
  const { websocket } = addresses
  const client = new Binance({
    ...options,
    urls: { stream: `${websocket}/ws/`, combineStream: `${websocket}/stream?streams=` },
  })
  const trades = []
  const opened = logged(controls, 'opened')
  client.websockets.trades([symbol], (trade) => trades.push(trade))
  await opened
  controls.step(100)
  const said = saidOn(controls, 'btcusdt@trade')
  while (trades.length < said.length) await new Promise((next) => setTimeout(next, 5))
  assert.deepEqual(
    trades.map(({ t, p }) => [t, p]),
    said.map(({ t, p }) => [t, p]),
  )
  return `${trades.length} trades`
})
