import { frame, type Frame } from '../../lib/Signal.js'
import { parse, type Parsed } from '../../lib/parser/parse.js'
import { about, explain } from '../../lib/parser/ParseError.js'
import { Trade } from '../../lib/events/Trade.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { asterSpot } from '../../lib/venues/asterSpot.js'
import { binanceSpot } from '../../lib/venues/binanceSpot.js'

const read = (text: string): Parsed => parse(asterFutures)(frame(text, 5))

const trade = { e: 'trade', E: 1, T: 2, s: 'BTCUSDT', t: 3, p: '4.0', q: '5', m: true }
const tradeFrame = (payload: unknown) => JSON.stringify({ stream: 'btcusdt@trade', data: payload })

/** The reason and path of an InvalidEvent. */
const invalid = (text: string) => {
  const parsed = read(text)
  if (parsed._tag === 'Right' || parsed.left._tag !== 'InvalidEvent') throw new Error(JSON.stringify(parsed))
  const { kind, stream, path, reason } = parsed.left
  return { kind, stream, path, reason }
}

describe('NotJson', () => {
  test.each([
    '',
    ' ',
    '{',
    '{"stream":"btcusdt@trade","data":',
    '\uFEFF{}',
    'Ping',
    '<html></html>',
    "{'e':1}",
    '{"a":1}}',
    'NaN',
  ])('%j', (text) => {
    const parsed = read(text)
    const reason = `expected JSON, came ${JSON.stringify(text)}`
    expect(parsed).toEqual({ _tag: 'Left', left: { _tag: 'NotJson', text, reason, receivedAt: 5 } })
  })

  test('says where it came from', () => {
    const source = { id: 'file.txt' }
    const bad: Frame = { _tag: 'Frame', text: '{', receivedAt: 5, source, offset: 77 }
    expect(parse(asterFutures)(bad)).toMatchObject({ left: { _tag: 'NotJson', source, offset: 77 } })
  })
})

describe('UnknownStream', () => {
  test.each(['null', 'true', '12', '"text"', '[]', '[1]', '[null]', '[[{"e":"trade"}]]'])('%s', (text) => {
    expect(read(text)).toEqual({ _tag: 'Left', left: { _tag: 'UnknownStream', text, receivedAt: 5 } })
  })

  test('a stream that no row has', () => {
    const text = '{"stream":"btc@assetIndex","data":{"e":"assetIndexUpdate"}}'
    expect(read(text)).toEqual({
      _tag: 'Left',
      left: { _tag: 'UnknownStream', stream: 'btc@assetIndex', text, receivedAt: 5 },
    })
  })

  test('an e that no row has', () => {
    const text = '{"e":"assetIndexUpdate","E":1}'
    expect(read(text)).toEqual({
      _tag: 'Left',
      left: { _tag: 'UnknownStream', event: 'assetIndexUpdate', text, receivedAt: 5 },
    })
  })

  test('an e that is no text', () => {
    expect(read('{"e":1}')).toEqual({ _tag: 'Left', left: { _tag: 'UnknownStream', text: '{"e":1}', receivedAt: 5 } })
  })
})

describe('Ambiguous', () => {
  test('raw depth says what it may be, and what to do', () => {
    const text = '{"e":"depthUpdate","E":1,"s":"BTCUSDT","U":1,"u":2,"pu":0,"b":[],"a":[]}'
    for (const venue of [asterSpot, asterFutures])
      expect(parse(venue)(frame(text, 5))).toEqual({
        _tag: 'Left',
        left: {
          _tag: 'Ambiguous',
          kinds: ['partialDepth', 'depth'],
          reason:
            "a raw frame that may be partialDepth or depth: connect to the combined endpoint, or name the source's only stream",
          text,
          receivedAt: 5,
        },
      })
  })

  test('on Binance spot a raw depth update can be nothing else', () => {
    const text = '{"e":"depthUpdate","E":1,"s":"BTCUSDT","U":1,"u":2,"b":[],"a":[]}'
    expect(parse(binanceSpot)(frame(text, 5))).toMatchObject({ right: { kind: 'depth' } })
  })
})

