import type { Observable } from 'rxjs'
import type { BinanceOrder } from '../../lib/calls/SpotOrder.js'
import { calls } from '../../lib/rest/calls.js'
import { createRest } from '../../lib/rest/createRest.js'
import { hmacSigner } from '../../lib/rest/hmacSigner.js'
import { orders } from '../../lib/rest/orders/orders.js'
import type { OrderCalls } from '../../lib/rest/orders/OrderCalls.js'
import type { OrderResult } from '../../lib/rest/orders/OrderResult.js'
import type { OrderState } from '../../lib/rest/orders/OrderState.js'
import type { OrderClient } from '../../lib/rest/orders/OrderClient.js'
import type { Rest } from '../../lib/rest/Rest.js'
import type { Client } from '../../lib/client/Client.js'
import { asterFutures, type AsterFutures } from '../../lib/venues/asterFutures.js'
import { asterSpot, type AsterSpot } from '../../lib/venues/asterSpot.js'
import { binanceSpot, type BinanceSpot } from '../../lib/venues/binanceSpot.js'
import { bingxSpot } from '../../lib/venues/bingxSpot.js'
import type { Venue } from '../../lib/venues/Venue.js'

/** Nothing of this is run: its types are the test. */
const typed = (work: () => unknown) => expect(work).toBeInstanceOf(Function)

const rest = <V extends Venue>(venue: V): Rest<V> =>
  createRest({ venue, signer: hmacSigner({ venue, apiKey: 'key', secret: 'secret' }) })

type Has<A, Name> = Name extends keyof A ? true : false

const limit = { side: 'BUY', orderType: 'LIMIT', timeInForce: 'GTC', quantity: '1', price: '1' } as const

test('an order is that of its venue', () =>
  typed(() => {
    const futures = orders(rest(asterFutures))
    futures.place({ ...limit, symbol: 'BTCUSDT', isReduceOnly: true, positionSide: 'LONG' })
    // @ts-expect-error spot knows no positions
    orders(rest(asterSpot)).place({ ...limit, symbol: 'BTCUSDT', isReduceOnly: true })
    // @ts-expect-error neither side
    futures.place({ ...limit, symbol: 'BTCUSDT', side: 'BUYY' })
    // @ts-expect-error a number loses digits
    futures.place({ ...limit, symbol: 'BTCUSDT', quantity: 0.001 })
    // @ts-expect-error that is how the wire calls it
    futures.place({ ...limit, symbol: 'BTCUSDT', newClientOrderId: 'mine' })
    // @ts-expect-error BingX calls it PostOnly
    orders(rest(bingxSpot)).place({ ...limit, symbol: 'BTC-USDT', timeInForce: 'GTX' })
    // @ts-expect-error there it is an order type
    orders(rest(binanceSpot)).place({ ...limit, symbol: 'BTCUSDT', timeInForce: 'GTX' })
    return orders(rest(binanceSpot)).place({ symbol: 'BTCUSDT', side: 'SELL', orderType: 'LIMIT_MAKER' })
  }))

test('what comes of it is that of its venue, and every failure has a name', () =>
  typed(() => {
    const placed$: Observable<OrderResult<Omit<BinanceOrder, 'clientOrderId'> & { readonly clientOrderId: string }>> =
      orders(rest(binanceSpot)).place({ ...limit, symbol: 'BTCUSDT' })
    return placed$.subscribe((result) => {
      switch (result._tag) {
        case 'Accepted': {
          const { orderListId, clientOrderId } = result.order
          return [orderListId, clientOrderId.length]
        }
        case 'Refused':
          // @ts-expect-error no such reason
          return result.reason === 'insuficient'
        case 'Unknown':
          return result.error.failure.kind
        default: {
          const nothing: never = result
          return nothing
        }
      }
    })
  }))

test('an order is replaced where the venue has it, and followed where there is a client', () =>
  typed(() => {
    const client = {} as Client<AsterFutures>
    const heard: OrderClient = client
    const followed = orders(rest(asterFutures), { client })
    followed.replace({ symbol: 'BTCUSDT', orderId: 7, quantity: '1', price: '1' })
    // @ts-expect-error both are sent
    followed.replace({ symbol: 'BTCUSDT', orderId: 7, quantity: '1' })
    // Aster spot has no such call, and nobody hears of an order without a client.
    const has: readonly [Has<OrderCalls<AsterSpot>, 'replace'>, Has<OrderCalls<AsterFutures>, 'filled'>] = [
      false,
      false,
    ]
    // @ts-expect-error which order?
    followed.filled({ symbol: 'BTCUSDT' })
    followed.filled({ symbol: 'BTCUSDT', orderId: 7 }).subscribe((state: OrderState) => {
      if (state._tag === 'Pending') return [state.symbol]
      if (state._tag === 'Rejected') return [state.refusal?.reason]
      return [state.filledQuantity, state.orderId]
    })
    return [heard, has]
  }))

test('what is given back is a name', () =>
  typed(() => {
    const made = orders(rest(binanceSpot), { client: {} as Client<BinanceSpot> })
    return made.place({ ...limit, symbol: 'BTCUSDT' }).subscribe((result) => {
      if (result._tag === 'Accepted') made.cancel(result.order)
      if (result._tag === 'Accepted') made.filled(result.order)
    })
  }))

test('calls are those of the table', () =>
  typed(() => {
    const futures = calls(rest(asterFutures))
    futures.positions().subscribe(([position]) => position?.liquidationPrice.length)
    futures.positionMode().subscribe(({ isDualSide }) => !isDualSide)
    // @ts-expect-error the market is mandatory
    futures.marginChanges()
    // @ts-expect-error no such parameter
    futures.userTrades({ symbol: 'BTCUSDT', from: 1 })
    // @ts-expect-error spot has no positions
    return calls(rest(asterSpot)).positions
  }))

test('a venue that takes no orders has none', () =>
  typed(() => {
    const bare = rest<Venue>(asterSpot)
    // @ts-expect-error nobody knows which calls it has
    return calls(bare).userTrades
  }))
