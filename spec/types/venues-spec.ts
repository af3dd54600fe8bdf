import type { Message } from '../../lib/parser/Message.js'
import type { Parsed } from '../../lib/parser/parse.js'
import { NEVER, type Observable } from 'rxjs'
import { createClient } from '../../lib/client/createClient.js'
import type { BinanceExecutionReport } from '../../lib/events/BinanceExecutionReport.js'
import type { BingxAccountUpdate } from '../../lib/events/BingxAccountUpdate.js'
import type { BingxExecutionReport } from '../../lib/events/BingxExecutionReport.js'
import type { ListStatus } from '../../lib/events/ListStatus.js'
import type { PredictionEvent } from '../../lib/events/PredictionEvent.js'
import type { Ticker } from '../../lib/events/Ticker.js'
import type { WindowTicker } from '../../lib/events/WindowTicker.js'
import type { AggTrade } from '../../lib/events/AggTrade.js'
import type { Kline } from '../../lib/events/Kline.js'
import type { MarkPrice } from '../../lib/events/MarkPrice.js'
import type { AsterFutures } from '../../lib/venues/asterFutures.js'
import type { AsterSpot } from '../../lib/venues/asterSpot.js'
import type { AsterPrediction } from '../../lib/venues/asterPrediction.js'
import { binanceSpot, type BinanceSpot } from '../../lib/venues/binanceSpot.js'
import { bingxSpot, type BingxSpot } from '../../lib/venues/bingxSpot.js'
import type { NameOf, ParametersOf } from '../../lib/venues/grammar.js'
import { streamName, type EventOfName, type StreamName } from '../../lib/venues/streamName.js'
import type { EventOf, Kind } from '../../lib/venues/Venue.js'
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
  same<
    NameOf<'<symbol>@depth<levels>'>,
    `${Lowercase<string>}@depth5` | `${Lowercase<string>}@depth10` | `${Lowercase<string>}@depth20`
  >(true)
  same<NameOf<'<symbol:exactSymbol>@trade'>, `${string}@trade`>(true)
})

test('parameters of a template', () => {
  const whole: ParametersOf<'<symbol>@depth<levels>[@<speed:milliseconds>]'> = {
    symbol: 'A',
    levels: 5,
    speed: '100ms',
  }
  const least: ParametersOf<'<symbol>@depth<levels>[@<speed:milliseconds>]'> = { symbol: 'a', levels: 20 }
  // @ts-expect-error the symbol is missing
  const without: ParametersOf<'<symbol>@trade'> = {}
  // @ts-expect-error 7 is not 5 | 10 | 20
  const wrong: ParametersOf<'<symbol>@depth<levels>'> = { symbol: 'a', levels: 7 }
  // @ts-expect-error '100' has no unit
  const unitless: ParametersOf<'<symbol>@depth[@<speed:milliseconds>]'> = { symbol: 'a', speed: '100' }
  // @ts-expect-error no venue is so fast
  const fast: ParametersOf<'<symbol>@depth[@<speed:milliseconds>]'> = { symbol: 'a', speed: '7ms' }
  expect([whole, least, without, wrong, unitless, fast]).toHaveLength(6)
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
  // @ts-expect-error symbols of names are in lower case
  const upper: StreamName<AsterSpot> = 'BTCUSDT@trade'
  // @ts-expect-error no such speed
  const speed: StreamName<AsterSpot> = 'btcusdt@depth@7ms'
  const binance: StreamName<BinanceSpot> = 'btcusdt@kline_1s@+08:00'
  // @ts-expect-error the misspelt arr
  const arr: StreamName<BinanceSpot> = '!ticker@array'
  expect([...names, interval, levels, markPrice, second, upper, speed, binance, arr]).toHaveLength(13)
})

