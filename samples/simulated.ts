import { accountCommunicator, asterSpot, createClient, mergeCommunicators, websocketCommunicator } from 'aster-rx'
import { startVenue } from 'aster-rx/simulation'
import { filter, take } from 'rxjs'

const account = { apiKey: 'key', secret: 'secret' }
const venue = await startVenue({ venue: asterSpot, seed: 7, accounts: [account] })
const { websocket: endpoint, rest } = venue.addresses

const client = createClient({
  venue: asterSpot,
  communicator: mergeCommunicators(
    websocketCommunicator(asterSpot, { endpoint, rest: { endpoint: rest } }),
    accountCommunicator(asterSpot, account, { endpoint, rest: { endpoint: rest } }),
  ),
})

client.executionReport$.subscribe(({ side, status, filledQuantity }) => console.log(side, status, filledQuantity))
client.executionReport$
  .pipe(
    filter(({ status }) => status === 'FILLED'),
    take(1),
  )
  .subscribe(() => {
    connection.unsubscribe()
    void venue.close()
  })
client.status$
  .pipe(
    filter(({ _tag, source }) => _tag === 'Connected' && source?.id === 'asterSpot-account-1'),
    take(1),
  )
  .subscribe(() => venue.controls.account().place({ symbol: 'BTCUSDT', side: 'BUY', quantity: '0.010' }))

const connection = client.connect()
