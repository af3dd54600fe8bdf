import assert from 'node:assert/strict'
import ccxt from 'ccxt'
import { ran } from '../ran.mjs'
import { logged } from '../served.mjs'
import { markets } from '../venues.mjs'

/** Away from the market, so that it waits. */
const far = ({ controls }, id) => Math.floor(Number([...controls.book(id).bids][0][0]) * 0.9)

/** When the stream of an account has begun. */
const waits = {
  'binance spot': (controls) => logged(controls, 'sent'),
  'bingx spot': (controls) => logged(controls, 'received', 2),
}

for (const { name, type, id, open } of markets) {
  ran('ccxt', `${name} ${type}: balances, orders, fills`, async () => {
    const venue = await open()
    const { exchange, symbol, controls } = venue
    await exchange.loadMarkets()
    const before = await exchange.fetchBalance({ type })
    assert.equal(before.USDT.total, 1_000_000)

    const price = far(venue, id)
    const waiting = await exchange.createOrder(symbol, 'limit', 'buy', 0.5, price)
    const [opened] = await exchange.fetchOpenOrders(symbol)
    assert.deepEqual([opened.id, opened.price, opened.amount, opened.status], [waiting.id, price, 0.5, 'open'])
    const locked = await exchange.fetchBalance({ type })
    assert.ok(locked.USDT.free < 1_000_000)
    const cancelled = await exchange.cancelOrder(waiting.id, symbol)
    assert.equal(cancelled.id, waiting.id)
    assert.equal((await exchange.fetchOrder(waiting.id, symbol)).status, 'canceled')
    assert.deepEqual(await exchange.fetchOpenOrders(symbol), [])

    const taken = await exchange.createOrder(symbol, 'market', 'buy', 0.25)
    const filled = await exchange.fetchOrder(taken.id, symbol)
    assert.deepEqual([filled.status, filled.filled], ['closed', 0.25])
    const fills = await exchange.fetchMyTrades(symbol)
    const amount = fills.reduce((sum, fill) => sum + fill.amount, 0)
    assert.ok(Math.abs(amount - 0.25) < 1e-9)
    assert.ok(fills.every(({ order, side }) => order === taken.id && side === 'buy'))

    await exchange.createOrder(symbol, 'limit', 'buy', 0.5, price)
    await exchange.createOrder(symbol, 'limit', 'buy', 0.5, price - 1)
    await exchange.cancelAllOrders(symbol)
    assert.deepEqual(await exchange.fetchOpenOrders(symbol), [])
    if (type === 'swap' || name !== 'bingx') assert.equal((await exchange.fetchOrders(symbol)).length, 4)

    // Too small and too low, which the client does not look at; the code is the venue's own.
    const small = exchange.createOrder(symbol, 'limit', 'buy', 0.001, 4_000)
    const refusal = await small.then(
      () => assert.fail('it was taken'),
      (error) => error,
    )
    assert.ok(refusal instanceof ccxt.ExchangeError, String(refusal))
    const after = controls.account().balances()
    return `${fills.length} fills of 0.25 BTC, fee ${fills[0].fee.cost} ${fills[0].fee.currency}; refused: ${refusal.message}; ${
      after.find(({ asset }) => asset === 'USDT').free
    } USDT left`
  })

  ran('ccxt', `${name} ${type}: orders that wait for a price, and those that must not take`, async () => {
    const venue = await open()
    const { exchange, symbol, controls } = venue
    await exchange.loadMarkets()
    const price = far(venue, id)
    const best = Number([...controls.book(id).asks][0][0])
    const maker = await exchange.createOrder(symbol, 'limit', 'buy', 0.5, price, { postOnly: true })
    assert.ok(['open', undefined].includes((await exchange.fetchOrder(maker.id, symbol)).status))
    const taker = exchange.createOrder(symbol, 'limit', 'buy', 0.5, best + 100, { postOnly: true })
    const told = await taker.then(
      async ({ id }) => (await exchange.fetchOrder(id, symbol)).status,
      (error) => error.constructor.name,
    )
    assert.ok(['OrderImmediatelyFillable', 'InvalidOrder', 'expired', 'canceled', 'ExchangeError'].includes(told), told)

    const type_ = { trigger: true, conditional: true }
    const stop = await exchange.createOrder(symbol, 'limit', 'buy', 0.5, best + 500, { triggerPrice: best + 400 })
    const isApart = name.startsWith('binance') && type === 'swap'
    const waiting = await exchange.fetchOpenOrders(symbol, undefined, undefined, isApart ? type_ : {})
    const found = waiting.find(({ id }) => id === stop.id)
    assert.ok(found !== undefined && found.filled === 0)
    await exchange.cancelOrder(stop.id, symbol, isApart ? type_ : {})
    await exchange.cancelOrder(maker.id, symbol)
    assert.deepEqual(await exchange.fetchOpenOrders(symbol), [])
    return `post only that would take: ${told}; a ${found.info.type ?? found.info.orderType} waited, and was cancelled`
  })

  if (type === 'swap')
    ran('ccxt', `${name} swap: leverage and positions`, async () => {
      const { exchange, symbol } = await open()
      await exchange.loadMarkets()
      await exchange.setLeverage(10, symbol, name === 'bingx' ? { side: 'BOTH' } : {})
      await exchange.createOrder(symbol, 'market', 'sell', 0.25)
      const [position] = await exchange.fetchPositions([symbol])
      assert.deepEqual([position.contracts, position.symbol], [0.25, symbol])
      assert.ok(position.side === 'short' || Number(position.info.positionAmt) === -0.25)
      await exchange.createOrder(symbol, 'market', 'buy', 0.25, undefined, { reduceOnly: true })
      const flat = (await exchange.fetchPositions([symbol])).filter(({ contracts }) => contracts > 0)
      assert.deepEqual(flat, [])
      return `short 0.25 at ${position.entryPrice}, leverage ${position.leverage}; closed`
    })

  if (type === 'swap')
    ran('ccxt', `${name} swap: long and short positions apart, and a margin of their own`, async () => {
      const { exchange, symbol, controls } = await open()
      await exchange.loadMarkets()
      await exchange.setPositionMode(true, symbol)
      await exchange.setMarginMode('isolated', symbol)
      const of = (positionSide) => ({ positionSide, hedged: true })
      await exchange.createOrder(symbol, 'market', 'buy', 0.25, undefined, of('LONG'))
      await exchange.createOrder(symbol, 'market', 'sell', 0.5, undefined, of('SHORT'))
      const sides = () =>
        controls
          .account()
          .positions()
          .map(({ positionSide, amount }) => [positionSide, Number(amount)])
      assert.deepEqual(sides(), [
        ['LONG', 0.25],
        ['SHORT', -0.5],
      ])
      const held = (await exchange.fetchPositions([symbol])).filter(({ contracts }) => contracts > 0)
      assert.deepEqual(held.map(({ contracts }) => contracts).sort(), [0.25, 0.5])
      const locked = () =>
        Number(
          controls
            .account()
            .balances()
            .find(({ asset }) => asset === 'USDT').locked,
        )
      const before = locked()
      await exchange.addMargin(symbol, 50, { positionSide: 'LONG' })
      assert.ok(Math.abs(locked() - before - 50) < 1e-6)
      return `${held.map(({ side, contracts }) => `${side} ${contracts}`).join(', ')}; margin 50 more`
    })

  ran('ccxt', `${name} ${type}: account streams`, async () => {
    const { exchange, symbol, controls } = await open()
    await exchange.loadMarkets()
    // Without a balance of its own beforehand, during which the first events would pass it by.
    const balances = exchange.watchBalance({ type, ...(name === 'bingx' && { fetchBalanceSnapshot: false }) })
    const told = Promise.all([exchange.watchOrders(symbol), balances])
    told.catch(() => undefined)
    // Where an account is subscribed to by a request, its answer has to come; else it begins with the connection.
    await (waits[`${name} ${type}`] ?? ((of) => logged(of, 'opened')))(controls)
    const placed = await exchange.createOrder(symbol, 'market', 'buy', 0.25)
    const [[order], balance] = await told
    assert.equal(order.id, placed.id)
    // Of BingX's contracts the client reads the wallet's balance as what is free, and knows no total.
    const left = balance.USDT.total ?? balance.USDT.free
    assert.ok(left < 1_000_000)
    return `order ${order.status}, ${left} USDT`
  })
}
