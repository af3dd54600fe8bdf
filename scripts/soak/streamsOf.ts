import { router } from '../../lib/venues/router.js'
import type { Venue } from '../../lib/venues/Venue.js'

const ofSymbol = [
  'trade',
  'aggTrade',
  'bookTicker',
  'depth5@100ms',
  'depth@500ms',
  'kline_1s',
  'kline_1m',
  'miniTicker',
  'ticker',
  'markPrice@1s',
  'forceOrder',
]
const ofAll = ['!miniTicker@arr', '!bookTicker', '!ticker@arr', '!markPrice@arr@1s']

/** Streams of many kinds, those of them that a venue still has. */
export const streamsOf = (venue: Venue, symbols: readonly string[]): readonly string[] => {
  const route = router(venue)
  const names = symbols.flatMap((symbol) => ofSymbol.map((kind) => `${symbol.toLowerCase()}@${kind}`))
  return [...names, ...ofAll].filter((name) => {
    const row = venue.streams[route(name)?.kind ?? '']
    return row !== undefined && row.retired === undefined
  })
}
