import { aText, aVenue, checked } from '../codecs/checked.js'
import type { EventOf, Kind, Venue } from '../venues/Venue.js'
import { codecOf } from '../venues/codecOf.js'
import { sample, type Samples } from '../simulation/market/sample.js'
import { samples } from '../simulation/market/samples.js'

/** Part of an event: fields inside its parts may be left out as well; what is left out gets a default. */
export type Overrides<E> = E extends readonly unknown[]
  ? number extends E['length']
    ? readonly Overrides<E[number]>[]
    : E
  : E extends Iterable<unknown>
    ? E
    : E extends object
      ? { readonly [K in keyof E]?: Overrides<E[K]> }
      : E

/**
 * An event of any kind of a venue, made from the venue's table: every mandatory field has a plausible value, the same
 * in every run; optional fields are there when they are given. Kinds that are lists get one item, or one for each
 * override.
 *
 * ```ts
 * eventOf(asterFutures, 'trade', { price: '61686.00' })         // a Trade
 * eventOf(asterFutures, 'kline', { kline: { isClosed: true } })  // a Kline, the rest of its bar by default
 * eventOf(asterFutures, 'markPrices', [{}, { symbol: 'ETHUSDT' }])
 * ```
 *
 * @param values Instead of the defaults, by field name wherever it occurs: `{ symbol: 'ETHUSDT' }`.
 * @throws TypeError when the venue has no such kind, or an override is no value of its field.
 */
export const eventOf = checked(
  'eventOf',
  [aVenue, aText('a kind, as trade')],
  <V extends Venue, K extends Kind<V>>(
    venue: V,
    kind: K,
    overrides?: Overrides<EventOf<V, K>>,
    values: Samples = {},
  ): EventOf<V, K> => {
    const codec = codecOf(venue, kind)
    const event = sample(codec, { ...samples, ...values }, overrides)
    if (!codec.is(event)) throw new TypeError(`${JSON.stringify(event)} is no ${codec.name}: an override does not fit`)
    // The kind's own codec has just checked it.
    return event as EventOf<V, K>
  },
)
