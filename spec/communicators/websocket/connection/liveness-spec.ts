import {
  createLiveness,
  type Liveness,
  type LivenessRules,
} from '../../../../lib/communicators/websocket/connection/liveness.js'
import { LOOK_AGAIN } from '../../../../lib/timing/wait.js'

const rules: LivenessRules = {
  connectTimeout: 10_000,
  inactivity: 60_000,
  silenceOf: (name) => ({ b: 100, slow: 300_000, never: Infinity })[name] ?? 10,
  pingEvery: 20_000,
  missedPongs: 2,
}
/** No PINGs. */
const unasked = { ...rules, pingEvery: Infinity }
/** No PINGs, and nothing is expected of the connection. */
const streamsOnly = { ...unasked, inactivity: Infinity }
const ping = { _tag: 'Ping' }

/** A connection that opened at 0, and carries these streams. */
const open = (given: LivenessRules, ...names: readonly string[]) => {
  const liveness = createLiveness(given, 0)
  liveness.opened(0)
  liveness.carry(new Set(names), 0)
  return liveness
}

describe('opening', () => {
  test('not open in time: the socket is read once more, then it is given up', () => {
    const liveness = createLiveness(unasked, 1_000)
    expect([liveness.dueAt(), liveness.action(10_999), liveness.dueAt()]).toEqual([11_000, undefined, 11_000])
    expect([liveness.action(11_000), liveness.dueAt()]).toEqual([undefined, 11_250])
    expect(liveness.action(11_249)).toBeUndefined()
    expect(liveness.action(11_250)).toEqual({ _tag: 'GiveUp', reason: 'not open after 10000 ms', isFruitless: true })
  })

  test('an opening that was only read late counts', () => {
    const liveness = createLiveness(unasked, 0)
    liveness.action(10_000)
    liveness.opened(10_100)
    expect([liveness.action(10_250), liveness.dueAt()]).toEqual([undefined, 70_100])
  })

  test('no PING before it is open', () => {
    const liveness = createLiveness({ ...rules, pingEvery: 5_000 }, 0)
    expect(liveness.action(6_000)).toBeUndefined()
    liveness.opened(6_000)
    expect([liveness.dueAt(), liveness.action(10_999), liveness.action(11_000)]).toEqual([11_000, undefined, ping])
  })
})

describe('PINGs', () => {
  test('one when it is due, and another one after a while', () => {
    const liveness = open(rules)
    expect([liveness.action(19_999), liveness.dueAt()]).toEqual([undefined, 20_000])
    expect([liveness.action(20_001), liveness.dueAt()]).toEqual([ping, 40_001])
    expect([liveness.action(40_000), liveness.action(40_001)]).toEqual([undefined, ping])
  })

  test('given up when too many were not answered', () => {
    const liveness = open(rules)
    expect([20_000, 40_000].map((now) => liveness.action(now))).toEqual([ping, ping])
    liveness.data('a', 50_000)
    expect(liveness.action(60_000)).toEqual({ _tag: 'GiveUp', reason: 'no PONG to 2 PINGs', isFruitless: false })
  })

  test('F44 a process that was blocked reads the socket before it believes that a PONG is missing', () => {
    const gone = { _tag: 'GiveUp', reason: 'no PONG to 1 PINGs', isFruitless: true }
    const blocked = (late: number) => {
      const liveness = open({ ...rules, missedPongs: 1 })
      liveness.action(20_000)
      return [liveness, liveness.action(40_000 + late)] as const
    }
    expect([blocked(0)[1], blocked(1)[1]]).toEqual([gone, gone])
    const [dead, looked] = blocked(2)
    expect([looked, dead.dueAt(), dead.action(40_251), dead.action(40_252)]).toEqual([
      undefined,
      40_252,
      undefined,
      gone,
    ])
    const [alive] = blocked(5_000)
    alive.pong(45_001)
    expect([alive.action(45_250), alive.dueAt()]).toEqual([ping, 65_250])
    expect([alive.action(65_252), alive.action(65_502)]).toEqual([undefined, gone])
  })

  test('a PONG answers all that were sent', () => {
    const liveness = open(rules)
    for (const now of [20_000, 40_000]) liveness.action(now)
    liveness.pong(40_000)
    expect([60_000, 80_000].map((now) => liveness.action(now))).toEqual([ping, ping])
    expect(liveness.action(100_000)).toEqual({ _tag: 'GiveUp', reason: 'no PONG to 2 PINGs', isFruitless: true })
  })
})

/** What was told to be quiet: `a 12`, or `a 24 twice`. */
const quiet = (liveness: Liveness, now: number) =>
  liveness.quiet(now).map((one) => `${one.stream} ${one.quiet}${one.isTwice ? ' twice' : ''}`)

