import { from } from 'rxjs'
import { createClient } from '../../lib/client/createClient.js'
import type { Counters } from '../../lib/client/Counters.js'
import type { Message } from '../../lib/parser/Message.js'
import { parse, parseAll } from '../../lib/parser/parse.js'
import type { ParseError } from '../../lib/parser/ParseError.js'
import { frame } from '../../lib/Signal.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { binanceSpot } from '../../lib/venues/binanceSpot.js'
import type { Venue } from '../../lib/venues/Venue.js'

const trade = (t: number) => `{"e":"trade","E":1,"T":2,"s":"BTCUSDT","t":${t},"p":"4.0","q":"5","m":true}`
const wrapped = (t: number) => `{"stream":"btcusdt@trade","data":${trade(t)}}`
const mark = (s: string, more = '') => `{"e":"markPriceUpdate","E":1,"s":"${s}","p":"1","r":"0"${more}}`
const marks = (...items: readonly string[]) => `{"stream":"!markPrice@arr","data":[${items.join(',')}]}`
const balance = '{"e":"outboundAccountPosition","E":1,"u":1,"B":[]}'

/** What a client says of some frames. */
const heard = (venue: Venue, texts: readonly string[], stream?: string) => {
  const messages: Message[] = []
  const errors: ParseError[] = []
  let counters: Counters | undefined
  const source = { id: 'x', ...(stream !== undefined && { stream }) }
  const client = createClient({ venue, communicator: () => from(texts.map((text) => frame(text, 5, source))) })
  client.message$.subscribe((message) => messages.push(message))
  client.parseError$.subscribe((error) => errors.push(error))
  client.counters$.subscribe((counts) => (counters = counts))
  client.connect()
  return {
    said: messages.map(({ kind }) => kind),
    errors: errors.map(({ _tag, index }) => (index === undefined ? _tag : `${_tag} ${index}`)),
    messages,
    counters,
  }
}

describe('F73 everything in one frame is delivered or told, and counted', () => {
  const cases: readonly (readonly [string, Venue, string, readonly string[], readonly string[], string?])[] = [
    ['wrapped events', asterFutures, `[${wrapped(1)},${wrapped(2)},${wrapped(3)}]`, ['trade', 'trade', 'trade'], []],
    [
      'what is wrong among them',
      asterFutures,
      `[${wrapped(1)},{"stream":"btcusdt@trade","data":{}},${wrapped(2)}]`,
      ['trade', 'trade'],
      ['InvalidEvent 1'],
    ],
    [
      'an unknown stream among them',
      asterFutures,
      `[{"stream":"x@y","data":{}},${wrapped(2)}]`,
      ['trade'],
      ['UnknownStream 0'],
    ],
    [
      'what is no object',
      asterFutures,
      `[null,${wrapped(1)},7,[]]`,
      ['trade'],
      ['UnknownStream 0', 'UnknownStream 2', 'UnknownStream 3'],
    ],
    [
      'raw events of several kinds',
      asterFutures,
      `[${trade(1)},{"e":"aggTrade"},${trade(2)}]`,
      ['trade', 'trade'],
      ['InvalidEvent 1'],
    ],
    ['raw and wrapped ones', asterFutures, `[${trade(1)},${wrapped(2)}]`, ['trade', 'trade'], []],
    [
      'raw events on a connection of one stream',
      asterFutures,
      `[${trade(1)},${trade(2)}]`,
      ['trade', 'trade'],
      [],
      'btcusdt@trade',
    ],
    [
      'events of an account',
      binanceSpot,
      `[${balance},{"subscriptionId":0,"event":${balance}}]`,
      ['accountPosition', 'accountPosition'],
      [],
    ],
    ['an answer among events', asterFutures, `[{"result":null,"id":1},${wrapped(1)}]`, ['trade'], []],
    ['nothing at all', asterFutures, '[]', [], ['UnknownStream']],
    [
      'several lists',
      asterFutures,
      `[${marks(mark('A'), mark('B'))},${marks(mark('C'), '{}')}]`,
      ['markPrices', 'markPrices'],
      ['InvalidEvent 1'],
    ],
  ]
  test.each(cases.map(([title, ...rest]) => [title, rest] as const))('%s', (_, [venue, text, said, errors, stream]) => {
    const result = heard(venue, [text], stream)
    expect([result.said, result.errors]).toEqual([said, errors])
    const { received = NaN, routed = NaN, unknown = NaN, invalid = NaN, control = NaN } = result.counters ?? {}
    expect(routed).toBe(said.length)
    expect(unknown + invalid).toBe(errors.length)
    expect(received).toBe(routed + unknown + invalid + control)
  })

  test('in their order, and by parseAll as well', () => {
    const text = `[${[1, 2, 3].map(wrapped).join(',')}]`
    const ids = [1, 2, 3].map((tradeId) => ({ event: { tradeId } }))
    expect(heard(asterFutures, [text]).messages).toMatchObject(ids)
    expect(parseAll(asterFutures)(frame(text, 5))).toMatchObject(ids.map((right) => ({ right })))
    expect(parse(asterFutures)(frame(text, 5))).toMatchObject({ right: { event: { tradeId: 1 } } })
    expect(parseAll(asterFutures)(frame(wrapped(7), 5))).toMatchObject([{ right: { event: { tradeId: 7 } } }])
  })
})

