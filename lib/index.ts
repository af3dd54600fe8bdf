// Clients
export { createClient, type ClientConfig } from './client/createClient.js'
export type { Client, Events } from './client/Client.js'
export type { Counters } from './client/Counters.js'

// Communicators
export type { Communicator } from './communicators/Communicator.js'
export { frame, type Frame, type Reply, type Signal, type Source, type Status } from './Signal.js'

// Venues
export { asterFutures, type AsterFutures } from './venues/asterFutures.js'
export { asterSpot, type AsterSpot } from './venues/asterSpot.js'
export { binanceSpot, type BinanceSpot } from './venues/binanceSpot.js'
export { streamName } from './venues/Venue.js'
export type { AccountTable, EventOf, Kind, KindOfName, StreamKind, StreamName, StreamTable, Venue } from './venues/Venue.js'
