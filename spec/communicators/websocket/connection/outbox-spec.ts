import { createOutbox, probeOf } from '../../../../lib/communicators/websocket/connection/outbox.js'
import type { Outgoing } from '../../../../lib/communicators/websocket/transport/Transport.js'
import { fc, test as property } from '../../../property.js'

const pong = { _tag: 'Pong', payload: Uint8Array.from([1]) } as const
const ping = { _tag: 'Ping' } as const
const text = (of: string) => ({ _tag: 'Text', text: of }) as const

/** An outbox, what it has sent since the last look, and requests that wait. */
const start = (perSecond: number) => {
  const posted: Outgoing[] = []
  const requests: string[] = []
  const outbox = createOutbox(perSecond, (message) => posted.push(message))
  return {
    ...outbox,
    requests,
    flush: (now: number) => {
      outbox.flush(now, () => requests.shift())
      return posted.splice(0)
    },
  }
}

/** One that sent a request at each of these times. */
const after = (perSecond: number, times: readonly number[]) => {
  const box = start(perSecond)
  for (const at of times) {
    box.requests.push(`${at}`)
    box.flush(at)
  }
  return box
}

describe('outbox', () => {
  test('the PONG goes first, then our PING, then requests, then nothing', () => {
    const box = start(5)
    box.requests.push('a', 'b')
    box.ping()
    box.pong(pong)
    expect(box.flush(100)).toEqual([pong, ping, text('a'), text('b')])
    expect(box.flush(2_000)).toEqual([])
  })

  test('with one slot left only the PONG goes', () => {
    const box = after(5, [0, 1, 2, 3])
    box.ping()
    box.requests.push('last')
    expect(box.flush(4)).toEqual([])
    box.pong(pong)
    expect(box.flush(4)).toEqual([pong])
    expect([box.flush(5), box.flush(1_100)]).toEqual([[], []])
    expect(box.flush(1_101)).toEqual([ping])
    expect([box.flush(1_101), box.flush(1_102)]).toEqual([[], [text('last')]])
  })

  test('with no slot left nothing goes', () => {
    const box = after(5, [0, 1, 2, 3])
    box.pong(pong)
    box.flush(4)
    box.pong(pong)
    expect(box.flush(1_099)).toEqual([])
    expect(box.flush(1_100)).toEqual([pong])
  })

  test('where there is one slot, all share it', () => {
    const box = start(1)
    expect(box.dueAt(true)).toBe(-Infinity)
    box.requests.push('a')
    expect(box.flush(7)).toEqual([text('a')])
    box.pong(pong)
    expect([box.dueAt(false), box.dueAt(true)]).toEqual([1_107, 1_107])
    expect([box.flush(1_106), box.flush(1_107)]).toEqual([[], [pong]])
  })

  test('says when to look again', () => {
    const box = after(5, [0, 1, 2, 3])
    expect([box.dueAt(false), box.dueAt(true)]).toEqual([Infinity, 1_100])
    box.pong(pong)
    expect(box.dueAt(false)).toBe(-Infinity)
    box.flush(4)
    expect([box.dueAt(false), box.dueAt(true)]).toEqual([Infinity, 1_101])
    box.ping()
    expect(box.dueAt(false)).toBe(1_101)
    box.pong(pong)
    expect([box.dueAt(false), box.dueAt(true)]).toEqual([1_100, 1_100])
  })

  test('the answers to a frame and to a text both go, and of each the last', () => {
    const box = start(5)
    box.pong({ ...pong, payload: Uint8Array.from([0]) })
    box.pong(text('Pong 1'))
    box.pong(pong)
    box.pong(text('Pong 2'))
    expect(box.flush(100)).toEqual([pong, text('Pong 2')])
  })

  test('a request is asked for only when there is room for it', () => {
    const box = after(2, [0])
    box.requests.push('a')
    box.flush(1_099)
    expect(box.requests).toEqual(['a'])
  })

  test('what comes while it sends is not sent twice', () => {
    const posted: Outgoing[] = []
    const box = createOutbox(5, (message) => {
      posted.push(message)
      box.flush(0, () => undefined)
    })
    box.pong(pong)
    box.ping()
    box.flush(0, () => undefined)
    expect(posted).toEqual([pong, ping])
  })

  property.prop([
    fc.integer({ min: 1, max: 10 }),
    fc.array(
      fc.tuple(fc.integer({ min: 0, max: 700 }), fc.subarray(['pong', 'ping', 'request'] as const, { minLength: 1 })),
      { maxLength: 100 },
    ),
  ])('never more than allowed in any second, and a PONG waits for PONGs alone', (perSecond, steps) => {
    const box = start(perSecond)
    const sent: { at: number; _tag: Outgoing['_tag'] }[] = []
    let now = 0
    const flush = () => sent.push(...box.flush(now).map(({ _tag }) => ({ at: now, _tag })))
    const within = (tags: readonly Outgoing['_tag'][]) =>
      sent.filter(({ at, _tag }) => at > now - 1_100 && tags.includes(_tag)).length
    for (const [wait, what] of steps) {
      now += wait
      if (what.includes('request')) box.requests.push('r')
      if (what.includes('ping')) box.ping()
      if (what.includes('pong')) box.pong(pong)
      flush()
      expect(within(['Pong', 'Ping', 'Text'])).toBeLessThanOrEqual(perSecond)
      if (perSecond > 1) expect(within(['Ping', 'Text'])).toBeLessThanOrEqual(perSecond - 1)
      const due = box.dueAt(box.requests.length > 0)
      expect(due).toBeGreaterThan(now)
      if (due === Infinity) continue
      now = due
      const before = sent.length
      flush()
      expect(sent.length).toBeGreaterThan(before)
    }
  })
})

test.each([
  ['a PING, where the socket has them', {}, ping],
  ['a PING, where the socket says that it has them', { hasPings: true }, ping],
  ['else the list, under an id that no other request has', { hasPings: false }, text('list 0')],
])('F09 what asks whether the venue is there is %s', (_, socket, probe) => {
  const dialect = { list: (id: number | string) => `list ${id}`, requestId: String }
  expect(probeOf(socket, dialect)).toEqual(probe)
})

test('F09 nothing asks a venue without a list, through a socket without PINGs', () => {
  expect(probeOf({ hasPings: false }, {})).toBeUndefined()
})
