import {
  accountCommunicator,
  asterPrediction,
  binanceSpot,
  bingxSpot,
  createClient,
  websocketCommunicator,
  withTimeUnit,
} from 'aster-rx'

// Binance's spot streams, with times to the microsecond.
const binance = withTimeUnit(binanceSpot, 'microsecond')
const market = createClient({ venue: binance, communicator: websocketCommunicator(binance) })
market.stream('btcusdt@ticker_4h').subscribe(({ close, priceChangePercent }) => console.log(close, priceChangePercent))

// BingX's spot account: order ids of 64 bits come digit for digit.
const { BINGX_KEY: apiKey = '', BINGX_SECRET: secret = '' } = process.env
const bingx = createClient({
  venue: bingxSpot,
  communicator: accountCommunicator(bingxSpot, { apiKey, secret, source: 'my-service' }),
})
bingx.stream('spot.executionReport').subscribe(({ orderId, status }) => console.log(orderId, status))

// Aster's prediction markets.
const prediction = createClient({ venue: asterPrediction, communicator: websocketCommunicator(asterPrediction) })
prediction
  .stream('btc_up_down_5m@event')
  .subscribe(({ event, yesSymbol, price }) => console.log(event, yesSymbol, price))

for (const client of [market, bingx, prediction]) client.connect()
