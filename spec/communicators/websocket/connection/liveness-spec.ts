import { givenUp } from '../../../../lib/communicators/websocket/connection/ConnectionFact.js'
import {
  createLiveness,
  type Liveness,
  type LivenessRules,
} from '../../../../lib/communicators/websocket/connection/liveness.js'

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

/** A connection that opened at 0, and carries these streams. */
const open = (given: LivenessRules, ...names: readonly string[]) => {
  const liveness = createLiveness(given, 0)
  liveness.opened(0)
  liveness.carry(new Set(names), 0)
  return liveness
}

/** What is said of its death at these times. */
const deaths = (liveness: Liveness, ...times: readonly number[]) => times.map((now) => liveness.death(now)?.reason)
const pings = (liveness: Liveness, ...times: readonly number[]) => times.map(liveness.ping)

describe('opening', () => {
  test('not open in time', () => {
    const liveness = createLiveness(unasked, 1_000)
    expect([liveness.dueAt(), liveness.death(10_999)]).toEqual([11_000, undefined])
    expect(liveness.death(11_000)).toEqual(givenUp('not open after 10000 ms', true))
  })

  test('an opening that was only read late counts', () => {
    const liveness = createLiveness(unasked, 0)
    liveness.opened(10_100)
    expect([liveness.death(10_250), liveness.dueAt()]).toEqual([undefined, 70_100])
  })

  test('no PING before it is open', () => {
    const liveness = createLiveness({ ...rules, pingEvery: 5_000 }, 0)
    expect([liveness.pingAt(), ...pings(liveness, 6_000)]).toEqual([Infinity, false])
    liveness.opened(6_000)
    expect([liveness.pingAt(), ...pings(liveness, 10_999, 11_000)]).toEqual([11_000, false, true])
  })
})

describe('PINGs', () => {
  test('one when it is due, and another one after a while', () => {
    const liveness = open(rules)
    expect([...pings(liveness, 19_999), liveness.pingAt()]).toEqual([false, 20_000])
    expect([...pings(liveness, 20_001), liveness.pingAt()]).toEqual([true, 40_001])
    expect(pings(liveness, 40_000, 40_001)).toEqual([false, true])
  })

  test('F06 F09 too many were not answered: no more, and it is dead when the next would be due', () => {
    const liveness = open(rules)
    expect([...pings(liveness, 20_000, 40_000), liveness.pingAt()]).toEqual([true, true, Infinity])
    liveness.data('a', 50_000)
    expect([liveness.dueAt(), ...pings(liveness, 60_000), ...deaths(liveness, 59_999)]).toEqual([
      ...[60_000, false],
      undefined,
    ])
    expect(liveness.death(60_000)).toEqual(givenUp('no PONG to 2 PINGs'))
  })

  test('F44 a PONG that was only read late counts', () => {
    const liveness = open({ ...rules, missedPongs: 1 })
    liveness.ping(20_000)
    liveness.pong(45_001)
    expect([...deaths(liveness, 45_250), ...pings(liveness, 45_250), liveness.dueAt()]).toEqual([
      ...[undefined, true],
      65_250,
    ])
    expect(liveness.death(65_250)).toEqual(givenUp('no PONG to 1 PINGs', true))
  })

  test('a PONG answers all that were sent', () => {
    const liveness = open(rules)
    expect(pings(liveness, 20_000, 40_000)).toEqual([true, true])
    liveness.pong(40_000)
    expect(pings(liveness, 60_000, 80_000)).toEqual([true, true])
    expect(deaths(liveness, 99_999, 100_000)).toEqual([undefined, 'no PONG to 2 PINGs'])
  })
})

/** What was told to be quiet: `a 12`, or `a 24 twice`. */
const quiet = (liveness: Liveness, now: number) =>
  liveness.quiet(now).map((one) => `${one.stream} ${one.quiet}${one.isTwice ? ' twice' : ''}`)

describe('signs of life', () => {
  const silent = () => open({ ...unasked, silenceOf: () => Infinity }, 'a')

  test('F06 none', () => {
    const liveness = silent()
    expect([liveness.dueAt(), ...deaths(liveness, 59_999)]).toEqual([60_000, undefined])
    expect(liveness.death(60_250)).toEqual(givenUp('no sign of life for 60250 ms', true))
  })

  test('none any more: with how long, in whole ms', () => {
    const liveness = silent()
    liveness.data('a', 5.5)
    expect(deaths(liveness, 60_005)).toEqual([undefined])
    expect(liveness.death(60_006)).toEqual(givenUp('no sign of life for 60000 ms'))
  })

  test('what was only read late is one', () => {
    const liveness = silent()
    liveness.data('a', 60_100)
    expect([...deaths(liveness, 60_250), liveness.dueAt()]).toEqual([undefined, 120_100])
  })

  test('a PING is sent though nothing comes', () => {
    expect(open({ ...rules, pingEvery: 60_000 }, 'a').ping(60_000)).toBe(true)
  })

  test('F51 whatever comes is one: data of any stream, a PONG, and what is no data', () => {
    const liveness = silent()
    expect(liveness.data(undefined, 40_000)).toBe('unknown')
    expect(liveness.data('x', 50_000)).toBe('unknown')
    expect([...deaths(liveness, 109_999), liveness.dueAt()]).toEqual([undefined, 110_000])
    liveness.pong(60_000)
    expect([...deaths(liveness, 119_999), liveness.dueAt()]).toEqual([undefined, 120_000])
    liveness.sign(70_000)
    expect([...deaths(liveness, 129_999), liveness.dueAt()]).toEqual([undefined, 130_000])
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
})
