import type { Scale } from '../market/Scale.js'
import { spotFilters, type Filters } from './Filters.js'
import { money, ONE, type Money } from './Money.js'

/** What is traded under a symbol, in whole ticks and lots, and what these are worth. */
export interface Instrument {
  /** Upper case. */
  readonly symbol: string
  readonly base: string
  readonly quote: string
  readonly scale: Scale
  /** One tick, in the quote asset. */
  readonly tick: Money
  /** One lot, in the base asset. */
  readonly lot: Money
  /** One tick times one lot, in the quote asset. */
  readonly tickLot: Money
  readonly filters: Filters
}

const pair = /^(.+?)-?(USDT|USDC|FDUSD|USD1|USDF|USD|BTC|ETH|BNB)$/

/** The instrument of a symbol; the quote asset is USDT where the symbol does not name one. */
export const instrument = (symbol: string, scale: Scale, filters: Filters = spotFilters): Instrument => {
  const [, base = symbol, quote = 'USDT'] = pair.exec(symbol) ?? []
  const tick = money(scale.price(1)) ?? 0n
  const lot = money(scale.quantity(1)) ?? 0n
  const tickLot = (tick * lot) / ONE
  if (tickLot === 0n)
    throw new TypeError(`${symbol}: expected ticks and lots of which one times one is above 0.00000001`)
  return { symbol, base, quote, scale, tick, lot, tickLot, filters }
}
