import {
  accountCommunicator,
  asterFutures,
  createClient,
  createRest,
  eip712Signer,
  Id,
  mergeCommunicators,
  websocketCommunicator,
} from 'aster-rx'
import * as t from 'io-ts'
import { tap } from 'rxjs'

const { ASTER_USER: user = '', ASTER_KEY: privateKey = '' } = process.env
const rest = createRest({ venue: asterFutures, signer: eip712Signer({ user, privateKey }) })

const Order = t.type({ orderId: Id, status: t.string })
const openOrders = () => rest.request('GET', '/fapi/v3/openOrders', {}, t.array(Order), { authentication: 'signed' })

const client = createClient({
  venue: asterFutures,
  communicator: mergeCommunicators(
    websocketCommunicator(asterFutures),
    // After each loss, before any later event of the account.
    accountCommunicator(asterFutures, { rest }, { reconcile: () => openOrders().pipe(tap(console.log)) }),
  ),
})

client.orderUpdate$.subscribe(({ order }) => console.log(order.orderId, order.status, order.filledQuantity))
client.accountUpdate$.subscribe(({ account }) => console.log(account.balances))
client.stream('btcusdt@markPrice@1s').subscribe(({ markPrice }) => console.log(markPrice))

client.connect()
