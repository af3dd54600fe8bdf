import { Subject, type Observable } from 'rxjs'
import { collecting, depthSequence, following, type SequencedUpdate } from '../../lib/book/depthSequence.js'
import { LiveBook } from '../../lib/book/LiveBook.js'
import type { OrderBook } from '../../lib/book/OrderBook.js'
import type { Level } from '../../lib/codecs/Levels.js'
import type { DepthSnapshot } from '../../lib/events/DepthSnapshot.js'
import type { DepthUpdate } from '../../lib/events/DepthUpdate.js'
import type { BookState } from '../../lib/operators/BookState.js'
import { syncDepth } from '../../lib/operators/syncDepth.js'
import { parse } from '../../lib/parser/parse.js'
import { frame } from '../../lib/Signal.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { asterSpot } from '../../lib/venues/asterSpot.js'
import { binanceSpot } from '../../lib/venues/binanceSpot.js'
import type { DepthRule } from '../../lib/venues/depthRule.js'
import { Clock } from '../helpers/Clock.js'
import { depthCases, type DepthCase, type DepthStep } from './depthCases.js'

const rules: Readonly<Record<string, DepthRule>> = {
  'binance-spot': binanceSpot.depthRule,
  'binance-usdm': asterFutures.depthRule,
  'aster-futures': asterFutures.depthRule,
  'aster-spot': asterSpot.depthRule,
}

const ruleOf = ({ market, id }: DepthCase): DepthRule => {
  const rule = rules[market]
  if (rule === undefined) throw new Error(`${id}: no rule for ${market}`)
  return rule
}

const updateOf = ({ U, u, pu, b, a }: Extract<DepthStep, { readonly t: 'event' }>): DepthUpdate => ({
  symbol: 'BTCUSDT',
  eventTime: u,
  firstUpdateId: U,
  lastUpdateId: u,
  ...(pu !== undefined && { previousUpdateId: pu }),
  bids: b,
  asks: a,
})

const numbers = (levels: readonly Level[]) => levels.map(([price, quantity]) => [Number(price), Number(quantity)])

/** What a case says of the book at the end. */
const expectFinal = ({ expect: { final } }: DepthCase, book: OrderBook | undefined) => {
  const found = book?.toSnapshot()
  if ('lastUpdateId' in final) expect(found?.lastUpdateId).toBe(final['lastUpdateId'])
  if ('bids' in final) expect(numbers(found?.bids ?? [])).toEqual(numbers(final['bids'] as readonly Level[]))
  if ('asks' in final) expect(numbers(found?.asks ?? [])).toEqual(numbers(final['asks'] as readonly Level[]))
}

const words: Readonly<Record<string, string>> = {
  Buffered: 'buffered',
  Applied: 'applied',
  Dropped: 'dropped',
  Gap: 'gap',
  Accepted: 'snapshot-ok',
  Rejected: 'snapshot-rejected',
}

const bookOf = (bids: readonly Level[], asks: readonly Level[], lastUpdateId = 0) =>
  new LiveBook('BTCUSDT', { lastUpdateId, bids, asks })

/** Events and snapshots: the pure half, with a book beside it. */
const playSequence = (given: DepthCase) => {
  const rule = ruleOf(given)
  const { initial } = given
  let book = initial && bookOf(initial.bids ?? [], initial.asks ?? [], initial.lastUpdateId)
  let state = initial
    ? following<DepthUpdate & SequencedUpdate>({ lastUpdateId: initial.lastUpdateId ?? NaN, eventTime: 0 })
    : collecting<DepthUpdate & SequencedUpdate>([])
  const said = given.steps.map((step) => {
    if (step.t === 'event') {
      const update = updateOf(step)
      const [next, verdict] = depthSequence(rule, state, { _tag: 'Update', update })
      state = next
      if (verdict._tag === 'Applied') book?.apply(update)
      return words[verdict._tag]
    }
    if (step.t !== 'snapshot') throw new Error(`${given.id}: ${step.t} is no step of a sequence`)
    const { lastUpdateId, bids, asks } = step
    const isEmpty = bids.length + asks.length === 0
    const [next, verdict] = depthSequence(rule, state, { _tag: 'Snapshot', lastUpdateId, isEmpty })
    state = next
    if (verdict._tag === 'Accepted') {
      book = bookOf(bids, asks, lastUpdateId)
      for (const update of verdict.updates) book.apply(update)
    }
    return words[verdict._tag]
  })
  expect(said).toEqual(given.expect.perStep)
  if (given.expect.final['synced'] === false) expect(state._tag).toBe('Collecting')
  expectFinal(given, book?.reader)
}

/** Levels and whole books: the book alone. */
const playBook = (given: DepthCase) => {
  let book = bookOf(given.initial?.bids ?? [], given.initial?.asks ?? [])
  for (const step of given.steps) {
    if (step.t === 'reset') book = bookOf(step.b ?? [], step.a ?? [])
    else if (step.t === 'levels') book.apply({ lastUpdateId: 0, bids: step.b, asks: step.a })
    else throw new Error(`${given.id}: ${step.t} is no step of a book`)
  }
  expectFinal(given, book.reader)
}

