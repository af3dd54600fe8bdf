import { from, lastValueFrom, of } from 'rxjs'
import { createClient } from '../../lib/client/createClient.js'
import type { ParseError } from '../../lib/parser/ParseError.js'
import { klines } from '../../lib/operators/klines.js'
import { syncDepth } from '../../lib/operators/syncDepth.js'
import { parse } from '../../lib/parser/parse.js'
import { frame } from '../../lib/Signal.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { bingxSpot } from '../../lib/venues/bingxSpot.js'
import { Clock } from '../helpers/Clock.js'

const trade = (quantity: string) =>
  `{"stream":"btcusdt@trade","data":{"e":"trade","E":1,"T":2,"s":"BTCUSDT","t":3,"p":"4.0","q":${quantity},"m":true}}`
const depth = (level: string) =>
  `{"stream":"btcusdt@depth","data":{"e":"depthUpdate","E":1,"T":1,"s":"BTCUSDT","U":1,"u":2,"pu":0,"b":[["1","2"],${level}],"a":[]}}`
const order = (price: string) =>
  `{"dataType":"spot.executionReport","data":{"e":"executionReport","E":1,"s":"B","p":${price}}}`

test.each([
  ['a quantity', asterFutures, trade('"1e999999999"'), 'q'],
  ['a quantity next to nothing', asterFutures, trade('"1e-999999999"'), 'q'],
  ['a quantity of 401 digits', asterFutures, trade(`"${'9'.repeat(401)}"`), 'q'],
  ['the price of a level', asterFutures, depth('["1e999999999","1"]'), 'b.1.0'],
  ['the quantity of a level', asterFutures, depth('["1","1e999999999"]'), 'b.1.1'],
  ['a number', bingxSpot, order('1e999999999'), 'p'],
  ['a text where numbers come', bingxSpot, order('"1e999999999"'), 'p'],
])('F71 %s beyond every quantity is an invalid event with its path', (_, venue, text, path) => {
  const parsed = parse(venue)(frame(text, 5))
  const errors = parsed._tag === 'Left' && parsed.left._tag === 'InvalidEvent' ? parsed.left.errors : []
  const paths = errors.map(({ context }) =>
    context
      .slice(1)
      .map(({ key }) => key)
      .join('.'),
  )
  expect(paths).toContain(path)
})

test('F71 bars and books go on behind such a frame, and cost no time', async () => {
  const errors: ParseError[] = []
  const texts = [trade('"1"'), trade('"1e999999999"'), depth('["3","1e999999999"]'), depth('["3","1"]'), trade('"2"')]
  const client = createClient({
    venue: asterFutures,
    communicator: () => from(texts.map((text) => frame(text, 5))),
  })
  client.parseError$.subscribe((error) => errors.push(error))
  const bar = lastValueFrom(client.trade$.pipe(klines({ interval: '1m', scheduler: new Clock() })))
  const snapshot = () => of({ lastUpdateId: 1, bids: [['2', '1'] as const], asks: [] })
  const book = lastValueFrom(client.depth$.pipe(syncDepth({ rule: asterFutures.depthRule, snapshot })))
  client.connect()
  expect(await bar).toMatchObject({ volume: '3', tradeCount: 2 })
  expect(await book).toMatchObject({ top: { bid: { price: '3' } } })
  expect(errors.map((error) => error._tag)).toEqual(['InvalidEvent', 'InvalidEvent'])
})
