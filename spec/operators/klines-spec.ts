import { asyncScheduler, map, NEVER, Subject } from 'rxjs'
import { klines } from '../../lib/operators/klines.js'
import type { BarTrade, TradeEvent } from '../../lib/operators/TradeEvent.js'
import { marbles } from '../../lib/testing/marbles.js'
import type { DerivedKline } from '../../lib/operators/DerivedKline.js'
import type { KlineBar } from '../../lib/events/Kline.js'
import { Clock } from '../helpers/Clock.js'

const trade = (tradeId: number, tradeTime: number, price = '10', quantity = '1', more: Partial<BarTrade> = {}) => ({
  symbol: 'BTCUSDT',
  tradeId,
  tradeTime,
  price,
  quantity,
  isBuyerMaker: false,
  ...more,
})

/** `1:3 10-12-9-11 x4`: open time in s, trades, prices, volume; `!` is closed. */
const shown = ({ symbol, openTime, tradeCount, open, high, low, close, volume, isClosed }: KlineBar) =>
  `${symbol === 'BTCUSDT' ? '' : `${symbol} `}${openTime / 1000}:${tradeCount} ${open}-${high}-${low}-${close} x${volume}${isClosed ? '!' : ''}`

const live = (grace?: number) => {
  const source = new Subject<BarTrade>()
  const clock = new Clock()
  const told: string[] = []
  const options = { interval: '1s', scheduler: clock, ...(grace !== undefined && { grace }) } as const
  const subscription = source.pipe(klines(options), map(shown)).subscribe({
    next: (text) => told.push(text),
    complete: () => told.push('|'),
  })
  return { source, clock, told, subscription }
}

test('a kline says everything that the venue’s would', () => {
  const source = new Subject<BarTrade>()
  const bars: DerivedKline[] = []
  source.pipe(klines({ interval: '1m', scheduler: new Clock() })).subscribe((bar) => bars.push(bar))
  source.next(trade(7, 60_000, '0.10', '0.2'))
  source.next(trade(8, 61_000, '0.30', '0.10', { isBuyerMaker: true }))
  source.next(trade(9, 119_999, '0.2', '0.1'))
  source.next(trade(10, 120_000, '0.2', '0.1'))
  const growing = {
    symbol: 'BTCUSDT',
    interval: '1m',
    openTime: 60_000,
    closeTime: 119_999,
    firstTradeId: 7,
    lastTradeId: 7,
    open: '0.10',
    high: '0.10',
    low: '0.10',
    close: '0.10',
    tradeCount: 1,
    volume: '0.2',
    quoteVolume: '0.020',
    takerBuyVolume: '0.2',
    takerBuyQuoteVolume: '0.020',
    isClosed: false,
    ...{ isComplete: false, missing: [], wasReset: false, lateTrades: 0, leftOut: 0 },
  } satisfies DerivedKline
  const whole: DerivedKline = {
    ...growing,
    lastTradeId: 9,
    high: '0.30',
    close: '0.2',
    tradeCount: 3,
    volume: '0.40',
    quoteVolume: '0.0700',
    takerBuyVolume: '0.30',
    takerBuyQuoteVolume: '0.0400',
  }
  expect(bars).toHaveLength(5)
  expect(bars[0]).toEqual(growing)
  expect(bars[2]).toEqual(whole)
  expect(bars[3]).toEqual({ ...whole, isClosed: true })
  expect(bars[4]).toMatchObject({ openTime: 120_000, closeTime: 179_999, firstTradeId: 10, tradeCount: 1 })
})

test('texts have the digits of the venue’s: nothing that takers bought, and amounts of up to 8 digits', () => {
  const source = new Subject<TradeEvent>()
  const bars: DerivedKline[] = []
  source.pipe(klines({ interval: '1m', scheduler: new Clock() })).subscribe((bar) => bars.push(bar))
  source.next(trade(7, 0, '61686.00000000', '356.70000000', { isBuyerMaker: true }))
  source.next(trade(8, 1, '0.30', '0.123456789', { symbol: 'ETHUSDT' }))
  source.next(trade(9, 1, '61686.10', '356', { symbol: 'SOLUSDT' }))
  expect(
    bars.map(({ volume, quoteVolume, takerBuyVolume, takerBuyQuoteVolume }) =>
      [volume, quoteVolume, takerBuyVolume, takerBuyQuoteVolume].join(' '),
    ),
  ).toEqual([
    '356.70000000 22003396.20000000 0.00000000 0.00000000',
    // More than 8 where it is needed.
    '0.123456789 0.0370370367 0.123456789 0.0370370367',
    '356 21960251.60 356 21960251.60',
  ])
})

