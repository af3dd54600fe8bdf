import { createWallClock } from '../../lib/timing/wallClock.js'
import { fc, test as prop } from '../property.js'

const host = () => {
  let [time, wall] = [1_000.25, 1_723_110_000_000]
  let interruption = 0
  const reads = { monotonic: 0, wall: 0 }
  const clock = createWallClock({
    monotonic: () => {
      reads.monotonic++
      return time
    },
    wall: () => {
      reads.wall++
      time += interruption
      wall += interruption
      return wall
    },
  })
  const steps: number[] = []
  clock.step$.subscribe((by) => steps.push(by))
  return {
    clock,
    steps,
    reads,
    pass: (ms: number) => {
      time += ms
      wall += ms
    },
    step: (by: number) => (wall += by),
    /** Each reading of the host's clock takes so long. */
    interrupt: (ms: number) => (interruption = ms),
  }
}

test('counts the time of day on from the monotonic time, with its fractions', () => {
  const { clock, pass, steps } = host()
  expect(clock.now()).toBe(1_723_110_000_000)
  pass(0.5)
  expect(clock.now()).toBe(1_723_110_000_000.5)
  pass(3_600_000)
  expect(clock.now()).toBe(1_723_113_600_000.5)
  expect(steps).toEqual([])
})

test.each([7_200_000, -7_200_000, 100, -100, 20, -20])(
  'F54 a clock that is stepped by %p ms, or a host that sleeps: the time is set anew, and that is said before',
  (by) => {
    const { clock, pass, step, steps } = host()
    const told: number[] = []
    clock.now()
    clock.step$.subscribe(() => told.push(clock.now()))
    step(by)
    pass(10)
    expect(clock.now()).toBe(1_723_110_000_010 + by)
    expect([steps, told]).toEqual([[by], [1_723_110_000_010 + by]])
    pass(5_000)
    expect(clock.now()).toBe(1_723_110_005_010 + by)
    expect(steps).toEqual([by])
  },
)

test('F54 who looks need not wait for the next time of ten milliseconds', () => {
  const { clock, step, steps } = host()
  clock.now()
  step(60_000)
  expect(clock.now()).toBe(1_723_110_000_000)
  clock.look()
  expect(clock.now()).toBe(1_723_110_060_000)
  expect(steps).toEqual([60_000])
})

test('a little is no step: the clocks agree within some milliseconds', () => {
  const { clock, pass, step, steps } = host()
  clock.now()
  step(19)
  pass(10)
  expect(clock.now()).toBe(1_723_110_000_010)
  step(1)
  pass(10)
  expect([clock.now(), steps]).toEqual([1_723_110_000_040, [20]])
})

test('the host’s clock is read once in ten milliseconds, however many times are asked for', () => {
  const { clock, pass, reads } = host()
  clock.now()
  reads.wall = 0
  reads.monotonic = 0
  for (let i = 0; i < 1_000; i++) {
    clock.at(clock.monotonic())
    pass(0.01)
  }
  expect(reads.monotonic).toBe(1_000)
  expect(reads.wall).toBeLessThan(3)
})

test('a process that is interrupted between the two clocks sees no step', () => {
  const { clock, pass, interrupt, steps } = host()
  clock.now()
  interrupt(200)
  pass(10)
  clock.now()
  pass(10)
  clock.now()
  expect(steps).toEqual([])
})

prop.prop(
  [
    fc.array(
      fc.record({
        wait: fc.nat(30_000),
        step: fc.oneof(fc.constant(0), fc.integer({ min: -9_000_000, max: 9_000_000 })),
      }),
    ),
  ],
  {
    seed: 1,
  },
)('F54 is never further from the host’s clock than it may be, and never goes back without a word', (story) => {
  const { clock, pass, step, steps } = host()
  let last = clock.now()
  let wall = 1_723_110_000_000
  for (const { wait, step: by } of story) {
    const said = steps.length
    pass(10 + wait)
    step(by)
    wall += 10 + wait + by
    const now = clock.now()
    expect(Math.abs(now - wall)).toBeLessThan(20)
    if (steps.length === said) expect(now).toBeGreaterThanOrEqual(last)
    last = now
  }
})
