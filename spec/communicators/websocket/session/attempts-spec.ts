import { createAttempts } from '../../../../lib/communicators/websocket/session/attempts.js'

describe('attempts', () => {
  test('so many in a span', () => {
    const attempts = createAttempts({ count: 2, per: 1_000 })
    expect(attempts.at(5)).toBe(5)
    attempts.made(10)
    expect(attempts.at(10)).toBe(10)
    attempts.made(20)
    expect([attempts.at(30), attempts.at(1_010), attempts.at(1_011)]).toEqual([1_010, 1_010, 1_011])
    attempts.made(1_010)
    expect(attempts.at(1_011)).toBe(1_020)
  })

  test('none before the venue allows it; the longer wait counts', () => {
    const attempts = createAttempts({ count: 2, per: 1_000 })
    attempts.block(500)
    attempts.block(300)
    expect([attempts.at(0), attempts.at(499), attempts.at(501)]).toEqual([500, 500, 501])
  })

  test('F76 a probe waits for what any attempt waits for, and where others need not', () => {
    const attempts = createAttempts({ count: 1, per: 1_000 })
    attempts.pause(500)
    attempts.pause(300)
    expect([attempts.at(0), attempts.probeAt(0), attempts.probeAt(501)]).toEqual([0, 500, 501])
    attempts.made(0)
    expect([attempts.at(1), attempts.probeAt(1)]).toEqual([1_000, 1_000])
    attempts.block(2_000)
    expect(attempts.probeAt(1)).toBe(2_000)
  })
})
