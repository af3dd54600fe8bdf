import { revisionToFollow, stepLease, type LeaseEntry, type LeaseState } from '../../lib/nats/leaseState.js'
import { fc, test as property } from '../property.js'

const TIME_TO_LIVE = 100

/** One who wants the lease, with a clock of its own, and the request that it waits for. */
interface Member {
  readonly times: { readonly holder: string; readonly timeToLive: number }
  readonly offset: number
  state: LeaseState
  epoch: number
  request: 'read' | { readonly follows: number; readonly sentAt: number } | undefined
  answer: (() => void) | undefined
}

/** One step of one member: it asks, the server answers, it hears the answer; any time may pass between. */
const advance = (member: Member, time: number, store: { entry: LeaseEntry | undefined; revision: number }) => {
  const clock = () => time + member.offset
  const { times } = member
  if (member.answer !== undefined) {
    member.answer()
    member.answer = member.request = undefined
  } else if (member.request === 'read') {
    const { entry } = store
    member.answer = () => (member.state = stepLease(member.state, { _tag: 'Read', at: clock(), entry }, times))
  } else if (member.request !== undefined) {
    const { follows, sentAt } = member.request
    const isRefused = follows !== (store.entry?.revision ?? 0)
    if (!isRefused) store.entry = { revision: ++store.revision, holder: times.holder }
    const { revision } = store
    member.answer = () => {
      const input = isRefused ? ({ _tag: 'Refused' } as const) : ({ _tag: 'Wrote', sentAt, revision } as const)
      member.state = stepLease(member.state, input, times)
    }
  } else {
    const follows = revisionToFollow(member.state, clock(), times)
    const isKnown = member.state.held !== undefined || member.state.seen !== undefined
    member.request = follows === undefined || !isKnown ? 'read' : { follows, sentAt: clock() }
  }
}

property.prop(
  [
    fc.array(fc.record({ who: fc.nat(2), passes: fc.oneof(fc.nat(5), fc.nat(40), fc.nat(150)) }), { maxLength: 300 }),
    fc.tuple(fc.nat(1e6), fc.nat(1e6), fc.nat(1e6)),
  ],
  { numRuns: 300 },
)(
  'of several with other clocks, pauses and slow answers, one holds it at a time, each with a higher epoch',
  (steps, offsets) => {
    const store = { entry: undefined as LeaseEntry | undefined, revision: 0 }
    const members = offsets.map((offset, i): Member => ({
      ...{ times: { holder: `m${i}`, timeToLive: TIME_TO_LIVE }, offset, state: {}, epoch: 0 },
      ...{ request: undefined, answer: undefined },
    }))
    let time = 0
    let last = 0
    for (const { who, passes } of steps) {
      time += passes
      const member = members[who]
      if (member === undefined) continue
      // What runs when a process goes on: its timers first.
      for (const one of members) one.state = stepLease(one.state, { _tag: 'Passed', at: time + one.offset }, one.times)
      advance(member, time, store)
      for (const one of members) one.state = stepLease(one.state, { _tag: 'Passed', at: time + one.offset }, one.times)
      const holders = members.filter(({ state }) => state.held !== undefined)
      expect(holders.length).toBeLessThanOrEqual(1)
      for (const holder of holders) {
        const { epoch = 0 } = holder.state.held ?? {}
        if (holder.epoch === epoch) continue
        expect(epoch).toBeGreaterThan(last)
        last = holder.epoch = epoch
      }
    }
  },
)

const times = { holder: 'a', timeToLive: 100 }

test('what another holds is free when nothing was written for its time to live, and no look in between changed that', () => {
  const entry = { revision: 7, holder: 'b' }
  const seen = stepLease({}, { _tag: 'Read', at: 0, entry }, times)
  expect(revisionToFollow(seen, 99, times)).toBeUndefined()
  const again = stepLease(seen, { _tag: 'Read', at: 60, entry }, times)
  expect(revisionToFollow(again, 100, times)).toBe(7)
  const renewed = stepLease(again, { _tag: 'Read', at: 99, entry: { revision: 8, holder: 'b' } }, times)
  expect(revisionToFollow(renewed, 198, times)).toBeUndefined()
  expect(revisionToFollow(renewed, 199, times)).toBe(8)
})

test('what was given back is free at once, and what nobody ever had, too', () => {
  expect(revisionToFollow({}, 0, times)).toBe(0)
  const given = stepLease({}, { _tag: 'Read', at: 5, entry: { revision: 9, holder: '' } }, times)
  expect(revisionToFollow(given, 5, times)).toBe(9)
})

test('a holder that is refused, or whose time is over, holds it no more', () => {
  const held = stepLease({}, { _tag: 'Wrote', sentAt: 10, revision: 3 }, times)
  const kept = stepLease(held, { _tag: 'Wrote', sentAt: 60, revision: 4 }, times)
  expect(kept.held).toEqual({ epoch: 3, revision: 4, until: 160 })
  expect(stepLease(kept, { _tag: 'Passed', at: 159 }, times)).toBe(kept)
  expect(stepLease(kept, { _tag: 'Passed', at: 160 }, times).held).toBeUndefined()
  expect(stepLease(kept, { _tag: 'Refused' }, times)).toEqual({})
})
