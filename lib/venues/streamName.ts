import { fill, type NameOf, type ParametersOf } from './grammar.js'
import type { StreamKind, Venue } from './Venue.js'

/**
 * Writes a stream's name; symbols may be given in upper case.
 *
 * ```ts
 * streamName(asterFutures, 'kline', { symbol: 'BTCUSDT', interval: '1m' })   // 'btcusdt@kline_1m'
 * streamName(asterFutures, 'depth', { symbol: 'btcusdt', speed: '100ms' })   // 'btcusdt@depth@100ms'
 * ```
 *
 * @throws TypeError when a parameter is missing or not one of those that the stream takes.
 */
export const streamName = <V extends Venue, K extends StreamKind<V>>(
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
  return fill(row.name, lowerCaseSymbol(parameters)) as NameOf<V['streams'][K]['name']>
}

const lowerCaseSymbol = (parameters: object): Readonly<Record<string, unknown>> => {
  const given: Readonly<Record<string, unknown>> = { ...parameters }
  return typeof given['symbol'] === 'string' ? { ...given, symbol: given['symbol'].toLowerCase() } : given
}
