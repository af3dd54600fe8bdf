import { recordedClock } from '../../lib/communicators/recordedClock.js'
import { createTimer } from '../../lib/timing/timer.js'

const start = () => {
  const clock = recordedClock(0)
  clock.start(0)
  const ran: number[] = []
  const timer = createTimer(
    clock.scheduler,
    () => clock.scheduler.now(),
    () => ran.push(clock.scheduler.now()),
  )
  return { clock, ran, timer }
}

describe('timer', () => {
  test('runs once, at the earliest time that was asked for', () => {
    const { clock, ran, timer } = start()
    timer.at(50)
    timer.at(20)
    timer.at(30)
    clock.advance(100)
    expect([ran, clock.due()]).toEqual([[20], undefined])
    timer.at(130)
    clock.advance(200)
    expect(ran).toEqual([20, 130])
  })

  test('what is past is now; a part of a ms is waited for', () => {
    const { clock, ran, timer } = start()
    clock.advance(10)
    timer.at(-Infinity)
    clock.advance(10)
    timer.at(12.2)
    clock.advance(12.9)
    expect(ran).toEqual([10])
    clock.advance(13)
    expect(ran).toEqual([10, 13])
  })

  test('never is no timer, and the longest wait is that of a real one', () => {
    const { clock, timer } = start()
    timer.at(Infinity)
    expect(clock.due()).toBeUndefined()
    timer.at(1e12)
    expect(clock.due()).toBe(2 ** 31 - 1)
  })

  test('asked for anew while it runs', () => {
    const clock = recordedClock(0)
    clock.start(0)
    const ran: number[] = []
    const timer = createTimer(
      clock.scheduler,
      () => clock.scheduler.now(),
      () => {
        if (ran.push(clock.scheduler.now()) < 3) timer.at(clock.scheduler.now() + 5)
      },
    )
    timer.at(5)
    clock.advance(100)
    expect(ran).toEqual([5, 10, 15])
  })

  test('stopped: no timer, for good', () => {
    const { clock, ran, timer } = start()
    timer.at(5)
    timer.stop()
    timer.at(3)
    expect(clock.due()).toBeUndefined()
    clock.advance(100)
    expect(ran).toEqual([])
  })
})
