import {
  binanceStyle,
  contiguousIds,
  createClient,
  Decimal,
  enumeration,
  frame,
  Text,
  Timestamp,
  wire,
  type AccountTable,
  type StreamTable,
  type VenueWithBooks,
  type Wire,
} from 'aster-rx'
import type { TypeOf } from 'io-ts'
import { of } from 'rxjs'

const auctionCodec = wire('Auction', 'auction', {
  /** When the venue sent the event, ms since 1970 (UTC). `E` */
  eventTime: ['E', Timestamp],
  /** The market: `BTCUSDT`. `s` */
  symbol: ['s', Text],
  /** Where the auction stands. `x` */
  phase: ['x', enumeration('AuctionPhase', ['OPEN', 'CROSSED'])],
  /** The price of the auction, in the quote asset; absent while there is none. `p` */
  price: ['p?', Decimal],
})

/** An auction opens, or finds its price. */
interface Auction extends TypeOf<typeof auctionCodec> {}
const Auction: Wire<Auction> = auctionCodec

const streams = {
  ...binanceStyle.streams,
  auction: { name: '<symbol>@auction', event: Auction, sequence: 'eventTime', silence: Infinity },
} as const satisfies StreamTable

const account = {} as const satisfies AccountTable

interface Acme extends VenueWithBooks<typeof streams, typeof account> {}
const acme: Acme = {
  ...binanceStyle,
  name: 'acme',
  endpoints: { websocket: 'wss://stream.acme.example', rest: 'https://api.acme.example' },
  limits: {
    messagesPerSecond: 5,
    streamsPerConnection: 200,
    namesPerRequest: 100,
    lifetime: 86_400_000,
    weightPerMinute: 1_200,
  },
  streams,
  account,
  rest: {
    ...binanceStyle.rest,
    versions: { v1: { signing: 'hmac', depth: '/api/v1/depth', time: '/api/v1/time' } },
    depth: { weights: [{ upTo: 1_000, weight: 10 }] },
  },
  depthRule: contiguousIds,
}

const frames = [
  '{"stream":"btcusdt@auction","data":{"e":"auction","E":1723110000000,"s":"BTCUSDT","x":"OPEN"}}',
  '{"stream":"btcusdt@auction","data":{"e":"auction","E":1723110060000,"s":"BTCUSDT","x":"CROSSED","p":"61686.00"}}',
].map((text, i) => frame(text, 1_723_110_000_005 + i * 60_000))

const client = createClient({ venue: acme, communicator: () => of(...frames) })
client.stream('btcusdt@auction').subscribe(({ phase, price = 'no price yet' }) => console.log(phase, price))
client.connect()