/** Requests, time and connections: the Rx half. */
const rx = (rule: DepthRule) => {
  const clock = new Clock()
  const updates = new Subject<DepthUpdate>()
  const reset = new Subject<void>()
  const states: BookState[] = []
  let answer: Subject<DepthSnapshot> | undefined
  let requests = 0
  const snapshot = (): Observable<DepthSnapshot> => {
    requests++
    answer = new Subject()
    return answer
  }
  updates.pipe(syncDepth({ rule, snapshot, reset, scheduler: clock })).subscribe((state) => states.push(state))
  return {
    clock,
    updates,
    reset,
    requests: () => requests,
    isAsked: () => answer?.observed === true,
    last: () => states.at(-1),
    book: () => {
      const last = states.at(-1)
      return last?._tag === 'Synced' ? last.book : undefined
    },
    /** Answers the request that is open, after the wait for it, where there is one. */
    answer: (snapshot: DepthSnapshot | Error) => {
      if (answer?.observed !== true) clock.pass(500)
      if (snapshot instanceof Error) answer?.error(snapshot)
      else answer?.next(snapshot)
    },
  }
}

const playRx = (given: DepthCase) => {
  const { clock, updates, reset, requests, last, book, answer } = rx(ruleOf(given))
  const said = given.steps.map((step) => {
    switch (step.t) {
      case 'assertNoSnapshotRequest':
        clock.pass(150)
        return requests() === 0 ? 'ok' : 'requested'
      case 'event':
        updates.next(updateOf(step))
        return last()?._tag === 'Synced' ? 'applied' : 'buffered'
      case 'snapshotError':
        answer(new Error('500'))
        return last()?._tag === 'Syncing' ? 'retry' : 'synced'
      case 'snapshot': {
        answer(step)
        const state = last()
        return state?._tag === 'Synced' ? 'snapshot-ok' : `snapshot-rejected`
      }
      case 'disconnect':
        reset.next()
        return last()?._tag === 'Syncing' ? 'desynced' : 'synced'
      case 'connect':
        return 'ok'
      default:
        throw new Error(`${given.id}: ${step.t} is no step of a connection`)
    }
  })
  expect(said).toEqual(given.expect.perStep)
  if (given.snapshotRequests !== undefined) expect(requests()).toBe(given.snapshotRequests)
  expectFinal(given, book())
}

const playParse = ({ steps: [step], expect: { final } }: DepthCase) => {
  if (step?.t !== 'raw') throw new Error('expected a raw frame')
  const parsed = parse(binanceSpot)(frame(step.json, 0))
  if (parsed._tag !== 'Right' || !('kind' in parsed.right)) throw new Error('expected a message')
  const event = parsed.right.event as Partial<DepthUpdate & DepthSnapshot>
  const found: Readonly<Record<string, unknown>> = {
    symbol: event.symbol,
    E: event.eventTime ?? null,
    T: event.transactionTime ?? null,
    U: event.firstUpdateId,
    u: event.lastUpdateId,
    lastUpdateId: event.lastUpdateId,
    bids: event.bids,
    asks: event.asks,
  }
  expect(found).toMatchObject(final['parsed'] as object)
}

/** A book that stays crossed is loaded again: not too often, and not never. */
const playCrossed = ({ steps: [, crossing], expect: { final } }: DepthCase) => {
  if (crossing?.t !== 'levels') throw new Error('expected levels')
  const { clock, updates, requests, last, answer, isAsked } = rx(binanceSpot.depthRule)
  const update = (id: number, b: readonly Level[], a: readonly Level[]) => updateOf({ t: 'event', U: id, u: id, b, a })
  updates.next(update(1, [], []))
  answer({ lastUpdateId: 1, bids: [['480', '50']], asks: [['520', '50']] })
  updates.next(update(2, [], []))
  expect([last()?._tag, requests()]).toEqual(['Synced', 1])
  updates.next(update(3, crossing.b, crossing.a))
  expect(last()).toEqual({ _tag: 'Syncing', reason: 'crossed', attempt: 1 })
  for (let ms = 0; ms < 4000; ms += 100) {
    if (isAsked()) answer({ lastUpdateId: 2, bids: [['480', '50']], asks: [['520', '50']] })
    clock.pass(100)
  }
  const reloads = requests() - 1
  expect(reloads).toBeGreaterThanOrEqual(Number(final['snapshotRequestsMin']))
  expect(reloads).toBeLessThanOrEqual(Number(final['snapshotRequestsMax']))
}

/** Before there is a snapshot there is no book that could change. */
const playIgnored = ({ steps: [step] }: DepthCase) => {
  if (step?.t !== 'levels') throw new Error('expected levels')
  const { updates, last, book } = rx(binanceSpot.depthRule)
  updates.next(updateOf({ t: 'event', U: 1, u: 1, b: step.b, a: step.a }))
  expect(last()).toEqual({ _tag: 'Syncing', reason: 'start', attempt: 1 })
  expect(book()).toBeUndefined()
}

