import { aText, aVenue, anObject, checked } from '../codecs/checked.js'
import { fill, type NameOf, type ParametersOf } from './grammar.js'
import type { StreamKind, Venue } from './Venue.js'

/** The name by which an account event is asked for, where the venue wants to be asked. */
type AskedName<Row> = Row extends { readonly stream: infer Name extends string } ? Name : never

/** What comes on each stream of one venue, by its name. */
type EventsByName<V extends Venue> = {
  readonly [K in StreamKind<V> as NameOf<V['streams'][K]['name']>]: V['streams'][K]['event']['_A']
} & {
  readonly [E in keyof V['account'] as AskedName<V['account'][E]>]: V['account'][E]['event']['_A']
}

/** Those venues of several that have no stream of this name. */
type Without<V extends Venue, Name> = V extends Venue ? (Name extends keyof EventsByName<V> ? never : V) : never

/** The names of which each is a stream of all venues. */
type Common<V extends Venue, Name> = Name extends string ? ([Without<V, Name>] extends [never] ? Name : never) : never

/**
 * Every valid stream name of a venue, those of account events included where the venue wants to be asked for them. Of
 * one venue out of several, as `AsterSpot | BinanceSpot`, the names that all of them have.
 */
export type StreamName<V extends Venue> = Common<V, V extends Venue ? keyof EventsByName<V> : never>

/** What comes on the stream of a name. */
export type EventOfName<V extends Venue, Name extends string> = V extends Venue
  ? Name extends keyof EventsByName<V>
    ? EventsByName<V>[Name]
    : never
  : never

/** What stands at the end of a name before its parameters: `depth` in `depth<levels>[@<speed:milliseconds>]`. */
type Head<End extends string> = End extends `${infer A}<${string}`
  ? Head<A>
  : End extends `${infer A}[${string}`
    ? Head<A>
    : End extends `${infer A}_`
      ? A
      : End

/** The names of a symbol's streams, of those whose ends begin as this one does. */
type Alike<V extends Venue, Symbol extends string, End extends string> = V extends Venue
  ? {
      [K in StreamKind<V>]: V['streams'][K]['name'] extends `<symbol>@${infer Own}`
        ? Lowercase<End> extends `${Lowercase<Head<Own>>}${string}`
          ? NameOf<`${Lowercase<Symbol>}@${Own}`>
          : never
        : never
    }[StreamKind<V>]
  : never

type OrElse<A, B> = [A] extends [never] ? B : A

/** The name itself where the venue has such a stream; else those that may have been meant, which a compiler then shows. */
export type Meant<V extends Venue, Name extends string> =
  Name extends StreamName<V>
    ? Name
    : OrElse<
        Name extends `!${string}`
          ? Extract<StreamName<V>, `!${string}`>
          : Name extends `${infer Symbol}@${infer End}`
            ? Alike<V, Symbol, End>
            : never,
        StreamName<V>
      >

/**
 * Writes a stream's name; symbols may be given as payloads have them.
 *
 * ```ts
 * streamName(asterFutures, 'kline', { symbol: 'BTCUSDT', interval: '1m' })   // 'btcusdt@kline_1m'
 * streamName(asterFutures, 'depth', { symbol: 'btcusdt', speed: '100ms' })   // 'btcusdt@depth@100ms'
 * ```
 *
 * @throws TypeError when a parameter is missing or not one of those that the stream takes.
 */
export const streamName = checked(
  'streamName',
  [aVenue, aText('the kind of a stream'), anObject('its parameters, as { symbol }')],
  <V extends Venue, K extends StreamKind<V>>(
    venue: V,
    kind: K,
    parameters: ParametersOf<V['streams'][K]['name']>,
  ): NameOf<V['streams'][K]['name']> => {
    const row = venue.streams[kind]
    if (row === undefined)
      throw new TypeError(
        `${venue.name} has no stream '${kind}'; expected one of ${Object.keys(venue.streams).join(', ')}`,
      )
    // `fill` writes just the names that NameOf describes.
    return fill(row.name, parameters) as NameOf<V['streams'][K]['name']>
  },
)
