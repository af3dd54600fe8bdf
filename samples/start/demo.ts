import {
  accountCommunicator,
  asterFutures,
  createClient,
  createRest,
  eip712Signer,
  mergeCommunicators,
  websocketCommunicator,
  type AsterFutures,
} from 'aster-rx'
import { startVenue } from 'aster-rx/simulation'
import * as t from 'io-ts'
import { tap } from 'rxjs'
import { follow } from './follow.js'
import { streamsOf } from './live.js'
import type { Options } from './options.js'

const Order = t.type({ orderId: t.number, status: t.string, executedQty: t.string })

/** The wallet of the smallest key that there is: nobody's. */
const wallet = {
  user: '0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf',
  privateKey: `0x${'1'.padStart(64, '0')}`,
}

/**
 * The whole thing without a network: a venue on this machine, and the same client over real sockets. Orders fill, the
 * venue cuts every connection, an order fills while nobody hears it, and all is found again.
 */
export const demo = async ({ seconds, json }: Options): Promise<void> => {
  const symbol = 'BTCUSDT'
  const accounts = [{ signer: wallet.user }]
  const { addresses, controls, close } = await startVenue({ venue: asterFutures, seed: 7, pause: 5, accounts })
  const signer = eip712Signer(wallet)
  const rest = createRest({ venue: asterFutures, endpoint: addresses.rest, signer })
  const told = new Map<number, string>()
  const tell = ({ orderId, status, executedQty }: t.TypeOf<typeof Order>, who: string) => {
    if (told.get(orderId) !== status) say(`${who}: order ${orderId} is ${status}, ${executedQty} filled`)
    told.set(orderId, status)
  }
  const reconcile = () =>
    rest
      .request('GET', '/fapi/v3/allOrders', { symbol }, t.array(Order), { authentication: 'signed' })
      .pipe(tap((orders) => orders.forEach((order) => tell(order, 'asked the venue'))))
  const endpoint = addresses.websocket
  const client = createClient<AsterFutures>({
    venue: asterFutures,
    communicator: mergeCommunicators(
      websocketCommunicator(asterFutures, { endpoint, rest: { endpoint: addresses.rest } }),
      accountCommunicator(asterFutures, { rest }, { endpoint, reconcile }),
    ),
    streams: streamsOf(symbol),
  })
  const { say } = follow(client, { symbol, venue: 'asterFutures', json })
  say(`a simulated asterFutures listens on ${addresses.websocket}`)

  client.orderUpdate$.subscribe(({ order: { orderId, status, filledQuantity } }) =>
    tell({ orderId, status, executedQty: filledQuantity }, 'account stream'),
  )
  const place = (order: Readonly<Record<string, string>>) =>
    rest.request('POST', '/fapi/v3/order', { symbol, quantity: '0.050', ...order }, Order, { authentication: 'signed' })
  const at = (share: number, work: () => void) => setTimeout(work, share * seconds * 1_000)
  const account = controls.account()

  at(0.2, () => place({ side: 'BUY', type: 'MARKET' }).subscribe())
  at(0.35, () => {
    const [price = '1'] = [...(controls.book(symbol)?.bids ?? [])][20] ?? []
    place({ side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', price }).subscribe()
  })
  at(0.5, () => {
    say('venue: cuts every connection')
    controls.failUpgrades({ _tag: 'refuse', status: 503 })
    controls.disconnect(1006)
    for (const { orderId, status } of account.orders(symbol)) if (status === 'NEW') account.fill(symbol, orderId)
  })
  const connection = client.connect()
  controls.run()
  const end = () => {
    connection.unsubscribe()
    void close()
  }
  const ending = at(1, end)
  process.once('SIGINT', () => {
    clearTimeout(ending)
    end()
  })
}
