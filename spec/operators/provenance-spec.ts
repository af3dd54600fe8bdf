import { NEVER, Subject } from 'rxjs'
import type { DerivedKline } from '../../lib/operators/DerivedKline.js'
import type { BarTrade } from '../../lib/operators/TradeEvent.js'
import { klines } from '../../lib/operators/klines.js'
import type { Status } from '../../lib/Signal.js'
import { Clock } from '../helpers/Clock.js'
import { barsOf, fills, lastOf, tradeOf } from './barOracle.js'
import { fc, test as prop } from '../property.js'

const trade = (tradeId: number, tradeTime: number, more: Partial<BarTrade> = {}): BarTrade => ({
  ...{ symbol: 'BTCUSDT', tradeId, tradeTime, price: '10', quantity: '1', isBuyerMaker: false },
  ...more,
})

/** `1:2 whole`: open time in s, trades, what is known; `!` is closed. */
const shown = ({ openTime, tradeCount, isClosed, isComplete, missing, wasReset }: DerivedKline) =>
  [
    `${openTime / 1_000}:${tradeCount}${isClosed ? '!' : ''}`,
    isComplete ? 'whole' : 'part',
    ...missing.map(({ first, last }) => `${first}..${last}`),
    ...(wasReset ? ['reset'] : []),
  ].join(' ')

/** Bars of a second, of a client whose venue was heard until some time, and that can lose its connection. */
const ofClient = () => {
  const source = new Subject<BarTrade>()
  const status$ = new Subject<Status>()
  const clock = new Clock()
  const bars: DerivedKline[] = []
  let heard = -Infinity
  const venueClock = { offset: () => 0, now: () => clock.now(), heardUntil: () => heard }
  source
    .pipe(klines({ interval: '1s', client: { scheduler: clock, venueClock, lost: () => status$ } }))
    .subscribe((bar) => {
      bars.push(bar)
    })
  return {
    said: () => bars.splice(0).map(shown),
    lose: () => status$.next({ _tag: 'Disconnected', code: 1006, reason: '', receivedAt: clock.now() }),
    /** The time passes until then; the venue was heard until some time. */
    until: (time: number, heardUntil = time) => {
      heard = heardUntil
      clock.pass(time - clock.now())
    },
    trades: (...ids: readonly (readonly [id: number, time: number])[]) => {
      for (const [id, time] of ids) source.next(trade(id, time))
    },
  }
}

test('F59 the first bar is never whole; the next ones are, as their ids follow each other', () => {
  const { trades, said } = ofClient()
  trades([7, 500], [8, 1_000], [9, 1_500], [10, 2_000])
  expect(said()).toEqual(['0:1 part', '0:1! part', '1:1 whole', '1:2 whole', '1:2! whole', '2:1 whole'])
})

test('F59 ids that are missing within a bar', () => {
  const { trades, said } = ofClient()
  trades([1, 0], [2, 1_000], [5, 1_100], [6, 1_200], [8, 1_300], [9, 2_000])
  expect(said().slice(3)).toEqual([
    '1:2 part 3..4',
    '1:3 part 3..4',
    '1:4 part 3..4 7..7',
    '1:4! part 3..4 7..7',
    '2:1 whole',
  ])
})

test('F59 ids that are missing between two bars may belong to each: a bar that was closed as whole is corrected', () => {
  const { trades, until, said } = ofClient()
  trades([1, 0], [2, 1_000])
  until(3_000)
  expect(said()).toEqual(['0:1 part', '0:1! part', '1:1 whole', '1:1! whole'])
  trades([6, 5_000], [7, 6_000])
  expect(said()).toEqual(['1:1! part 3..5', '5:1 part 3..5', '5:1! part 3..5', '6:1 whole'])
})

test('F59 ids that come after all are not missing any more', () => {
  const { trades, said } = ofClient()
  trades([1, 0], [2, 1_000], [6, 1_100], [4, 1_050], [3, 1_010], [7, 2_000], [5, 1_060])
  expect(said().slice(3)).toEqual([
    '1:2 part 3..5',
    '1:3 part 3..3 5..5',
    '1:4 part 5..5',
    '1:4! part 5..5',
    '2:1 whole',
    '1:5! whole',
  ])
})

