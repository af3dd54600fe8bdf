import { accountCommunicator, asterFutures, createClient, createRest, hmacSigner, orders } from 'aster-rx'
import { startVenue } from 'aster-rx/simulation'
import { of, switchMap } from 'rxjs'

const account = { apiKey: 'key', secret: 'secret' }
const venue = await startVenue({ venue: asterFutures, seed: 7, accounts: [account] })
const { websocket: endpoint, rest: restEndpoint } = venue.addresses

const signer = hmacSigner({ venue: asterFutures, ...account })
const rest = createRest({ venue: asterFutures, endpoint: restEndpoint, signer })
const client = createClient({
  venue: asterFutures,
  communicator: accountCommunicator(asterFutures, { rest }, { endpoint }),
})
const { place, filled } = orders(rest, { client })

// It leaves when the account is carried, and is followed from its answer and the account's stream.
place({ symbol: 'BTCUSDT', side: 'BUY', orderType: 'MARKET', quantity: '0.010' })
  .pipe(switchMap((result) => (result._tag === 'Accepted' ? filled(result.order) : of(result))))
  .subscribe({
    next: (state) => console.log(state._tag, 'filledQuantity' in state ? state.filledQuantity : ''),
    complete: () => {
      connection.unsubscribe()
      void venue.close()
    },
  })

const connection = client.connect()
