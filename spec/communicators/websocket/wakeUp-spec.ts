import { recordedClock } from '../../../lib/communicators/recordedClock.js'
import { createWakeUp } from '../../../lib/communicators/websocket/wakeUp.js'

const start = () => {
  const clock = recordedClock(0)
  clock.start(0)
  const woken: number[] = []
  const wakeUp = createWakeUp(
    clock.scheduler,
    () => clock.scheduler.now(),
    () => woken.push(clock.scheduler.now()),
  )
  return { clock, woken, wakeUp }
}

describe('wakeUp', () => {
  test('wakes once, at the earliest time that was asked for', () => {
    const { clock, woken, wakeUp } = start()
    wakeUp.at(50)
    wakeUp.at(20)
    wakeUp.at(30)
    clock.advance(100)
    expect([woken, clock.due()]).toEqual([[20], undefined])
    wakeUp.at(130)
    clock.advance(200)
    expect(woken).toEqual([20, 130])
  })

  test('what is past is now; a part of a ms is waited for', () => {
    const { clock, woken, wakeUp } = start()
    clock.advance(10)
    wakeUp.at(-Infinity)
    clock.advance(10)
    wakeUp.at(12.2)
    clock.advance(12.9)
    expect(woken).toEqual([10])
    clock.advance(13)
    expect(woken).toEqual([10, 13])
  })

  test('never is no timer, and the longest wait is that of a real one', () => {
    const { clock, wakeUp } = start()
    wakeUp.at(Infinity)
    expect(clock.due()).toBeUndefined()
    wakeUp.at(1e12)
    expect(clock.due()).toBe(2 ** 31 - 1)
  })

  test('asked for anew while it wakes', () => {
    const clock = recordedClock(0)
    clock.start(0)
    const woken: number[] = []
    const wakeUp = createWakeUp(
      clock.scheduler,
      () => clock.scheduler.now(),
      () => {
        if (woken.push(clock.scheduler.now()) < 3) wakeUp.at(clock.scheduler.now() + 5)
      },
    )
    wakeUp.at(5)
    clock.advance(100)
    expect(woken).toEqual([5, 10, 15])
  })

  test('stopped: no timer, for good', () => {
    const { clock, woken, wakeUp } = start()
    wakeUp.at(5)
    wakeUp.stop()
    wakeUp.at(3)
    expect(clock.due()).toBeUndefined()
    clock.advance(100)
    expect(woken).toEqual([])
  })
})