test('F59 intervals without trades lie between two whole bars', () => {
  const { trades, until, said } = ofClient()
  trades([1, 0], [2, 1_000])
  until(9_000)
  trades([3, 9_000], [4, 10_000])
  expect(said().slice(2)).toEqual(['1:1 whole', '1:1! whole', '9:1 whole', '9:1! whole', '10:1 whole'])
})

test('F59 a connection that is lost: the bar over it is marked, and whole only where the ids go on', () => {
  const missed = ofClient()
  missed.trades([1, 0], [2, 1_000])
  missed.lose()
  missed.trades([4, 1_900], [5, 2_000])
  expect(missed.said().slice(2)).toEqual(['1:1 whole', '1:2 part 3..3 reset', '1:2! part 3..3 reset', '2:1 whole'])
  const nothing = ofClient()
  nothing.trades([1, 0], [2, 1_000])
  nothing.lose()
  nothing.trades([3, 1_900], [4, 2_000])
  expect(nothing.said().slice(2)).toEqual(['1:1 whole', '1:2 whole reset', '1:2! whole reset', '2:1 whole'])
})

test('F59 a connection that is lost and not back: the clock closes a bar that is not whole, until the next id shows it', () => {
  const { trades, until, lose, said } = ofClient()
  trades([1, 0], [2, 1_000])
  lose()
  until(3_000)
  expect(said().slice(2)).toEqual(['1:1 whole', '1:1! part reset'])
  trades([3, 7_000])
  expect(said()).toEqual(['1:1! whole reset', '7:1 whole reset'])
})

test('F59 a connection that is lost after the clock closed a bar: who knows since when', () => {
  const { trades, until, lose, said } = ofClient()
  trades([1, 0], [2, 1_000])
  until(3_000)
  expect(said().at(-1)).toBe('1:1! whole')
  lose()
  expect(said()).toEqual(['1:1! part'])
  trades([4, 7_000])
  expect(said()).toEqual(['1:1! part 3..3', '7:1 part 3..3 reset'])
})

test('F59 nothing was heard past the end of a bar, as at the end of a recording: it is closed, and not whole', () => {
  const { trades, until, said } = ofClient()
  trades([1, 0], [2, 1_000])
  until(3_000, 1_999)
  expect(said().at(-1)).toBe('1:1! part')
  const heard = ofClient()
  heard.trades([1, 0], [2, 1_000])
  heard.until(3_000, 2_000)
  expect(heard.said().at(-1)).toBe('1:1! whole')
})

test('F59 without a client the clock proves nothing: a bar is whole when the next id says so', () => {
  const source = new Subject<BarTrade>()
  const clock = new Clock()
  const bars: DerivedKline[] = []
  source.pipe(klines({ interval: '1s', scheduler: clock })).subscribe((bar) => bars.push(bar))
  source.next(trade(1, 0))
  clock.pass(1_000)
  source.next(trade(2, 1_000))
  clock.pass(2_000)
  source.next(trade(3, 3_000))
  expect(bars.slice(2).map(shown)).toEqual(['1:1 whole', '1:1! part', '1:1! whole', '3:1 whole'])
})

test('F59 what is no print has an id, too, and opens, closes and lacks nothing', () => {
  const source = new Subject<BarTrade>()
  const bars: DerivedKline[] = []
  source.pipe(klines({ interval: '1s', scheduler: new Clock() })).subscribe((bar) => bars.push(bar))
  const no = { tradeType: 'NA', price: '0' } as const
  for (const one of [trade(1, 0, no), trade(2, 1_000), trade(3, 1_100, no), trade(4, 1_200), trade(6, 2_000, no)])
    source.next(one)
  expect(bars.map(shown)).toEqual(['1:1 whole', '1:2 whole'])
  source.next(trade(7, 2_100))
  expect(bars.slice(2).map(shown)).toEqual(['1:2! part 5..5', '2:1 part 5..5'])
})

test('F59 ids that begin anew prove nothing about the bars around', () => {
  const { trades, said } = ofClient()
  trades([100, 0], [101, 1_000], [1, 1_100], [2, 2_000], [3, 3_000], [4, 4_000])
  expect(said().filter((text) => text.includes('!'))).toEqual(['0:1! part', '1:2! part', '2:1! whole', '3:1! whole'])
})

