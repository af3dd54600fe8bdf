import { combineLatest, filter, firstValueFrom } from 'rxjs'
import { accountCommunicator } from '../../../lib/communicators/accountCommunicator.js'
import { mergeCommunicators } from '../../../lib/communicators/mergeCommunicators.js'
import { websocketCommunicator } from '../../../lib/communicators/websocket/websocketCommunicator.js'
import { createClient } from '../../../lib/client/createClient.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { sayTimersLeft } from '../../helpers/sayTimersLeft.js'

/** A whole program: hears market and account, unsubscribes, and says how many timers it has left. */
const [endpoint = '', rest = ''] = process.argv.slice(2)
const market = websocketCommunicator(asterFutures, { endpoint })
const account = accountCommunicator(asterFutures, { apiKey: 'key' }, { endpoint, rest: { endpoint: rest } })
const client = createClient({ venue: asterFutures, communicator: mergeCommunicators(market, account) })
const isOfAccount = ({ _tag, source }: { readonly _tag: string; readonly source?: { readonly id: string } }) =>
  _tag === 'Connected' && source?.id.includes('account') === true
const heard = firstValueFrom(combineLatest([client.stream('btcusdt@trade'), client.status$.pipe(filter(isOfAccount))]))
const connection = client.connect()
await heard
connection.unsubscribe()
process.stdout.write('trade account')
await sayTimersLeft()
