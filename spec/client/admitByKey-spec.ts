import { fc, test as property } from '@fast-check/jest'
import { admitByKey } from '../../lib/client/admitByKey.js'
import type { Message } from '../../lib/parser/Message.js'

const message = (id: number): Message => ({ kind: 'trade', stream: 's', event: { id }, receivedAt: 0 })
const idOf = ({ event }: Message): number => (event as { id: number }).id

const take = () => {
  const admission = admitByKey('id')
  const out: number[] = []
  return {
    out,
    alone: (source: string) => admission.carriesAlone(source),
    from: (source: string, ...ids: readonly number[]) => {
      for (const id of ids)
        out.push(...(admission.passes(message(id), source) ? [id] : admission.admit(message(id), source).map(idOf)))
    },
    lost: (source: string, ...open: readonly string[]) =>
      out.push(...admission.release(source, new Set(open)).map(idOf)),
  }
}

test('one connection passes, whatever its ids', () => {
  const { from, out } = take()
  from('a', 1, 2, 2, 1)
  expect(out).toEqual([1, 2, 2, 1])
})

test('a connection that says what was delivered is level: from there each event is taken from whoever brings it first', () => {
  const { from, out } = take()
  from('a', 1, 2, 3)
  from('b', 2, 3)
  from('b', 4)
  from('a', 4)
  from('b', 5)
  expect(out).toEqual([1, 2, 3, 4, 5])
})

test('while the newer connection is ahead, the older one goes on until it has caught up', () => {
  const { from, out } = take()
  from('a', 1)
  from('b', 3, 4)
  expect(out).toEqual([1])
  from('a', 2)
  expect(out).toEqual([1, 2])
  from('a', 3)
  expect(out).toEqual([1, 2, 3, 4])
  from('b', 5)
  expect(out).toEqual([1, 2, 3, 4, 5])
})

test('when the older connection is gone, what waited comes', () => {
  const { from, lost, out } = take()
  from('a', 1)
  from('b', 3, 4)
  lost('a')
  from('b', 5)
  expect(out).toEqual([1, 3, 4, 5])
})

test('when the newer connection is gone, what waited is forgotten', () => {
  const { from, lost, out } = take()
  from('a', 1)
  from('b', 3)
  lost('b')
  from('a', 2, 3, 4)
  lost('c')
  expect(out).toEqual([1, 2, 3, 4])
})

test('after a loss without an overlap, ids may begin lower', () => {
  const { from, lost, out } = take()
  from('a', 10)
  lost('a')
  from('b', 1, 2)
  expect(out).toEqual([10, 1, 2])
})

test('F12 one that was open already when the only one was lost may still say what that one said', () => {
  const { from, lost, out } = take()
  from('a', 8, 9, 10)
  lost('a', 'b')
  from('b', 9, 10, 11, 12)
  lost('b')
  from('c', 1)
  expect(out).toEqual([8, 9, 10, 11, 12, 1])
})

test('one that was opened after the only one was lost is believed, whoever else was open', () => {
  const { from, lost, out, alone } = take()
  from('a', 10)
  lost('a', 'of another stream')
  from('b', 1, 2)
  expect([out, alone('b')]).toEqual([[10, 1, 2], true])
})

test('a third connection may be the one that closes the gap', () => {
  const { from, out } = take()
  from('a', 1)
  from('b', 3)
  from('c', 2)
  from('a', 2)
  expect(out).toEqual([1, 2])
  from('c', 3, 4)
  expect(out).toEqual([1, 2, 3, 4])
})

test('what waits is bounded: past 1,000 events the newer connection takes over', () => {
  const { from, out } = take()
  from('a', 1)
  from('b', ...Array.from({ length: 999 }, (_, i) => i + 3))
  expect(out).toEqual([1])
  from('b', 1_002)
  expect(out).toHaveLength(1_001)
})

test('lists go by their first event', () => {
  const admission = admitByKey('id')
  const list = (id: number): Message => ({ kind: 'tickers', stream: 's', event: [{ id }], receivedAt: 0 })
  expect(admission.passes(list(1), 'a')).toBe(true)
  expect(admission.admit(list(1), 'b')).toEqual([])
  expect(admission.admit(list(2), 'b')).toHaveLength(1)
})

test('an event without its number is taken from the first connection only', () => {
  const admission = admitByKey('number')
  expect(admission.passes(message(1), 'a')).toBe(true)
  expect(admission.admit(message(2), 'b')).toEqual([])
})

test('says who carries the stream alone', () => {
  const { from, lost, alone } = take()
  expect(alone('a')).toBe(false)
  from('a', 1)
  expect([alone('a'), alone('b')]).toEqual([true, false])
  from('b', 3)
  expect([alone('a'), alone('b')]).toEqual([true, false])
  from('b', 4)
  from('a', 2, 3)
  expect([alone('a'), alone('b')]).toEqual([false, false])
  lost('a')
  expect([alone('a'), alone('b')]).toEqual([false, true])
  lost('b')
  expect([alone('a'), alone('b')]).toEqual([false, false])
})

