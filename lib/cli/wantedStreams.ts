import { EMPTY, ignoreElements, merge, type Observable } from 'rxjs'
import { isStreamName, type Client, type ClientConfig, type StreamName } from '../index.js'
import { liveClient } from './liveOptions.js'
import { marketNames, type MarketVenue } from './venues.js'

/** What commands take that carry streams. */
export const streamArguments = [
  { name: 'VENUE', says: `One of ${marketNames.join(', ')}.`, choices: marketNames },
  { name: 'STREAM', says: 'A stream, as btcusdt@trade or btcusdt@depth@100ms.', isMany: true },
] as const

/** The markets that streams are of, upper case; none where one of them is none, which is told later. */
export const symbolsOf = (venue: MarketVenue, streams: readonly string[]): readonly string[] =>
  streams.every((name) => isStreamName(venue, name))
    ? [...new Set(streams.flatMap((name) => (name.startsWith('!') ? [] : [name.replace(/@.*/, '').toUpperCase()])))]
    : []

/** A client that wants these streams. @throws UsageError that says which of them is none, and what may have been meant. */
export const streamsClient = (
  venue: MarketVenue,
  given: readonly string[],
  communicator: ClientConfig<MarketVenue>['communicator'],
): Client<MarketVenue> =>
  liveClient<MarketVenue>(venue, communicator, { streams: given as readonly StreamName<MarketVenue>[] })

/** Keeps the books of those symbols whose depth streams are among these. */
export const heldBooks = (
  client: Client<MarketVenue>,
  venue: MarketVenue,
  streams: readonly string[],
): Observable<never> => {
  const end = venue.bookStream.replace('<symbol>', '')
  const symbols = streams.filter((name) => name.endsWith(end)).map((name) => name.slice(0, -end.length))
  return symbols.length === 0 ? EMPTY : merge(...symbols.map((symbol) => client.book(symbol))).pipe(ignoreElements())
}
