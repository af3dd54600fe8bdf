import { createClient } from '../../../lib/client/createClient.js'
import { Decimal } from '../../../lib/codecs/Decimal.js'
import { Id } from '../../../lib/codecs/Id.js'
import { Text } from '../../../lib/codecs/Text.js'
import { Timestamp } from '../../../lib/codecs/Timestamp.js'
import { wire } from '../../../lib/codecs/wire.js'
import { accountCommunicator } from '../../../lib/communicators/accountCommunicator.js'
import { mergeCommunicators } from '../../../lib/communicators/mergeCommunicators.js'
import { websocketCommunicator } from '../../../lib/communicators/websocket/websocketCommunicator.js'
import { simulate, type SimulationConfig } from '../../../lib/simulation/index.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { asterPrediction } from '../../../lib/venues/asterPrediction.js'
import { asterSpot } from '../../../lib/venues/asterSpot.js'
import { binanceSpot } from '../../../lib/venues/binanceSpot.js'
import type { Venue, VenueWithBooks } from '../../../lib/venues/Venue.js'
import { withTimeUnit } from '../../../lib/venues/withTimeUnit.js'

const Deal = wire('Deal', 'deal', {
  eventTime: ['when', Timestamp],
  symbol: ['what', Text],
  tradeId: ['no', Id],
  price: ['at', Decimal],
})
const Quote = wire('Quote', 'quote', { symbol: ['what', Text], bidPrice: ['bid', Decimal], askPrice: ['ask', Decimal] })
const Notice = wire('Notice', 'notice', { text: ['text', Text] })

const streams = {
  trade: { name: '<symbol>@deals', event: Deal, sequence: 'tradeId' },
  bookTicker: { name: '<symbol>@quote', event: Quote },
  notice: { name: '!notices', event: Notice, silence: Infinity },
} as const

/** A venue of a user: streams, codecs, names and REST paths of its own, and the servers of Aster's futures. */
const mine: Venue<typeof streams, typeof asterFutures.account> = {
  name: 'mine',
  endpoints: { websocket: 'wss://mine.example/feed', rest: 'https://mine.example' },
  limits: asterFutures.limits,
  streams,
  account: { ...asterFutures.account },
  dialect: asterFutures.dialect,
  envelope: asterFutures.envelope,
  control: asterFutures.control,
  rest: {
    ...asterFutures.rest,
    versions: {
      v1: {
        signing: 'hmac',
        time: '/clock',
        listenKey: { path: '/key', authentication: 'apiKey', isNamed: false },
      },
    },
  },
}

const account = { apiKey: 'key', secret: 'secret' }

test('a venue of one’s own sends its own streams, by its own codecs, and has accounts', async () => {
  const { transport, fetch, scheduler, controls, pass, close } = simulate({
    ...{ venue: mine, like: asterFutures, seed: 7, accounts: [account], samples: false },
  })
  const connecting = { transport, scheduler, rest: { fetch, scheduler } }
  const client = createClient({
    venue: mine,
    scheduler,
    communicator: mergeCommunicators(
      websocketCommunicator(mine, connecting),
      accountCommunicator(mine, account, connecting),
    ),
  })
  const frames: string[] = []
  const deals: unknown[] = []
  const quotes: unknown[] = []
  const notices: unknown[] = []
  const orders: unknown[] = []
  client.signal$.subscribe((signal) => signal._tag === 'Frame' && frames.push(signal.text))
  client.stream('btcusdt@deals').subscribe((deal) => deals.push(deal))
  client.stream('btcusdt@quote').subscribe((quote) => quotes.push(quote))
  client.stream('!notices').subscribe((notice) => notices.push(notice))
  client.orderUpdate$.subscribe(({ order: { executionType, status } }) => orders.push([executionType, status]))
  const connection = client.connect()
  controls.run()
  await pass(3_000)
  controls.send('!notices', { e: 'notice', text: 'hello' })
  controls.account().place({ symbol: 'BTCUSDT', side: 'BUY', quantity: '0.001' })
  await pass(100)
  connection.unsubscribe()
  await close()
  expect(deals.length).toBeGreaterThan(2)
  expect(deals[0]).toEqual({
    eventTime: expect.any(Number) as number,
    symbol: 'BTCUSDT',
    tradeId: expect.any(Number) as number,
    price: expect.stringMatching(/^\d{5}\.\d\d$/) as string,
  })
  expect(frames.find((text) => text.includes('deals'))).toMatch(
    /^{"stream":"btcusdt@deals","data":{"e":"deal","when":\d{13},"what":"BTCUSDT","no":\d+,"at":"\d+\.\d\d"}}$/,
  )
  expect(quotes.length).toBeGreaterThan(2)
  expect(notices).toEqual([{ text: 'hello' }])
  expect(orders).toEqual([
    ['NEW', 'NEW'],
    ['TRADE', 'FILLED'],
  ])
})