property.prop([fc.nat(20), fc.nat(20), fc.nat(20), fc.infiniteStream(fc.boolean())])(
  'F12 two connections that overlap, in any interleaving, give every event once and in order',
  (before, overlap, after, turns) => {
    const { from, lost, out } = take()
    const old = Array.from({ length: before + overlap + 1 }, (_, i) => i)
    const newer = Array.from({ length: overlap + after + 1 }, (_, i) => i + before)
    const all = old.concat(newer.filter((id) => id >= old.length))
    // The newer connection opens after the older one has begun, and carries data before the older one closes.
    from('old', ...old.splice(0, 1))
    let hasOpened = false
    for (const turn of turns) {
      if (old.length === 0 && newer.length === 0) break
      if (old.length > (hasOpened ? 0 : 1) && (turn || newer.length === 0)) {
        from('old', ...old.splice(0, 1))
        if (old.length === 0) lost('old')
      } else {
        from('new', ...newer.splice(0, 1))
        hasOpened = true
      }
    }
    expect(out).toEqual(all)
  },
)

test('what waited on a connection that is gone comes when the older one has said it, or is gone', () => {
  for (const isSaid of [true, false]) {
    const { from, lost, out } = take()
    from('a', 1)
    from('b', 3, 4)
    lost('b')
    from('c', 4, 5)
    expect(out).toEqual([1])
    if (isSaid) from('a', 2, 3)
    else lost('a')
    expect(out).toEqual(isSaid ? [1, 2, 3, 4, 5] : [1, 3, 4, 5])
  }
})

test('what came from a connection that is gone is not believed again of the one that is left', () => {
  const { from, lost, out } = take()
  from('a', 1)
  from('b', 2, 3)
  lost('b')
  from('a', 2, 3, 4)
  expect(out).toEqual([1, 2, 3, 4])
})

describe('numbers that begin anew while two connections overlap', () => {
  const at = (id: number, eventTime: number): Message => ({
    kind: 'trade',
    stream: 's',
    event: { id, eventTime },
    receivedAt: 0,
  })

  test('are taken for repeats for two seconds, and then for what they are', () => {
    const admission = admitByKey('id')
    const out: number[] = []
    const from = (source: string, id: number, time: number) =>
      out.push(...(admission.passes(at(id, time), source) ? [id] : admission.admit(at(id, time), source).map(idOf)))
    from('a', 100, 1_000)
    from('b', 100, 1_000)
    for (const [i, time] of [1_500, 3_000, 3_001, 4_000].entries())
      for (const source of ['a', 'b']) from(source, i + 1, time)
    expect(out).toEqual([100, 3, 4])
  })

  test('while a process that was blocked, and reads late what was delivered, hears it once', () => {
    const admission = admitByKey('id')
    const late = { ...at(101, 1_100), receivedAt: 9_000 }
    admission.passes(at(100, 1_000), 'a')
    admission.admit(at(100, 1_000), 'b')
    expect(admission.admit(at(101, 1_100), 'a')).toHaveLength(1)
    admission.release('a', new Set(['b']))
    expect(admission.admit(late, 'b')).toEqual([])
  })

  test('and what a slow connection still says of before does not come again', () => {
    const admission = admitByKey('id')
    admission.passes(at(100, 1_000), 'a')
    admission.admit(at(100, 1_000), 'b')
    expect(admission.admit(at(1, 5_000), 'a')).toHaveLength(1)
    expect(admission.admit(at(101, 2_000), 'b')).toEqual([])
  })
})

test('where events say no time, an older one that comes late stays a repeat', () => {
  const admission = admitByKey('id')
  const late = (id: number, receivedAt: number): Message => ({ ...message(id), receivedAt })
  const ids: number[] = []
  const say = (one: Message, source: string) =>
    ids.push(...(admission.passes(one, source) ? [one] : admission.admit(one, source)).map(idOf))
  for (const id of [1, 2, 3]) say(late(id, id), 'a')
  for (const id of [2, 3, 4]) say(late(id, 10_000), 'b')
  for (const id of [3, 4, 5]) say(late(id, 20_000), 'a')
  expect(ids).toEqual([1, 2, 3, 4, 5])
})

test('where numbers without a time begin anew, the only connection that is left is believed in the end', () => {
  const { from, lost, out } = take()
  from('a', 5_000)
  from('b', 5_000)
  lost('a')
  from('b', ...Array.from({ length: 1_500 }, (_, i) => i + 1))
  expect(out.slice(0, 2)).toEqual([5_000, 1_000])
  expect(out.at(-1)).toBe(1_500)
})

test('and after five seconds, however slow the stream is', () => {
  const admission = admitByKey('id')
  const at = (id: number, receivedAt: number): Message => ({ ...message(id), receivedAt })
  admission.passes(at(5_000, 0), 'a')
  expect(admission.admit(at(5_000, 10), 'b')).toEqual([])
  admission.release('a', new Set(['b']))
  expect(admission.admit(at(1, 1_000), 'b')).toEqual([])
  expect(admission.admit(at(5, 5_000), 'b')).toEqual([])
  expect(admission.admit(at(6, 5_001), 'b')).toEqual([at(6, 5_001)])
  expect(admission.passes(at(7, 6_000), 'b')).toBe(true)
})

test('what a connection said in the wrong order is not taken from the next one again', () => {
  const overlapping = take()
  overlapping.from('a', 1, 3, 2)
  overlapping.from('b', 2, 3, 4)
  expect(overlapping.out).toEqual([1, 3, 2, 4])
  const following = take()
  following.from('a', 1, 3, 2)
  following.lost('a', 'b')
  following.from('b', 3, 4)
  expect(following.out).toEqual([1, 3, 2, 4])
})
