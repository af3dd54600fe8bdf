import type { Client } from '../../../lib/client/Client.js'
import { filter, firstValueFrom, lastValueFrom, take, type Observable } from 'rxjs'
import { createClient } from '../../../lib/client/createClient.js'
import { accountCommunicator } from '../../../lib/communicators/accountCommunicator.js'
import { mergeCommunicators } from '../../../lib/communicators/mergeCommunicators.js'
import { websocketCommunicator } from '../../../lib/communicators/websocket/websocketCommunicator.js'
import { createRest } from '../../../lib/rest/createRest.js'
import { eip712Signer } from '../../../lib/rest/eip712Signer.js'
import { hmacSigner } from '../../../lib/rest/hmacSigner.js'
import { orders } from '../../../lib/rest/orders/orders.js'
import { isFinalOrder, type OrderState } from '../../../lib/rest/orders/OrderState.js'
import type { Orders } from '../../../lib/rest/orders/OrderCalls.js'
import { aggTrades } from '../../../lib/rest/pastTrades.js'
import type { Rest } from '../../../lib/rest/Rest.js'
import type { Signer } from '../../../lib/rest/sign.js'
import type { Status } from '../../../lib/Signal.js'
import { startVenue } from '../../../lib/simulation/index.js'
import { asterFutures, type AsterFutures } from '../../../lib/venues/asterFutures.js'
import { asterPrediction } from '../../../lib/venues/asterPrediction.js'
import { asterSpot, type AsterSpot } from '../../../lib/venues/asterSpot.js'
import { binanceFutures } from '../../../lib/venues/binanceFutures.js'
import { binanceSpot } from '../../../lib/venues/binanceSpot.js'
import { bingxSpot, type BingxSpot } from '../../../lib/venues/bingxSpot.js'
import type { Venue } from '../../../lib/venues/Venue.js'
import { loopTime } from '../../helpers/loopTime.js'
import { both, expectVenues, type AnyMarket } from '../../helpers/venueBars.js'

const secret = { apiKey: 'key', secret: 'secret' }
const wallet = {
  user: '0x63DD5aCC6b1aa0f563956C0e534DD30B6dcF7C4e',
  privateKey: '4fd0a42218f3eae43a6ce26d22544e986139a01e5b34a62db53757ffca81bae1',
}
const address = '0x21cF8Ae13Bb72632562c6Fff438652Ba1a151bb0'

const running = new Set<() => Promise<void>>()
afterEach(async () => {
  for (const end of running) await end()
  running.clear()
})

type Tested = AsterFutures | AsterSpot | BingxSpot

/** Whether the library has a venue's trades and klines. */
const hasMarket = ({ streams }: Venue) => streams['kline'] !== undefined

/** The bars of a client's trades, beside the venue's own; none where the library has no trades of it. */
const barsOf = (client: Client<Venue>, venue: Venue, rest: Rest) => {
  if (!hasMarket(venue)) return { closed: () => [], trades: [] }
  const ofMarket = client as unknown as Client<AnyMarket>
  return both(ofMarket, ofMarket.aggTrade$, (symbol, fromId) => aggTrades(rest, { symbol, fromId }))
}

