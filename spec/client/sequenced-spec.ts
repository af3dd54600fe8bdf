import { digest, isAfter, isPast, sequenced } from '../../lib/client/sequenced.js'
import type { Message } from '../../lib/parser/Message.js'
import { fc, test as property } from '../property.js'

const identityOf = (event: unknown, sequence?: string) =>
  sequenced({ kind: 'trade', stream: 's', event, receivedAt: 3 }, 'a', sequence).identity

/** Published values: http://www.isthe.com/chongo/tech/comp/fnv, FNV-1a and FNV-1 of 32 bits. */
test.each([
  ['', 0x811c9dc5, 0x811c9dc5],
  ['a', 0xe40c292c, 0x050c5d7e],
  ['foobar', 0xbf9cf968, 0x31f0b262],
])('the digest of %j is FNV-1a and FNV-1', (text, fnv1a, fnv1) => {
  expect(digest(text)).toBe(`${fnv1a} ${fnv1}`)
})

describe('an event', () => {
  const event = { id: 7, eventTime: 5, price: '1.0', bar: { open: '2' } }

  test('stands where its number, its time and its arrival say', () => {
    const message = { kind: 'trade', stream: 's', event, receivedAt: 3 } as unknown as Message
    expect(sequenced(message, 'a', 'id')).toMatchObject({
      message,
      source: 'a',
      position: { number: 7, time: 5, receivedAt: 3 },
    })
    expect(sequenced(message, 'a').position.number).toBe(-Infinity)
    expect(sequenced({ ...message, event: { ...event, id: '7', eventTime: undefined } }, 'a', 'id').position).toEqual({
      number: -Infinity,
      time: NaN,
      receivedAt: 3,
    })
  })

  test('is the same whatever the time at which a server stamped it', () => {
    expect(identityOf({ ...event, eventTime: 6 }, 'id')).toBe(identityOf(event, 'id'))
    expect(identityOf({ ...event, eventTime: 6 })).not.toBe(identityOf(event))
  })

  test.each([{ ...event, id: 8 }, { ...event, price: '1' }, { ...event, bar: { open: '3' } }, [event], {}])(
    'is not another one: %j',
    (other) => {
      expect(identityOf(other, 'id')).not.toBe(identityOf(event, 'id'))
      expect(identityOf(other)).not.toBe(identityOf(event))
    },
  )

  test('in a list is told by the list', () => {
    const [one, other] = [
      [event, { id: 1 }],
      [event, { id: 2 }],
    ].map((list) => identityOf(list, 'id'))
    expect(one).not.toBe(other)
  })
})

const at = (number: number, time: number, receivedAt = 0) => ({ number, time, receivedAt })

describe('one position is after another', () => {
  test.each([
    ['by its number', at(2, 1_000), at(1, 1_000), true],
    ['not by the same number', at(1, 1_000), at(1, 1_000), false],
    ['whatever the times, up to two seconds', at(2, 1_000), at(1, 3_000), true],
    ['whatever the times, up to two seconds', at(1, 3_000), at(2, 1_000), false],
    ['by its time beyond them', at(1, 3_001), at(2, 1_000), true],
    ['by its time beyond them', at(2, 1_000), at(1, 3_001), false],
    ['by its number where one says no time', at(2, NaN), at(1, 9_000), true],
    ['not by when it came', at(1, NaN, 9_000), at(2, NaN), false],
  ])('%s', (_, one, other, isSo) => {
    expect(isAfter(one, other)).toBe(isSo)
  })

  property.prop([fc.nat(), fc.nat(), fc.nat(10_000), fc.nat(10_000)])('never both', (n, m, s, t) => {
    expect(isAfter(at(n, s), at(m, t)) && isAfter(at(m, t), at(n, s))).toBe(false)
  })
})

describe('one position is past another', () => {
  test.each([
    ['when it is after it', at(2, NaN), at(1, NaN), true],
    ['not without reason', at(1, NaN, 9_000), at(2, NaN, 4_000), false],
    ['nor when it is earlier', at(1, 0), at(2, 9_000), false],
    ['when it came five seconds later', at(1, NaN, 5_001), at(2, NaN), true],
    ['not by when it came where both say a time', at(1, 0, 9_000), at(2, 0), false],
  ])('%s', (_, one, other, isSo) => {
    expect(isPast(one, other)).toBe(isSo)
  })
})
