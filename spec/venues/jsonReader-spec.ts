import { reading } from '../../lib/communicators/websocket/connection/reading.js'
import { parse } from '../../lib/parser/parse.js'
import { frame } from '../../lib/Signal.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { bingxSpot } from '../../lib/venues/bingxSpot.js'
import { jsonReader } from '../../lib/venues/jsonReader.js'
import { asterFuturesFixtures } from '../fixtures/asterFutures.js'
import { bingxSpotFixtures } from '../fixtures/bingxSpot.js'

const long = { text: '{"i":9007199254740993}', exact: { i: '9007199254740993' } }

test('a venue that sends long numbers has them digit for digit', () => {
  expect(jsonReader(bingxSpot).take(long.text)).toEqual(long.exact)
  expect(jsonReader(bingxSpot).look(long.text)).toEqual(long.exact)
  expect(jsonReader(asterFutures).take(long.text)).toEqual({ i: 2 ** 53 })
})

test.each([bingxSpot, asterFutures])('what was looked at is given once, and to nobody else: $name', (venue) => {
  const { look, take } = jsonReader(venue)
  const seen = look('{"a":[1]}')
  expect(take('{"a":[2]}')).toEqual({ a: [2] })
  const taken = take('{"a":[1]}')
  expect(taken).toBe(seen)
  Object.assign(Object(taken), { a: 'changed' })
  expect(take('{"a":[1]}')).toEqual({ a: [1] })
})

test('of one venue nothing is kept for another that reads numbers in another way', () => {
  jsonReader(asterFutures).look(long.text)
  expect(jsonReader(bingxSpot).take(long.text)).toEqual(long.exact)
})

test('what is long is not kept, and what is no JSON throws each time', () => {
  const { look, take } = jsonReader(asterFutures)
  const text = `["${'x'.repeat(70_000)}"]`
  expect(take(text)).not.toBe(look(text))
  for (const read of [look, take, take]) expect(() => read('{')).toThrow(SyntaxError)
  expect(() => take('')).toThrow(SyntaxError)
})

test.each([
  ['an order report of BingX', bingxSpot, bingxSpotFixtures, 'executionReport'],
  ['a raw account event of Aster', asterFutures, asterFuturesFixtures, 'orderUpdate'],
] as const)('%s is parsed once on its way through the connection and the parser', (_name, venue, fixtures, kind) => {
  const text = fixtures.find((fixture) => fixture.kind === kind)?.text ?? ''
  const whole = text.startsWith('{"stream"')
    ? JSON.stringify((JSON.parse(text) as { readonly data: unknown }).data)
    : text
  const parser = parse<typeof bingxSpot | typeof asterFutures>(venue)
  const expected = parser(frame(whole, 1))
  const counted = jest.spyOn(JSON, 'parse')
  try {
    expect(reading(whole, venue)).toMatchObject({ _tag: 'Data' })
    const looked = counted.mock.calls.length
    expect(parser(frame(whole, 1))).toEqual(expected)
    expect([looked, counted.mock.calls.length]).toEqual([1, 1])
  } finally {
    counted.mockRestore()
  }
})
