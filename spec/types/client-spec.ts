import { NEVER, type Observable } from 'rxjs'
import type { Client } from '../../lib/client/Client.js'
import { createClient } from '../../lib/client/createClient.js'
import type { Kline } from '../../lib/events/Kline.js'
import type { Trade } from '../../lib/events/Trade.js'
import { asterFutures, type AsterFutures } from '../../lib/venues/asterFutures.js'
import { asterSpot, type AsterSpot } from '../../lib/venues/asterSpot.js'
import { binanceSpot, type BinanceSpot } from '../../lib/venues/binanceSpot.js'
import type { BingxSpot } from '../../lib/venues/bingxSpot.js'
import type { StreamName } from '../../lib/venues/streamName.js'
import type { EventOf, Venue } from '../../lib/venues/Venue.js'

const communicator = () => NEVER
const futures = createClient({ venue: asterFutures, communicator })
const binance = createClient({ venue: binanceSpot, communicator })

/** `any` is assignable to `never`, and nothing else is. */
type IsAny<A> = 0 extends 1 & A ? true : false
const isNotAny = <A>(_: A, no: IsAny<A>) => expect(no).toBe(false)

test('the client of a venue is a client of that venue or another', () => {
  const klines = (client: Client<AsterFutures | AsterSpot | BinanceSpot>): Observable<Kline> => {
    const trades$: Observable<Trade> = client.trade$
    expect(trades$).toBeDefined()
    // @ts-expect-error futures alone have them
    expect(client.markPrice$ === undefined).toBe(client !== futures)
    return client.stream('btcusdt@kline_1m')
  }
  for (const client of [futures, binance, createClient({ venue: asterSpot, communicator })])
    expect(klines(client)).toBeDefined()
  // @ts-expect-error a client of any of two has not what one of them has
  const one = (client: Client<AsterFutures | AsterSpot>): Client<AsterFutures> => client
  // @ts-expect-error another venue
  const other: Client<BinanceSpot> = futures
  expect([one, other]).toHaveLength(2)
})

test('of one venue out of several, the names that all have', () => {
  const names: readonly StreamName<AsterSpot | BinanceSpot>[] = ['btcusdt@kline_1m', '!miniTicker@arr']
  // @ts-expect-error only Binance has seconds
  const second: StreamName<AsterSpot | BinanceSpot> = 'btcusdt@kline_1s'
  // @ts-expect-error only Aster has it
  const tradePro: StreamName<AsterSpot | BinanceSpot> = 'btcusdt@tradepro'
  // @ts-expect-error BingX has none of them
  const none: StreamName<AsterSpot | BingxSpot> = 'btcusdt@trade'
  expect([...names, second, tradePro, none]).toHaveLength(5)
})

test('nothing of a client is any, whatever its venue', () => {
  const look = <V extends Venue>(client: Client<V>, event: EventOf<V, keyof V['streams'] & string>): void => {
    // @ts-expect-error not every venue has it
    client.nothing$.subscribe()
    // @ts-expect-error nobody knows what it is
    client.trade$?.subscribe((trade) => trade.price as unknown)
    // @ts-expect-error nobody knows what it is
    const text: string = event
    client.message$.subscribe(({ kind, event: payload }) => {
      isNotAny(kind, false)
      // @ts-expect-error nobody knows what it is
      return [text, payload.price as unknown]
    })
    isNotAny(client.message$, false)
    isNotAny(client.status$, false)
    isNotAny(client.stream, false)
  }
  expect(look).toBeDefined()
  const ofAny = (client: Client<Venue>) => client.trade$?.subscribe((trade) => isNotAny(trade, false))
  expect(ofAny).toBeDefined()
})

test('a list of names is a list of streams', () => {
  const names: readonly StreamName<AsterFutures>[] = ['btcusdt@trade', '!markPrice@arr']
  const all: readonly Observable<unknown>[] = names.map((name) => futures.stream(name))
  expect(all).toHaveLength(2)
})