test('F59 a venue that leaves out ids at every trade: 100 gaps are remembered, the last holds all others', () => {
  const source = new Subject<BarTrade>()
  const bars: DerivedKline[] = []
  source.pipe(klines({ interval: '1m', scheduler: new Clock() })).subscribe((bar) => bars.push(bar))
  for (let i = 0; i < 1_000; i++) source.next(trade(2 * i, i))
  const { missing = [] } = bars.at(-1) ?? {}
  expect(missing).toHaveLength(100)
  expect([missing[0], missing[98], missing[99]]).toEqual([
    { first: 1, last: 1 },
    { first: 197, last: 197 },
    { first: 199, last: 1_997 },
  ])
})

test('F59 an end of the statuses ends nothing, and an error of theirs goes to those who listen to them', () => {
  const source = new Subject<BarTrade>()
  const status$ = new Subject<Status>()
  const venueClock = { offset: () => 0, now: () => 0, heardUntil: () => 0 }
  const bars: DerivedKline[] = []
  const client = { scheduler: new Clock(), venueClock, lost: () => status$ }
  source.pipe(klines({ interval: '1s', client })).subscribe((bar) => bars.push(bar))
  status$.error(new Error('gone'))
  source.next(trade(1, 0))
  expect(bars).toHaveLength(1)
  const left = NEVER.pipe(
    klines({ interval: '1s', client: { ...client, lost: () => new Subject<Status>() } }),
  ).subscribe()
  left.unsubscribe()
  expect(left.closed).toBe(true)
})

/** Which trades are lost, before which the connection is, and how much time passes before each. */
const losses = fc.array(
  fc.record({ isLost: fc.boolean(), isReset: fc.boolean(), wait: fc.oneof(fc.constant(0), fc.nat(100_000)) }),
  { minLength: 30, maxLength: 30 },
)

prop.prop([fills, fc.constantFrom('1s', '1m', '1h'), losses], { seed: 1, numRuns: 500 })(
  'F59 a closed bar that is whole has every trade of its interval; every trade that it lacks is among its missing ids',
  (given, interval, happened) => {
    const source = new Subject<BarTrade>()
    const clock = new Clock()
    const bars: DerivedKline[] = []
    const status$ = new Subject<Status>()
    // Nothing is known but by ids: the venue is never heard past an end.
    const venueClock = { offset: () => 0, now: () => clock.now(), heardUntil: () => -Infinity }
    source
      .pipe(klines({ interval, client: { scheduler: clock, venueClock, lost: () => status$ } }))
      .subscribe((bar) => bars.push(bar))
    const trades = given.map((fill, i) => tradeOf('BTCUSDT', fill, i))
    for (const [i, one] of trades.entries()) {
      const { isLost = false, isReset = false, wait = 0 } = happened[i] ?? {}
      clock.pass(wait)
      if (isReset) status$.next({ _tag: 'Disconnected', code: 1006, reason: '', receivedAt: clock.now() })
      if (!isLost) source.next(one)
    }
    const heard = trades.filter((_, i) => happened[i]?.isLost !== true)
    const [first, last] = [heard.at(0)?.tradeId ?? Infinity, heard.at(-1)?.tradeId ?? -Infinity]
    const whole = barsOf('BTCUSDT', interval, given)
    for (const bar of lastOf(bars).filter(({ isClosed }) => isClosed)) {
      const expected = whole.find(({ openTime }) => openTime === bar.openTime)
      if (bar.isComplete) expect(bar.tradeCount).toBe(expected?.tradeCount)
      const lacking = trades.filter(
        ({ tradeId, tradeTime }, i) =>
          happened[i]?.isLost === true &&
          [tradeId > first, tradeId < last, tradeTime >= bar.openTime, tradeTime < bar.closeTime + 1].every(Boolean),
      )
      for (const { tradeId } of lacking)
        expect(bar.missing.some(({ first: from, last: to }) => tradeId >= from && tradeId <= to)).toBe(true)
    }
  },
)
