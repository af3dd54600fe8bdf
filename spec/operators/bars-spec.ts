import { fc, test as prop } from '@fast-check/jest'
import { of, Subject } from 'rxjs'
import { createClient } from '../../lib/client/createClient.js'
import { intervals } from '../../lib/events/Interval.js'
import type { KlineBar } from '../../lib/events/Kline.js'
import type { Trade } from '../../lib/events/Trade.js'
import type { KlineTrade } from '../../lib/operators/GrowingKline.js'
import type { KlineInterval } from '../../lib/operators/intervalSpan.js'
import { klines } from '../../lib/operators/klines.js'
import { frame } from '../../lib/Signal.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { Clock } from '../helpers/Clock.js'

const DAY = 86_400_000n
const lengths: Readonly<Record<string, bigint>> = { s: 1_000n, m: 60_000n, h: 3_600_000n, d: DAY }
/** A day on which a kline of three days opened at Binance; one of every shorter interval did, too. */
const opening = BigInt(Date.UTC(2017, 7, 17))

/** When the interval of a time begins and ends, in ms: counted from a real opening, or by the calendar. */
const spanOf = (interval: KlineInterval, us: bigint): readonly [bigint, bigint] => {
  const ms = us / 1_000n
  const date = new Date(Number(ms))
  const month = (by: number, day: number) => BigInt(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + by, day))
  if (interval === '1M') return [month(0, 1), month(1, 1)]
  const monday = month(0, date.getUTCDate() - ((date.getUTCDay() + 6) % 7))
  if (interval === '1w') return [monday, monday + 7n * DAY]
  const length = BigInt(interval.slice(0, -1)) * (lengths[interval.slice(-1)] ?? 0n)
  const past = (((ms - opening) % length) + length) % length
  return [ms - past, ms - past + length]
}

/** A trade in whole numbers: µs since 1970, price in hundredths, quantity in thousandths. */
interface Fill {
  readonly us: bigint
  readonly price: bigint
  readonly quantity: bigint
  readonly isBuyerMaker: boolean
}

const plain = (units: bigint, places: number): string => {
  const digits = String(units).padStart(places + 1, '0')
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`.replace(/\.?0+$/, '')
}
const priceText = (price: bigint) => `${price / 100n}.${String(price % 100n).padStart(2, '0')}`

const tradeOf = (symbol: string, { us, price, quantity, isBuyerMaker }: Fill, i: number): KlineTrade => ({
  symbol,
  tradeId: i,
  tradeTime: Number(us) / 1_000,
  price: priceText(price),
  quantity: plain(quantity, 3),
  isBuyerMaker,
})

/** The bars of fills in the order of their times, each computed from all of its fills at once. */
const barsOf = (symbol: string, interval: KlineInterval, fills: readonly Fill[]): readonly KlineBar[] => {
  const opens = [...new Set(fills.map(({ us }) => spanOf(interval, us)[0]))]
  return opens.map((open) => {
    const ids = fills.flatMap(({ us }, i) => (spanOf(interval, us)[0] === open ? [i] : []))
    const inside = fills.filter(({ us }) => spanOf(interval, us)[0] === open)
    const [first, last] = [inside.at(0), inside.at(-1)]
    const [, end] = spanOf(interval, first?.us ?? 0n)
    const prices = inside.map(({ price }) => price).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    const bought = inside.filter(({ isBuyerMaker }) => !isBuyerMaker)
    const base = (some: readonly Fill[]) => some.reduce((sum, { quantity }) => sum + quantity, 0n)
    const quote = (some: readonly Fill[]) => some.reduce((sum, { price, quantity }) => sum + price * quantity, 0n)
    return {
      symbol,
      interval,
      openTime: Number(open),
      closeTime: Number(end) - 1,
      firstTradeId: ids.at(0) ?? NaN,
      lastTradeId: ids.at(-1) ?? NaN,
      open: priceText(first?.price ?? 0n),
      close: priceText(last?.price ?? 0n),
      high: priceText(prices.at(-1) ?? 0n),
      low: priceText(prices.at(0) ?? 0n),
      tradeCount: inside.length,
      volume: plain(base(inside), 3),
      quoteVolume: plain(quote(inside), 5),
      takerBuyVolume: plain(base(bought), 3),
      takerBuyQuoteVolume: plain(quote(bought), 5),
      isClosed: open !== opens.at(-1),
    }
  })
}

const all = ['1s', ...intervals] as const

/** Steps in µs between fills: none, one, and as long as the intervals are, give or take a µs. */
const steps = fc.oneof(
  fc.bigInt({ min: 0n, max: 3n }),
  fc.bigInt({ min: 0n, max: 2_000_000n }),
  fc
    .tuple(fc.constantFrom(1_000n, 60_000n, 3_600_000n, DAY, 3n * DAY), fc.bigInt({ min: -1n, max: 1n }))
    .map(([ms, by]) => ms * 1_000n + by),
)

/** From a midnight or a µs before it, in whole ms or not. */
const fills = fc
  .record({
    day: fc.integer({ min: 1, max: 40_000 }),
    isInMs: fc.boolean(),
    before: fc.bigInt({ min: 0n, max: 1n }),
    moves: fc.array(
      fc.record({
        step: steps,
        price: fc.bigInt({ min: 1n, max: 10_000_000n }),
        quantity: fc.bigInt({ min: 1n, max: 1_000_000n }),
        isBuyerMaker: fc.boolean(),
      }),
      { minLength: 1, maxLength: 30 },
    ),
  })
  .map(({ day, isInMs, before, moves }): readonly Fill[] => {
    let us = BigInt(day) * DAY * 1_000n - before
    return moves.map(({ step, ...fill }) => {
      us += step
      return { ...fill, us: isInMs ? (us / 1_000n) * 1_000n : us }
    })
  })

/** The last word on each bar. */
const lastOf = (bars: readonly KlineBar[]): readonly KlineBar[] => [
  ...new Map(bars.map((bar) => [bar.openTime, bar])).values(),
]

const clocks = {
  'stands still': () => undefined,
  'is at each trade as it comes': (clock: Clock, { tradeTime }: KlineTrade) =>
    clock.pass(Math.max(0, Math.floor(tradeTime) - clock.now())),
}

describe.each(Object.entries(clocks))('while the clock %s', (_, move) => {
  prop.prop([fills, fc.constantFrom(...all)], { seed: 1, numRuns: 300 })(
    'F58 F61 the bars are those of whole numbers and the calendar, in every interval, of times in ms and in µs',
    (given, interval) => {
      const clock = new Clock()
      const source = new Subject<KlineTrade>()
      const told: KlineBar[] = []
      source.pipe(klines({ interval, scheduler: clock, grace: 0 })).subscribe((bar) => told.push(bar))
      for (const trade of given.map((fill, i) => tradeOf('BTCUSDT', fill, i))) {
        move(clock, trade)
        source.next(trade)
      }
      expect(lastOf(told)).toEqual(barsOf('BTCUSDT', interval, given))
      expect(told).toHaveLength(given.length + barsOf('BTCUSDT', interval, given).length - 1)
    },
  )
})

test('F58 a trade of the last millisecond, in µs, belongs to its bar and does not close it', () => {
  const source = new Subject<KlineTrade>()
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
    const source = new Subject<KlineTrade>()
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
