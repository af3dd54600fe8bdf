import { combineLatest, filter, take } from 'rxjs'
import { accountCommunicator } from '../../../lib/communicators/accountCommunicator.js'
import { mergeCommunicators } from '../../../lib/communicators/mergeCommunicators.js'
import { websocketCommunicator } from '../../../lib/communicators/websocket/websocketCommunicator.js'
import { createClient } from '../../../lib/client/createClient.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'

/** A whole program: hears market and account, unsubscribes, and says how long it took from there to its end, in ms. */
const [endpoint = '', rest = ''] = process.argv.slice(2)
const market = websocketCommunicator(asterFutures, { endpoint })
const account = accountCommunicator(asterFutures, { apiKey: 'key' }, { endpoint, rest: { endpoint: rest } })
const client = createClient({ venue: asterFutures, communicator: mergeCommunicators(market, account) })
let left = 0
const isOfAccount = ({ _tag, source }: { readonly _tag: string; readonly source?: { readonly id: string } }) =>
  _tag === 'Connected' && source?.id.includes('account') === true
combineLatest([client.stream('btcusdt@trade'), client.status$.pipe(filter(isOfAccount))])
  .pipe(take(1))
  .subscribe(() => {
    left = performance.now()
    connection.unsubscribe()
  })
const connection = client.connect()
process.on('exit', () => process.stdout.write(`trade account after ${performance.now() - left}`))
