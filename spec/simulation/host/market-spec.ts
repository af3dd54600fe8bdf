import { isRight } from 'fp-ts/lib/Either.js'
import { frame } from '../../../lib/Signal.js'
import { parse } from '../../../lib/parser/parse.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { asterPrediction } from '../../../lib/venues/asterPrediction.js'
import { asterSpot } from '../../../lib/venues/asterSpot.js'
import { binanceSpot } from '../../../lib/venues/binanceSpot.js'
import { bingxSpot } from '../../../lib/venues/bingxSpot.js'
import { fill } from '../../../lib/venues/grammar.js'
import type { Venue } from '../../../lib/venues/Venue.js'
import { bareClient, roundTrip, venueFor } from './bareClient.js'
import { clockAt } from './clockAt.js'

const perSymbol = [
  'trade',
  'aggTrade',
  'bookTicker',
  'depth',
  'depth@100ms',
  'depth@250ms',
  'depth@500ms',
  'depth5@100ms',
  'depth20',
  'kline_1m',
  'kline_1h',
  'miniTicker',
  'ticker',
]
const ofAll = ['!miniTicker@arr']
const retiredByBinance = ['!ticker@arr', '!bookTicker']
const marks = ['btcusdt@markPrice', 'btcusdt@markPrice@1s', '!markPrice@arr', '!markPrice@arr@1s']

const start = 1_700_000_000_000

const venues: readonly (readonly [string, Venue, readonly string[]])[] = [
  ['asterSpot', asterSpot, retiredByBinance],
  ['asterFutures', asterFutures, [...retiredByBinance, ...marks]],
  [
    'binanceSpot',
    binanceSpot,
    [
      ...['kline_1s', 'kline_1m@+08:00', 'kline_1d@+08:00', 'ticker_4h', 'ticker_1d'].map((name) => `btcusdt@${name}`),
      ...['!ticker_4h@arr', '!ticker_1d@arr'],
    ],
  ],
]

test.each(venues)('%s says everything in frames that the parser knows', async (_, venue, more) => {
  const { addresses, controls } = await venueFor({ venue, seed: 7, scheduler: clockAt(start) })
  const streams = [...perSymbol.map((suffix) => `btcusdt@${suffix}`), ...ofAll, ...more]
  const { socket, texts } = await bareClient(`${addresses.websocket}/stream?streams=${streams.join('/')}`)
  controls.step(100)
  await roundTrip(socket)
  const parsed = texts.map((text) => parse(venue)(frame(text, 0)))
  expect(parsed.filter((each) => !isRight(each))).toEqual([])
  const heard = new Set(texts.map((text) => (JSON.parse(text) as { readonly stream: string }).stream))
  expect([...heard].sort()).toEqual([...streams].sort())
})

const rows = [asterSpot, asterFutures, asterPrediction, binanceSpot, bingxSpot].flatMap((venue: Venue) =>
  Object.entries(venue.streams).map(([kind, row]) => ({ venue, kind, row })),
)

/** What the market of the venue is called, as the prediction market's symbols are longer. */
const usual = (venue: Venue) => ({
  symbol: venue === asterPrediction ? 'btc_up_down_5m_1778483280_yusdt' : 'btcusdt',
  eventName: 'btc_up_down_5m',
  interval: '1m',
  levels: 5,
  window: '1h',
})

test.each(rows.map((each) => [`${each.venue.name} ${each.kind}`, each] as const))(
  '%s is sent to those who ask for it',
  async (_, { venue, kind, row }) => {
    const { addresses, controls } = await venueFor({ venue, seed: 7, scheduler: clockAt(start) })
    const name = fill(row.name, usual(venue))
    const { socket, texts } = await bareClient(
      addresses.websocket + (venue.dialect.path?.(row.unasked ? [] : [name]) ?? ''),
    )
    if (row.unasked) controls.serverShutdown()
    const isSent = () => controls.log().some(({ type }) => type === 'sent')
    // The rarest thing comes every half a minute.
    for (let second = 0; second < 30 && !isSent(); second++) controls.step(10)
    await roundTrip(socket)
    const kinds = texts.map((text) => {
      const parsed = parse(venue)(frame(text, 0))
      return isRight(parsed) && 'kind' in parsed.right ? parsed.right.kind : text
    })
    // What the venue has retired is acknowledged, and silent.
    expect(new Set(kinds)).toEqual(new Set(row.retired === undefined ? [kind] : []))
  },
)
