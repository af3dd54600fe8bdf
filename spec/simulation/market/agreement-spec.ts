import type { AggTrade } from '../../../lib/events/AggTrade.js'
import type { Kline, KlineBar } from '../../../lib/events/Kline.js'
import type { Trade } from '../../../lib/events/Trade.js'
import { markets } from '../../../lib/simulation/market/markets.js'
import type { Publication } from '../../../lib/simulation/market/Publication.js'
import { fc, test as prop } from '../../property.js'

const START = Date.UTC(2024, 7, 8, 23, 59, 57)

/** In units of 10^-8, digit by digit. */
const units = (text: string): bigint => {
  const [whole = '', fraction = ''] = text.split('.')
  return BigInt(`${whole}${fraction.padEnd(8, '0')}`)
}

/** The bar of trades, by whole numbers: what `kline` should say of them. */
const barOf = (trades: readonly Trade[]) => ({
  tradeCount: trades.length,
  firstTradeId: trades.at(0)?.tradeId,
  lastTradeId: trades.at(-1)?.tradeId,
  open: trades.at(0)?.price,
  close: trades.at(-1)?.price,
  volume: trades.reduce((sum, { quantity }) => sum + units(quantity), 0n),
  bought: trades.reduce((sum, { quantity, isBuyerMaker }) => sum + (isBuyerMaker ? 0n : units(quantity)), 0n),
  quote: trades.reduce((sum, { price, quantity }) => sum + units(price) * units(quantity), 0n),
  high: trades.map(({ price }) => units(price)).sort((a, b) => Number(b - a))[0],
})

const saidOf = ({ tradeCount, firstTradeId, lastTradeId, open, close, ...bar }: KlineBar) => ({
  ...{ tradeCount, firstTradeId, lastTradeId, open, close },
  volume: units(bar.volume),
  bought: units(bar.takerBuyVolume),
  quote: units(bar.quoteVolume) * 10n ** 8n,
  high: units(bar.high),
})

/** How a market is moved on: by steps, each so many ms after the one before, and by orders of accounts. */
const pace = fc.array(
  fc.record({
    wait: fc.oneof(
      fc.constant(100),
      fc.nat(99),
      fc.integer({ min: 100, max: 400 }),
      fc.integer({ min: 1_000, max: 5_000 }),
      fc.constant(86_400_000),
    ),
    does: fc.constantFrom('step', 'step', 'step', 'order', 'both'),
  }),
  { minLength: 30, maxLength: 120 },
)

prop.prop([pace, fc.integer({ min: 1, max: 1_000 })], { seed: 1, numRuns: 60 })(
  'F84 at any pace, bars are made of the trades of their intervals, and each closes once',
  (moves, seed) => {
    const traded = markets({ seed, pause: 20, symbols: ['BTCUSDT'], depthSpeed: 100, skipsIds: false }, START)
    const published: Publication[] = []
    let now = START
    for (const { wait, does } of moves) {
      now += wait
      if (does !== 'step')
        published.push(...(traded.act('BTCUSDT', { side: 'BUY', quantity: 50 }, now)?.publications ?? []))
      if (does !== 'order') published.push(...traded.step(now).publications)
    }
    // Enough to close whatever is open, but for what is longer than a day.
    for (let i = 0; i < 25; i++) published.push(...traded.step((now += 60_000)).publications)

    const eventsOf = <Event>(kind: string, interval?: string, offset?: string) =>
      published
        .filter(
          ({ topic }) =>
            topic.kind === kind && topic.parameters['interval'] === interval && topic.parameters['offset'] === offset,
        )
        .map(({ event }) => event() as Event)
    const trades = eventsOf<Trade>('trade')
    expect(trades.length).toBeGreaterThan(0)
    expect(trades.map(({ tradeTime }) => tradeTime)).toEqual(
      trades.map(({ tradeTime }) => tradeTime).sort((a, b) => a - b),
    )
    const added = eventsOf<AggTrade>('aggTrade').reduce((sum, { quantity }) => sum + units(quantity), 0n)
    expect(added).toBe(trades.reduce((sum, { quantity }) => sum + units(quantity), 0n))

    for (const [interval, length] of [
      ['1s', 1_000],
      ['1m', 60_000],
      ['5m', 300_000],
    ] as const)
      for (const offset of [undefined, '+08:00']) {
        const klines = eventsOf<Kline>('kline', interval, offset).map(({ kline }) => kline)
        const closed = klines.filter(({ isClosed }) => isClosed)
        expect(new Set(closed.map(({ openTime }) => openTime)).size).toBe(closed.length)
        for (const bar of closed) {
          const inside = trades.filter(({ tradeTime }) => tradeTime >= bar.openTime && tradeTime <= bar.closeTime)
          if (inside.length > 0) expect(saidOf(bar)).toEqual(barOf(inside))
          else expect([bar.tradeCount, bar.firstTradeId]).toEqual([0, -1])
        }
        const opened = new Set(trades.map(({ tradeTime }) => tradeTime - (tradeTime % length)))
        const missing = [...opened].filter((openTime) => !closed.some((bar) => bar.openTime === openTime))
        expect(missing.filter((openTime) => openTime + length <= now - 60_000)).toEqual([])
      }
  },
)
