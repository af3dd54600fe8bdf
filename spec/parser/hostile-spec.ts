import { frame } from '../../lib/Signal.js'
import { parse, type Parsed } from '../../lib/parser/parse.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { binanceSpot } from '../../lib/venues/binanceSpot.js'
import { bingxSpot } from '../../lib/venues/bingxSpot.js'
import { rows } from '../fixtures/fixturesOf.js'

const read = (text: string): Parsed => parse(asterFutures)(frame(text, 5))

const trade = '"e":"trade","E":1,"T":2,"s":"BTCUSDT","t":3,"p":"4.0","q":"5","m":true'

const tagOf = (parsed: Parsed) => (parsed._tag === 'Left' ? parsed.left._tag : parsed.right)

describe('frames of a megabyte', () => {
  const big = 'x'.repeat(1_000_000)
  test.each([
    ['no JSON', big, 'NotJson'],
    ['one text', JSON.stringify(big), 'UnknownStream'],
    ['an unknown stream', JSON.stringify({ stream: `${big}@x`, data: {} }), 'UnknownStream'],
    ['a field', `{"stream":"btcusdt@trade","data":{${trade.replace('"4.0"', `"${big}"`)}}}`, 'InvalidEvent'],
    ['a list for a payload', JSON.stringify({ stream: 'btcusdt@trade', data: Array.from(big) }), 'InvalidEvent'],
    ['a listen key', JSON.stringify({ stream: big, data: { e: 'x' } }), 'UnknownStream'],
    ['no listen key', JSON.stringify({ stream: '', data: { e: 'x', big } }), 'UnknownStream'],
    ['an event', JSON.stringify({ e: big }), 'UnknownStream'],
  ])('%s', (_, text, tag) => {
    const parsed = read(text)
    expect(tagOf(parsed)).toBe(tag)
    if (parsed._tag === 'Left') {
      if ('reason' in parsed.left) expect(parsed.left.reason.length).toBeLessThan(200)
      expect(parsed.left.text.length).toBeLessThan(text.length + 100)
    }
  })

  test('one that is nothing but large is an event', () => {
    expect(read(`{"stream":"btcusdt@trade","data":{${trade},"zz":"${big}"}}`)).toMatchObject({
      right: { kind: 'trade' },
    })
  })
})

describe('ten thousand nested brackets', () => {
  const nested = '['.repeat(10_000) + ']'.repeat(10_000)
  const braces = '{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000)
  test.each([
    ['alone', nested, 'UnknownStream'],
    ['braces', braces, 'UnknownStream'],
    ['cut', nested.slice(0, -1), 'NotJson'],
    ['as data', `{"stream":"btcusdt@trade","data":${nested}}`, 'InvalidEvent'],
    ['as data in braces', `{"stream":"btcusdt@trade","data":${braces}}`, 'InvalidEvent'],
    ['as a field', `{"stream":"btcusdt@trade","data":{${trade.replace('"4.0"', nested)}}}`, 'InvalidEvent'],
    [
      'as levels',
      `{"stream":"btcusdt@depth","data":{"e":"depthUpdate","E":1,"s":"B","U":1,"u":1,"pu":1,"b":${nested},"a":[]}}`,
      'InvalidEvent',
    ],
    ['as the symbol of a raw event', `{${trade.replace('"BTCUSDT"', nested)}}`, 'InvalidEvent'],
    ['as the interval of a raw kline', `{"e":"kline","E":1,"s":"B","k":{"i":${nested}}}`, 'InvalidEvent'],
    ['as e', `{"e":${nested}}`, 'UnknownStream'],
    ['as a stream', `{"stream":${nested}}`, 'UnknownStream'],
    ['as an account event', `{"e":"MARGIN_CALL","E":1,"p":${nested}}`, 'InvalidEvent'],
  ])('%s', (_, text, tag) => {
    expect(tagOf(read(text))).toBe(tag)
  })
})

test('numbers without end, deep or long, are values on a venue that wants them exact', () => {
  const read = parse(bingxSpot)
  const digits = '9'.repeat(100_000)
  const order = (id: string) => `{"dataType":"spot.executionReport","data":{"e":"executionReport","i":${id}}}`
  for (const id of [
    digits,
    `-${digits}`,
    `0.${digits}`,
    `1e${digits}`,
    `${'['.repeat(50_000)}${digits}${']'.repeat(50_000)}`,
  ])
    expect(tagOf(read(frame(order(id), 5)))).toBe('InvalidEvent')
  expect(tagOf(read(frame(order(`0${digits}`), 5)))).toBe('NotJson')
})

