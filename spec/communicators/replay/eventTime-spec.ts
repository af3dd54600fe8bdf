import { eventTime } from '../../../lib/communicators/replay/eventTime.js'

test.each([
  ['wrapped', '{"stream":"btcusdt@trade","data":{"e":"trade","E":1723161255208}}', 1723161255208],
  ['raw', '{"e":"trade","E":1723161255208}', 1723161255208],
  ['an array', '[{"E":1723161255208},{"E":5}]', 1723161255208],
  ['a wrapped array', '{"stream":"!miniTicker@arr","data":[{"E":1723161255208},{"E":5}]}', 1723161255208],
  ['a wrapped account event', '{"subscriptionId":0,"event":{"E":1723161255208}}', 1723161255208],
  ['microseconds', '{"E":1723161255208123}', 1723161255208.123],
  ['the largest milliseconds', '{"E":100000000000000}', 100000000000000],
])('%s', (_, text, time) => {
  expect(eventTime(text)).toBe(time)
})

test.each([
  ['no JSON', 'nonsense'],
  ['no time', '{"stream":"btcusdt@bookTicker","data":{"u":1}}'],
  ['a text', '{"E":"1723161255208"}'],
  ['before 1970', '{"E":-1}'],
  ['too late', '{"E":1e30}'],
  ['null', 'null'],
  ['an empty array', '[]'],
  ['null inside', '{"data":null}'],
])('%s has none', (_, text) => {
  expect(eventTime(text)).toBeUndefined()
})
