import { delay, EMPTY, map, NEVER, of, Subject, take, tap, throwError, type ObservableInput } from 'rxjs'
import { backfill, type BackfillConfig } from '../../lib/operators/backfill.js'
import type { BarAggTrade, BarTrade } from '../../lib/operators/TradeEvent.js'
import type { Backfill } from '../../lib/operators/tradeSequence.js'
import { marbles } from '../../lib/testing/marbles.js'
import { Clock } from '../helpers/Clock.js'
import { fc, test as prop } from '../property.js'
import { operatorCases } from './operatorCases.js'
import { tradeOfOne } from './oneTrade.js'

const trade = (id: number, more: Partial<BarTrade> = {}): BarTrade => ({ ...tradeOfOne(id, '10', '1'), ...more })
const trades = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => trade(first + i))

/** `5`, `5b` of one that was asked for, with `(3..4 gone)` before what follows ids that are missing. */
const shown = ({ tradeId, isBackfilled, missing = [] }: BarTrade & Backfill): string =>
  [
    ...missing.map(({ first, last, reason }) => `(${first}..${last} ${reason})`),
    `${tradeId}${isBackfilled ? 'b' : ''}`,
  ].join(' ')

/** A venue that answers when it is told to. */
const venue = (config: Partial<BackfillConfig<BarTrade>> = {}) => {
  const source = new Subject<BarTrade>()
  const clock = new Clock()
  const told: string[] = []
  const asked: { readonly symbol: string; readonly fromId: number; readonly page: Subject<readonly BarTrade[]> }[] = []
  const history = (symbol: string, fromId: number) => {
    const page = new Subject<readonly BarTrade[]>()
    asked.push({ symbol, fromId, page })
    return page
  }
  const subscription = source.pipe(backfill({ history, scheduler: clock, ...config }), map(shown)).subscribe({
    next: (text) => told.push(text),
    error: (error: unknown) => told.push(`# ${String(error)}`),
    complete: () => told.push('|'),
  })
  return {
    ...{ source, clock, subscription, asked },
    said: () => told.splice(0).join(', '),
    questions: () => asked.map(({ fromId }) => fromId),
    come: (...ids: readonly number[]) => {
      for (const id of ids) source.next(trade(id))
    },
    /** The last page that was asked for comes. */
    answer: (...page: readonly BarTrade[]) => asked.at(-1)?.page.next(page),
    refuse: (error: unknown) => asked.at(-1)?.page.error(error),
  }
}

const passed = (one: BarTrade) => ({ ...one, isBackfilled: false })

describe('the fixed list', () =>
  operatorCases(backfill<BarTrade>({ history: () => NEVER }), {
    ...{ a: trade(1), x: passed(trade(1)), b: trade(2), y: passed(trade(2)) },
  }))

test(
  'what is missing is asked for, and all comes in order',
  marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const values = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((id) => [id, trade(id)]))
    const source = cold('         -1-2---5-6-------7-|', values)
    const page = cold<readonly BarTrade[]>('---(p|)', { p: trades(3, 9) })
    const history = (symbol: string, fromId: number) => {
      expect([symbol, fromId]).toEqual(['BTCUSDT', 3])
      return page
    }
    const result = source.pipe(backfill({ history }), map(shown))
    const texts = { 1: '1', 2: '2', 3: '3b', 4: '4b', 5: '5', 6: '6', 7: '7' }
    expectObservable(result).toBe('-1-2------(3456)-7-|', texts)
    expectObservable(result, '--------!').toBe('-1-2', texts)
    expectSubscriptions(source.subscriptions).toBe(['^------------------!', '^-------!'])
    expectSubscriptions(page.subscriptions).toBe(['-------^--!', '-------^!'])
  }),
)

test('as many pages as it takes, each from where the last one ended', () => {
  const { come, answer, questions, said } = venue()
  come(1, 10)
  answer(...trades(2, 4))
  answer(...trades(5, 6))
  expect(said()).toBe('1, 2b, 3b, 4b, 5b, 6b')
  come(11)
  answer(...trades(7, 12))
  expect(questions()).toEqual([2, 5, 7])
  expect(said()).toBe('7b, 8b, 9b, 10, 11')
})

