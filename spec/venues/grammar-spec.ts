import { fill, matcher } from '../../lib/venues/grammar.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { asterPrediction } from '../../lib/venues/asterPrediction.js'
import { asterSpot } from '../../lib/venues/asterSpot.js'
import { binanceSpot } from '../../lib/venues/binanceSpot.js'
import { fc, test as property } from '../property.js'

const word = 'a word without @, quotes, backslashes and half surrogates, and without ! at its head'

describe('matcher', () => {
  test.each([
    ['<symbol>@trade', 'btcusdt@trade', { symbol: 'btcusdt' }],
    ['<symbol>@trade', 'BTC-USDT@trade', { symbol: 'BTC-USDT' }],
    ['<symbol>@trade', 'xbtcusdt@tradex', undefined],
    ['<symbol>@trade', '@trade', undefined],
    ['<symbol>@trade', '!a@trade', undefined],
    ['<symbol>@trade', 'a!@trade', { symbol: 'a!' }],
    ['<symbol>@trade', 'a@b@trade', undefined],
    ['<symbol>@depth<levels>', 'a@depth5', { symbol: 'a', levels: '5' }],
    ['<symbol>@depth<levels>', 'a@depth10', { symbol: 'a', levels: '10' }],
    ['<symbol>@depth<levels>', 'a@depth15', undefined],
    ['<symbol>@depth[@<speed:milliseconds>]', 'a@depth', { symbol: 'a', speed: undefined }],
    ['<symbol>@depth[@<speed:milliseconds>]', 'a@depth@250ms', { symbol: 'a', speed: '250ms' }],
    ['<symbol>@depth[@<speed:milliseconds>]', 'a@depth@7ms', { symbol: 'a', speed: '7ms' }],
    ['<symbol>@depth[@<speed:milliseconds>]', 'a@depth@ms', undefined],
    ['<symbol:exactSymbol>@trade', 'BTC-USDT@trade', { symbol: 'BTC-USDT' }],
    ['<symbol>@depth[@<speed:milliseconds>]', 'a@depth@-1ms', undefined],
    ['<symbol>@kline_<interval>', 'a@kline_1M', { symbol: 'a', interval: '1M' }],
    ['<symbol>@kline_<interval>', 'a@kline_1s', undefined],
    [
      '<symbol>@kline_<interval:secondInterval>[@<offset>]',
      'a@kline_1s@+08:00',
      { symbol: 'a', interval: '1s', offset: '+08:00' },
    ],
    ['<symbol>@kline_<interval:secondInterval>[@<offset>]', 'a@kline_1s@08:00', undefined],
    ['!ticker_<window>@arr', '!ticker_4h@arr', { window: '4h' }],
    ['!ticker_<window>@arr', 'xticker_4h@arr', undefined],
    ['!bookTicker', '!bookTicker', {}],
    ['!bookTicker', '!bookTickers', undefined],
    ['<eventName>@event', 'btc_up_down_5m@event', { eventName: 'btc_up_down_5m' }],
    ['a.b(c)', 'a.b(c)', {}],
    ['a.b(c)', 'axb(c)', undefined],
  ])('%s reads %s', (template, name, found) => {
    expect(matcher(template)(name)).toEqual(found)
  })

  test('an unknown placeholder is said at once', () => {
    expect(() => matcher('<colour>@trade')).toThrow(
      new TypeError(
        '<colour> is no placeholder; expected one of symbol, exactSymbol, eventName, interval, secondInterval, levels, window, milliseconds, second, offset',
      ),
    )
  })
})

