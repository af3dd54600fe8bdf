import {
  accountCommunicator,
  asterFutures,
  createClient,
  createRest,
  eip712Signer,
  Id,
  mergeCommunicators,
  websocketCommunicator,
  type AsterFutures,
  type Status,
} from 'aster-rx'
import { startVenue } from 'aster-rx/simulation'
import * as t from 'io-ts'
import {
  combineLatest,
  delay,
  filter,
  forkJoin,
  skipWhile,
  Subscription,
  take,
  tap,
  timer,
  type Observable,
} from 'rxjs'
import { follow } from './follow.js'
import { streamsOf } from './live.js'
import type { Options } from './options.js'

const Order = t.type({ orderId: Id, status: t.string, executedQty: t.string })

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
  const told = new Map<Id, string>()
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
  const steps = new Subscription()
  /** Works once this share of the time has passed, and that has happened, and everybody has heard of it. */
  const step = (share: number, event$: Observable<unknown>, work: () => void) =>
    steps.add(forkJoin([timer(share * seconds * 1_000), event$.pipe(take(1), delay(0))]).subscribe(work))
  const status$ = (tag: Status['_tag']) => client.status$.pipe(filter(({ _tag }) => _tag === tag))
  const carried$ = status$('Connected').pipe(filter(({ source }) => source?.id.includes('account') === true))
  const order$ = (type: string, is: string) =>
    client.orderUpdate$.pipe(filter(({ order: { orderType, status } }) => orderType === type && status === is))
  const resynced$ = client.book(symbol).pipe(
    skipWhile((state) => state._tag !== 'Syncing' || state.reason !== 'reset'),
    filter(({ _tag }) => _tag === 'Synced'),
  )
  const account = controls.account()

  step(0.2, combineLatest([carried$, client.kline$]), () => place({ side: 'BUY', type: 'MARKET' }).subscribe())
  step(0.35, order$('MARKET', 'FILLED'), () => {
    const [price = '1'] = [...(controls.book(symbol)?.bids ?? [])][20] ?? []
    place({ side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', price }).subscribe()
  })
  step(0.5, order$('LIMIT', 'NEW'), () => {
    say('venue: cuts every connection')
    controls.failUpgrades({ _tag: 'refuse', status: 503 })
    controls.disconnect(1006)
    for (const { orderId, status } of account.orders(symbol)) if (status === 'NEW') account.fill(symbol, orderId)
  })
  const end = () => {
    steps.unsubscribe()
    connection.unsubscribe()
    void close()
  }
  step(1, combineLatest([status$('Reconciled'), resynced$]), end)
  const connection = client.connect()
  controls.run()
  process.once('SIGINT', end)
}
