import { newsIn, refusedBy, streamsOf } from '../../../lib/communicators/account/byListenKey.js'
import { RestError } from '../../../lib/rest/RestError.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { asterSpot } from '../../../lib/venues/asterSpot.js'
import { binanceSpot } from '../../../lib/venues/binanceSpot.js'
import { bingxSpot } from '../../../lib/venues/bingxSpot.js'

describe('a key that has expired', () => {
  const event = { e: 'listenKeyExpired', E: 1, listenKey: 'abc' }

  test.each([
    ['raw', asterFutures, event],
    ['wrapped', asterFutures, { stream: 'abc', data: event }],
    ['of BingX', bingxSpot, event],
    ['of BingX, wrapped', bingxSpot, { dataType: '', data: event }],
    ['of Binance, wrapped', binanceSpot, { event }],
  ])('%s: which', (_, venue, value) => {
    for (const isUnproven of [true, false])
      expect(newsIn(JSON.stringify(value), isUnproven, venue)).toEqual({ _tag: 'Expired', key: 'abc' })
  })

  test.each([{ listenKey: undefined }, { listenKey: '' }, { listenKey: 5 }])('%j is no key', (other) => {
    const text = JSON.stringify({ ...event, ...other })
    expect(newsIn(text, false, asterFutures)).toEqual({ _tag: 'Expired', key: undefined })
  })

  test.each([
    '{"e":"ORDER_TRADE_UPDATE"}',
    '{"e":"announcement","en":{"t":"listenKeyExpired"}}',
    '"listenKeyExpired"',
    '["listenKeyExpired"]',
    '{"e":"listenKeyExpired"',
    'listenKeyExpired',
    '{"data":null,"x":"listenKeyExpired"}',
  ])('not by %s', (text) => {
    for (const venue of [asterFutures, binanceSpot]) expect(newsIn(text, false, venue)?._tag).not.toBe('Expired')
  })
})

describe('an event, while the key is unproven', () => {
  test.each([
    ['raw', asterFutures, { e: 'ORDER_TRADE_UPDATE', E: 1 }],
    ['wrapped', asterFutures, { stream: 'abc', data: { e: 'MARGIN_CALL' } }],
    ['of Binance', binanceSpot, { subscriptionId: 0, event: { e: 'executionReport' } }],
    ['of BingX', bingxSpot, { code: 0, dataType: 'spot.executionReport', data: { e: 'executionReport' } }],
  ] as const)('%s', (_, venue, value) => {
    expect(newsIn(JSON.stringify(value), true, venue)).toEqual({ _tag: 'Event' })
    // Nobody needs to know, and nothing is read.
    expect(newsIn(JSON.stringify(value), false, venue)).toBeUndefined()
  })

  test.each([
    ...['{"e":"toString"}', '{"e":"trade"}', '{"e":5}', '{"id":1}', '{"data":null}', '{"data":[{"e":"MARGIN_CALL"}]}'],
    ...['ping', '[]', '"x"', 'null', '{"a":', '[{"e":"MARGIN_CALL"}]', ''],
  ])('not %s', (text) => {
    expect(newsIn(text, true, asterFutures)).toBeUndefined()
  })

  test('one that says that a key has expired is none', () => {
    expect(newsIn('{"e":"listenKeyExpired"}', true, asterFutures)?._tag).toBe('Expired')
  })
})

describe('an error by which no key can be had', () => {
  const venueError = (code: number, final = true) =>
    new RestError('POST /x', { kind: 'venue', status: 400, code, reason: 'no' }, final)

  test.each([
    venueError(-2015),
    new RestError('POST /x', { kind: 'http', status: 401, reason: 'no' }, true),
    { final: true, code: -2014 },
  ])('%j concerns credentials', (error) => {
    expect(refusedBy(asterSpot)(error)).toBe(true)
  })

  test.each([venueError(-1010), { final: true }, { final: true, code: '-2014' }, { final: true, status: 404 }])(
    'not %j, whatever it says',
    (error) => {
      expect(refusedBy(asterSpot)(error)).toBe(false)
    },
  )

  test.each([venueError(-2015, false), { final: 'true', status: 401 }, 'x', undefined, null])('nor %j', (error) => {
    expect(refusedBy(asterSpot)(error)).toBe(false)
  })

  test('the codes are the venue’s own', () => {
    expect([refusedBy(bingxSpot)(venueError(100413)), refusedBy(asterSpot)(venueError(100413))]).toEqual([true, false])
  })
})

test('what has to be asked for by name', () => {
  expect([...streamsOf(bingxSpot)]).toEqual(['spot.executionReport', 'ACCOUNT_UPDATE'])
  expect([...streamsOf(asterFutures)]).toEqual([])
})
