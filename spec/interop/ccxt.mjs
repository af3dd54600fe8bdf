import assert from 'node:assert/strict'
import { test } from 'node:test'
import ccxt from 'ccxt'
import { asterFutures } from '../../lib/venues/asterFutures.ts'
import { binanceSpot } from '../../lib/venues/binanceSpot.ts'
import { exchangeOf } from './exchangeOf.mjs'
import { asked, saidOn, served, stepBook } from './served.mjs'

const spot = async () => {
  const { addresses, controls } = await served({ venue: binanceSpot })
  const exchange = await exchangeOf(ccxt.pro.binance, false, (api) => {
    api.public = `${addresses.rest}/api/v3`
    // It knows spot by the word `stream` in the address; the venue takes it for a name.
    api.ws.spot = `${addresses.websocket}/ws/stream`
  })
  return { controls, exchange, symbol: 'BTC/USDT', depth: 'btcusdt@depth@100ms' }
}

/** Binance's futures speak as Aster's do. */
const futures = async () => {
  const { addresses, controls } = await served({ venue: asterFutures })
  const exchange = await exchangeOf(ccxt.pro.binanceusdm, true, (api) => {
    api.fapiPublic = `${addresses.rest}/fapi/v1`
    api.ws.future = `${addresses.websocket}/ws/x`
  })
  return { controls, exchange, symbol: 'BTC/USDT:USDT', depth: 'btcusdt@depth@100ms' }
}

const aster = async () => {
  const { addresses, controls } = await served({ venue: asterFutures })
  const exchange = await exchangeOf(ccxt.pro.aster, true, (api) => {
    // It knows futures by the word `fstream` in the address.
    api.ws.public.swap = `${addresses.websocket}/stream?fstream`
  })
  return { controls, exchange, symbol: 'BTC/USDT:USDT' }
}

const levels = (side) => [...side].slice(0, 20).map(([price, quantity]) => [Number(price), Number(quantity)])

/** The first thing that a watcher gives, from a market that runs until then. */
const first = async (controls, watch) => {
  const promise = watch()
  await asked(controls)
  controls.run()
  const value = await promise
  controls.halt()
  return value
}

for (const [name, open] of [
  ['binance', spot],
  ['binanceusdm', futures],
]) {
  test(`${name}: the book that it keeps is the venue's, level by level`, async () => {
    const { controls, exchange, symbol } = await open()
    await first(controls, () => exchange.watchOrderBook(symbol))
    let compared = 0
    for (let i = 0; i < 50; i++) {
      const next = exchange.watchOrderBook(symbol)
      stepBook(controls)
      const book = await next
      const { lastUpdateId, bids, asks } = controls.book('BTCUSDT')
      if (book.nonce !== lastUpdateId) continue
      compared++
      assert.deepEqual([levels(book.bids), levels(book.asks)], [levels(bids), levels(asks)])
    }
    assert.ok(compared >= 45, `only ${compared} of 50 books were compared`)
  })

  test(`${name}: it finds the update that is missing`, async () => {
    const { controls, exchange, symbol } = await open()
    await first(controls, () => exchange.watchOrderBook(symbol))
    controls.failDepth('drop')
    const next = exchange.watchOrderBook(symbol)
    stepBook(controls)
    stepBook(controls)
    await assert.rejects(next, ccxt.ChecksumError)
    await first(controls, () => exchange.watchOrderBook(symbol))
  })
}

for (const [name, open] of [
  ['binance', spot],
  ['aster', aster],
])
  test(`${name}: trades, klines, tickers and best prices`, async () => {
    const { controls, exchange, symbol } = await open()
    const trades = await first(controls, () => exchange.watchTrades(symbol))
    const stream = name === 'aster' ? 'btcusdt@aggTrade' : 'btcusdt@trade'
    const told = saidOn(controls, stream).map(({ t, a, p, q, m }) => [String(t ?? a), Number(p), Number(q), m])
    assert.ok(trades.length > 0)
    for (const { id, price, amount, side } of trades)
      assert.ok(told.some(([i, p, q, m]) => i === id && p === price && q === amount && m === (side === 'sell')))

    const [kline] = await first(controls, () => exchange.watchOHLCV(symbol, '1m'))
    const { k } = saidOn(controls, 'btcusdt@kline_1m')[0]
    assert.deepEqual(kline, [k.t, ...[k.o, k.h, k.l, k.c, k.v].map(Number)])

    const ticker = await first(controls, () => exchange.watchTicker(symbol, { name: 'ticker' }))
    const day = saidOn(controls, 'btcusdt@ticker')[0]
    assert.deepEqual(
      [ticker.last, ticker.open, ticker.high, ticker.low, ticker.baseVolume, ticker.vwap].map(Number),
      [day.c, day.o, day.h, day.l, day.v, day.w].map(Number),
    )

    const best = await first(controls, () => exchange.watchBidsAsks([symbol]))
    const tops = saidOn(controls, 'btcusdt@bookTicker').map(({ b, a }) => [Number(b), Number(a)])
    assert.ok(tops.some(([bid, ask]) => bid === best[symbol].bid && ask === best[symbol].ask))
  })

test('aster: the best levels, and the mark price', async () => {
  const { controls, exchange, symbol } = await aster()
  const book = await first(controls, () => exchange.watchOrderBook(symbol, 5))
  const told = saidOn(controls, 'btcusdt@depth5').map(({ b, a }) => JSON.stringify([levels(b), levels(a)]))
  assert.ok(told.includes(JSON.stringify([levels(book.bids), levels(book.asks)])))
  const mark = await first(controls, () => exchange.watchMarkPrice(symbol))
  assert.ok(
    saidOn(controls, 'btcusdt@markPrice@1s')
      .concat(saidOn(controls, 'btcusdt@markPrice'))
      .some(({ p }) => Number(p) === mark.markPrice),
  )
})
