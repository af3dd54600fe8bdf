import { EMPTY, NEVER, of } from 'rxjs'
import { createClient } from '../../lib/client/createClient.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { bingxSpot } from '../../lib/venues/bingxSpot.js'

const client = () => createClient({ venue: asterFutures, communicator: () => NEVER })

/** Names as they come from a configuration: texts, whatever the types say. */
const anyName = (name: string) => name as 'btcusdt@trade'

test.each([
  ['half a surrogate', '\ud800usdt@trade', '\\ud800usdt@trade'],
  ['half a surrogate at its end', 'usdt\udc00@trade', 'usdt\\udc00@trade'],
  ['a control character', 'btc\u0000usdt@trade', 'btc\\u0000usdt@trade'],
  ['white space', 'btc usdt@trade', 'btc usdt@trade'],
  ['a line break', 'btcusdt\n@trade', 'btcusdt\\n@trade'],
  ['a quote', 'btc"usdt@trade', 'btc\\"usdt@trade'],
  ['a backslash', 'btc\\usdt@trade', 'btc\\\\usdt@trade'],
  ['257 characters', `${'x'.repeat(251)}@trade`, `${'x'.repeat(79)}…`],
])('F80 a name with %s is refused at once, with what may have been meant', (_, name, shown) => {
  const refusal = `'${shown}' is no stream of asterFutures; expected one like <symbol>@trade,`
  expect(() => client().stream(anyName(name))).toThrow(refusal)
  expect(() => createClient({ venue: asterFutures, communicator: () => NEVER, streams: [anyName(name)] })).toThrow(
    refusal,
  )
})

test('F80 a name that is nearly one is told the one', () => {
  expect(() => client().stream(anyName('!markprice@arr'))).toThrow(/expected one like !markPrice@arr/)
  expect(() => client().stream(anyName('btcusdt@klines_1m'))).toThrow(/expected one like <symbol>@kline_<interval>/)
  expect(() =>
    createClient({ venue: bingxSpot, communicator: () => EMPTY }).stream('executionReport' as 'ACCOUNT_UPDATE'),
  ).toThrow(/expected one like spot.executionReport/)
})

test.each(['\ud800usdt', 'btc usdt', '', 'btc@usdt'])('F80 %j is no symbol of a book or a snapshot', (symbol) => {
  expect(() => client().book(symbol)).toThrow(TypeError)
  expect(() => client().snapshot(symbol)).toThrow(TypeError)
  const replay = Object.assign(() => of(), { scheduler: client().scheduler })
  expect(() => createClient({ venue: asterFutures, communicator: replay }).book(symbol)).toThrow(TypeError)
})
