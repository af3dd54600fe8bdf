import { createVenueClock } from '../../lib/timing/venueClock.js'
import { fc, test as prop } from '../property.js'

const clockAt = (now: () => number = () => 0) => createVenueClock(now)

test('is ours, and says so, before the venue has told a time', () => {
  const clock = clockAt(() => 7)
  expect([clock.offset(), clock.now(), clock.heardUntil()]).toEqual([undefined, 7, -Infinity])
})

test('is as far ahead as the event that was on its way for the shortest time', () => {
  const clock = clockAt(() => 10_000)
  clock.heard(1_000, 400)
  clock.heard(2_000, 1_290)
  clock.heard(3_000, 2_600)
  expect([clock.offset(), clock.now(), clock.heardUntil()]).toEqual([710, 10_710, 3_000])
})

test('an answer says between which times the offset lies: half-way, where there is no event', () => {
  const clock = clockAt()
  clock.answered(5_000, 1, 900, 1_099)
  expect(clock.offset()).toBe(4_001)
  const byDate = clockAt()
  byDate.answered(5_000, 1_000, 900, 1_100)
  // Behind by 100 from the middle of the second.
  expect(byDate.offset()).toBe(4_500)
})

test('events that were on their way for long count only as far as answers allow', () => {
  const clock = clockAt()
  clock.answered(5_000, 1, 1_000, 1_020)
  clock.heard(4_000, 1_000)
  expect(clock.offset()).toBe(3_980)
  clock.heard(5_100, 1_110)
  expect(clock.offset()).toBe(3_990)
  clock.heard(5_500, 1_110)
  expect(clock.offset()).toBe(4_001)
})

test('what was measured is forgotten after a minute or two: clocks drift', () => {
  const clock = clockAt()
  clock.heard(100, 0)
  clock.heard(59_000 + 50, 59_000)
  clock.heard(61_000 + 50, 61_000)
  expect(clock.offset()).toBe(100)
  clock.heard(121_000 + 50, 121_000)
  expect(clock.offset()).toBe(50)
  const quiet = clockAt()
  quiet.heard(100, 0)
  quiet.heard(500_000 + 50, 500_000)
  expect(quiet.offset()).toBe(50)
})

test('F57 one event with a time far ahead is not believed; a second one is', () => {
  const clock = clockAt()
  clock.heard(1_000, 1_000)
  clock.heard(99_999_999_999_999, 1_100)
  expect([clock.offset(), clock.heardUntil()]).toEqual([0, 1_000])
  clock.heard(1_200, 1_200)
  clock.heard(99_999_999_999_999, 1_300)
  expect(clock.offset()).toBe(0)
  clock.heard(3_601_400, 1_400)
  expect(clock.offset()).toBe(3_600_000)
})

test('a clock that was put forward or back: what was measured goes along', () => {
  const clock = clockAt()
  clock.heard(1_050, 1_000)
  clock.answered(2_050, 1, 1_990, 2_010)
  clock.stepped(7_200_000)
  expect(clock.offset()).toBe(50 - 7_200_000)
  clock.stepped(-7_200_000)
  expect(clock.offset()).toBe(50)
})

test.each([
  ['ours was put forward', 7_200_000, 0],
  ['the venue’s was put back', 0, -7_200_000],
])('a step that nobody told, as where %s: events say so', (_, ours, theirs) => {
  const clock = clockAt()
  clock.heard(1_050, 1_000)
  clock.heard(1_150 + theirs, 1_100 + ours)
  expect(clock.offset()).toBe(50 + theirs - ours)
})

test('an answer that contradicts those before counts, and they do not', () => {
  const clock = clockAt()
  clock.answered(5_000, 1, 1_000, 1_020)
  clock.answered(9_100, 1, 1_100, 1_120)
  expect(clock.offset()).toBe(7_990.5)
})

/** Times in ms: how far the venue is ahead, and each event's or answer's way. */
const story = fc.record({
  offset: fc.integer({ min: -3_600_000, max: 3_600_000 }),
  events: fc.array(fc.record({ wait: fc.nat(5_000), way: fc.nat(900) }), { minLength: 1, maxLength: 40 }),
  answers: fc.array(fc.record({ at: fc.nat(50_000), there: fc.nat(500), back: fc.nat(500), isDate: fc.boolean() }), {
    maxLength: 10,
  }),
})

prop.prop([story], { seed: 1, numRuns: 500 })(
  'is never ahead of the venue by more than an answer’s way and the cut of its time, nor behind by more than a way',
  ({ offset, events, answers }) => {
    const clock = clockAt()
    let sent = 1_000_000
    for (const { wait, way } of events) {
      sent += wait
      clock.heard(sent + offset, sent + way)
    }
    for (const { at, there, back, isDate } of answers) {
      const said = 1_000_000 + at + there + offset
      const resolution = isDate ? 1_000 : 1
      clock.answered(
        Math.floor(said / resolution) * resolution,
        resolution,
        1_000_000 + at,
        1_000_000 + at + there + back,
      )
    }
    const measured = clock.offset() ?? NaN
    expect(measured).toBeLessThanOrEqual(offset)
    expect(measured).toBeGreaterThanOrEqual(offset - 900)
  },
)
