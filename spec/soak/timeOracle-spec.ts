import { frame, type Signal } from '../../lib/Signal.js'
import { hostClock } from '../../scripts/soak/hostClock.js'
import { timeOracle } from '../../scripts/soak/oracle/timeOracle.js'

const [one, other] = [{ id: 'a' }, { id: 'b' }]

const lab = () => {
  let now = 10_000
  const host = hostClock(() => now)
  const found: string[] = []
  const { said, turned } = timeOracle(host, (rule) => found.push(rule))
  return {
    ...{ host, found, turned },
    pass: (ms: number) => (now += ms),
    frame: (receivedAt = host.clock(), source = one) => said(frame('', receivedAt, source)),
    step: () => said({ _tag: 'ClockStepped', by: 0, receivedAt: host.clock() } satisfies Signal),
  }
}

test('stamps by the clock, in their order, are as they should be; sources have orders of their own', () => {
  const { frame, found, pass } = lab()
  frame()
  pass(5_000)
  frame()
  frame(14_900, other)
  expect(found).toEqual([])
})

test('a time that goes back without a step that was told', () => {
  const { frame, found, host, pass, step } = lab()
  frame()
  pass(2_000)
  host.step(-500)
  step()
  frame()
  expect(found).toEqual([])
  host.step(-500)
  frame()
  expect(found).toEqual(['time'])
})

test('a clock that was put forward, and is not followed; and one that went on while its host slept', () => {
  const { frame, found, host, pass } = lab()
  host.step(7_200_000)
  frame(10_000)
  pass(2_000)
  expect(found).toEqual([])
  frame(12_000)
  expect(found).toEqual(['time'])
  host.sleep(30_000)
  pass(30_000)
  expect([host.monotonic(), host.clock()]).toEqual([12_000, 7_242_000])
  frame(7_242_000)
  expect(found).toEqual(['time'])
})

test('what was stamped before the process was blocked may be as late as it was blocked, and no later', () => {
  const { frame, found, pass, turned } = lab()
  pass(5_000)
  turned()
  pass(2_000)
  frame(14_800)
  expect(found).toEqual([])
  frame(14_600, other)
  expect(found).toEqual(['time'])
  turned()
  frame(16_600)
  expect(found).toEqual(['time', 'time'])
  frame(17_400, other)
  expect(found).toHaveLength(3)
})
