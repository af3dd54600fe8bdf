import { asterFutures } from '../../venues/asterFutures.js'
import { asterPrediction } from '../../venues/asterPrediction.js'
import { asterSpot } from '../../venues/asterSpot.js'
import { binanceFutures } from '../../venues/binanceFutures.js'
import { binanceSpot } from '../../venues/binanceSpot.js'
import { bingxSpot } from '../../venues/bingxSpot.js'
import type { Venue } from '../../venues/Venue.js'
import { asterFuturesServer } from './asterFutures.js'
import { asterPredictionServer } from './asterPrediction.js'
import { asterSpotServer } from './asterSpot.js'
import { binanceFuturesServer } from './binanceFutures.js'
import { binanceSpotServer } from './binanceSpot.js'
import { bingxSpotServer } from './bingxSpot.js'
import { bingxSwapServer } from './bingxSwap.js'
import { bingxSwap } from './bingxSwapVenue.js'
import type { ServerBehaviour } from './ServerBehaviour.js'

const known: readonly (readonly [Venue, ServerBehaviour])[] = [
  [asterSpot, asterSpotServer],
  [asterPrediction, asterPredictionServer],
  [asterFutures, asterFuturesServer],
  [binanceSpot, binanceSpotServer],
  [binanceFutures, binanceFuturesServer],
  [bingxSpot, bingxSpotServer],
  [bingxSwap, bingxSwapServer],
]

/** What of an event is the venue's own, for rows that the venue shares with the one whose servers it has. */
const ofSharedRows = <A>(venue: Venue, like: Venue, byKind: Readonly<Record<string, A>>): Readonly<Record<string, A>> =>
  Object.fromEntries(
    Object.entries(byKind).filter(
      ([kind]) => kind === 'depthSnapshot' || venue.streams[kind]?.event === like.streams[kind]?.event,
    ),
  )

/**
 * The behaviour of a venue's servers. A venue made of one that can be simulated, `{ ...asterFutures, name: 'mine' }`,
 * shares its REST table or its streams, and behaves as that one; any other behaves as `like`.
 *
 * @throws TypeError where neither is, or is made of, a venue that can be simulated.
 */
export const serverBehaviourOf = (venue: Venue, like: Venue = venue): ServerBehaviour => {
  const found =
    known.find(([{ rest }]) => rest === like.rest) ?? known.find(([{ streams }]) => streams === like.streams)
  if (found === undefined) {
    const expected = known.map(([{ name }]) => name).join(', ')
    throw new TypeError(
      `${like.name} cannot be simulated by itself; expected like: a venue whose servers behave as its own, ${expected}`,
    )
  }
  const [original, behaviour] = found
  return {
    ...behaviour,
    omits: ofSharedRows(venue, original, behaviour.omits),
    adds: ofSharedRows(venue, original, behaviour.adds),
  }
}
