import { heartbeat } from '../../../lib/simulation/host/heartbeat.js'
import { clockAt } from './clockAt.js'

const beating = (every: number, isEach = false) => {
  const clock = clockAt(0)
  const sent: string[] = []
  let missed = 0
  const beat = heartbeat({
    ping: { every, within: 25 },
    scheduler: clock,
    isEach,
    send: (n) => {
      sent.push(`${n} at ${clock.now()}`)
      return String(clock.now())
    },
    missed: () => missed++,
  })
  return { clock, sent, beat, missed: () => missed }
}

test('a PONG answers its PING and those before, and no other', () => {
  const { clock, sent, beat, missed } = beating(10)
  clock.pass(20)
  expect(sent).toEqual(['0 at 10', '1 at 20'])
  beat.answered('20')
  clock.pass(29)
  expect(missed()).toBe(0)
  beat.answered('other')
  clock.pass(5)
  expect(missed()).toBe(0)
  clock.pass(1)
  expect(missed()).toBe(1)
})

test('where each wants its own answer, one answers no other', () => {
  const { clock, beat, missed } = beating(10, true)
  clock.pass(20)
  beat.answered('20')
  clock.pass(14)
  expect(missed()).toBe(0)
  clock.pass(1)
  expect(missed()).toBe(1)
})

test('nothing after it was stopped, and nothing where that is never', () => {
  const { clock, sent, beat, missed } = beating(10)
  clock.pass(10)
  beat.stop()
  clock.pass(100)
  expect([sent.length, missed()]).toEqual([1, 0])
  const never = beating(Infinity)
  expect(never.clock.actions).toHaveLength(0)
})
