import {
  emptyOutbox,
  isFree,
  nextSign,
  outboxDue,
  sending,
  type Outbox,
} from '../../../lib/communicators/websocket/outbox.js'

const pong = { _tag: 'Pong', payload: Uint8Array.from([1]) } as const

describe('outbox', () => {
  test('the PONG goes first, then our PING, then nothing', () => {
    const [one, first] = nextSign({ ...emptyOutbox, pongs: [pong], ping: true }, 5, 100)
    const [two, second] = nextSign(one, 5, 101)
    const [three, third] = nextSign(two, 5, 102)
    expect([first, second, third]).toEqual([pong, { _tag: 'Ping' }, undefined])
    expect(three).toEqual({ sent: [100, 101], pongs: [], ping: false })
  })

  test('with one slot left only the PONG goes', () => {
    const full = [0, 1, 2, 3].reduce<Outbox>((box, at) => sending(box, 5, at), {
      ...emptyOutbox,
      pongs: [pong],
      ping: true,
    })
    expect([isFree(full, 5, 4), isFree(full, 5, 4, 'pong')]).toEqual([false, true])
    const [after, first] = nextSign(full, 5, 4)
    expect(first).toEqual(pong)
    expect(nextSign(after, 5, 5)[1]).toBeUndefined()
    expect(nextSign(after, 5, 1_100)[1]).toBeUndefined()
    expect(nextSign(after, 5, 1_101)[1]).toEqual({ _tag: 'Ping' })
  })

  test('with no slot left nothing goes', () => {
    const full = [0, 1, 2, 3, 4].reduce<Outbox>((box, at) => sending(box, 5, at), { ...emptyOutbox, pongs: [pong] })
    expect(nextSign(full, 5, 1_099)).toEqual([full, undefined])
    expect(nextSign(full, 5, 1_100)[1]).toEqual(pong)
  })

  test('says when to look again', () => {
    const full = [0, 1, 2, 3, 4].reduce<Outbox>((box, at) => sending(box, 5, at), emptyOutbox)
    expect(outboxDue(full, 5, false)).toBe(Infinity)
    expect(outboxDue(full, 5, true)).toBe(1_101)
    expect(outboxDue({ ...full, ping: true }, 5, false)).toBe(1_101)
    expect(outboxDue({ ...full, pongs: [pong] }, 5, false)).toBe(1_100)
    expect(outboxDue({ ...full, pongs: [pong], ping: true }, 5, true)).toBe(1_100)
  })

  test('the answers to a frame and to a text both go', () => {
    const text = { _tag: 'Text', text: 'Pong' } as const
    const [one, first] = nextSign({ ...emptyOutbox, pongs: [pong, text] }, 5, 100)
    expect([first, nextSign(one, 5, 101)[1]]).toEqual([pong, text])
  })
})
