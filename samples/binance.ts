import { readFileSync } from 'node:fs'
import {
  accountCommunicator,
  binanceFutures,
  binanceSpot,
  createClient,
  createRest,
  ed25519Signer,
  mergeCommunicators,
  websocketCommunicator,
  withEndpoints,
} from 'aster-rx'
import * as t from 'io-ts'

const { BINANCE_KEY: apiKey = '', BINANCE_PEM: file = '', BINANCE_SECRET: secret = '' } = process.env

// Spot at the demonstration: the account is subscribed to on a WebSocket of its own, by signed requests.
const venue = withEndpoints(binanceSpot, 'demo')
const rest = createRest({ venue, signer: ed25519Signer({ venue, apiKey, privateKey: readFileSync(file, 'utf8') }) })
const openOrders = () => rest.request('GET', '/api/v3/openOrders', {}, t.array(t.unknown), { authentication: 'signed' })
const spot = createClient({
  venue,
  communicator: mergeCommunicators(
    websocketCommunicator(venue),
    accountCommunicator(venue, { rest }, { reconcile: openOrders }),
  ),
})
spot.executionReport$.subscribe(({ orderId, status, filledQuantity }) => console.log(orderId, status, filledQuantity))

// USD-M futures, by a secret: a listen key carries the account, at a route of its own.
const futures = createClient({
  venue: binanceFutures,
  communicator: mergeCommunicators(
    websocketCommunicator(binanceFutures),
    accountCommunicator(binanceFutures, { apiKey, secret }),
  ),
})
futures.tradeLite$.subscribe(({ symbol, lastFilledPrice }) => console.log(symbol, lastFilledPrice))
futures.stream('btcusdt@markPrice@1s').subscribe(({ markPrice, fundingRate }) => console.log(markPrice, fundingRate))

for (const client of [spot, futures]) client.connect()
