import type { AggTrade } from '../../../lib/events/AggTrade.js'
import type { AvgPrice } from '../../../lib/events/AvgPrice.js'
import type { Kline } from '../../../lib/events/Kline.js'
import type { MarkPrice } from '../../../lib/events/MarkPrice.js'
import type { Ticker } from '../../../lib/events/Ticker.js'
import type { Trade } from '../../../lib/events/Trade.js'
import { markets } from '../../../lib/simulation/market/markets.js'
import type { Publication } from '../../../lib/simulation/market/Publication.js'
import { fc, test as prop } from '../../property.js'

/** A minute that is about to end, so that bars of several lengths close. */
const START = Date.UTC(2024, 7, 8, 23, 59, 57)

/** In units of 10^-8, digit by digit. */
const units = (text: string): bigint => {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.')
  return BigInt(`${text.startsWith('-') ? '-' : ''}${whole}${fraction.padEnd(8, '0')}`)
}
const sum = (numbers: readonly bigint[]) => numbers.reduce((all, one) => all + one, 0n)
const texts = (numbers: readonly string[]) => [...numbers].sort((a, b) => Number(units(a) - units(b)))

const opened = (seed: number) => {
  const config = { seed, pause: 15, symbols: ['BTCUSDT', 'ETHUSDT'], depthSpeed: 100, skipsIds: true }
  const traded = markets(config, START)
  const said: Publication[] = []
  const view = traded.view('BTCUSDT')
  if (view === undefined) throw new Error('no market')
  const eventsOf = <Event>(kind: string, parameters: Readonly<Record<string, string>> = {}) =>
    said
      .filter(({ topic }) => topic.kind === kind && topic.parameters['symbol'] === 'BTCUSDT')
      .filter(({ topic }) => {
        const others = Object.entries(topic.parameters).filter(([name]) => name !== 'symbol')
        return JSON.stringify(others) === JSON.stringify(Object.entries(parameters))
      })
      .map(({ event }) => event() as Event)
  return { traded, said, view, eventsOf }
}

prop.prop([fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 1, max: 40 })], { numRuns: 12 })(
  'what is asked is what the streams said: trades, aggregates, best prices, statistics, averages',
  (seed, seconds) => {
    const { traded, said, view, eventsOf } = opened(seed)
    for (let i = 0; i < seconds * 10; i++) {
      said.push(...traded.step(START + i * 100).publications)
      if (i % 37 === 0) said.push(...(traded.act('BTCUSDT', { side: 'BUY', quantity: 40 }, 0)?.publications ?? []))
    }
    // The last step ends a second, so that the streams say how things are.
    said.push(...traded.step(0).publications)
    while (view.now() % 1_000 !== 0) said.push(...traded.step(0).publications)

    const trades = eventsOf<Trade>('trade')
    const { price, quantity } = view.scale
    expect(
      view
        .trades()
        .map((fill) => [fill.tradeId, price(fill.price), quantity(fill.quantity), fill.at, fill.isBuyerMaker]),
    ).toEqual(trades.map((one) => [one.tradeId, one.price, one.quantity, one.tradeTime, one.isBuyerMaker]))
    expect(view.aggTrades()).toEqual(eventsOf<AggTrade>('aggTrade'))
    const { bids, asks, lastUpdateId } = view.snapshot(1)
    const [bid, ask] = [[...bids][0], [...asks][0]]
    const best = { bidPrice: bid?.[0], bidQuantity: bid?.[1], askPrice: ask?.[0], askQuantity: ask?.[1] }
    expect(view.bookTicker()).toMatchObject({ updateId: lastUpdateId, ...best })
    expect(view.ticker()).toEqual(eventsOf<Ticker>('ticker').at(-1))
    expect(view.markPrice()).toEqual(eventsOf<MarkPrice>('markPrice', { speed: '1s' }).at(-1))
    expect(view.avgPrice()).toEqual(eventsOf<AvgPrice>('avgPrice').at(-1))
    for (const window of ['1h', '4h', '1d'])
      expect(view.windowTicker(window)).toEqual(eventsOf('windowTicker', { window }).at(-1))
    expect(view.windowTicker('2h')).toBeUndefined()
  },
)

