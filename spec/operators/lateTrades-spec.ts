import { Subject } from 'rxjs'
import type { DerivedKline } from '../../lib/operators/DerivedKline.js'
import type { BarTrade } from '../../lib/operators/TradeEvent.js'
import { klines, type KlinesConfig } from '../../lib/operators/klines.js'
import { Clock } from '../helpers/Clock.js'
import { all, barsOf, fills, lastOf, tradeOf } from './barOracle.js'
import { fc, test as prop } from '../property.js'

const trade = (tradeId: number, tradeTime: number, price = '10'): BarTrade => ({
  ...{ symbol: 'BTCUSDT', tradeId, tradeTime, price, quantity: '1', isBuyerMaker: false },
})

/** `0:3 10-12-9-11`: open time in s, trades, prices; `!` is closed, `+1` late, `-1` left out. */
const shown = ({ openTime, tradeCount, open, high, low, close, isClosed, lateTrades, leftOut }: DerivedKline) =>
  [
    `${openTime / 1_000}:${tradeCount} ${[open, high, low, close].join('-')}`,
    ...(isClosed ? ['!'] : []),
    ...(lateTrades > 0 ? [`+${lateTrades}`] : []),
    ...(leftOut > 0 ? [`-${leftOut}`] : []),
  ].join(' ')

const live = (more: Partial<KlinesConfig> = {}) => {
  const source = new Subject<BarTrade>()
  const clock = new Clock()
  const bars: DerivedKline[] = []
  source.pipe(klines({ interval: '1s', scheduler: clock, ...more })).subscribe((bar) => bars.push(bar))
  return { source, clock, bars, said: () => bars.splice(0).map(shown) }
}

describe('the last word on every bar is right', () => {
  /** How much time passes before each trade arrives, in ms: too little, too much, or none. */
  const delays = fc.array(fc.oneof(fc.constant(0), fc.nat(3_000), fc.nat(100_000_000)), {
    minLength: 30,
    maxLength: 30,
  })

  prop.prop([fills, fc.constantFrom(...all), delays, fc.constantFrom(0, 1_000)], { seed: 1, numRuns: 300 })(
    'F57 whatever the clock says',
    (given, interval, waits, grace) => {
      const { source, clock, bars } = live({ interval, grace })
      given.forEach((fill, i) => {
        clock.pass(waits[i] ?? 0)
        source.next(tradeOf('BTCUSDT', fill, i))
      })
      const words = lastOf(bars)
      // Which were closed, and what is known to be whole, is the clock's.
      const expected = barsOf('BTCUSDT', interval, given).map((bar, i) => {
        const { isClosed = false, isComplete = false, lateTrades = NaN } = words[i] ?? {}
        expect(lateTrades).toBeLessThan(bar.tradeCount)
        return { ...bar, isClosed, isComplete, missing: [], wasReset: false, lateTrades, leftOut: 0 }
      })
      expect(words).toEqual(expected)
      // Each trade was told when it came.
      const told = bars.filter((bar, i) => bar.tradeCount !== bars[i - 1]?.tradeCount || !bar.isClosed)
      expect(told.length).toBeGreaterThanOrEqual(given.length)
    },
  )

  prop.prop([fills, fc.constantFrom('1s', '1m', '1h'), fc.array(fc.nat(), { minLength: 30, maxLength: 30 })], {
    seed: 1,
    numRuns: 300,
  })('F57 in whatever order trades come, each is in its bar or counted as left out', (given, interval, keys) => {
    const { source, bars } = live({ interval })
    const trades = given.map((fill, i) => tradeOf('BTCUSDT', fill, i))
    // Each may come up to three places later.
    const order = trades
      .map((one, i) => ({ one, at: i + ((keys[i] ?? 0) % 4) }))
      .sort((a, b) => a.at - b.at)
      .map(({ one }) => one)
    for (const one of order) source.next(one)
    const words = lastOf(bars)
    const inBars = words.reduce((sum, { tradeCount }) => sum + tradeCount, 0)
    expect(inBars + (bars.at(-1)?.leftOut ?? NaN)).toBe(given.length)
    const whole = barsOf('BTCUSDT', interval, given)
    for (const { isComplete, missing, wasReset, lateTrades, leftOut, ...bar } of words) {
      if (!isComplete || !bar.isClosed) continue
      expect([missing, wasReset, lateTrades >= 0, leftOut >= 0]).toEqual([[], false, true, true])
      const expected = whole.find(({ openTime }) => openTime === bar.openTime)
      expect(bar).toEqual({ ...expected, isClosed: true })
    }
  })
})