test('one gap after another', () => {
  const { come, answer, questions, said } = venue()
  come(1, 3, 5)
  answer(trade(2))
  expect(said()).toBe('1, 2b, 3')
  answer(trade(4))
  expect(said()).toBe('4b, 5')
  expect(questions()).toEqual([2, 4])
})

test('from where it is wanted, before the first event', () => {
  const { come, answer, questions, said } = venue({ from: ({ tradeId }) => tradeId - 2 })
  come(7)
  answer(trade(5), trade(6))
  come(8)
  expect(said()).toBe('5b, 6b, 7, 8')
  expect(questions()).toEqual([5])
  const later = venue({ from: () => 100 })
  later.come(7, 8)
  expect(later.said()).toBe('7, 8')
})

test('what comes on the stream after all needs no answer, and is not marked', () => {
  const { come, asked, said } = venue()
  come(1, 4, 3)
  expect(said()).toBe('1')
  come(2)
  expect(said()).toBe('2, 3, 4')
  expect(asked.map(({ page }) => page.observed)).toEqual([false])
  come(5)
  expect(said()).toBe('5')
})

test('what comes twice passes once', () => {
  const { come, answer, said } = venue()
  come(1, 1, 4, 4)
  answer(trade(1), trade(2), trade(3), trade(4), trade(5))
  come(3, 4, 5)
  expect(said()).toBe('1, 2b, 3b, 4, 5')
})

describe('what the venue has no longer', () => {
  test('is missing from what follows: before the first that it lists, and between two', () => {
    const { come, answer, said } = venue()
    come(1, 9)
    answer(trade(4), trade(7), trade(8))
    expect(said()).toBe('1, (2..3 gone) 4b, (5..6 gone) 7b, 8b, 9')
    come(20)
    answer(trade(25))
    expect(said()).toBe('(10..19 gone) 20')
  })

  test('that it lists nothing says so after the third time, a second apart: it may be behind its streams', () => {
    const { come, answer, clock, questions, said } = venue()
    come(1, 4)
    answer()
    expect(questions()).toEqual([2])
    clock.pass(999)
    expect(questions()).toEqual([2])
    clock.pass(1)
    answer(trade(1))
    clock.pass(1_000)
    expect(questions()).toEqual([2, 2, 2])
    expect(said()).toBe('1')
    answer()
    expect(said()).toBe('(2..3 gone) 4')
  })

  test('a list that is behind for a while', () => {
    const { come, answer, clock, said } = venue()
    come(1, 5)
    answer(trade(2))
    answer()
    clock.pass(1_000)
    answer(trade(3))
    answer(trade(4))
    expect(said()).toBe('1, 2b, 3b, 4b, 5')
  })
})

describe('asking fails', () => {
  test.each<[string, () => ObservableInput<readonly BarTrade[]>]>([
    ['error', () => throwError(() => new Error('no'))],
    [
      'throws',
      () => {
        throw new Error('no')
      },
    ],
    ['rejects', () => Promise.reject(new Error('no'))],
    ['empty', () => EMPTY],
  ])('%s: what waits for it comes, and says so', async (_, history) => {
    const told: (BarTrade & Backfill)[] = []
    const source = new Subject<BarTrade>()
    source.pipe(backfill({ history })).subscribe((one) => told.push(one))
    for (const one of [trade(1), trade(4), trade(5)]) source.next(one)
    await new Promise(setImmediate)
    expect(told.map(shown)).toEqual(['1', '(2..3 failed) 4', '5'])
    expect(told[1]?.missing?.[0]?.error).toBeInstanceOf(Error)
  })

  test('the next gap is asked for again', () => {
    const { come, answer, refuse, questions, said } = venue()
    come(1, 3, 5)
    refuse(new Error('busy'))
    expect(said()).toBe('1, (2..2 failed) 3')
    answer(trade(4))
    expect(said()).toBe('4b, 5')
    expect(questions()).toEqual([2, 4])
  })

  test('a page that does not come in time', () => {
    const { come, clock, asked, said } = venue({ timeout: 5_000 })
    come(1, 3)
    clock.pass(4_999)
    expect(said()).toBe('1')
    clock.pass(1)
    expect(said()).toBe('(2..2 failed) 3')
    expect(asked[0]?.page.observed).toBe(false)
  })

  test('what comes late after all passes as it comes, once', () => {
    const { come, refuse, said } = venue()
    come(1, 4)
    refuse(new Error('busy'))
    come(2, 5)
    expect(said()).toBe('1, (2..3 failed) 4, 2, 5')
  })
})