/** The time of the first PING, which is the venue's own, and the message of a refused order. */
const servers = async (config: SimulationConfig) => {
  const { transport, scheduler, pass, controls, close } = simulate(config)
  const start = scheduler.now()
  let ping = 0
  transport(config.venue.endpoints.websocket + (config.venue.dialect.path?.([]) ?? '')).event$.subscribe(({ _tag }) => {
    if (_tag === 'Ping') ping ||= scheduler.now() - start
  })
  await pass(400_000)
  let message = ''
  try {
    controls.account().place({ symbol: 'BTCUSDT', side: 'BUY', quantity: '900' })
  } catch (error) {
    message = String(error)
  }
  await close()
  return { ping, message }
}

const poor = { accounts: [{ balances: {} }], latency: 0 }
const ofFutures = { ping: 300_000, message: 'TypeError: {"code":-2019,"msg":"Margin is insufficient."}' }
const shortOfMoney = 'TypeError: {"code":-2010,"msg":"Account has insufficient balance for requested action."}'

test.each<readonly [string, SimulationConfig, { readonly ping: number; readonly message: string }]>([
  ['a venue of this library', { venue: asterFutures }, ofFutures],
  ['another name', { venue: { ...asterFutures, name: 'asterSpot' } }, ofFutures],
  ['other streams', { venue: { ...asterFutures, streams } }, ofFutures],
  ['other REST calls', { venue: { ...asterFutures, rest: { ...asterFutures.rest, versions: {} } } }, ofFutures],
  ['like one of this library', { venue: mine, like: asterFutures }, ofFutures],
  ['like one made of it', { venue: mine, like: { ...asterFutures, name: 'other' } }, ofFutures],
  [
    'the name of one, and like another',
    { venue: { ...asterFutures, name: 'asterFutures' }, like: asterSpot },
    {
      ...{ ping: 180_000, message: shortOfMoney },
    },
  ],
  [
    'in another unit of time',
    { venue: withTimeUnit(binanceSpot, 'microsecond') },
    {
      ...{ ping: 20_000, message: shortOfMoney },
    },
  ],
])('servers behave by what the venue is, not by its name: %s', async (_, config, expected) => {
  expect(await servers({ ...poor, ...config })).toEqual(expected)
})

test('what is made of Aster’s prediction markets is no spot market', () => {
  const derived: VenueWithBooks = { ...asterPrediction, name: 'derived', streams: { ...asterPrediction.streams } }
  const { controls } = simulate({ venue: derived })
  expect(controls.book('BTC_UP_DOWN_5M_1778483280_YUSDT')).toBeDefined()
})

test('a venue that is none of them, and like none of them, is refused', () => {
  const message = (name: string) =>
    `${name} cannot be simulated by itself; expected like: a venue whose servers behave as its own, asterSpot, asterPrediction, asterFutures, binanceSpot, binanceFutures, bingxSpot, bingxSwap`
  expect(() => simulate({ venue: mine })).toThrow(new TypeError(message('mine')))
  expect(() => simulate({ venue: asterSpot, like: mine })).toThrow(new TypeError(message('mine')))
})

test('what a venue adds to its own events is not added to those of other codecs', async () => {
  const kline = { name: '<symbol>@kline_<interval>', event: wire('Candle', 'candle', { symbol: ['s', Text] }) } as const
  const venue = { ...asterFutures, streams: { ...asterFutures.streams, kline } }
  const { transport, controls, pass, close } = simulate({ venue, seed: 7 })
  const texts: string[] = []
  transport('wss://any.example/ws/btcusdt@kline_1m').event$.subscribe((event) => {
    if (event._tag === 'Text') texts.push(event.text)
  })
  await pass(10)
  controls.step(40)
  await pass(10)
  await close()
  expect(new Set(texts)).toEqual(new Set(['{"e":"candle","s":"BTCUSDT"}']))
})
