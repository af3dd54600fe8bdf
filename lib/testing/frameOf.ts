import { aText, aVenue, checked } from '../codecs/checked.js'
import { frame, type Frame } from '../Signal.js'
import { fill, type ParametersOf } from '../venues/grammar.js'
import { router } from '../venues/router.js'
import type { EventOf, Kind, StreamKind, Venue } from '../venues/Venue.js'
import { codecOf } from '../venues/codecOf.js'
import { eventOf, type Overrides } from './eventOf.js'
import { samples } from '../simulation/market/samples.js'

/** What a kind's stream name is made of; all may be left out. Kinds without a stream take a symbol. */
export type FrameParameters<V extends Venue, K extends Kind<V>> =
  K extends StreamKind<V> ? Partial<ParametersOf<V['streams'][K]['name']>> : { readonly symbol?: string }

/**
 * A frame that carries an event of any kind, as the venue would send it. A market event is wrapped with its stream's
 * name, as on the combined endpoint; account events and depth snapshots are raw. The event is `eventOf`'s, with
 * the symbol, interval and window of the stream's name.
 *
 * ```ts
 * frameOf(asterFutures, 'trade')
 * frameOf(asterFutures, 'depth', { symbol: 'ethusdt', speed: '100ms' }, { bids: [['3000.00', '0']] })
 * ```
 *
 * @param parameters Default: `btcusdt`, `1m`, 5 levels, `1h`; optional parts are left out.
 * @param receivedAt Milliseconds since 1970; default: the events' default time.
 * @throws TypeError when the venue has no such kind, or a parameter or an override does not fit.
 */
export const frameOf = checked(
  'frameOf',
  [aVenue, aText('a kind, as trade')],
  <V extends Venue, K extends Kind<V>>(
    venue: V,
    kind: K,
    parameters?: FrameParameters<V, K>,
    overrides?: Overrides<EventOf<V, K>>,
    receivedAt = Number(samples['eventTime']),
  ): Frame => {
    const given: Given = { ...usual, ...parameters }
    const symbol = String(given['symbol'])
    const row = Object.hasOwn(venue.streams, kind) ? venue.streams[kind] : undefined
    const stream = row && fill(row.name, given)
    const found = stream === undefined ? undefined : router(venue)(stream)
    const data: unknown = codecOf(venue, kind).encode(
      eventOf(venue, kind, overrides, { ...found?.parameters, symbol: found?.symbol ?? symbol.toUpperCase() }),
    )
    return frame(JSON.stringify(stream === undefined ? data : { stream, data }), receivedAt)
  },
)

type Given = Readonly<Record<string, unknown>>

const usual: Given = { symbol: 'btcusdt', eventName: 'btc_up_down_5m', interval: '1m', levels: 5, window: '1h' }