/** An account of a venue on this machine, whose orders are placed and followed over real sockets. */
const open = async (venue: Venue, signer: Signer, symbol: string) => {
  const time = loopTime()
  const { scheduler } = time.clock()
  // A minute of its market takes a second.
  const { addresses, controls, close } = await startVenue({
    ...{ venue, accounts: [{ ...secret, signer: address }], scheduler: time.clock().scheduler, symbols: [symbol] },
    ...{ rate: 600, pause: 400 },
  })
  const rest = createRest({
    ...{ venue, signer, endpoint: addresses.rest, scheduler, timeout: 300, retry: { count: 1, delay: 20 } },
  })
  const reconnect = { delay: 20 }
  const account = accountCommunicator(
    venue,
    { rest },
    {
      endpoint: addresses.websocketApi ?? addresses.websocket,
      ...{ scheduler, reconnect, createRetry: { delay: 20 }, overlap: 1 },
    },
  )
  const market = websocketCommunicator(venue, {
    ...{ endpoint: addresses.websocket, scheduler, reconnect, rest: { endpoint: addresses.rest, scheduler } },
  })
  const streams = hasMarket(venue) ? ['btcusdt@aggTrade', 'btcusdt@kline_1m'] : []
  const communicator = hasMarket(venue) ? mergeCommunicators(market, account) : account
  const client = createClient({ venue, communicator, scheduler, streams })
  running.add(async () => {
    client.connect().unsubscribe()
    await close()
  })
  // What is tested takes the same orders at each of these venues.
  const made = orders(rest, { client, every: 2_000, window: 3_000 }) as unknown as Orders<Tested>
  const states = new Map<string, OrderState>()
  const ended = new Map<string, Promise<OrderState>>()
  const follow = (clientOrderId: string, symbol: string) => {
    const state$ = made.filled({ symbol, clientOrderId })
    ended.set(clientOrderId, lastValueFrom(state$))
    state$.subscribe((state) => states.set(clientOrderId, state))
  }
  const status = (tag: Status['_tag']) => firstValueFrom(client.status$.pipe(filter(({ _tag }) => _tag === tag)))
  const carried = (is: boolean) => firstValueFrom(client.carried$.pipe(filter((names) => names.size > 0 === is)))
  const until = (clientOrderId: string, is: (state: OrderState) => boolean, symbol: string) =>
    firstValueFrom(made.filled({ symbol, clientOrderId }).pipe(filter(is), take(1)))
  const { closed, trades } = barsOf(client, venue, rest)
  return { ...{ client, controls, made, states, ended, follow, status, carried, until, rest, closed, trades } }
}

const once = <A>(source: Observable<A>): Promise<A> => firstValueFrom(source)

/** How an order is replaced, by its client order id: another price for it, or another order at that price. */
type Replacement = (symbol: string, clientOrderId: string, price: string) => object
const changed: Replacement = (symbol, clientOrderId, price) => ({
  ...{ symbol, clientOrderId, side: 'BUY', quantity: '0.010', price },
})
const changedByAster: Replacement = (symbol, clientOrderId, price) => ({
  ...{ symbol, clientOrderId, quantity: '0.010', price },
})
const another: Replacement = (symbol, replacedClientOrderId, price) => ({
  ...{ symbol, replacedClientOrderId, side: 'BUY', orderType: 'LIMIT', timeInForce: 'GTC', quantity: '0.010', price },
})

