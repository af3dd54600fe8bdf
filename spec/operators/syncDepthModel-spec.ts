import { Subject } from 'rxjs'
import type { DepthSnapshot } from '../../lib/events/DepthSnapshot.js'
import type { BookState } from '../../lib/operators/BookState.js'
import { syncDepth } from '../../lib/operators/syncDepth.js'
import { contiguousIds, linkedIds, linkedOrContiguousIds, type DepthRule } from '../../lib/venues/depthRule.js'
import { Clock } from '../helpers/Clock.js'
import { ModelVenue, type Numbering } from './ModelVenue.js'
import { fc, test as prop } from '../property.js'

const step = fc.tuple(
  fc.oneof(
    { weight: 10, arbitrary: fc.constant('deliver' as const) },
    { weight: 3, arbitrary: fc.constant('answer' as const) },
    fc.constantFrom('lose', 'reverse', 'repeat', 'hold', 'fail', 'pass', 'reset', 'restart', 'reset and restart'),
  ),
  fc.nat(5),
)
type Step = typeof step extends fc.Arbitrary<infer A> ? A : never

/** The book of a model venue over a bad line; every synced state is compared with the venue's own book. */
const follow = (rule: DepthRule, numbering: Numbering, seed: number) => {
  let state = seed
  const random = (below: number) => ((state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) >>> 8) % below
  const venue = new ModelVenue(numbering, random)
  const clock = new Clock()
  const reset = new Subject<void>()
  let answer = new Subject<DepthSnapshot>()
  const counts = { synced: 0, lost: 0 }
  const mismatches: unknown[] = []
  let last: BookState | undefined
  const snapshot = () => (answer = new Subject<DepthSnapshot>())
  venue.delivered$.pipe(syncDepth({ rule, snapshot, reset, scheduler: clock })).subscribe({
    next: (now) => {
      if (last?._tag === 'Synced' && now._tag === 'Syncing') counts.lost++
      last = now
      if (now._tag === 'Syncing') return
      counts.synced++
      const { symbol, lastUpdateId, eventTime, ...sides } = now.book.toSnapshot()
      const update = now._tag === 'Synced' ? now.update : undefined
      // The snapshot alone is the venue's book of its id.
      const [first] = venue.at(lastUpdateId)
      const truth = update === undefined ? first : venue.after(update)
      const id = update?.lastUpdateId ?? lastUpdateId
      const expected = { ...truth, of: ['BTCUSDT', id, update?.eventTime], crossed: false }
      const crossed = Number(sides.bids[0]?.[0]) >= Number(sides.asks[0]?.[0])
      const found = { ...sides, of: [symbol, lastUpdateId, eventTime], crossed }
      // Texts compare much faster.
      if (JSON.stringify(found) !== JSON.stringify(expected)) mismatches.push({ found, expected })
    },
    error: (error: unknown) => mismatches.push(error),
  })
  const steps: Readonly<Record<Step[0], (n: number) => void>> = {
    deliver: () => {
      venue.produce()
      venue.deliver()
    },
    hold: () => void venue.produce(),
    lose: () => {
      venue.produce()
      venue.lose()
    },
    reverse: () => {
      venue.produce()
      venue.produce()
      venue.reverse()
      venue.deliver()
    },
    repeat: (n) => venue.repeat(n),
    answer: (n) => answer.next(venue.snapshot(n)),
    fail: () => answer.error(new Error('no')),
    pass: (n) => clock.pass(n * 1000),
    reset: () => {
      venue.lose()
      reset.next()
    },
    restart: () => venue.restart(),
    'reset and restart': () => {
      venue.lose()
      reset.next()
      venue.restart()
    },
  }
  return {
    take: ([kind, n]: Step) => steps[kind](n),
    /** Nothing goes wrong any more: true once the book has the newest update, twice; at most as long as waits can be. */
    recovers: () => {
      let steady = 0
      for (let i = 0; i < 100 && steady < 2; i++) {
        answer.next(venue.snapshot(0))
        const newest = venue.produce()
        venue.deliver()
        steady = last?._tag === 'Synced' && last.update === newest ? steady + 1 : 0
        clock.pass(1000)
      }
      return steady === 2
    },
    counts,
    mismatches,
  }
}

describe.each<{ readonly rule: DepthRule; readonly numbering: Numbering }>([
  { rule: contiguousIds, numbering: 'contiguous' },
  { rule: linkedIds, numbering: 'linked' },
  { rule: linkedIds, numbering: 'both' },
  { rule: linkedOrContiguousIds, numbering: 'linked' },
  { rule: linkedOrContiguousIds, numbering: 'contiguous' },
])('$rule.name, of a venue that counts $numbering', ({ rule, numbering }) => {
  prop.prop([fc.array(step, { maxLength: 120, size: 'max' }), fc.integer()], { numRuns: 40, seed: 20_240_808 })(
    'F21 whatever happens to updates and snapshots, a synced book is the venue’s',
    (steps, seed) => {
      const game = follow(rule, numbering, seed)
      steps.forEach(game.take)
      expect(game.recovers()).toBe(true)
      expect(game.mismatches).toEqual([])
    },
  )
})

test('the line is bad enough to lose sync, and good enough to find it', () => {
  const counts = { synced: 0, lost: 0 }
  for (const steps of fc.sample(fc.array(step, { minLength: 100, maxLength: 200 }), { numRuns: 20, seed: 1 })) {
    const game = follow(contiguousIds, 'contiguous', steps.length)
    steps.forEach(game.take)
    counts.synced += game.counts.synced
    counts.lost += game.counts.lost
  }
  expect(counts.lost).toBeGreaterThan(50)
  expect(counts.synced).toBeGreaterThan(200)
})