test('of more than may be missing the newest are asked for', () => {
  const { come, answer, questions, said } = venue({ most: 3 })
  come(1, 10)
  expect(questions()).toEqual([7])
  answer(...trades(7, 9))
  expect(said()).toBe('1, (2..6 too many) 7b, 8b, 9b, 10')
})

test('F69 so many events wait, and no more', () => {
  const { come, asked, said } = venue({ maxBuffer: 3 })
  come(1, 3, 4, 5)
  expect(said()).toBe('1')
  come(6)
  expect(said()).toBe('(2..2 buffer full) 3, 4, 5, 6')
  expect(asked.map(({ page }) => page.observed)).toEqual([false])
})

test('F69 10,000 symbols are followed: of more, the one is forgotten that began first', () => {
  const { source, come, asked, said } = venue()
  come(1, 3)
  for (let i = 0; i < 9_999; i++) source.next(trade(1, { symbol: `S${i}` }))
  expect(asked[0]?.page.observed).toBe(true)
  said()
  source.next(trade(1, { symbol: 'ETHUSDT' }))
  expect(said()).toBe('(2..2 buffer full) 3, 1')
  expect(asked[0]?.page.observed).toBe(false)
})

test('ids that begin anew: what waits comes first, and nothing is missing before them', () => {
  const { come, source, asked, said } = venue()
  come(101, 103)
  source.next(trade(1, { tradeTime: 1_200 }))
  source.next(trade(2, { tradeTime: 1_201 }))
  expect(said()).toBe('101, (102..102 restarted) 103, 1, 2')
  expect(asked.map(({ page }) => page.observed)).toEqual([false])
})

test('symbols do not wait for each other', () => {
  const { come, source, asked, said } = venue()
  come(1, 3)
  source.next(trade(71, { symbol: 'ETHUSDT' }))
  source.next(trade(73, { symbol: 'ETHUSDT' }))
  expect(said()).toBe('1, 71')
  expect(asked.map(({ symbol, fromId }) => [symbol, fromId])).toEqual([
    ['BTCUSDT', 2],
    ['ETHUSDT', 72],
  ])
  asked[1]?.page.next([trade(72, { symbol: 'ETHUSDT' })])
  expect(said()).toBe('72b, 73')
  asked[0]?.page.next([trade(2)])
  expect(said()).toBe('2b, 3')
})

test('completes when what it asked for has come', () => {
  const { come, answer, source, said } = venue()
  come(1, 3)
  source.complete()
  expect(said()).toBe('1')
  answer(trade(2))
  expect(said()).toBe('2b, 3, |')
})

test('an error of the source passes at once, and cancels what it asked for', () => {
  const { come, asked, source, said } = venue()
  come(1, 3)
  source.error(new Error('lost'))
  expect(said()).toBe('1, # Error: lost')
  expect(asked[0]?.page.observed).toBe(false)
})

test('unsubscribing cancels what it asked for, and the wait before it', () => {
  const { come, answer, asked, subscription, clock, said } = venue()
  come(1, 3)
  subscription.unsubscribe()
  expect(asked[0]?.page.observed).toBe(false)
  const waiting = venue()
  waiting.come(1, 3)
  waiting.answer()
  waiting.subscription.unsubscribe()
  waiting.clock.pass(10_000)
  expect(waiting.asked).toHaveLength(1)
  answer(trade(2))
  clock.pass(10_000)
  expect(said()).toBe('1')
})

test('an error that `from` throws is an error', () => {
  const { come, said } = venue({
    from: () => {
      throw new Error('from')
    },
  })
  come(1)
  expect(said()).toBe('# Error: from')
})

