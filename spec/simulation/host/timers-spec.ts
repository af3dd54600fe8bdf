import { every } from '../../../lib/simulation/host/timers.js'
import { clockAt } from './clockAt.js'

test('every so many ms until it is told to stop, over a day of a virtual clock, too', () => {
  const clock = clockAt(0)
  const times: number[] = []
  const running = every(1_000, clock, () => times.push(clock.now()))
  clock.pass(3_999)
  expect(times).toEqual([1_000, 2_000, 3_000])
  clock.pass(86_400_000)
  expect(times).toHaveLength(86_403)
  running.unsubscribe()
  clock.pass(10_000)
  expect([times.length, clock.actions.length]).toEqual([86_403, 0])
})

test('F55 every so many ms, where no timer is that long, and never', () => {
  const clock = clockAt(0)
  const times: number[] = []
  every(Infinity, clock, () => times.push(NaN))
  expect(clock.actions).toHaveLength(0)
  every(2 ** 31, clock, () => times.push(clock.now()))
  clock.pass(2 ** 33)
  expect(times).toEqual([1, 2, 3, 4].map((i) => i * 2 ** 31))
})
