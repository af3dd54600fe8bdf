import { compareDecimals } from '../../lib/codecs/compareDecimals.js'
import { decimalText, exact } from '../../lib/codecs/ExactDecimal.js'
import { binanceStyle } from '../../lib/venues/binanceStyle.js'
import { maskListenKeys } from '../../lib/venues/listenKeys.js'
import { parseLossless } from '../../lib/codecs/parseLossless.js'
import { frame } from '../../lib/Signal.js'
import { parse } from '../../lib/parser/parse.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { bingxSpot } from '../../lib/venues/bingxSpot.js'
import type { Venue } from '../../lib/venues/Venue.js'

const MIB = 2 ** 20

/** Mebibytes of each text. `SIZES=1,4,16` measures more, and shows it. */
const sizes = (process.env['SIZES'] ?? '1').split(',').map(Number)

/** What any text may cost, in ms a mebibyte: hundreds of times what it costs, and a thousandth of a square. */
const MOST = 3_000

const trade = (p: string) =>
  `{"stream":"btcusdt@trade","data":{"e":"trade","E":1,"T":2,"s":"BTCUSDT","t":3,"p":${p},"q":"5","m":true}}`
const order = (i: string) => `{"dataType":"spot.executionReport","data":{"e":"executionReport","i":${i}}}`
const key = (i: number) => `"listenKey":"${String(i).padStart(32, 'k')}"`
const many = (size: number, of: string) => of.repeat(Math.ceil(size / of.length))

const shapes: readonly (readonly [name: string, venue: Venue, text: (size: number) => string])[] = [
  ['a stream name', asterFutures, (size) => `{"stream":"${many(size, 'x')}@trade","data":{}}`],
  ['a stream name of pairs', asterFutures, (size) => `{"stream":"${many(size, '币')}@depth@100ms","data":{}}`],
  ['a name of escapes', asterFutures, (size) => `{"stream":"${many(size, '\\u0075')}@trade","data":{}}`],
  ['a listen key', asterFutures, (size) => `{"stream":"${many(size, 'x')}","data":{"e":"x"}}`],
  ['a listen key of escapes', asterFutures, (size) => `{"listenKey":"${many(size, '\\"')}"}`],
  ['a key without an end', asterFutures, (size) => `{"listenKey":"${many(size, '\\\\')}`],
  ['names of streams, one in the other', asterFutures, (size) => many(size, '"stream":')],
  ['a name and white space', asterFutures, (size) => many(size, `"stream"${' '.repeat(1_000)}`)],
  ['escapes without quotes', asterFutures, (size) => many(size, '\\u0075')],
  ['names of escapes', asterFutures, (size) => `{${many(size, '"str\\u0065am":1,')}"x":1}`],
  ['streams by escapes', asterFutures, (size) => `{${many(size, '"str\\u0065am":"a@trade",')}"x":1}`],
  ['streams in both spellings', asterFutures, (size) => `{${many(size, '"stream":"a@b",')}"str\\u0065am":"x"}`],
  [
    'many listen keys',
    asterFutures,
    (size) => `{${Array.from({ length: size / 48 }, (_, i) => key(i)).join(',')},"e":"x"}`,
  ],
  ['a decimal', asterFutures, (size) => trade(`"${many(size, '9')}"`)],
  ['a decimal of zeros', asterFutures, (size) => trade(`"0.1${many(size, '0')}1"`)],
  ['an exponent', asterFutures, (size) => trade(`"1e${many(size, '9')}"`)],
  ['an exponent of zeros', asterFutures, (size) => trade(`"1e${many(size, '0')}"`)],
  ['an unknown field', asterFutures, (size) => trade(`"1","x":"${many(size, 'y')}"`)],
  ['unknown fields', asterFutures, (size) => trade(`"1"${many(size, ',"x":1')}`)],
  ['keys said again', asterFutures, (size) => trade(`"1"${many(size, ',"p":"1"')}`)],
  ['a raw symbol', asterFutures, (size) => `{"e":"trade","s":"${many(size, 'x')}"}`],
  ['a raw interval', asterFutures, (size) => `{"e":"kline","s":"B","k":{"i":"${many(size, 'x')}"}}`],
  ['an event', asterFutures, (size) => `{"e":"${many(size, 'x')}"}`],
  ['white space', asterFutures, (size) => many(size, ' ')],
  ['a list of nothing', asterFutures, (size) => `[${many(size, '{},')}{}]`],
  ['a list of numbers', asterFutures, (size) => `[${many(size, '1,')}1]`],
  ['brackets', asterFutures, (size) => `${many(size / 2, '[')}${many(size / 2, ']')}`],
  ['a long id', asterFutures, (size) => trade(`"1","b":${many(size, '9')}`)],
  ['long ids in a list', asterFutures, (size) => `[${many(size, `${trade('"1","b":8389766079988521101')},`)}1]`],
  ['digits in texts', asterFutures, (size) => trade(`"1","x":"${many(size, '123456789012345 ')}"`)],
  ['levels', asterFutures, (size) => `{"stream":"a@depth","data":{"b":[${many(size, '["1","1"],')}1]}}`],
  ['what is almost a heartbeat', bingxSpot, (size) => `{"ping":"a"${many(size, ' ')}}`],
  ['a long heartbeat', bingxSpot, (size) => `{"ping":"${many(size, 'a')}","time":"1"}`],
  ['a number', bingxSpot, (size) => order(many(size, '9'))],
  ['a number with a fraction', bingxSpot, (size) => order(`0.${many(size, '9')}`)],
  ['a number with an exponent', bingxSpot, (size) => order(`1e${many(size, '9')}`)],
  ['numbers', bingxSpot, (size) => order(`[${many(size, '12345678901234567890,')}1]`)],
  ['no number', bingxSpot, (size) => order(many(size, '-'))],
  ['colons and white space', bingxSpot, (size) => many(size, `:${' '.repeat(1_000)}`)],
]

