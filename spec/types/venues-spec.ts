import type { Message } from '../../lib/parser/Message.js'
import type { Parsed } from '../../lib/parser/parse.js'
import type { AggTrade } from '../../lib/events/AggTrade.js'
import type { Kline } from '../../lib/events/Kline.js'
import type { MarkPrice } from '../../lib/events/MarkPrice.js'
import type { AsterFutures } from '../../lib/venues/asterFutures.js'
import type { AsterSpot } from '../../lib/venues/asterSpot.js'
import type { BinanceSpot } from '../../lib/venues/binanceSpot.js'
import type { NameOf, ParametersOf } from '../../lib/venues/grammar.js'
import { streamName, type EventOf, type Kind, type KindOfName, type StreamName } from '../../lib/venues/Venue.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { asterSpot } from '../../lib/venues/asterSpot.js'

type Same<A, B> = [A, B] extends [B, A] ? true : false

/** Compiles only where both types are the same. */
const same = <A, B>(yes: Same<A, B>): void => {
  expect(yes).toBe(true)
}

test('names of a template', () => {
  same<NameOf<'!bookTicker'>, '!bookTicker'>(true)
  same<NameOf<'!ticker_<window>@arr'>, '!ticker_1h@arr' | '!ticker_4h@arr' | '!ticker_1d@arr'>(true)
  same<NameOf<'!markPrice@arr[@<speed:second>]'>, '!markPrice@arr' | '!markPrice@arr@1s'>(true)
  same<NameOf<'<symbol>@depth<levels>'>, `${string}@depth5` | `${string}@depth10` | `${string}@depth20`>(true)
})

test('parameters of a template', () => {
  const whole: ParametersOf<'<symbol>@depth<levels>[@<speed:milliseconds>]'> = { symbol: 'a', levels: 5, speed: '1ms' }
  const least: ParametersOf<'<symbol>@depth<levels>[@<speed:milliseconds>]'> = { symbol: 'a', levels: 20 }
  // @ts-expect-error the symbol is missing
  const without: ParametersOf<'<symbol>@trade'> = {}
  // @ts-expect-error 7 is not 5 | 10 | 20
  const wrong: ParametersOf<'<symbol>@depth<levels>'> = { symbol: 'a', levels: 7 }
  // @ts-expect-error '100' has no unit
  const unitless: ParametersOf<'<symbol>@depth[@<speed:milliseconds>]'> = { symbol: 'a', speed: '100' }
  expect([whole, least, without, wrong, unitless]).toHaveLength(5)
})

test('stream names of a venue', () => {
  const names: readonly StreamName<AsterFutures>[] = [
    'btcusdt@depth',
    'btcusdt@depth@100ms',
    'btcusdt@depth5@100ms',
    'btcusdt@kline_1M',
    '!markPrice@arr@1s',
  ]
  // @ts-expect-error no such interval
  const interval: StreamName<AsterFutures> = 'btcusdt@kline_7m'
  // @ts-expect-error no such number of levels
  const levels: StreamName<AsterFutures> = 'btcusdt@depth7'
  // @ts-expect-error spot has no mark price
  const markPrice: StreamName<AsterSpot> = 'btcusdt@markPrice'
  // @ts-expect-error only Binance has seconds
  const second: StreamName<AsterSpot> = 'btcusdt@kline_1s'
  const binance: StreamName<BinanceSpot> = 'btcusdt@kline_1s@+08:00'
  // @ts-expect-error the misspelt arr
  const arr: StreamName<BinanceSpot> = '!ticker@array'
  expect([...names, interval, levels, markPrice, second, binance, arr]).toHaveLength(11)
})

test('the kind of a name', () => {
  same<KindOfName<AsterFutures, 'btcusdt@depth'>, 'depth'>(true)
  same<KindOfName<AsterFutures, 'btcusdt@depth@100ms'>, 'depth'>(true)
  same<KindOfName<AsterFutures, 'btcusdt@depth5'>, 'partialDepth'>(true)
  same<KindOfName<AsterFutures, 'btcusdt@depth5@100ms'>, 'partialDepth'>(true)
  same<KindOfName<AsterFutures, 'btcusdt@trade'>, 'trade'>(true)
  same<KindOfName<AsterFutures, 'btcusdt@tradepro'>, 'tradePro'>(true)
  same<KindOfName<AsterFutures, '!markPrice@arr@1s'>, 'markPrices'>(true)
  same<KindOfName<BinanceSpot, 'a@ticker_1h'>, 'windowTicker'>(true)
  same<KindOfName<BinanceSpot, 'a@ticker'>, 'ticker'>(true)
  same<KindOfName<AsterFutures, 'btcusdt@nothing'>, never>(true)
})

test('the event of a kind is a named interface', () => {
  same<EventOf<AsterFutures, 'aggTrade'>, AggTrade>(true)
  same<EventOf<AsterFutures, 'kline'>, Kline>(true)
  same<EventOf<AsterFutures, 'markPrices'>, readonly MarkPrice[]>(true)
  same<EventOf<AsterFutures, 'depth'>['previousUpdateId'], number>(true)
  same<EventOf<AsterSpot, 'depth'>['previousUpdateId'], number | undefined>(true)
  same<EventOf<AsterFutures, 'orderUpdate'>['order']['price'], string>(true)
  same<EventOf<AsterSpot, 'executionReport'>['commissionAsset'], string | null | undefined>(true)
  // @ts-expect-error spot has no margin calls
  const kind: Kind<AsterSpot> = 'marginCall'
  expect(kind).toBe('marginCall')
})

test('a message is told by its kind', () => {
  const tell = (message: Message<AsterFutures>): string => {
    if (message.kind === 'trade') return message.event.price
    if (message.kind === 'markPrices') return String(message.event.length)
    // @ts-expect-error not every event has a price
    return String(message.event.price)
  }
  expect(tell({ kind: 'markPrices', stream: '', receivedAt: 1, event: [] })).toBe('0')
})

test('events are immutable', () => {
  const change = (event: AggTrade) => {
    // @ts-expect-error events are read only
    event.price = '1'
  }
  expect(change).toBeDefined()
})

test('stream names are typed by what they are made of', () => {
  const name = streamName(asterFutures, 'markPrices', { speed: '1s' })
  same<typeof name, '!markPrice@arr' | '!markPrice@arr@1s'>(true)
  expect(name).toBe('!markPrice@arr@1s')
  // @ts-expect-error spot has no mark prices
  expect(() => streamName(asterSpot, 'markPrices', {})).toThrow(TypeError)
  // @ts-expect-error the interval is missing
  expect(() => streamName(asterSpot, 'kline', { symbol: 'btcusdt' })).toThrow(TypeError)
  // @ts-expect-error no such interval
  expect(() => streamName(asterSpot, 'kline', { symbol: 'btcusdt', interval: '7m' })).toThrow(TypeError)
})

test('what is parsed is a message, a control or an error of this venue', () => {
  const kindOf = (parsed: Parsed<AsterSpot>): Kind<AsterSpot> | 'Control' | 'ParseError' => {
    if (parsed._tag === 'Left') return 'ParseError'
    return 'kind' in parsed.right ? parsed.right.kind : parsed.right._tag
  }
  expect(kindOf({ _tag: 'Right', right: { _tag: 'Control', type: 'heartbeat' } })).toBe('Control')
})