prop.prop([fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 5, max: 70 })], { numRuns: 12 })(
  'klines and the day’s statistics are made of the trades, counted in whole numbers',
  (seed, seconds) => {
    const { traded, said, view, eventsOf } = opened(seed)
    for (let i = 0; i < seconds * 10; i++) said.push(...traded.step(START + i * 100).publications)
    const trades = eventsOf<Trade>('trade')

    for (const [interval, length] of [
      ['1s', 1_000],
      ['1m', 60_000],
      ['1d', 86_400_000],
    ] as const) {
      const bars = view.klines(interval)
      expect(new Set(bars.map(({ openTime }) => openTime)).size).toBe(bars.length)
      expect(sum(bars.map(({ tradeCount }) => BigInt(tradeCount)))).toBe(BigInt(trades.length))
      expect(bars.slice(0, -1).every(({ isClosed }) => isClosed)).toBe(true)
      expect(bars.at(-1)?.isClosed).toBe(false)
      for (const bar of bars) {
        expect([bar.openTime % length, bar.closeTime - bar.openTime]).toEqual([0, length - 1])
        const own = trades.filter(({ tradeTime }) => tradeTime >= bar.openTime && tradeTime <= bar.closeTime)
        expect([bar.tradeCount, bar.symbol, bar.interval]).toEqual([own.length, 'BTCUSDT', interval])
        if (own.length === 0) continue
        const prices = texts(own.map(({ price }) => price))
        expect([bar.open, bar.high, bar.low, bar.close]).toEqual([
          own[0]?.price,
          prices.at(-1),
          prices[0],
          own.at(-1)?.price,
        ])
        const bought = own.filter(({ isBuyerMaker }) => !isBuyerMaker)
        const worth = (some: readonly Trade[]) => sum(some.map((one) => units(one.price) * units(one.quantity)))
        expect(units(bar.volume)).toBe(sum(own.map((one) => units(one.quantity))))
        expect(units(bar.takerBuyVolume)).toBe(sum(bought.map((one) => units(one.quantity))))
        expect(units(bar.quoteVolume) * 10n ** 8n).toBe(worth(own))
        expect(units(bar.takerBuyQuoteVolume) * 10n ** 8n).toBe(worth(bought))
      }
      // The last word of a closed bar is the one that is remembered.
      const closed = eventsOf<Kline>('kline', { interval }).filter(({ kline }) => kline.isClosed)
      expect(closed.map(({ kline }) => kline)).toEqual(
        bars.filter(({ isClosed, openTime }) => isClosed && closed.some(({ kline }) => kline.openTime === openTime)),
      )
    }

    const day = view.ticker()
    const prices = texts(trades.map(({ price }) => price))
    if (trades.length === 0) return
    expect([day.tradeCount, day.firstTradeId, day.lastTradeId]).toEqual([
      trades.length,
      trades[0]?.tradeId,
      trades.at(-1)?.tradeId,
    ])
    expect([day.open, day.high, day.low, day.close, day.lastQuantity]).toEqual([
      ...[trades[0]?.price, prices.at(-1), prices[0], trades.at(-1)?.price],
      trades.at(-1)?.quantity,
    ])
    expect(units(day.priceChange)).toBe(units(day.close) - units(day.open))
    expect(units(day.volume)).toBe(sum(trades.map((one) => units(one.quantity))))
  },
)

prop('a symbol that is not traded has no view, and an interval that is none has no klines', () => {
  const { traded, view } = opened(1)
  expect(traded.view('NOSUCH')).toBeUndefined()
  expect(view.klines('7m')).toEqual([])
  expect(view.klines('1d', '+08:00')[0]?.openTime).toBe(Date.UTC(2024, 7, 8, 16))
})
