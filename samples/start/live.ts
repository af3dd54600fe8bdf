import { createClient, websocketCommunicator, type Communicator } from 'aster-rx'
import { follow } from './follow.js'
import type { Options } from './options.js'
import { venueNamed, type MarketVenue } from './venues.js'

/** What is followed of a symbol. */
export const streamsOf = (symbol: string) => {
  // TypeScript knows no more of it than that it is a string.
  const name = symbol.toLowerCase() as Lowercase<string>
  return [`${name}@trade`, `${name}@bookTicker`, `${name}@kline_1m`, `${name}@depth@100ms`] as const
}

/** A client of the real venue, until Ctrl-C. */
export const live = ({ live: name = '', symbol, json }: Options): void => {
  const venue = venueNamed(name, '--live')
  const communicator: Communicator = websocketCommunicator(venue)
  const client = createClient<MarketVenue>({ venue, communicator, streams: streamsOf(symbol) })
  follow(client, { symbol, json, venue: venue.name })
  const connection = client.connect()
  process.once('SIGINT', () => connection.unsubscribe())
}
