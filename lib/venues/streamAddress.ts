import { aVenue, checked } from '../codecs/checked.js'
import { checkName } from './isStreamName.js'
import { router } from './router.js'
import type { StreamName } from './streamName.js'
import type { Venue } from './Venue.js'

const expected = {
  what: 'the name of a stream, or a list of names',
  is: (value: unknown) => typeof value === 'string' || Array.isArray(value),
}

/**
 * Where a venue sends streams, for programs that open their own sockets: the raw address of one stream, whose frames do
 * not name it, or the combined address of several.
 *
 * ```ts
 * streamAddress(asterFutures, 'btcusdt@trade')      // 'wss://fstream.asterdex.com/ws/btcusdt@trade'
 * streamAddress(asterFutures, ['btcusdt@trade', 'btcusdt@depth@100ms'])
 * ```
 *
 * @param endpoint Another address of the venue, as `asterFutures.endpoints.testnet.websocket`.
 * @throws TypeError for a name that the venue does not have, one that has no such address, or names of several routes.
 */
export const streamAddress = checked(
  'streamAddress',
  [aVenue, expected],
  <V extends Venue>(
    venue: V,
    names: StreamName<V> | readonly StreamName<V>[],
    endpoint = venue.endpoints.websocket,
  ): string => {
    const all = typeof names === 'string' ? [names] : names
    for (const name of all) checkName(venue, name)
    const { raw, path } = venue.dialect
    const [route = '', ...others] = new Set(all.map((name) => router(venue)(name)?.row.routes?.[0] ?? ''))
    if (others.length > 0)
      throw new TypeError(
        `streamAddress: expected streams of one route, came those of ${[route, ...others].join(', ')}`,
      )
    if (all.length === 0 && Object.values(venue.streams).some(({ routes }) => routes !== undefined))
      throw new TypeError(
        `streamAddress: expected a stream of ${venue.name}, whose route is that of its streams, came none`,
      )
    const [only] = all
    const query = typeof names === 'string' ? only !== undefined && raw?.(only) : path?.(all)
    if (typeof query !== 'string') throw new TypeError(`streamAddress: ${venue.name} has no such address`)
    return endpoint.replace(/\/+$/, '') + route + query
  },
)
