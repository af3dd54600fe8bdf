import assert from 'node:assert/strict'

import ccxt from 'ccxt'
import { ran } from '../ran.mjs'
import { asked, saidOn, stepBook } from '../served.mjs'
import { markets } from '../venues.mjs'

const opened = (name, type) => async () => {
  const { open } = markets.find((one) => one.name === name && one.type === type)
  const venue = await open()
  await venue.exchange.loadMarkets()
  return venue
}
const [spot, futures, aster] = [opened('binance', 'spot'), opened('binanceusdm', 'swap'), opened('aster', 'swap')]

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
  ran('ccxt', `${name}: the book that it keeps is the venue's, level by level`, async () => {
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
    return `${compared} books compared`
  })

  ran('ccxt', `${name}: it finds the update that is missing`, async () => {
    const { controls, exchange, symbol } = await open()
    await first(controls, () => exchange.watchOrderBook(symbol))
    controls.failDepth('drop')
    const next = exchange.watchOrderBook(symbol)
    stepBook(controls)
    stepBook(controls)
    await assert.rejects(next, ccxt.ChecksumError)
    await first(controls, () => exchange.watchOrderBook(symbol))
    return 'ChecksumError, and a new book'
  })
}

for (const [name, open] of [
  ['binance', spot],
  ['aster', aster],
])
  ran('ccxt', `${name}: trades, klines, tickers and best prices`, async () => {
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
    return `${trades.length} trades, a kline, the day, best ${best[symbol].bid}`
  })

/** What is watched of BingX, each on a connection of its own: a second takes two requests. */
const ofBingx = {
  book: async ({ controls, exchange, symbol }) => {
    const book = await first(controls, () => exchange.watchOrderBook(symbol))
    const told = saidOn(controls, 'BTC-USDT@depth100').map(({ bids, asks }) =>
      JSON.stringify([levels(bids), levels(asks)]),
    )
    assert.ok(told.includes(JSON.stringify([levels(book.bids), levels(book.asks)])))
    return `${book.bids.length} levels a side`
  },
  trades: async ({ controls, exchange, symbol }) => {
    const trades = await first(controls, () => exchange.watchTrades(symbol))
    const said = saidOn(controls, 'BTC-USDT@trade').flat()
    assert.ok(trades.length > 0)
    for (const { price, amount, side } of trades)
      assert.ok(said.some(({ p, q, m }) => Number(p) === price && Number(q) === amount && m === (side === 'sell')))
    return `${trades.length} trades`
  },
  klines: async ({ controls, exchange, symbol }, type) => {
    const [kline] = await first(controls, () => exchange.watchOHLCV(symbol, '1m'))
    const [said] = saidOn(controls, `BTC-USDT@kline_1m${type === 'spot' ? 'in' : ''}`).flat()
    const { o, h, l, c, v } = said.K ?? said
    assert.deepEqual(kline.slice(1), [o, h, l, c, v].map(Number))
    return 'a kline'
  },
  ticker: async ({ controls, exchange, symbol }) => {
    const ticker = await first(controls, () => exchange.watchTicker(symbol))
    const [day] = saidOn(controls, 'BTC-USDT@ticker')
    assert.deepEqual(
      [ticker.last, ticker.open, ticker.high, ticker.baseVolume],
      [day.c, day.o, day.h, day.v].map(Number),
    )
    return `last ${ticker.last}`
  },
}

for (const type of ['spot', 'swap'])
  for (const [what, watch] of Object.entries(ofBingx))
    ran('ccxt', `bingx ${type}: ${what}`, async () => watch(await opened('bingx', type)(), type))

ran('ccxt', 'aster: the best levels, and the mark price', async () => {
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
  return `${book.bids.length} levels a side, mark ${mark.markPrice}`
})
