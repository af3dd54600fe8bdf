import { aggTrades, asterFutures, backfill, createClient, createRest, klines, websocketCommunicator } from 'aster-rx'
import { startVenue } from 'aster-rx/simulation'
import { filter, take, timer } from 'rxjs'

const venue = await startVenue({ venue: asterFutures, seed: 7 })
const { websocket: endpoint, rest: restEndpoint } = venue.addresses
const rest = createRest({ venue: asterFutures, endpoint: restEndpoint })
const client = createClient({ venue: asterFutures, communicator: websocketCommunicator(asterFutures, { endpoint }) })

const whole$ = client
  .stream('btcusdt@aggTrade')
  .pipe(backfill({ history: (symbol, fromId) => aggTrades(rest, { symbol, fromId }) }))

whole$
  .pipe(
    klines({ interval: '1s', client }),
    filter(({ isClosed, isComplete, wasReset }) => isClosed && isComplete && wasReset),
    take(1),
  )
  .subscribe(({ symbol, tradeCount, volume }) => {
    console.log(`${symbol}: the bar over the cut is whole, ${tradeCount} trades, ${volume}`)
    connection.unsubscribe()
    void venue.close()
  })

const connection = client.connect()
venue.controls.run()
timer(2_500).subscribe(() => venue.controls.disconnect(1006))
