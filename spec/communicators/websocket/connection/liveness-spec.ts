import {
  createLiveness,
  LOOK_AGAIN,
  type LivenessRules,
} from '../../../../lib/communicators/websocket/connection/liveness.js'

const rules: LivenessRules = {
  connectTimeout: 10_000,
  inactivity: 60_000,
  silence: 10,
  ownSilence: (name) => ({ b: 100, slow: 300_000, never: Infinity })[name],
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
    expect([liveness.action(10_250), liveness.dueAt()]).toEqual([undefined, Infinity])
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

  test('a PONG answers all that were sent', () => {
    const liveness = open(rules)
    for (const now of [20_000, 40_000]) liveness.action(now)
    liveness.pong()
    expect([60_000, 80_000].map((now) => liveness.action(now))).toEqual([ping, ping])
    expect(liveness.action(100_000)).toEqual({ _tag: 'GiveUp', reason: 'no PONG to 2 PINGs', isFruitless: true })
  })
})

describe('data', () => {
  test('none: the socket is read once more, then it is given up', () => {
    const liveness = open(unasked, 'a')
    liveness.silent(10)
    expect([liveness.dueAt(), liveness.action(59_999), liveness.dueAt()]).toEqual([60_000, undefined, 60_000])
    expect([liveness.action(60_000), liveness.dueAt()]).toEqual([undefined, 60_000 + LOOK_AGAIN])
    expect(liveness.action(60_000 + LOOK_AGAIN - 1)).toBeUndefined()
    expect(liveness.action(60_000 + LOOK_AGAIN)).toEqual({
      _tag: 'GiveUp',
      reason: 'no data for 60250 ms',
      isFruitless: true,
    })
  })

  test('none any more: with how long, in whole ms', () => {
    const liveness = open(unasked, 'a')
    liveness.data('a', 5.5)
    expect(liveness.action(60_005)).toBeUndefined()
    liveness.action(60_006)
    expect(liveness.action(60_256)).toEqual({ _tag: 'GiveUp', reason: 'no data for 60250 ms', isFruitless: false })
  })

  test('what was only read late clears the suspicion, and a PING may be due at once', () => {
    const liveness = open(unasked, 'a')
    liveness.action(60_000)
    liveness.data('a', 60_100)
    liveness.silent(60_250)
    liveness.silent(60_500)
    expect([liveness.action(60_250), liveness.dueAt()]).toEqual([undefined, 120_100])
    const pinged = open({ ...rules, pingEvery: 60_250 }, 'a')
    pinged.action(60_000)
    pinged.data('a', 60_100)
    expect(pinged.action(60_250)).toEqual(ping)
  })

  test('a PING is sent though data is missing', () => {
    expect(open({ ...rules, pingEvery: 60_000 }, 'a').action(60_000)).toEqual(ping)
  })

  test('of a stream that is not carried, or of none, it shows that the connection lives', () => {
    const liveness = open(unasked, 'a')
    liveness.silent(10)
    expect(liveness.data(undefined, 40_000)).toBe('unknown')
    expect(liveness.data('x', 50_000)).toBe('unknown')
    expect([liveness.action(109_999), liveness.dueAt()]).toEqual([undefined, 110_000])
  })

  test('as long as the least quiet stream may be; a short silence makes it no shorter', () => {
    const dueAt = (...names: readonly string[]) => {
      const liveness = open({ ...unasked, silence: Infinity }, ...names)
      liveness.silent(100)
      return liveness.dueAt()
    }
    expect([dueAt('slow'), dueAt('slow', 'a'), dueAt('b'), dueAt('never'), dueAt()]).toEqual([
      300_000,
      60_000,
      60_000,
      Infinity,
      Infinity,
    ])
  })

  test('a stream that joins is given its time, one that leaves gives none', () => {
    const liveness = open({ ...unasked, silence: Infinity }, 'a')
    liveness.carry(new Set(['a', 'c']), 50_000)
    expect(liveness.dueAt()).toBe(110_000)
    liveness.carry(new Set(['c']), 55_000)
    expect(liveness.dueAt()).toBe(110_000)
  })
})

describe('streams', () => {
  const both = (...names: readonly string[]) => open(streamsOnly, ...names)

  test('quiet for too long: told once, with how long', () => {
    const liveness = both('a', 'b')
    expect([liveness.dueAt(), liveness.silent(9), liveness.dueAt()]).toEqual([10, [], 10])
    expect(liveness.silent(12)).toEqual([{ stream: 'a', quiet: 12 }])
    expect([liveness.dueAt(), liveness.silent(50)]).toEqual([100, []])
    expect(liveness.silent(100)).toEqual([{ stream: 'b', quiet: 100 }])
    expect([liveness.dueAt(), liveness.silent(1_000)]).toEqual([Infinity, []])
  })

  test('one that is active has its allowance again', () => {
    const liveness = both('a')
    expect(liveness.data('a', 8)).toBe('active')
    expect([liveness.silent(10), liveness.dueAt(), liveness.silent(17)]).toEqual([[], 18, []])
    expect(liveness.silent(18)).toEqual([{ stream: 'a', quiet: 10 }])
    expect(liveness.data('a', 30)).toBe('back')
    expect(liveness.data('a', 31)).toBe('active')
    expect([liveness.dueAt(), liveness.silent(40), liveness.silent(41)]).toEqual([40, [], [{ stream: 'a', quiet: 10 }]])
  })

  test('one that is carried already keeps its time, and one that is not carried any more is forgotten', () => {
    const liveness = both('a', 'b')
    liveness.carry(new Set(['a', 'c']), 5)
    expect(liveness.data('b', 6)).toBe('unknown')
    expect(liveness.silent(10)).toEqual([{ stream: 'a', quiet: 10 }])
    expect([liveness.dueAt(), liveness.silent(15)]).toEqual([15, [{ stream: 'c', quiet: 10 }]])
  })

  test('some may be quiet for good', () => {
    const liveness = both('never')
    expect([liveness.dueAt(), liveness.silent(1e12)]).toEqual([Infinity, []])
  })

  test('a look that comes late looks again, once', () => {
    const liveness = both('a', 'c')
    expect([liveness.silent(261), liveness.dueAt(), liveness.silent(510)]).toEqual([[], 511, []])
    liveness.data('c', 505)
    expect(liveness.silent(511)).toEqual([{ stream: 'a', quiet: 511 }])
    expect([liveness.dueAt(), liveness.silent(515)]).toEqual([515, [{ stream: 'c', quiet: 10 }]])
    expect(both('a').silent(260)).toEqual([{ stream: 'a', quiet: 260 }])
  })

  test('late a second time: again', () => {
    const liveness = both('a')
    expect([liveness.silent(300), liveness.data('a', 545), liveness.silent(550), liveness.dueAt()]).toEqual([
      [],
      'active',
      [],
      555,
    ])
    expect([liveness.silent(900), liveness.dueAt(), liveness.silent(1_149)]).toEqual([[], 1_150, []])
    expect(liveness.silent(1_150)).toEqual([{ stream: 'a', quiet: 605 }])
  })
})