describe('F74 what is wrong in a list takes nothing else along', () => {
  test('the good ones are delivered, the bad ones told with index and path', () => {
    const text = marks(mark('A'), mark('B', ',"i":"x"'), mark('C'), 'null', mark('D'))
    const [good, ...bad] = parseAll(asterFutures)(frame(text, 5))
    expect(good).toMatchObject({
      right: { kind: 'markPrices', event: [{ symbol: 'A' }, { symbol: 'C' }, { symbol: 'D' }] },
    })
    expect(bad).toMatchObject([
      { left: { _tag: 'InvalidEvent', index: 1, path: '1.i', reason: '1.i: expected Decimal, came "x"', text } },
      { left: { _tag: 'InvalidEvent', index: 3, path: '3', reason: '3: expected MarkPrice, came null' } },
    ])
    expect(heard(asterFutures, [text]).counters).toMatchObject({ received: 3, routed: 1, invalid: 2 })
  })

  test('a list with nothing good in it is no event', () => {
    const { said, errors } = heard(asterFutures, [marks('{}', '1')])
    expect([said, errors]).toEqual([[], ['InvalidEvent 0', 'InvalidEvent 1']])
  })

  test('a raw list of tickers, one of them odd', () => {
    const ticker = '{"e":"24hrMiniTicker","E":1,"s":"A","c":"1","o":"1","h":"1","l":"1","v":"1","q":"1"}'
    const { said, errors } = heard(asterFutures, [`[${ticker},${trade(1)},${ticker}]`])
    expect([said, errors]).toEqual([['miniTickers'], ['InvalidEvent 1']])
  })

  test.each([
    ['markPrices', marks(mark('A', ',"i":null'), mark('B')), [{ symbol: 'A' }, { symbol: 'B' }], 'indexPrice'],
    ['trade', wrapped(1).replace('"m":true', '"m":true,"X":null,"b":null'), { tradeId: 1 }, 'tradeType'],
  ])('null for an optional value of %s is absent', (kind, text, event, absent) => {
    const [parsed] = parseAll(asterFutures)(frame(text, 5))
    expect(parsed).toMatchObject({ right: { kind, event } })
    expect(JSON.stringify(parsed)).not.toContain(absent)
  })

  test('by decode as by the fast way, and under either of two keys', () => {
    const { trade: row, partialDepth } = { ...asterFutures.streams }
    const payload: unknown = JSON.parse(trade(1).replace('"m":true', '"m":true,"X":null'))
    const { event: codec } = row
    expect(codec.decode(payload)).toEqual({ _tag: 'Right', right: codec.fast(payload) })
    expect(codec.fast(payload)).not.toHaveProperty('tradeType')
    expect(partialDepth.event.decode(null)._tag).toBe('Left')
  })

  test('null for a value that must be there is not', () => {
    expect(parseAll(asterFutures)(frame(marks(mark('A', ',"p":null')), 5))).toMatchObject([
      { left: { _tag: 'InvalidEvent', path: '0.p' } },
    ])
  })
})