describe('fill', () => {
  test.each([
    ['<symbol>@trade', { symbol: 'btcusdt' }, 'btcusdt@trade'],
    ['<symbol>@trade', { symbol: 'BTCUSDT' }, 'btcusdt@trade'],
    ['<symbol:exactSymbol>@trade', { symbol: 'BTC-Usdt' }, 'BTC-Usdt@trade'],
    ['<symbol>@depth<levels>', { symbol: 'a', levels: 5 }, 'a@depth5'],
    ['<symbol>@depth<levels>', { symbol: 'a', levels: '20' }, 'a@depth20'],
    ['<symbol>@depth[@<speed:milliseconds>]', { symbol: 'a' }, 'a@depth'],
    ['<symbol>@depth[@<speed:milliseconds>]', { symbol: 'a', speed: undefined }, 'a@depth'],
    ['<symbol>@depth[@<speed:milliseconds>]', { symbol: 'a', speed: '0ms' }, 'a@depth@0ms'],
    ['!markPrice@arr[@<speed:second>]', {}, '!markPrice@arr'],
    ['!markPrice@arr[@<speed:second>]', { speed: '1s', symbol: 'unused' }, '!markPrice@arr@1s'],
    ['!bookTicker', {}, '!bookTicker'],
  ])('%s with %j', (template, parameters, name) => {
    expect(fill(template, parameters)).toBe(name)
  })

  test.each([
    ['<symbol>@trade', {}, `symbol of '<symbol>@trade': expected ${word}, came undefined`],
    ['<symbol>@trade', { symbol: '' }, `symbol of '<symbol>@trade': expected ${word}, came `],
    ['<symbol>@trade', { symbol: 'a@b' }, `symbol of '<symbol>@trade': expected ${word}, came a@b`],
    [
      '<symbol>@depth<levels>',
      { symbol: 'a', levels: 7 },
      "levels of '<symbol>@depth<levels>': expected 5 | 10 | 20, came 7",
    ],
    [
      '<symbol>@depth<levels>',
      { symbol: 'a', levels: 50 },
      "levels of '<symbol>@depth<levels>': expected 5 | 10 | 20, came 50",
    ],
    [
      '<symbol>@depth[@<speed:milliseconds>]',
      { symbol: 'a', speed: '100' },
      "speed of '<symbol>@depth[@<speed:milliseconds>]': expected 0ms | 100ms | 250ms | 500ms | 1000ms, came 100",
    ],
    [
      '!markPrice@arr[@<speed:second>]',
      { speed: '3s' },
      "speed of '!markPrice@arr[@<speed:second>]': expected 1s, came 3s",
    ],
  ])('%s with %j: an error in words', (template, parameters, message) => {
    expect(() => fill(template, parameters)).toThrow(new TypeError(message))
  })
})

const rowNames = [asterSpot, asterFutures, asterPrediction, binanceSpot].flatMap(({ streams }) =>
  Object.values(streams).map(({ name }: { readonly name: string }) => name),
)

const parameters = fc.record(
  {
    symbol: fc.stringMatching(/^[a-z0-9_币安人生-]{1,12}$/),
    eventName: fc.constant('btc_up_down_5m'),
    interval: fc.constantFrom('1m', '1h', '1M'),
    levels: fc.constantFrom(5, 10, 20),
    window: fc.constantFrom('1h', '4h', '1d'),
    speed: fc.constantFrom('1s', '100ms'),
    offset: fc.constant('+08:00'),
  },
  { requiredKeys: ['symbol', 'eventName', 'interval', 'levels', 'window'] },
)

property.prop([fc.constantFrom(...rowNames), parameters], { seed: 1 })(
  'a name that is filled is read again',
  (template, given) => {
    const speed = template.includes('second>') ? '1s' : '100ms'
    const fitting = given.speed === undefined ? given : { ...given, speed }
    const found = matcher(template)(fill(template, fitting))
    expect(found).toBeDefined()
    for (const [key, value] of Object.entries(found ?? {}))
      expect(value).toBe(key in fitting ? String(fitting[key as keyof typeof fitting]) : undefined)
  },
)

property.prop([fc.constantFrom(...rowNames), parameters], { seed: 1 })(
  'a name belongs to one row',
  (template, given) => {
    const name = fill(template, { ...given, speed: undefined })
    for (const { streams } of [asterSpot, asterFutures, asterPrediction, binanceSpot]) {
      const rows = Object.values(streams).filter(
        (row: { readonly name: string }) => matcher(row.name)(name) !== undefined,
      )
      expect(rows.length).toBeLessThanOrEqual(1)
    }
  },
)