describe('signs of life', () => {
  const silent = () => open({ ...unasked, silenceOf: () => Infinity }, 'a')

  test('F06 none: the socket is read once more, then it is given up', () => {
    const liveness = silent()
    expect([liveness.dueAt(), liveness.action(59_999), liveness.dueAt()]).toEqual([60_000, undefined, 60_000])
    expect([liveness.action(60_000), liveness.dueAt()]).toEqual([undefined, 60_000 + LOOK_AGAIN])
    expect(liveness.action(60_000 + LOOK_AGAIN - 1)).toBeUndefined()
    expect(liveness.action(60_000 + LOOK_AGAIN)).toEqual({
      _tag: 'GiveUp',
      reason: 'no sign of life for 60250 ms',
      isFruitless: true,
    })
  })

  test('none any more: with how long, in whole ms', () => {
    const liveness = silent()
    liveness.data('a', 5.5)
    expect(liveness.action(60_005)).toBeUndefined()
    liveness.action(60_006)
    expect(liveness.action(60_256)).toEqual({
      _tag: 'GiveUp',
      reason: 'no sign of life for 60250 ms',
      isFruitless: false,
    })
  })

  test('what was only read late clears the suspicion, and a PING may be due at once', () => {
    const liveness = silent()
    liveness.action(60_000)
    liveness.data('a', 60_100)
    expect([liveness.action(60_250), liveness.dueAt()]).toEqual([undefined, 120_100])
    const pinged = open({ ...rules, pingEvery: 60_250 }, 'a')
    pinged.action(60_000)
    pinged.data('a', 60_100)
    expect(pinged.action(60_250)).toEqual(ping)
  })

  test('a PING is sent though nothing comes', () => {
    expect(open({ ...rules, pingEvery: 60_000 }, 'a').action(60_000)).toEqual(ping)
  })

  test('F51 whatever comes is one: data of any stream, a PONG, and what is no data', () => {
    const liveness = silent()
    expect(liveness.data(undefined, 40_000)).toBe('unknown')
    expect(liveness.data('x', 50_000)).toBe('unknown')
    expect([liveness.action(109_999), liveness.dueAt()]).toEqual([undefined, 110_000])
    liveness.pong(60_000)
    expect([liveness.action(119_999), liveness.dueAt()]).toEqual([undefined, 120_000])
    liveness.sign(70_000)
    expect([liveness.action(129_999), liveness.dueAt()]).toEqual([undefined, 130_000])
  })

  test('F51 streams that come and go are none', () => {
    const liveness = silent()
    liveness.carry(new Set(['a', 'c']), 50_000)
    expect(liveness.dueAt()).toBe(60_000)
    liveness.carry(new Set(), 55_000)
    expect(liveness.dueAt()).toBe(60_000)
  })
})

describe('streams', () => {
  const both = (...names: readonly string[]) => open(streamsOnly, ...names)

  test('F16 quiet for too long: told, with how long, and once more after as long again', () => {
    const liveness = both('a', 'b')
    expect([liveness.dueAt(), quiet(liveness, 9), liveness.dueAt()]).toEqual([10, [], 10])
    expect(quiet(liveness, 12)).toEqual(['a 12'])
    expect([liveness.dueAt(), quiet(liveness, 21)]).toEqual([22, []])
    expect(quiet(liveness, 22)).toEqual(['a 22 twice'])
    expect([liveness.dueAt(), quiet(liveness, 50)]).toEqual([100, []])
    expect(quiet(liveness, 100)).toEqual(['b 100'])
    expect([liveness.dueAt(), quiet(liveness, 200)]).toEqual([200, ['b 200 twice']])
    expect([liveness.dueAt(), quiet(liveness, 1_000)]).toEqual([Infinity, []])
  })

  test('one that is active has its allowance again', () => {
    const liveness = both('a')
    expect(liveness.data('a', 8)).toBe('active')
    expect([quiet(liveness, 10), liveness.dueAt(), quiet(liveness, 17)]).toEqual([[], 18, []])
    expect(quiet(liveness, 18)).toEqual(['a 10'])
    expect(liveness.data('a', 27)).toBe('back')
    expect(liveness.data('a', 31)).toBe('active')
    expect([liveness.dueAt(), quiet(liveness, 40), quiet(liveness, 41)]).toEqual([28, [], ['a 10']])
    expect(quiet(liveness, 51)).toEqual(['a 20 twice'])
    expect([liveness.data('a', 60), quiet(liveness, 70)]).toEqual(['back', ['a 10']])
  })

  test('one that is carried already keeps its time, and one that is not carried any more is forgotten', () => {
    const liveness = both('a', 'b')
    liveness.carry(new Set(['a', 'c']), 5)
    expect(liveness.data('b', 6)).toBe('unknown')
    expect(quiet(liveness, 10)).toEqual(['a 10'])
    expect([liveness.dueAt(), quiet(liveness, 15)]).toEqual([15, ['c 10']])
  })

  test('some may be quiet for good', () => {
    const liveness = both('never')
    expect([liveness.dueAt(), quiet(liveness, 1e12)]).toEqual([Infinity, []])
  })

  test('F51 one that is known to be quiet is not told to be so, and told when it comes', () => {
    const liveness = createLiveness(streamsOnly, 0, new Set(['a']))
    liveness.opened(0)
    liveness.carry(new Set(['a', 'c']), 0)
    expect([quiet(liveness, 10), liveness.data('a', 12), liveness.data('a', 13)]).toEqual([['c 10'], 'back', 'active'])
    expect(quiet(liveness, 23)).toEqual(['a 10', 'c 23 twice'])
  })

  test('a look that comes late looks again, once', () => {
    const liveness = both('a', 'c')
    expect([quiet(liveness, 261), liveness.dueAt(), quiet(liveness, 510)]).toEqual([[], 511, []])
    liveness.data('c', 505)
    expect(quiet(liveness, 511)).toEqual(['a 511'])
    expect([liveness.dueAt(), quiet(liveness, 515)]).toEqual([515, ['c 10']])
    expect([liveness.dueAt(), quiet(liveness, 521)]).toEqual([521, ['a 521 twice']])
    expect(quiet(both('a'), 260)).toEqual(['a 260'])
  })

  test('late a second time: again', () => {
    const liveness = both('a')
    expect([quiet(liveness, 300), liveness.data('a', 545), quiet(liveness, 550), liveness.dueAt()]).toEqual([
      [],
      'active',
      [],
      555,
    ])
    expect([quiet(liveness, 900), liveness.dueAt(), quiet(liveness, 1_149)]).toEqual([[], 1_150, []])
    expect(quiet(liveness, 1_150)).toEqual(['a 605'])
  })
})