test('a kline of aggregate trades is that of their trades, and lacks what their own numbers leave out', () => {
  const source = new Subject<TradeEvent>()
  const bars: DerivedKline[] = []
  source.pipe(klines({ interval: '1s', scheduler: new Clock() })).subscribe((bar) => bars.push(bar))
  const common = { symbol: 'BTCUSDT', price: '10.00', quantity: '1.0', isBuyerMaker: false }
  source.next({ ...common, aggregateId: 1, firstTradeId: 70, lastTradeId: 74, tradeTime: 999 })
  // Of futures, trades that are no prints are in no aggregate.
  source.next({ ...common, aggregateId: 2, firstTradeId: 77, lastTradeId: 77, tradeTime: 1_000 })
  source.next({ ...common, aggregateId: 4, firstTradeId: 80, lastTradeId: 81, tradeTime: 1_000 })
  source.next({ ...common, aggregateId: 5, firstTradeId: 82, lastTradeId: 82, tradeTime: 2_000 })
  const last = bars.filter(({ openTime, isClosed }) => openTime === 1_000 && isClosed)
  expect(last).toMatchObject([
    { firstTradeId: 77, lastTradeId: 81, tradeCount: 3, volume: '2.0', missing: [{ first: 3, last: 3 }] },
  ])
})

test('high and low are compared by value', () => {
  const { source, told } = live()
  for (const [i, price] of ['9', '10', '10.0', '8.00', '8', '9.5'].entries()) source.next(trade(i, 0, price))
  expect(told.at(-1)).toBe('0:6 9-10-8.00-9.5 x6')
})

test('closes with the first trade of a later interval, which opens the next one', () => {
  const { source, told } = live()
  source.next(trade(1, 999))
  source.next(trade(2, 5_000, '11'))
  expect(told).toEqual(['0:1 10-10-10-10 x1', '0:1 10-10-10-10 x1!', '5:1 11-11-11-11 x1'])
})

test('closes when the clock is past its end and the grace', () => {
  const { source, told, clock } = live()
  source.next(trade(1, 0))
  clock.pass(1_500)
  source.next(trade(2, 999))
  clock.pass(499)
  expect(told).toHaveLength(2)
  clock.pass(1)
  expect(told).toEqual(['0:1 10-10-10-10 x1', '0:2 10-10-10-10 x2', '0:2 10-10-10-10 x2!'])
  clock.pass(10_000)
  expect(told).toHaveLength(3)
})

test('the grace is an option', () => {
  const { source, told, clock } = live(0)
  source.next(trade(1, 0))
  clock.pass(999)
  expect(told).toHaveLength(1)
  clock.pass(1)
  expect(told).toHaveLength(2)
})

test('the clock of a kline that a trade has closed does not close the next one', () => {
  const { source, told, clock } = live()
  source.next(trade(1, 0))
  clock.pass(1_000)
  source.next(trade(2, 1_000))
  clock.pass(1_999)
  expect(told).toEqual(['0:1 10-10-10-10 x1', '0:1 10-10-10-10 x1!', '1:1 10-10-10-10 x1'])
})

test('symbols have klines of their own', () => {
  const { source, told, clock } = live()
  source.next(trade(1, 0))
  source.next(trade(1, 0, '5', '1', { symbol: 'ETHUSDT' }))
  clock.pass(1_500)
  source.next(trade(2, 1_500, '6', '1', { symbol: 'ETHUSDT' }))
  clock.pass(500)
  expect(told).toEqual([
    '0:1 10-10-10-10 x1',
    'ETHUSDT 0:1 5-5-5-5 x1',
    'ETHUSDT 0:1 5-5-5-5 x1!',
    'ETHUSDT 1:1 6-6-6-6 x1',
    '0:1 10-10-10-10 x1!',
  ])
})

test('completes with the source and leaves the growing kline open; unsubscribing stops the clock', () => {
  const ended = live()
  ended.source.next(trade(1, 0))
  ended.source.complete()
  ended.clock.pass(10_000)
  expect(ended.told).toEqual(['0:1 10-10-10-10 x1', '|'])
  const left = live()
  left.source.next(trade(1, 0))
  left.subscription.unsubscribe()
  left.clock.pass(10_000)
  expect(left.told).toEqual(['0:1 10-10-10-10 x1'])
})

test(
  'ends as its source does, and waits in real time where that is its time',
  marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const bars = klines({ interval: '1s', scheduler: asyncScheduler })
    expectObservable(NEVER.pipe(bars)).toBe('-')
    expectObservable(cold<BarTrade>('--|').pipe(bars)).toBe('--|')
    expectObservable(cold<BarTrade>('--#').pipe(bars)).toBe('--#')
    const source = cold('a', { a: trade(1, 0) })
    expectObservable(source.pipe(bars, map(shown))).toBe('a 1999ms b', {
      a: '0:1 10-10-10-10 x1',
      b: '0:1 10-10-10-10 x1!',
    })
    expectObservable(source.pipe(bars, map(shown)), '1s !').toBe('a', { a: '0:1 10-10-10-10 x1' })
    expectSubscriptions(source.subscriptions).toBe(['^', '^ 999ms !'])
  }),
)

test('two subscriptions have nothing in common', () => {
  const source = new Subject<BarTrade>()
  const bars = source.pipe(klines({ interval: '1s', scheduler: new Clock() }), map(shown))
  const told: string[] = []
  bars.subscribe((text) => told.push(text))
  source.next(trade(1, 0))
  bars.subscribe((text) => told.push(text))
  source.next(trade(2, 1))
  expect(told).toEqual(['0:1 10-10-10-10 x1', '0:2 10-10-10-10 x2', '0:1 10-10-10-10 x1'])
})

test('an interval that is none is a mistake at once', () => {
  expect(() => klines({ interval: '7m' as '1m', scheduler: new Clock() })).toThrow(TypeError)
})