test('a history that answers at once, and a listener that hears more meanwhile', () => {
  const source = new Subject<BarTrade>()
  const told: string[] = []
  source.pipe(backfill({ history: (_, first) => of(trades(first, first + 1)) })).subscribe((one) => {
    told.push(shown(one))
    if (one.tradeId === 2) source.next(trade(9))
  })
  for (const id of [1, 5, 10]) source.next(trade(id))
  expect(told).toEqual(['1', '2b', '3b', '4b', '5', '6b', '7b', '8b', '9', '10'])
})

test('who has enough stops all', () => {
  const given: number[] = []
  of(trade(1), trade(3), trade(4), trade(9))
    .pipe(
      tap(({ tradeId }) => given.push(tradeId)),
      backfill({ history: (_, first) => of(trades(first, first + 9)) }),
      take(3),
    )
    .subscribe()
  expect(given).toEqual([1, 3])
})

test('aggregates by their own numbers', () => {
  const agg = (aggregateId: number): BarAggTrade => ({
    ...{ symbol: 'BTCUSDT', aggregateId, firstTradeId: 10 * aggregateId, lastTradeId: 10 * aggregateId + 3 },
    ...{ tradeTime: aggregateId, price: '10', quantity: '1', isBuyerMaker: false },
  })
  const told: unknown[] = []
  of(agg(1), agg(3))
    .pipe(backfill({ history: (_, first) => of([agg(first)]) }))
    .subscribe(({ aggregateId, isBackfilled }) => told.push([aggregateId, isBackfilled]))
  expect(told).toEqual([
    [1, false],
    [2, true],
    [3, false],
  ])
})

/** What the stream brings of 40 trades, in blocks that may change places, and how the venue's lists answer. */
const streams = fc.record({
  lost: fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
  swaps: fc.array(fc.nat(38), { maxLength: 6 }),
  gone: fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
  page: fc.integer({ min: 1, max: 7 }),
  wait: fc.integer({ min: 0, max: 5 }),
  fails: fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
})

prop.prop([streams], { seed: 1, numRuns: 500 })(
  'every id passes once, in order but for what came after it was given up; what is missing is what nobody had',
  ({ lost, swaps, gone, page, wait, fails }) => {
    const clock = new Clock()
    const came = lost.flatMap((isLost, i) => (isLost && i > 0 && i < 39 ? [] : [i]))
    for (const at of swaps) {
      const [a, b] = [came[at], came[at + 1]]
      if (a === undefined || b === undefined || a === 0) continue
      came[at] = b
      came[at + 1] = a
    }
    let asked = 0
    const history = (_: string, first: number) => {
      const rows = trades(first, 45).filter(({ tradeId }) => gone[tradeId] !== true)
      const answer = fails[asked++ % 40] === true ? throwError(() => new Error('no')) : of(rows.slice(0, page))
      return wait === 0 ? answer : answer.pipe(delay(wait, clock))
    }
    const told: (BarTrade & Backfill)[] = []
    const source = new Subject<BarTrade>()
    let isComplete = false
    source.pipe(backfill({ history, scheduler: clock })).subscribe({
      next: (one) => told.push(one),
      complete: () => (isComplete = true),
    })
    for (const id of came) {
      source.next(trade(id))
      clock.pass(2)
    }
    source.complete()
    clock.pass(100_000)
    expect(isComplete).toBe(true)
    const missing = told.flatMap((one) => one.missing ?? [])
    const isGivenUp = (id: number) => missing.some(({ first, last }) => id >= first && id <= last)
    const ids = told.map(({ tradeId }) => tradeId)
    expect(new Set(ids).size).toBe(ids.length)
    // All that came passed, and all that did not is either backfilled or given up.
    for (const id of came) expect(ids).toContain(id)
    for (let id = 0; id < 40; id++) expect(ids.includes(id) || isGivenUp(id)).toBe(true)
    const inTime = ids.filter((id) => !isGivenUp(id))
    expect(inTime).toEqual([...inTime].sort((a, b) => a - b))
    for (const { tradeId, isBackfilled } of told)
      expect(isBackfilled ? gone[tradeId] : !came.includes(tradeId)).toBe(false)
    if (!fails.includes(true)) for (const { reason } of missing) expect(reason).toBe('gone')
  },
)
