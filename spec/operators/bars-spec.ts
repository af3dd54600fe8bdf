import { of, Subject } from 'rxjs'
import { createClient } from '../../lib/client/createClient.js'
import type { KlineBar } from '../../lib/events/Kline.js'
import type { Trade } from '../../lib/events/Trade.js'
import type { DerivedKline } from '../../lib/operators/DerivedKline.js'
import type { BarTrade } from '../../lib/operators/TradeEvent.js'
import { klines } from '../../lib/operators/klines.js'
import { frame } from '../../lib/Signal.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { Clock } from '../helpers/Clock.js'
import { all, barsOf, fills, lastOf, tradeOf } from './barOracle.js'
import { fc, test as prop } from '../property.js'

/** What stands of a bar beside its provenance. */
const asVenues = ({ isComplete, missing, wasReset, lateTrades, leftOut, ...bar }: DerivedKline): KlineBar => {
  expect([typeof isComplete, missing, wasReset, lateTrades, leftOut]).toEqual(['boolean', [], false, 0, 0])
  return bar
}

const clocks = {
  'stands still': () => undefined,
  'is at each trade as it comes': (clock: Clock, { tradeTime }: BarTrade) =>
    clock.pass(Math.max(0, Math.floor(tradeTime) - clock.now())),
}

describe.each(Object.entries(clocks))('while the clock %s', (_, move) => {
  prop.prop([fills, fc.constantFrom(...all)], { seed: 1, numRuns: 300 })(
    'F58 F61 the bars are those of whole numbers and the calendar, in every interval, of times in ms and in µs',
    (given, interval) => {
      const clock = new Clock()
      const source = new Subject<BarTrade>()
      const told: DerivedKline[] = []
      source.pipe(klines({ interval, scheduler: clock, grace: 0 })).subscribe((bar) => told.push(bar))
      for (const trade of given.map((fill, i) => tradeOf('BTCUSDT', fill, i))) {
        move(clock, trade)
        source.next(trade)
      }
      expect(lastOf(told).map(asVenues)).toEqual(barsOf('BTCUSDT', interval, given))
      // A bar that the clock closed comes closed once more when the next trade shows that it is whole.
      const closings = told.filter(({ isClosed }) => isClosed).map(({ openTime }) => openTime)
      expect(new Set(closings).size).toBe(barsOf('BTCUSDT', interval, given).length - 1)
      expect(told.length - closings.length).toBe(given.length)
    },
  )
})

test('F58 a trade of the last millisecond, in µs, belongs to its bar and does not close it', () => {
  const source = new Subject<BarTrade>()
  const told: KlineBar[] = []
  source.pipe(klines({ interval: '1s', scheduler: new Clock() })).subscribe((bar) => told.push(bar))
  const at = (tradeTime: number, i: number) =>
    source.next({ symbol: 'BTCUSDT', tradeId: i, tradeTime, price: '1', quantity: '1', isBuyerMaker: false })
  const second = 1_723_110_001_000
  ;[second, second + 999.4, second + 999.999, second + 1_000].forEach(at)
  expect(told.map(({ openTime, tradeCount, isClosed }) => [openTime - second, tradeCount, isClosed])).toEqual([
    [0, 1, false],
    [0, 2, false],
    [0, 3, false],
    [0, 3, true],
    [1_000, 1, false],
  ])
})

describe('prints', () => {
  /** The bars of trades of these kinds at 10, 11, …, the last of which is in the next second. */
  const bars = (...kinds: readonly (string | undefined)[]) => {
    const source = new Subject<BarTrade>()
    const told: KlineBar[] = []
    source.pipe(klines({ interval: '1s', scheduler: new Clock() })).subscribe((bar) => told.push(bar))
    for (const [i, tradeType] of kinds.entries())
      source.next({
        ...{ symbol: 'BTCUSDT', tradeId: i, isBuyerMaker: false, tradeTime: i === kinds.length - 1 ? 1_000 : i },
        ...(tradeType === 'NA' ? { price: '0', quantity: '0' } : { price: String(10 + i), quantity: '1' }),
        ...(tradeType !== undefined && { tradeType }),
      })
    return told.map(({ openTime, tradeCount, open, low, high, close, volume, isClosed }) =>
      [openTime, tradeCount, open, low, high, close, volume, isClosed ? '!' : ''].join(' '),
    )
  }
  const growing = ['0 1 10 10 10 10 1 ', '0 2 10 10 12 12 2 ']

  test.each(['NA', 'INSURANCE_FUND', 'ADL'])('F56 a trade of the kind %s enters no bar', (kind) => {
    expect(bars('MARKET', kind, 'MARKET', 'MARKET')).toEqual([
      ...growing,
      '0 2 10 10 12 12 2 !',
      '1000 1 13 13 13 13 1 ',
    ])
  })

  test.each(['NA', 'INSURANCE_FUND', 'ADL'])('F56 a trade of the kind %s opens no bar and closes none', (kind) => {
    expect(bars(kind, 'MARKET', kind)).toEqual(['0 1 11 11 11 11 1 '])
  })

  test.each(['MARKET', 'SOMETHING_NEW', '', undefined])('F56 a trade of the kind %p is a print', (kind) => {
    expect(bars('MARKET', kind, 'MARKET')).toEqual([
      '0 1 10 10 10 10 1 ',
      '0 2 10 10 11 11 2 ',
      '0 2 10 10 11 11 2 !',
      '1000 1 12 12 12 12 1 ',
    ])
  })

  test('F56 the event of what is no print still passes', () => {
    const text =
      '{"e":"trade","E":1723110001001,"T":1723110001000,"s":"BTCUSDT","t":7,"p":"0","q":"0","X":"NA","m":true}'
    const frame$ = of(frame(`{"stream":"btcusdt@trade","data":${text}}`, 1_723_110_001_002))
    const client = createClient({ venue: asterFutures, communicator: () => frame$, streams: ['btcusdt@trade'] })
    const trades: Trade[] = []
    const told: KlineBar[] = []
    client.trade$.subscribe((trade) => trades.push(trade))
    client.trade$.pipe(klines({ interval: '1s', scheduler: new Clock() })).subscribe((bar) => told.push(bar))
    client.connect()
    expect(trades.map(({ tradeId, price, tradeType }) => [tradeId, price, tradeType])).toEqual([[7, '0', 'NA']])
    expect(told).toEqual([])
  })
})