/** What a call takes of the processor, in ms a mebibyte: what others do meanwhile does not count. */
const cost = (size: number, run: () => unknown): number => {
  const before = process.cpuUsage()
  run()
  const { user } = process.cpuUsage(before)
  const each = user / 1_000 / size
  if (sizes.length > 1) process.stdout.write(`${size} MiB: ${each.toFixed(1)} ms/MiB\n`)
  return each
}

describe('F70 time is linear in the length of', () => {
  test.each(shapes)('%s', (name, venue, text) => {
    for (const size of sizes) {
      const whole = text(size * MIB)
      if (sizes.length > 1) process.stdout.write(`${name}, `)
      expect(cost(size, () => expect(['Left', 'Right']).toContain(parse(venue)(frame(whole, 5))._tag))).toBeLessThan(
        MOST,
      )
    }
  })

  const long = `0.1${'0'.repeat(MIB)}1`
  test.each<readonly [string, () => unknown]>([
    ['decimals that are compared', () => compareDecimals(long, `${long}1`)],
    ['an exact decimal without zeros at its end', () => decimalText(exact(`0.1${'0'.repeat(8_000)}1`))],
    ['a frame in which nothing is masked', () => maskListenKeys(long, binanceStyle.envelope)],
    ['a number that is read without loss', () => parseLossless(long)],
  ])('%s', (_, run) => {
    expect(cost(1, run)).toBeLessThan(MOST)
  })
})

test('F70 a stream name of 9 MB is an unknown stream', () => {
  const text = `{"stream":"${'x'.repeat(9_000_000)}@trade","data":{}}`
  expect(parse(asterFutures)(frame(text, 5))).toMatchObject({ left: { _tag: 'UnknownStream' } })
})

test('F70 so many listen keys are none, and not one of them is told', () => {
  const keys = Array.from({ length: 9 }, (_, i) => key(i))
  const parsed = parse(asterFutures)(frame(`{"e":"x","other":"${'k'.repeat(31)}0",${keys.join(',')}}`, 5))
  expect(parsed).toMatchObject({ left: { _tag: 'UnknownStream', text: '"<listenKey>"' } })
})
