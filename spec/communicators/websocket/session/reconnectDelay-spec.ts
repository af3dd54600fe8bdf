import { leastDelay, reconnectDelay } from '../../../../lib/communicators/websocket/session/reconnectDelay.js'

const policy = { delay: 500, maxDelay: 30_000, stableAfter: 60_000 }
const normal = { code: 1006, isThrottled: false }
const throttled = { code: 1008, isThrottled: true }
const least = () => 0
const most = () => 1 - Number.EPSILON

describe('reconnectDelay', () => {
  test('doubles up to the cap, and stays there', () => {
    const delays = [1, 2, 3, 6, 7, 8, 100, 2_000].map((attempt) => reconnectDelay(policy, attempt, normal, least))
    expect(delays).toEqual([500, 1_000, 2_000, 16_000, 30_000, 30_000, 30_000, 30_000])
  })

  test('F01 chance makes it shorter by up to a half', () => {
    expect(reconnectDelay(policy, 3, normal, () => 0.5)).toBe(1_500)
    expect(reconnectDelay(policy, 3, normal, most)).toBeCloseTo(1_000)
  })

  test('after too much: four times as long, five seconds at least, within the cap', () => {
    const delays = [1, 2, 3, 4, 5, 6].map((attempt) => reconnectDelay(policy, attempt, throttled, least))
    expect(delays).toEqual([5_000, 5_000, 8_000, 16_000, 30_000, 30_000])
    expect(reconnectDelay(policy, 1, throttled, most)).toBe(5_000)
  })

  test('never shorter than what the venue asks for', () => {
    const retryAfter = 42_000
    expect(reconnectDelay(policy, 1, { ...normal, retryAfter }, most)).toBe(42_000)
    expect(reconnectDelay(policy, 1, { ...throttled, retryAfter }, most)).toBe(42_000)
    expect(reconnectDelay(policy, 1, { ...throttled, retryAfter: 1_000 }, most)).toBe(5_000)
    expect(reconnectDelay(policy, 7, { ...normal, retryAfter: 10 }, least)).toBe(30_000)
  })

  test('429 and 418 have a long default; a ban is never shorter than that', () => {
    const refused = (code: number, retryAfter?: number) =>
      leastDelay({ code, isThrottled: false, ...(retryAfter !== undefined && { retryAfter }) })
    expect([refused(429), refused(429, 7_000), refused(429, 90_000)]).toEqual([60_000, 7_000, 90_000])
    expect([refused(418), refused(418, 7_000), refused(418, 300_000)]).toEqual([120_000, 120_000, 300_000])
    expect([refused(503), refused(503, 7_000)]).toEqual([0, 7_000])
  })
})
