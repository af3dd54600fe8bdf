import { recordedClock } from '../../lib/communicators/recordedClock.js'
import { createDeadline } from '../../lib/timing/deadline.js'

/** A host whose process may be blocked: timers run when it is not. */
const start = () => {
  const host = recordedClock(0)
  host.start(0)
  let blocked = 0
  const clock = () => host.scheduler.now() + blocked
  const judged: number[] = []
  const deadline = createDeadline(host.scheduler, clock, () => judged.push(clock()))
  return {
    judged,
    deadline,
    due: host.due,
    pass: (until: number) => host.advance(until - blocked),
    block: (ms: number) => {
      blocked += ms
    },
  }
}

describe('deadline', () => {
  test('judges at the earliest time that was asked for, and once', () => {
    const { deadline, judged, pass, due } = start()
    deadline.at(50)
    deadline.at(20)
    deadline.at(30)
    pass(100)
    expect([judged, due()]).toEqual([[20], undefined])
    deadline.at(130)
    pass(200)
    expect(judged).toEqual([20, 130])
  })

  test.each([0, 1, 20])('a timer may be %d ms late', (late) => {
    const { deadline, judged, pass, block } = start()
    deadline.at(50)
    block(late)
    pass(50 + late)
    expect(judged).toEqual([50 + late])
  })

  test('F44 in a process that was blocked, the sockets are read first', () => {
    const { deadline, judged, pass, block } = start()
    deadline.at(50)
    block(21)
    pass(320)
    expect(judged).toEqual([])
    pass(321)
    expect(judged).toEqual([321])
  })

  test('F44 how late it is counts from the earliest time that was asked for', () => {
    const { deadline, judged, pass, block } = start()
    deadline.at(50)
    deadline.at(500)
    block(300)
    pass(599)
    expect(judged).toEqual([])
    pass(600)
    expect(judged).toEqual([600])
  })

  test('F44 nothing is judged meanwhile, and where it was blocked meanwhile, the sockets are read once more', () => {
    const { deadline, judged, pass, block } = start()
    deadline.at(50)
    block(5_000)
    pass(5_050)
    deadline.at(5_060)
    block(3_000)
    pass(8_549)
    expect(judged).toEqual([])
    pass(8_550)
    deadline.at(9_000)
    pass(9_000)
    expect(judged).toEqual([8_550, 9_000])
  })

  test.each([
    [250, 350 + 250],
    [251, 350 + 251 + 250],
  ])('F44 a second look may be 250 ms late: %d', (late, at) => {
    const { deadline, judged, pass, block } = start()
    deadline.at(50)
    block(50)
    pass(100)
    block(late)
    pass(at - 1)
    expect(judged).toEqual([])
    pass(at)
    expect(judged).toEqual([at])
  })

  test('F44 blocked again and again: judged at the fourth look', () => {
    const { deadline, judged, pass, block } = start()
    deadline.at(0)
    for (const now of [1_000, 2_250, 3_500]) {
      block(1_000)
      pass(now)
      expect(judged).toEqual([])
    }
    block(1_000)
    pass(4_750)
    expect(judged).toEqual([4_750])
  })

  test('F44 late once more after that: once more', () => {
    const { deadline, judged, pass, block } = start()
    deadline.at(50)
    block(100)
    pass(400)
    expect(judged).toEqual([400])
    deadline.at(500)
    block(100)
    pass(849)
    expect(judged).toEqual([400])
    pass(850)
    expect(judged).toEqual([400, 850])
  })

  test('what is past when it is asked for is not late', () => {
    const { deadline, judged, pass, block } = start()
    block(1_000)
    deadline.at(-Infinity)
    pass(1_000)
    expect(judged).toEqual([1_000])
  })

  test('never is no timer; stopped: none, for good', () => {
    const { deadline, judged, pass, due } = start()
    deadline.at(Infinity)
    expect(due()).toBeUndefined()
    deadline.at(5)
    deadline.stop()
    deadline.at(3)
    expect(due()).toBeUndefined()
    pass(100)
    expect(judged).toEqual([])
  })
})
