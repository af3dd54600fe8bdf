import { isRight } from 'fp-ts/lib/Either.js'
import { frame } from '../../../lib/Signal.js'
import { parse } from '../../../lib/parser/parse.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { asterSpot } from '../../../lib/venues/asterSpot.js'
import { binanceSpot } from '../../../lib/venues/binanceSpot.js'
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
const ofAll = ['!miniTicker@arr', '!ticker@arr', '!bookTicker']
const marks = ['btcusdt@markPrice', 'btcusdt@markPrice@1s', '!markPrice@arr', '!markPrice@arr@1s']

const start = 1_700_000_000_000

const venues: readonly (readonly [string, Venue, readonly string[]])[] = [
  ['asterSpot', asterSpot, []],
  ['asterFutures', asterFutures, marks],
  ['binanceSpot', binanceSpot, ['btcusdt@kline_1s']],
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