test('F57 a trade that comes after its bar was closed makes it come again, corrected and counted', () => {
  const { source, clock, said } = live()
  source.next(trade(1, 0))
  clock.pass(2_000)
  expect(said()).toEqual(['0:1 10-10-10-10', '0:1 10-10-10-10 !'])
  source.next(trade(2, 400, '12'))
  source.next(trade(3, 999, '9'))
  expect(said()).toEqual(['0:2 10-12-10-12 ! +1', '0:3 10-12-9-9 ! +2'])
  source.next(trade(4, 1_000, '11'))
  // Whole now, as far as its end goes; the first bar never is.
  expect(said()).toEqual(['1:1 11-11-11-11'])
})

test('F57 trades out of order: a bar has the prices of the first and of the last, by their times and ids', () => {
  const { source, said } = live()
  source.next(trade(2, 500, '11'))
  source.next(trade(1, 500, '10'))
  source.next(trade(4, 700, '13'))
  source.next(trade(3, 600, '12'))
  expect(said().at(-1)).toBe('0:4 10-13-10-13')
  source.next(trade(6, 1_200))
  said()
  source.next(trade(5, 999, '7'))
  expect(said()).toEqual(['0:5 10-13-7-7 ! +1'])
})

test('F57 a trade older than the bars that can still change is counted at once', () => {
  const { source, said } = live()
  for (const [id, time] of [
    [1, 0],
    [3, 1_000],
    [4, 2_000],
  ] as const)
    source.next(trade(id, time))
  said()
  source.next(trade(2, 500))
  expect(said()).toEqual(['2:1 10-10-10-10 -1'])
  source.next(trade(5, 2_500))
  expect(said()).toEqual(['2:2 10-10-10-10 -1'])
})

test('F57 one trade with a time far ahead does not keep those after it from their bars', () => {
  const { source, clock, said } = live()
  source.next(trade(1, 0))
  source.next(trade(2, 99_999_999_000))
  said()
  for (const [id, time] of [
    [3, 1_000],
    [4, 1_500],
    [5, 2_500],
  ] as const)
    source.next(trade(id, time))
  // The first after it may be the one that is mistaken; two in a row are not.
  expect(said()).toEqual([
    '99999999:1 10-10-10-10 -1',
    '99999999:1 10-10-10-10 ! -1',
    '1:1 10-10-10-10 -1',
    '1:1 10-10-10-10 ! -1',
    '2:1 10-10-10-10 -1',
  ])
  clock.pass(2_000)
  expect(said()).toEqual(['2:1 10-10-10-10 ! -1'])
})

test('F57 the clock of bars is the venue’s, as the times of trades tell it', () => {
  const ahead = live()
  ahead.clock.pass(3_600_000)
  ahead.source.next(trade(1, 0))
  ahead.clock.pass(1_999)
  ahead.source.next(trade(2, 999))
  expect(ahead.said()).toEqual(['0:1 10-10-10-10', '0:2 10-10-10-10'])
  ahead.clock.pass(1)
  expect(ahead.said()).toEqual(['0:2 10-10-10-10 !'])
  const behind = live()
  behind.source.next(trade(1, 3_600_000))
  behind.clock.pass(1_999)
  expect(behind.said()).toEqual(['3600:1 10-10-10-10'])
  behind.clock.pass(1)
  expect(behind.said()).toEqual(['3600:1 10-10-10-10 !'])
})

test('F69 more symbols than can be followed: the one that was quiet longest is closed, and is not said to be whole', () => {
  const { source, bars } = live({ interval: '1M' })
  const of = (symbol: string) => ({ ...trade(1, 0), symbol })
  for (let i = 0; i < 10_000; i++) source.next(of(`S${i}`))
  bars.length = 0
  source.next(of('ONE'))
  expect(bars.map(({ symbol, isClosed, isComplete }) => [symbol, isClosed, isComplete])).toEqual([
    ['ONE', false, false],
    ['S0', true, false],
  ])
})

test('F69 or so long that they are more than may be kept: a name as long as a frame keeps nobody from being followed', () => {
  const { source, bars } = live({ interval: '1M' })
  const of = (symbol: string) => ({ ...trade(1, 0), symbol })
  for (const symbol of ['ONE', 'X'.repeat(2 ** 20), 'TWO']) source.next(of(symbol))
  expect(bars.map(({ symbol, isClosed }) => [symbol.slice(0, 3), isClosed])).toEqual([
    ['ONE', false],
    ['XXX', false],
    ['ONE', true],
    ['TWO', false],
    ['XXX', true],
  ])
})

test('F60 without a clock there are no bars: an error at once, that says what to give', () => {
  expect(() => klines({ interval: '1m' } as unknown as KlinesConfig)).toThrow(
    new TypeError('klines: expected `client`, or a `scheduler`, came neither: time is that of the trades'),
  )
})
