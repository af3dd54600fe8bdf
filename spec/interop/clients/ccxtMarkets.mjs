import assert from 'node:assert/strict'
import { ran } from '../ran.mjs'
import { markets } from '../venues.mjs'

const numbers = (levels, count) => [...levels].slice(0, count).map((level) => level.map(Number))

for (const { name, type, id, open } of markets)
  ran('ccxt', `${name} ${type}: its list of markets, and all that it asks about one`, async () => {
    const { exchange, symbol, controls } = await open()
    controls.step(600)
    await exchange.loadMarkets()
    const { precision, limits, type: kind, active } = exchange.market(symbol)
    assert.deepEqual([precision.price, precision.amount, kind, active], [0.1, 0.001, type, true])
    assert.equal(limits.cost.min, 5)

    const now = await exchange.fetchTime()
    assert.ok(Math.abs(now - Date.now()) < 5_000)

    const book = await exchange.fetchOrderBook(symbol, 20)
    const { bids, asks } = controls.book(id)
    assert.deepEqual([numbers(book.bids, 20), numbers(book.asks, 20)], [numbers(bids, 20), numbers(asks, 20)])

    const trades = await exchange.fetchTrades(symbol, undefined, 100)
    const minutes = await exchange.fetchOHLCV(symbol, '1m', undefined, 5)
    assert.ok(trades.length > 50 && minutes.length > 0)
    const [, , high, low, close] = minutes.at(-1)
    const last = trades.at(-1).price
    assert.ok(trades.every(({ price, side }) => price > 0 && ['buy', 'sell'].includes(side)))
    assert.ok(high >= last && low <= last && close === last)

    const ticker = await exchange.fetchTicker(symbol)
    assert.equal(ticker.last, last)
    const all = await exchange.fetchTickers(undefined, { type })
    assert.equal(all[symbol].last, last)
    const best = exchange.has.fetchBidsAsks ? await exchange.fetchBidsAsks([symbol]) : undefined
    if (best !== undefined) assert.equal(best[symbol].bid, Number([...bids][0][0]))
    const prices = exchange.has.fetchLastPrices === true ? await exchange.fetchLastPrices([symbol]) : undefined
    if (prices !== undefined) assert.equal(prices[symbol].price, last)
    const funding = type === 'swap' ? await exchange.fetchFundingRate(symbol) : undefined
    if (funding !== undefined) assert.equal(funding.fundingRate, 0.0001)
    return `${exchange.symbols.join(', ')}; ${trades.length} trades, ${minutes.length} klines, ticker ${ticker.last}`
  })
