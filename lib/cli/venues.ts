import {
  asterFutures,
  asterPrediction,
  asterSpot,
  binanceFutures,
  binanceSpot,
  bingxSpot,
  type AsterFutures,
  type AsterPrediction,
  type AsterSpot,
  type BinanceFutures,
  type BinanceSpot,
  type BingxSpot,
} from '../index.js'

/** The venues whose markets can be followed. */
export type MarketVenue = AsterFutures | AsterPrediction | AsterSpot | BinanceFutures | BinanceSpot
export type AnyVenue = MarketVenue | BingxSpot

const markets: readonly MarketVenue[] = [asterFutures, asterPrediction, asterSpot, binanceFutures, binanceSpot]
const all: readonly AnyVenue[] = [...markets, bingxSpot]

/** The market that is followed where none is named. There is none of prediction, each of which ends soon. */
const usual: ReadonlyMap<MarketVenue, string> = new Map<MarketVenue, string>([
  [asterFutures, 'BTCUSDT'],
  [asterSpot, 'BTCUSDT'],
  [binanceFutures, 'BTCUSDT'],
  [binanceSpot, 'BTCUSDT'],
])

export const usualSymbol = (venue: MarketVenue): string | undefined => usual.get(venue)

export const marketNames: readonly string[] = markets.map(({ name }) => name)
export const venueNames: readonly string[] = all.map(({ name }) => name)

const named = <V extends AnyVenue>(venues: readonly V[], name: string): V => {
  const found = venues.find((venue) => venue.name === name)
  // The table of the command has checked the name.
  if (found === undefined) throw new TypeError(`expected one of ${venueNames.join(', ')}, came ${name}`)
  return found
}

/** @throws TypeError for a name that is not among `marketNames`. */
export const marketVenue = (name: string): MarketVenue => named(markets, name)

/** @throws TypeError for a name that is not among `venueNames`. */
export const venueNamed = (name: string): AnyVenue => named(all, name)