describe.each<readonly [string, Venue, () => Signer, string, Replacement | undefined]>([
  ['Aster spot v1', asterSpot, () => hmacSigner({ ...secret, venue: asterSpot }), 'BTCUSDT', undefined],
  ['Aster spot v3', asterSpot, () => eip712Signer(wallet), 'BTCUSDT', undefined],
  ['Aster prediction v3', asterPrediction, () => eip712Signer(wallet), 'BTCUSDT', undefined],
  ['Aster futures v1', asterFutures, () => hmacSigner({ ...secret, venue: asterFutures }), 'BTCUSDT', undefined],
  ['Aster futures v3', asterFutures, () => eip712Signer(wallet), 'BTCUSDT', changedByAster],
  ['Binance spot', binanceSpot, () => hmacSigner({ ...secret, venue: binanceSpot }), 'BTCUSDT', another],
  [
    ...(['Binance futures', binanceFutures] as const),
    ...([() => hmacSigner({ ...secret, venue: binanceFutures }), 'BTCUSDT', changed] as const),
  ],
  ['BingX spot', bingxSpot, () => hmacSigner({ ...secret, venue: bingxSpot }), 'BTC-USDT', another],
])('%s: a day in the life of orders, over sockets', (_, venue, signer, symbol, replacement) => {
  test('F36 the states of all are those of the ledger of the venue, whatever was lost meanwhile', async () => {
    const run = await open(venue, signer(), symbol)
    const { made, controls, follow, client } = run
    const account = controls.account()
    const limit = (price: string, quantity = '0.010') =>
      ({ symbol, side: 'BUY', orderType: 'LIMIT', timeInForce: 'GTC', quantity, price }) as const
    const market = { symbol, side: 'BUY', orderType: 'MARKET', quantity: '0.010' } as const
    const place = async (order: Parameters<typeof made.place>[0]) => {
      const clientOrderId = made.clientOrderId()
      const result$ = once(made.place({ ...order, clientOrderId }))
      follow(clientOrderId, order.symbol)
      const result = await result$
      return { clientOrderId, result, orderId: 'order' in result ? String(result.order.orderId) : '' }
    }
    const idOf = (clientOrderId: string) =>
      account.orders().find((order) => order.clientOrderId === clientOrderId)?.orderId ?? ''

    // Placed before the account is carried: it leaves when its report can be heard.
    const early = place(limit('60000.00'))
    client.connect()
    const first = await early
    // The market is busy for some minutes, and waits while orders are placed.
    const closed = (bars: number) => firstValueFrom(client.message$.pipe(filter(() => run.closed().length >= bars)))
    if (hasMarket(venue)) {
      controls.run()
      await closed(1)
      controls.halt()
    }
    expect(first.result._tag).toBe('Accepted')
    await run.until(first.clientOrderId, ({ _tag }) => _tag === 'Open', symbol)

    const bought = await place(market)
    expect(bought.result._tag).toBe('Accepted')
    expect((await run.ended.get(bought.clientOrderId))?._tag).toBe('Filled')

    const cancelled = await place(limit('60001.00'))
    expect(await once(made.cancel({ symbol, clientOrderId: cancelled.clientOrderId }))).toMatchObject({
      _tag: 'Accepted',
      order: { status: 'CANCELED' },
    })
    expect(await once(made.cancel({ symbol, clientOrderId: cancelled.clientOrderId }))).toMatchObject({
      ...{ _tag: 'Refused', reason: 'unknownOrder' },
    })

    // Refused: the same id while it is open, more than there is, a market that is none, a quantity below all.
    const twice = await once(made.place({ ...limit('60002.00'), clientOrderId: first.clientOrderId }))
    expect(twice).toMatchObject({ _tag: 'Refused', reason: 'duplicate' })
    const refusals = [
      [await place(limit('60000.00', '900')), 'insufficient'],
      [await place({ ...limit('60000.00'), symbol: 'NOSUCH' }), 'symbol'],
      [await place(limit('60000.00', '0')), 'filter'],
    ] as const
    for (const [{ result }, reason] of refusals) expect(result).toMatchObject({ _tag: 'Refused', reason })

    // Replaced: the order itself has another price, or is another one.
    if (replacement !== undefined) {
      const placed = await place(limit('60001.50'))
      const replacing = made as unknown as Pick<Orders<typeof binanceSpot>, 'replace'>
      const replace = (price: string) =>
        once(
          replacing.replace(
            replacement(symbol, placed.clientOrderId, price) as Parameters<typeof replacing.replace>[0],
          ),
        )
      const result = await replace('60001.60')
      expect(result).toMatchObject({
        _tag: 'Accepted',
        order: { status: expect.stringMatching(/NEW|PENDING/) as unknown },
      })
      const { clientOrderId = placed.clientOrderId } = 'order' in result ? result.order : {}
      if (clientOrderId !== placed.clientOrderId) {
        expect((await run.ended.get(placed.clientOrderId))?._tag).toBe('Canceled')
        follow(clientOrderId, symbol)
      }
      expect(idOf(clientOrderId)).not.toBe('')
      await run.until(clientOrderId, (state) => 'price' in state && Number(state.price) === 60_001.6, symbol)
      // What is not open any more is replaced by nothing.
      expect(await once(made.cancel({ symbol, clientOrderId }))).toMatchObject({ _tag: 'Accepted' })
      if (clientOrderId === placed.clientOrderId) expect(await replace('60001.70')).toMatchObject({ _tag: 'Refused' })
      await run.ended.get(clientOrderId)
    }

    // Filled in part, and, while every connection is cut, filled and cancelled where nobody hears it.
    const parted = await place(limit('60003.00', '0.020'))
    account.fill(symbol, parted.orderId, '0.005')
    await run.until(parted.clientOrderId, (state) => state._tag === 'Open' && Number(state.filledQuantity) > 0, symbol)
    const lost = await place(limit('60004.00'))
    controls.failUpgrades({ _tag: 'refuse', status: 503 })
    controls.disconnect(1006)
    await run.carried(false)
    account.cancel(symbol, lost.orderId)
    account.fill(symbol, parted.orderId)
    // Placed during the cut: it waits until it can be heard.
    const during = await place(limit('60005.00'))
    expect(during.result._tag).toBe('Accepted')
    expect((await run.ended.get(parted.clientOrderId))?._tag).toBe('Filled')
    expect((await run.ended.get(lost.clientOrderId))?._tag).toBe('Canceled')

    // The key is lost: its account is silent, and filled meanwhile.
    for (const key of controls.listenKeys()) controls.expireListenKey(key)
    controls.endSubscriptions()
    account.fill(symbol, during.orderId)
    expect((await run.ended.get(during.clientOrderId))?._tag).toBe('Filled')
    await run.carried(true)

    // Events that are lost, doubled and in the wrong order.
    const troubled = await place(limit('60006.00', '0.030'))
    controls.failAccount('reorder')
    account.fill(symbol, troubled.orderId, '0.010')
    controls.failAccount('duplicate', 2)
    account.fill(symbol, troubled.orderId, '0.010')
    controls.failAccount('drop', 2)
    account.fill(symbol, troubled.orderId)
    expect((await run.ended.get(troubled.clientOrderId))?._tag).toBe('Filled')

    // Answers that do not come, or cannot be read: the order is there once.
    for (const fault of [{ _tag: 'silent' }, { _tag: 'cut' }, { _tag: 'lacks', key: 'status' }] as const) {
      controls.failRest('order', fault)
      const unheard = await place(limit('60007.00'))
      expect([fault._tag, unheard.result._tag]).toEqual([fault._tag, 'Accepted'])
      expect(account.orders().filter(({ clientOrderId }) => clientOrderId === unheard.clientOrderId)).toHaveLength(1)
      controls.failRest('order', fault)
      expect(await once(made.cancel({ symbol, clientOrderId: unheard.clientOrderId }))).toMatchObject({
        ...{ _tag: 'Accepted', order: { status: 'CANCELED' } },
      })
    }
    // 503, and nothing was done: nobody knows, until it cannot arrive any more.
    controls.failRest('order', { _tag: 'html', status: 503 })
    const never = await place(limit('60008.00'))
    expect(never.result).toMatchObject({ _tag: 'Refused', reason: 'lost' })
    expect(idOf(never.clientOrderId)).toBe('')

    const rested = await once(made.open(symbol))
    expect(rested.map(({ orderId }) => String(orderId))).toEqual([first.orderId])
    const known = await once(made.status({ symbol, clientOrderId: bought.clientOrderId }))
    expect(known?.status).toBe('FILLED')

    const tags = { NEW: 'Open', PARTIALLY_FILLED: 'Open', FILLED: 'Filled', CANCELED: 'Canceled', EXPIRED: 'Expired' }
    const ledger = account.orders().map(({ clientOrderId, orderId, status, filledQuantity, price, quantity }) => ({
      ...{ clientOrderId, orderId, tag: tags[status], filledQuantity: Number(filledQuantity) },
      ...{ price: Number(price), quantity: Number(quantity) },
    }))
    const ours = ledger.map(({ clientOrderId }) => {
      const state = run.states.get(clientOrderId)
      if (state === undefined || !('filledQuantity' in state)) return { clientOrderId, state }
      const { orderId, filledQuantity, price, quantity, _tag: tag } = state
      return {
        ...{ clientOrderId, orderId: String(orderId), tag, filledQuantity: Number(filledQuantity) },
        ...{ price: Number(price), quantity: Number(quantity) },
      }
    })
    expect(ours).toEqual(ledger)
    const others = [...run.states.values()].filter(({ clientOrderId = '' }) => idOf(clientOrderId) === '')
    expect(others.map(({ _tag }) => _tag)).toEqual(['Rejected', 'Rejected', 'Rejected', 'Rejected'])
    expect([...run.states.values()].filter((state) => !isFinalOrder(state))).toHaveLength(1)

    // No trade is missing, whatever was cut, and the bars of all of them are the venue's.
    if (!hasMarket(venue)) return
    controls.run()
    await closed(run.closed().length + 2)
    expectVenues(run.closed())
    expect(run.closed().some(({ bar }) => bar.wasReset)).toBe(true)
    const ids = run.trades.map(({ aggregateId }) => aggregateId)
    expect(ids).toEqual(ids.map((_, i) => (ids[0] ?? 0) + i))
    expect(run.trades.some(({ isBackfilled }) => isBackfilled)).toBe(true)
  })
})