/** The generator of the case, and a plain sorted map beside the book. */
const playModel = ({ steps: [step] }: DepthCase) => {
  expect(step?.t).toBe('generator')
  let seed = 305_419_896
  const random = () => (seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0)
  const range = (length: number, level: (i: number) => Level) => Array.from({ length }, (_, i) => level(i))
  let book = bookOf(
    range(100, (i) => [String(100 - i / 2), String(i + 1)]),
    range(100, (i) => [String(101 + i / 2), String(i + 1)]),
  )
  const model = { bids: new Map<number, number>(), asks: new Map<number, number>() }
  const keep = (side: 'bids' | 'asks', price: number, quantity: number) =>
    quantity === 0 ? model[side].delete(price) : model[side].set(price, quantity)
  const compare = () => {
    const sorted = (side: 'bids' | 'asks', sign: number) =>
      [...model[side]].sort(([a], [b]) => sign * (a - b)).map(([price, quantity]) => [price, quantity])
    const { bids, asks } = book.reader.toSnapshot()
    expect(numbers(bids)).toEqual(sorted('bids', -1))
    expect(numbers(asks)).toEqual(sorted('asks', 1))
  }
  for (let i = 0; i < 100; i++) {
    keep('bids', 100 - i / 2, i + 1)
    keep('asks', 101 + i / 2, i + 1)
  }
  compare()
  for (let i = 1; i <= 2000; i++) {
    for (let left = 1 + (random() % 4); left > 0; left--) {
      const price = 50 + (random() % 20_000) / 100
      const quantity = random() % 5 === 0 ? 0 : 1 + (random() % 100_000) / 100
      const side = random() % 2 === 0 ? 'bids' : 'asks'
      book.apply({ lastUpdateId: i, bids: [], asks: [], [side]: [[String(price), String(quantity)]] })
      keep(side, price, quantity)
    }
    if (i % 50 === 0) compare()
  }
  model.bids.clear()
  model.asks.clear()
  for (let i = 0; i < 25; i++) {
    keep('bids', 200 - i, 1)
    keep('asks', 201 + i, 1)
  }
  book = bookOf(
    range(25, (i) => [String(200 - i), '1']),
    range(25, (i) => [String(201 + i), '1']),
  )
  compare()
}

const playBigSnapshot = ({ expect: { final } }: DepthCase) => {
  const book = bookOf(
    Array.from({ length: 500 }, (_, i): Level => [String(i), String(1000 + i)]),
    Array.from({ length: 500 }, (_, i): Level => [String(1000 - i), String(3000 - i)]),
  )
  expect([book.reader.size.bids, book.reader.size.asks]).toEqual(final['counts'])
  expect([book.reader.bestBid?.price, book.reader.bestBid?.quantity]).toEqual(final['bestBid'])
  expect([book.reader.bestAsk?.price, book.reader.bestAsk?.quantity]).toEqual(final['bestAsk'])
}

/** Who plays the cases that are more than events, snapshots and levels. */
const players: Readonly<Record<string, (given: DepthCase) => void>> = {
  'barter-spot-parse': playParse,
  'barter-snapshot-parse-spot': playParse,
  'nautilus-fut-wait-first-diff': playRx,
  'nautilus-fut-http-500-retry': playRx,
  'nautilus-spot-rebuild-after-reconnect': playRx,
  'nautilus-spot-overlap-retry': playRx,
  'cwe-validity-check-reloads-snapshot': playCrossed,
  'tardis-ob-update-before-snapshot-ignored': playIgnored,
  'tardis-ob-model-based': playModel,
  'cwe-snapshot-500': playBigSnapshot,
}

/** Cases that ask for something else than a book in sync. */
const elsewhere: Readonly<Record<string, string>> = {
  'cwe-slow-observer-coalesces':
    'an Rx observer is told one thing at a time; merging for slow observers is an operator of its own',
}

const playerOf = ({ id, market, steps }: DepthCase): ((given: DepthCase) => void) | undefined => {
  if (players[id] !== undefined) return players[id]
  if (market === 'generic-l2') return steps.every(({ t }) => t === 'levels' || t === 'reset') ? playBook : undefined
  return steps.every(({ t }) => t === 'event' || t === 'snapshot') ? playSequence : undefined
}

const cases = depthCases()
if (cases === undefined)
  test('the cases of other projects', () => {
    process.stdout.write('skipped: ../shared/vectors/depth-cases.json is not there\n')
  })
else {
  test.each(cases.filter(({ id }) => !(id in elsewhere)))('$id', (given) => {
    const play = playerOf(given)
    if (play === undefined) throw new Error('nobody plays this case')
    play(given)
  })

  test('none is left out without a reason, and none is listed that is not there', () => {
    const ids = new Set(cases.map(({ id }) => id))
    expect([...Object.keys(players), ...Object.keys(elsewhere)].filter((id) => !ids.has(id))).toEqual([])
    expect(Object.keys(elsewhere)).toEqual(['cwe-slow-observer-coalesces'])
    expect(cases).toHaveLength(32)
  })
}
