import {
  asterFutures,
  asterSpot,
  binanceFutures,
  binanceSpot,
  type AsterFutures,
  type AsterSpot,
  type BinanceFutures,
  type BinanceSpot,
} from 'aster-rx'

/** The venues that can be followed here. */
export type MarketVenue = AsterFutures | AsterSpot | BinanceFutures | BinanceSpot

const venues = { asterFutures, asterSpot, binanceFutures, binanceSpot }

const isOneOf = <K extends string>(table: Readonly<Record<K, unknown>>, name: string): name is K =>
  Object.hasOwn(table, name)

/** The venue of a name that somebody typed; `what` is what asked for it. @throws TypeError where there is none. */
export const venueNamed = (name: string, what: string): MarketVenue => {
  if (!isOneOf(venues, name)) throw new TypeError(`${what}: expected ${Object.keys(venues).join(', ')}, came ${name}`)
  return venues[name]
}
