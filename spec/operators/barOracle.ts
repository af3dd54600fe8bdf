import { intervals } from '../../lib/events/Interval.js'
import type { KlineBar } from '../../lib/events/Kline.js'
import type { BarTrade } from '../../lib/operators/TradeEvent.js'
import type { KlineInterval } from '../../lib/operators/intervalSpan.js'
import { fc } from '../property.js'

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
export interface Fill {
  readonly us: bigint
  readonly price: bigint
  readonly quantity: bigint
  readonly isBuyerMaker: boolean
}

const padded = (units: bigint, places: number): string => {
  const digits = String(units).padStart(places + 1, '0')
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`
}
const plain = (units: bigint, places: number): string => padded(units, places).replace(/\.?0+$/, '')

/** How many digits stand behind the point of a text. */
const placesOf = (text: string): number => (/\.(\d+)$/.exec(text)?.[1] ?? '').length

/** The first so many of the places that are written. */
const cut = (text: string, wanted: number): string => {
  const more = placesOf(text) - wanted
  return more === 0 ? text : text.slice(0, -more - (wanted === 0 ? 1 : 0))
}
const priceText = (price: bigint) => `${price / 100n}.${String(price % 100n).padStart(2, '0')}`

export const tradeOf = (symbol: string, { us, price, quantity, isBuyerMaker }: Fill, i: number): BarTrade => ({
  symbol,
  tradeId: i,
  tradeTime: Number(us) / 1_000,
  price: priceText(price),
  quantity: plain(quantity, 3),
  isBuyerMaker,
})

/** The bars of fills in the order of their times, each computed from all of its fills at once. */
export const barsOf = (symbol: string, interval: KlineInterval, fills: readonly Fill[]): readonly KlineBar[] => {
  const opens = [...new Set(fills.map(({ us }) => spanOf(interval, us)[0]))]
  return opens.map((open) => {
    const ids = fills.flatMap(({ us }, i) => (spanOf(interval, us)[0] === open ? [i] : []))
    const inside = fills.filter(({ us }) => spanOf(interval, us)[0] === open)
    const [first, last] = [inside.at(0), inside.at(-1)]
    const [, end] = spanOf(interval, first?.us ?? 0n)
    const prices = inside.map(({ price }) => price).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    const bought = inside.filter(({ isBuyerMaker }) => !isBuyerMaker)
    // As many digits as the longest quantity has, and those of the price with them.
    const places = Math.max(...inside.map(({ quantity }) => placesOf(plain(quantity, 3))))
    const volume = (some: readonly Fill[]) => cut(padded(base(some), 3), places)
    const amount = (some: readonly Fill[]) => cut(padded(quote(some), 5), places + 2)
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
      volume: volume(inside),
      quoteVolume: amount(inside),
      takerBuyVolume: volume(bought),
      takerBuyQuoteVolume: amount(bought),
      isClosed: open !== opens.at(-1),
    }
  })
}

export const all = ['1s', ...intervals] as const

/** Steps in µs between fills: none, one, and as long as the intervals are, give or take a µs. */
const steps = fc.oneof(
  fc.bigInt({ min: 0n, max: 3n }),
  fc.bigInt({ min: 0n, max: 2_000_000n }),
  fc
    .tuple(fc.constantFrom(1_000n, 60_000n, 3_600_000n, DAY, 3n * DAY), fc.bigInt({ min: -1n, max: 1n }))
    .map(([ms, by]) => ms * 1_000n + by),
)

/** From a midnight or a µs before it, in whole ms or not. */
export const fills = fc
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
export const lastOf = <Bar extends KlineBar>(bars: readonly Bar[]): readonly Bar[] => [
  ...new Map(bars.map((bar) => [bar.openTime, bar])).values(),
]
