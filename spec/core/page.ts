import {
  accountCommunicator,
  asterFutures,
  bingxSpot,
  createClient,
  createRest,
  eip712Signer,
  Id,
  mergeCommunicators,
  websocketCommunicator,
  type Source,
} from 'aster-rx/core'
import * as t from 'io-ts'
import { concatMap, filter, take } from 'rxjs'

/** What the page is given by whoever opens it. */
declare const page: {
  readonly futures: Readonly<Record<'websocket' | 'rest', string>>
  readonly spot: Readonly<Record<'websocket' | 'rest', string>>
  readonly wallet: { readonly user: string; readonly privateKey: string }
  readonly secret: { readonly apiKey: string; readonly secret: string }
  readonly say: (...words: readonly string[]) => void
}

const { futures, spot, say } = page

/** Without its number: on a busy machine it may be not the first. */
const nameOf = (source?: Source) => source?.id.replace(/-\d+$/, '') ?? ''

const patient = { authentication: 'signed', timeout: 60_000 } as const

/** A market, and an account by a wallet: EIP-712. */
const rest = createRest({ venue: asterFutures, endpoint: futures.rest, signer: eip712Signer(page.wallet) })
const client = createClient({
  venue: asterFutures,
  communicator: mergeCommunicators(
    websocketCommunicator(asterFutures, {
      endpoint: futures.websocket,
      rest: { endpoint: futures.rest },
      reconnect: { delay: 10 },
    }),
    accountCommunicator(asterFutures, { rest }, { endpoint: futures.websocket, reconnect: { delay: 10 } }),
  ),
})
client.stream('btcusdt@trade').subscribe(({ price }) => say('trade', Number(price) > 0 ? 'with a price' : price))
client.book('BTCUSDT').subscribe((state) => say('book', state._tag))
client.status$.subscribe(({ _tag, source }) => say(_tag, nameOf(source)))
client.parseError$.subscribe(({ _tag }) => say('parse error', _tag))
client.orderUpdate$.subscribe(({ order }) => say('order', order.status, order.filledQuantity))
client.status$
  .pipe(
    filter(({ _tag, source }) => _tag === 'Connected' && nameOf(source) === 'asterFutures-account'),
    take(1),
    concatMap(() => {
      const order = { symbol: 'BTCUSDT', side: 'BUY', type: 'MARKET', quantity: '0.010' }
      return rest.request('POST', '/fapi/v3/order', order, t.type({ orderId: Id }), patient)
    }),
  )
  .subscribe({ error: (error: unknown) => say('refused', String(error)) })
const futuresConnection = client.connect()

/** An account by a secret, HMAC, whose frames are gzip. */
const account = createClient({
  venue: bingxSpot,
  communicator: accountCommunicator(bingxSpot, page.secret, {
    endpoint: spot.websocket,
    rest: { endpoint: spot.rest },
  }),
})
account.status$.subscribe(({ _tag, source }) => say(_tag, nameOf(source)))
account.executionReport$.subscribe(({ status }) => say('report', status))
const spotConnection = account.connect()

Reflect.set(page, 'leave', () => {
  futuresConnection.unsubscribe()
  spotConnection.unsubscribe()
})
