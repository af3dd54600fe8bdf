import { fc, test as property } from '@fast-check/jest'
import { SECOND, send, slotAt, type Sent, type Urgency } from '../../../lib/communicators/websocket/pace.js'

describe('pace', () => {
  test('one slot in a second is kept for a PONG', () => {
    const sent = [0, 10, 20, 30].reduce<Sent>((all, at) => send(all, 5, at), [])
    expect(slotAt(sent, 5, 'other')).toBe(1_100)
    expect(slotAt(sent, 5, 'pong')).toBe(-Infinity)
    const full = send(sent, 5, 40)
    expect(slotAt(full, 5, 'other')).toBe(1_110)
    expect(slotAt(full, 5, 'pong')).toBe(1_100)
  })

  test('where there is one slot, all share it', () => {
    expect([slotAt([], 1, 'other'), slotAt([7], 1, 'other'), slotAt([7], 1, 'pong')]).toEqual([-Infinity, 1_107, 1_107])
  })

  test('remembers what can matter', () => {
    expect([1, 2, 3, 4].reduce<Sent>((all, at) => send(all, 3, at), [])).toEqual([2, 3, 4])
  })

  property.prop([
    fc.integer({ min: 1, max: 10 }),
    fc.array(fc.tuple(fc.integer({ min: 0, max: 700 }), fc.constantFrom<Urgency>('pong', 'other')), { maxLength: 200 }),
  ])('never more than allowed in any second', (perSecond, tries) => {
    let sent: Sent = []
    let now = 0
    const all: number[] = []
    for (const [wait, urgency] of tries) {
      now = Math.max(now + wait, slotAt(sent, perSecond, urgency))
      sent = send(sent, perSecond, now)
      all.push(now)
    }
    for (const at of all)
      expect(all.filter((other) => other > at - SECOND && other <= at).length).toBeLessThanOrEqual(perSecond)
  })
})
