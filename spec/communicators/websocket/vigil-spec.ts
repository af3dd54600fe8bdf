import { answered, keepVigil, LOOK_AGAIN, startVigil, vigilDue } from '../../../lib/communicators/websocket/vigil.js'

const watch = { pingEvery: 20_000, missedPongs: 2, allowance: 60_000 }
const fresh = startVigil(watch, 0)

describe('vigil', () => {
  test('a PING when it is due, and another one after a while', () => {
    expect(keepVigil(fresh, watch, 19_999, 0)).toEqual([fresh, undefined])
    const [one, duty] = keepVigil(fresh, watch, 20_001, 0)
    expect([one, duty]).toEqual([{ pingAt: 40_001, unanswered: 1, suspectedAt: undefined }, { _tag: 'Ping' }])
    expect(answered(one)).toEqual({ ...one, unanswered: 0 })
  })

  test('given up when too many were not answered', () => {
    const [two] = keepVigil({ ...fresh, unanswered: 1 }, watch, 20_000, 0)
    expect(two.unanswered).toBe(2)
    expect(keepVigil(two, watch, 40_000, 0)[1]).toEqual({ _tag: 'GiveUp', reason: 'no PONG to 2 PINGs' })
  })

  test('no data: suspected, then given up', () => {
    const still = { ...fresh, pingAt: Infinity }
    expect(keepVigil(still, watch, 59_999, 0)).toEqual([still, undefined])
    const [suspected, none] = keepVigil(still, watch, 60_000, 0)
    expect([suspected.suspectedAt, none]).toEqual([60_000, undefined])
    expect(keepVigil(suspected, watch, 60_000 + LOOK_AGAIN - 1, 0)).toEqual([suspected, undefined])
    expect(keepVigil(suspected, watch, 60_000 + LOOK_AGAIN, 0.5)[1]).toEqual({
      _tag: 'GiveUp',
      reason: 'no data for 60249 ms',
    })
  })

  test('data that was only read late clears the suspicion, and a PING may be due at once', () => {
    const suspected = { ...fresh, suspectedAt: 60_000 }
    expect(keepVigil({ ...suspected, pingAt: Infinity }, watch, 60_250, 60_100)).toEqual([
      { ...fresh, pingAt: Infinity },
      undefined,
    ])
    expect(keepVigil(suspected, watch, 60_250, 60_100)[1]).toEqual({ _tag: 'Ping' })
  })

  test('says when to look again', () => {
    expect(vigilDue(fresh, watch, 0)).toBe(20_000)
    expect(vigilDue({ ...fresh, pingAt: Infinity }, watch, 5)).toBe(60_005)
    expect(vigilDue({ ...fresh, pingAt: Infinity, suspectedAt: 60_005 }, watch, 5)).toBe(60_255)
    expect(vigilDue({ ...fresh, suspectedAt: 60_005 }, watch, 5)).toBe(20_000)
  })
})
