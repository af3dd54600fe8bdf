import { EMPTY, NEVER, of } from 'rxjs'
import { createClient } from '../../lib/client/createClient.js'
import { frame } from '../../lib/Signal.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { binanceSpot } from '../../lib/venues/binanceSpot.js'
import { bingxSpot } from '../../lib/venues/bingxSpot.js'
import { isStreamName } from '../../lib/venues/isStreamName.js'
import { streamName } from '../../lib/venues/streamName.js'

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

test('F80 names of a configuration are told by isStreamName from those that no venue has', () => {
  const given: readonly string[] = [
    ...['btcusdt@trade', 'btcusdt@depth@100ms', '!markPrice@arr@1s', 'btc_up_down_1@kline_1M'],
    ...['BTCUSDT@trade', 'btcusdt@depth@7ms', 'btcusdt@kline_7m', '@trade', 'btcusdt', '', 'btc usdt@trade'],
  ]
  const names = given.filter((name) => isStreamName(asterFutures, name))
  expect(names).toEqual(given.slice(0, 4))
  expect(() => createClient({ venue: asterFutures, communicator: () => NEVER, streams: names })).not.toThrow()
  for (const name of given.slice(4)) expect(() => client().stream(anyName(name))).toThrow(TypeError)
  expect(isStreamName(bingxSpot, 'ACCOUNT_UPDATE')).toBe(true)
  expect(isStreamName(bingxSpot, 'btcusdt@trade')).toBe(false)
})

test('a stream by its kind and the symbol of a configuration', () => {
  const text = '{"stream":"btcusdt@avgPrice","data":{"e":"avgPrice","E":1,"s":"BTCUSDT","i":"5m","w":"4.00","T":0}}'
  const wanted: string[][] = []
  const run = createClient({
    venue: binanceSpot,
    communicator: (wanted$) => {
      wanted$.subscribe((names) => wanted.push([...names]))
      return of(frame(text, 1))
    },
  })
  const prices: string[] = []
  run.stream('avgPrice', { symbol: 'BTCUSDT' }).subscribe(({ price }) => prices.push(price))
  run.connect()
  expect(wanted[0]).toEqual(['btcusdt@avgPrice'])
  expect(prices).toEqual(['4.00'])
  // @ts-expect-error no such kind
  expect(() => run.stream('avgprice', { symbol: 'BTCUSDT' })).toThrow(/no stream 'avgprice'; expected one of/)
  // @ts-expect-error the interval is missing
  expect(() => run.stream('kline', { symbol: 'BTCUSDT' })).toThrow(/expected 1s \| 1m/)
})

test('what a recording holds is read, though nobody could ask for it', () => {
  const text =
    '{"stream":"BTCUSDT@depth@7ms","data":{"e":"depthUpdate","E":1,"s":"BTCUSDT","U":1,"u":2,"pu":0,"b":[],"a":[]}}'
  const run = createClient({ venue: asterFutures, communicator: () => of(frame(text, 1)) })
  const updates: number[] = []
  run.depth$.subscribe(({ lastUpdateId }) => updates.push(lastUpdateId))
  run.connect()
  expect(updates).toEqual([2])
})

test('a venue whose names have symbols as payloads have them', () => {
  const exact = {
    ...asterFutures,
    name: 'exact',
    streams: { depth: { ...asterFutures.streams.depth, name: '<symbol:exactSymbol>@depth' } },
    bookStream: '<symbol:exactSymbol>@depth',
  } as const
  const asked: string[] = []
  const communicator = Object.assign(() => NEVER, {
    snapshot: (symbol: string) => {
      asked.push(symbol)
      return NEVER
    },
  })
  const run = createClient({ venue: exact, communicator })
  expect(() => run.stream('Btc-Usdt@depth')).not.toThrow()
  run.snapshot('Btc-Usdt').subscribe()
  expect(asked).toEqual(['Btc-Usdt'])
  expect(run.book('Btc-Usdt')).not.toBe(run.book('BTC-USDT'))
  expect(client().book('btcusdt')).not.toBe(client().book('btcusdt'))
  const one = client()
  expect(one.book('btcusdt')).toBe(one.book('BTCUSDT'))
  expect(streamName(exact, 'depth', { symbol: 'Btc-Usdt' })).toBe('Btc-Usdt@depth')
})

test.each(['\ud800usdt', 'btc usdt', '', 'btc@usdt'])('F80 %j is no symbol of a book or a snapshot', (symbol) => {
  expect(() => client().book(symbol)).toThrow(TypeError)
  expect(() => client().snapshot(symbol)).toThrow(TypeError)
  const replay = Object.assign(() => of(), { scheduler: client().scheduler })
  expect(() => createClient({ venue: asterFutures, communicator: replay }).book(symbol)).toThrow(TypeError)
})
