import * as t from 'io-ts'
import { lastValueFrom } from 'rxjs'
import { Id } from '../../lib/codecs/Id.js'
import { createRest } from '../../lib/rest/createRest.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { binanceSpot } from '../../lib/venues/binanceSpot.js'
import type { Venue } from '../../lib/venues/Venue.js'
import { failure } from './failure.js'
import { venueInMemory } from './venueInMemory.js'

const ask = <A>(text: string, codec: t.Decoder<unknown, A>, venue: Venue = asterFutures) =>
  createRest({ venue, fetch: venueInMemory(() => ({ text })).fetch }).request('GET', '/fapi/v3/order', {}, codec)

const Order = t.type({ orderId: Id })

test.each([
  ['{"orderId":8389766079988521101}', '8389766079988521101'],
  ['{"orderId":"8389766079988521101"}', '8389766079988521101'],
  ['{"orderId":9007199254740993}', '9007199254740993'],
  ['{"orderId":-9223372036854775808}', '-9223372036854775808'],
  ['{"orderId":9007199254740991}', 9007199254740991],
  ['{"orderId":"283194212"}', 283194212],
  ['{"orderId":283194212}', 283194212],
])('F77 the order id in %s comes as %j, on whatever venue', async (text, orderId) => {
  expect(await lastValueFrom(ask(text, Order))).toEqual({ orderId })
  expect(await lastValueFrom(ask(text, Order, binanceSpot))).toEqual({ orderId })
})

test('F77 a codec of numbers refuses what no number holds, and says so', async () => {
  const { failure: what } = await failure(ask('{"orderId":8389766079988521101}', t.type({ orderId: t.number })))
  expect(what).toEqual({
    kind: 'body',
    status: 200,
    path: 'orderId',
    reason: 'orderId: expected number, came a whole number beyond 2^53: `Id` takes it',
  })
})

test('F77 every other number is a number, and a text is a text', async () => {
  const text =
    '{"a":0.12345678901234567890,"b":1e30,"c":12345678901234567890.5,"d":9007199254740991,"e":"8389766079988521101","f":"x: 8389766079988521101,","g":-0.5E-3}'
  expect(await lastValueFrom(ask(text, t.unknown))).toEqual(JSON.parse(text))
})

test('F77 long ids anywhere in a list, and as keys', async () => {
  const text = '[[8389766079988521101,1],{"8389766079988521101":8389766079988521102}, 8389766079988521103 ]'
  expect(await lastValueFrom(ask(text, t.unknown))).toEqual([
    ['8389766079988521101', 1],
    { '8389766079988521101': '8389766079988521102' },
    '8389766079988521103',
  ])
})
