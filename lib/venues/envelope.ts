import type { Envelope } from './Venue.js'

/** Aster's and Binance's: `{"stream":"btcusdt@trade","data":{…}}`. */
export const methodEnvelope = { stream: 'stream', data: 'data' } as const satisfies Envelope

/** Binance's, whose account events come with the number of their subscription: `{"subscriptionId":0,"event":{…}}`. */
export const binanceEnvelope = { ...methodEnvelope, account: 'event' } as const satisfies Envelope

/** BingX's: `{"code":0,"dataType":"spot.executionReport","data":{…}}`. */
export const bingxEnvelope = { stream: 'dataType', data: 'data' } as const satisfies Envelope