describe('names that every object has', () => {
  test.each([
    ['{"__proto__":{"polluted":true},"e":"x"}', 'UnknownStream'],
    ['{"stream":"__proto__","data":{"__proto__":{"polluted":true}}}', 'UnknownStream'],
    [
      '{"stream":"constructor","data":{"e":"constructor","constructor":{"prototype":{"polluted":true}}}}',
      'UnknownStream',
    ],
    ['{"e":"__proto__"}', 'UnknownStream'],
    ['[{"__proto__":{"polluted":true}}]', 'UnknownStream'],
    [`{"stream":"__proto__@trade","data":{"__proto__":{"polluted":true,"e":"trade"}}}`, 'InvalidEvent'],
    ['{"e":"trade","s":{"toString":1,"valueOf":1}}', 'InvalidEvent'],
    ['{"e":"kline","s":"B","k":{"i":{"toString":1,"valueOf":1}}}', 'InvalidEvent'],
    ['{"lastUpdateId":1,"bids":{"__proto__":[]},"asks":[]}', 'InvalidEvent'],
  ])('%s', (text, tag) => {
    expect(tagOf(read(text))).toBe(tag)
    expect('polluted' in {}).toBe(false)
  })

  test('in an event they are keys that nobody knows', () => {
    const parsed = read(`{"stream":"__proto__@trade","data":{${trade},"__proto__":{"price":"666"}}}`)
    expect(parsed).toEqual({
      _tag: 'Right',
      right: {
        kind: 'trade',
        stream: '__proto__@trade',
        receivedAt: 5,
        event: {
          eventTime: 1,
          tradeTime: 2,
          symbol: 'BTCUSDT',
          tradeId: 3,
          price: '4.0',
          quantity: '5',
          isBuyerMaker: true,
        },
      },
    })
    expect('polluted' in {}).toBe(false)
  })

  test('what a prototype would say is not said by the venue', () => {
    const parsed = read('{"stream":"btcusdt@trade","data":{"__proto__":{"e":"trade","E":1,"s":"B"}}}')
    expect(parsed).toMatchObject({ left: { _tag: 'InvalidEvent', path: 'e' } })
  })
})

describe('listen keys', () => {
  const KEY = 'pqia91ma19a5s61cv6a81va65sdf19v8a65a1a5s61cv6a81va65sdf19v8a65a1'
  const everything = (parsed: Parsed) => {
    const seen: unknown[] = [parsed]
    if (parsed._tag === 'Left' && parsed.left._tag === 'InvalidEvent')
      seen.push(parsed.left.errors.map((e) => e.context))
    return JSON.stringify(seen)
  }

  test.each([
    ['an invalid event', `{"stream":"${KEY}","data":{"e":"MARGIN_CALL","E":1}}`],
    ['an unknown event', `{"stream":"${KEY}","data":{"e":"NEWS","key":"${KEY}"}}`],
    ['no event', `{"stream":"${KEY}","data":1}`],
    ['no data', `{"stream":"${KEY}"}`],
    ['an event', `{"stream":"${KEY}","data":{"e":"listenKeyExpired","E":1,"listenKey":"${KEY}"}}`],
    ['a raw event', `{"e":"listenKeyExpired","E":1,"listenKey":"${KEY}"}`],
    ['a raw invalid event', `{"e":"listenKeyExpired","listenKey":"${KEY}"}`],
    ['what is cut behind the key', `{"stream":"${KEY}","data":{"e":"list`],
    ['what is cut within the key', `{"stream":"${KEY.slice(0, 40)}`],
    ['what is cut within an escape', `{"listenKey":"${KEY.slice(0, 40)}\\`],
    ['a key with escapes', `{"stream":"${KEY}\\u0041","data":{"e":"NEWS","key":"${KEY}\\u0041"}}`],
  ])('%s does not tell the key that carried it', (_, text) => {
    const said = everything(read(text))
    expect(said).not.toContain(KEY)
    expect(said).not.toContain(KEY.slice(0, 20))
  })

  test('in its place stands what it was', () => {
    const parsed = read(`{"stream":"${KEY}","data":{"e":"MARGIN_CALL","E":1}}`)
    expect(parsed).toMatchObject({
      left: { stream: 'account', text: '{"stream":"<listenKey>","data":{"e":"MARGIN_CALL","E":1}}' },
    })
  })
})

describe('any frame at all', () => {
  test('every prefix of every fixture is a value', () => {
    for (const [, venue, { text }] of rows)
      for (let length = 0; length < text.length; length++)
        expect(parse(venue)(frame(text.slice(0, length), 5))).toMatchObject({ left: { _tag: 'NotJson' } })
  })

  test('every fixture is a value on every other venue', () => {
    for (const [, , { text }] of rows)
      for (const venue of [asterFutures, binanceSpot, bingxSpot])
        expect(['Left', 'Right']).toContain(parse(venue)(frame(text, 5))._tag)
  })
})