test('the event of a name', () => {
  same<EventOfName<AsterFutures, 'btcusdt@depth'>, EventOf<AsterFutures, 'depth'>>(true)
  same<EventOfName<AsterFutures, 'btcusdt@depth@100ms'>, EventOf<AsterFutures, 'depth'>>(true)
  same<EventOfName<AsterFutures, 'btcusdt@depth5'>, EventOf<AsterFutures, 'partialDepth'>>(true)
  same<EventOfName<AsterFutures, 'btcusdt@depth5@100ms'>, EventOf<AsterFutures, 'partialDepth'>>(true)
  same<EventOfName<AsterFutures, 'btcusdt@trade'>, EventOf<AsterFutures, 'trade'>>(true)
  same<EventOfName<AsterFutures, 'btcusdt@tradepro'>, EventOf<AsterFutures, 'tradePro'>>(true)
  same<EventOfName<AsterFutures, '!markPrice@arr@1s'>, EventOf<AsterFutures, 'markPrices'>>(true)
  same<EventOfName<BinanceSpot, 'a@ticker_1h'>, EventOf<BinanceSpot, 'windowTicker'>>(true)
  same<EventOfName<BinanceSpot, 'a@ticker'>, EventOf<BinanceSpot, 'ticker'>>(true)
  same<EventOfName<AsterFutures, 'btcusdt@nothing'>, never>(true)
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

test('account events that are asked for have names, and those have types', () => {
  same<StreamName<BingxSpot>, 'spot.executionReport' | 'ACCOUNT_UPDATE'>(true)
  same<EventOfName<BingxSpot, 'spot.executionReport'>, EventOf<BingxSpot, 'executionReport'>>(true)
  same<EventOfName<BingxSpot, 'ACCOUNT_UPDATE'>, EventOf<BingxSpot, 'accountUpdate'>>(true)
  same<Kind<BingxSpot>, 'executionReport' | 'accountUpdate' | 'listenKeyExpired'>(true)
  // @ts-expect-error Binance is not asked for it
  const name: StreamName<BinanceSpot> = 'executionReport'
  expect(name).toBe('executionReport')
})

test('a client knows the events of its streams by their names', () => {
  const communicator = () => NEVER
  const binance = createClient({ venue: binanceSpot, communicator })
  const bingx = createClient({ venue: bingxSpot, communicator })
  const orders$: Observable<BingxExecutionReport> = bingx.stream('spot.executionReport')
  const balances$: Observable<BingxAccountUpdate> = bingx.stream('ACCOUNT_UPDATE')
  const windows$: Observable<WindowTicker> = binance.stream('btcusdt@ticker_4h')
  const lists$: Observable<ListStatus> = binance.listStatus$
  // @ts-expect-error a window ticker is no ticker
  const tickers$: Observable<Ticker> = binance.stream('btcusdt@ticker_4h')
  expect([orders$, balances$, windows$, lists$, tickers$]).toHaveLength(5)
  same<EventOf<BinanceSpot, 'executionReport'>, BinanceExecutionReport>(true)
  same<EventOf<AsterPrediction, 'predictionEvent'>, PredictionEvent>(true)
  same<EventOfName<AsterPrediction, 'btc_up_down_5m@event'>, EventOf<AsterPrediction, 'predictionEvent'>>(true)
  // @ts-expect-error BingX has no depth snapshots here
  expect(bingx.depthSnapshot$).toBeUndefined()
  // @ts-expect-error no such window
  expect(() => binance.stream('btcusdt@ticker_2h')).toThrow(TypeError)
  // @ts-expect-error a misspelt name
  expect(() => bingx.stream('spot.executionReports')).toThrow(TypeError)
})

test('one vocabulary: what means the same has the same name', () => {
  same<
    Exclude<keyof EventOf<AsterSpot, 'executionReport'>, keyof BinanceExecutionReport>,
    'averagePrice' | 'originalOrderType'
  >(true)
  same<Exclude<keyof BingxExecutionReport, keyof BinanceExecutionReport>, never>(true)
  same<BingxExecutionReport['orderId'], string>(true)
  same<BingxExecutionReport['clientOrderId'], string | undefined>(true)
})