describe('InvalidEvent', () => {
  test('is whole', () => {
    const text = tradeFrame({ ...trade, p: 4 })
    const parsed = read(text)
    expect(parsed).toMatchObject({
      _tag: 'Left',
      left: {
        _tag: 'InvalidEvent',
        kind: 'trade',
        stream: 'btcusdt@trade',
        path: 'p',
        reason: 'p: expected Decimal, came 4',
        text,
        receivedAt: 5,
      },
    })
    expect(parsed._tag === 'Left' && parsed.left._tag === 'InvalidEvent' && parsed.left.errors).toHaveLength(1)
  })

  test.each([
    [{ ...trade, e: 'aggTrade' }, 'e', 'e: expected "trade", came "aggTrade"'],
    [{ ...trade, E: '1' }, 'E', 'E: expected Timestamp, came "1"'],
    [{ ...trade, E: -1 }, 'E', 'E: expected Timestamp, came -1'],
    [{ ...trade, E: 1.5 }, 'E', 'E: expected Timestamp, came 1.5'],
    [{ ...trade, s: null }, 's', 's: expected string, came null'],
    [{ ...trade, t: 2 ** 53 }, 't', 't: expected Integer, came 9007199254740992'],
    [{ ...trade, t: 0.5 }, 't', 't: expected Integer, came 0.5'],
    [{ ...trade, p: '' }, 'p', 'p: expected Decimal, came ""'],
    [{ ...trade, q: '1.' }, 'q', 'q: expected Decimal, came "1."'],
    [{ ...trade, m: 'true' }, 'm', 'm: expected boolean, came "true"'],
    [{ ...trade, m: undefined }, 'm', 'm: expected boolean, came nothing'],
    [{ ...trade, X: 5 }, 'X', 'X: expected TradeType, came 5'],
    [{ ...trade, b: 'five' }, 'b', 'b: expected Id, came "five"'],
    [{ ...trade, p: 'x'.repeat(200) }, 'p', `p: expected Decimal, came "${'x'.repeat(78)}…`],
    [[], '', 'expected Trade, came []'],
    [null, '', 'expected Trade, came null'],
    ['trade', '', 'expected Trade, came "trade"'],
  ])('%j', (payload, path, reason) => {
    expect(invalid(tradeFrame(payload))).toEqual({ kind: 'trade', stream: 'btcusdt@trade', path, reason })
  })

  test('no data at all', () => {
    expect(invalid('{"stream":"btcusdt@trade"}').reason).toBe('expected Trade, came nothing')
  })

  test('deep in a list', () => {
    const text =
      '{"e":"MARGIN_CALL","E":1,"p":[{"s":"A","ps":"LONG","pa":"1","mt":"cross","iw":"0","mp":"1","up":"1"}]}'
    expect(invalid(text)).toEqual({
      kind: 'marginCall',
      stream: 'account',
      path: 'p.0.mm',
      reason: 'p.0.mm: expected Decimal, came nothing',
    })
  })

  test('in a level', () => {
    const depth = (b: unknown) =>
      JSON.stringify({
        stream: 'btcusdt@depth',
        data: { e: 'depthUpdate', E: 1, s: 'B', U: 1, u: 2, pu: 0, b, a: [] },
      })
    const reasons = [
      [
        ['1', '1'],
        ['x', '1'],
      ],
      [['1', 2]],
      [['1']],
      ['1'],
      {},
      [[]],
    ].map((b) => invalid(depth(b)).reason)
    expect(reasons).toEqual([
      'b.1.0: expected Decimal, came "x"',
      'b.0.1: expected Decimal, came 2',
      'b.0.1: expected Decimal, came nothing',
      'b.0: expected [price, quantity], came "1"',
      'b: expected Levels, came {}',
      'b.0.0: expected Decimal, came nothing',
    ])
  })

  test('names the first thing wrong, and lists all', () => {
    const parsed = read(tradeFrame({ e: 'trade', s: 1 }))
    expect(parsed).toMatchObject({ left: { path: 'E' } })
    expect(parsed._tag === 'Left' && parsed.left._tag === 'InvalidEvent' && parsed.left.errors).toHaveLength(7)
  })
})

describe('explain and about', () => {
  test('without errors there is nothing to say but that', () => {
    expect(explain([])).toEqual({ path: '', reason: 'expected another value, came nothing' })
  })

  test('a text of 80 characters is shown whole, one of 81 is cut', () => {
    const reasonFor = (p: string) => {
      const result = Trade.decode({ ...trade, p })
      return result._tag === 'Left' ? explain(result.left).reason : ''
    }
    expect(reasonFor('x'.repeat(78))).toBe(`p: expected Decimal, came "${'x'.repeat(78)}"`)
    expect(reasonFor('x'.repeat(79))).toBe(`p: expected Decimal, came "${'x'.repeat(78)}…`)
  })

  test('about says only what there is', () => {
    expect(about(frame('t', 1))).toStrictEqual({ text: 't', receivedAt: 1 })
    expect(about(frame('t', 1, { id: 'a' }))).toStrictEqual({ text: 't', receivedAt: 1, source: { id: 'a' } })
    expect(about({ _tag: 'Frame', text: 't', receivedAt: 1, offset: 0 })).toStrictEqual({
      text: 't',
      receivedAt: 1,
      offset: 0,
    })
  })
})
