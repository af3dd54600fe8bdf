import {
  answer,
  answerDueAt,
  ask,
  carriedBy,
  giveUpLate,
  hasRequest,
  isSettled,
  isUnanswered,
  keep,
  miss,
  opened,
  renew,
  restricted,
  textOf,
  unaskedOf,
  want,
  type Request,
  type Subscriptions,
} from '../../../../lib/communicators/websocket/connection/subscriptions.js'
import { asterSpot } from '../../../../lib/venues/asterSpot.js'
import { bingxSpot } from '../../../../lib/venues/bingxSpot.js'
import type { ControlMessage } from '../../../../lib/venues/ControlMessage.js'

const names = (text: string) => new Set(text.split(' ').filter((name) => name !== ''))
const plain = (set: ReadonlySet<string>) => [...set].join(' ')
const done = (id: number | string | null, result: unknown = null): ControlMessage => ({
  ...{ _tag: 'Control', type: 'acknowledgement' },
  ...{ id, result },
})
const wrong = (id?: number | string | null, code = 2): ControlMessage => ({
  ...{ _tag: 'Control', type: 'error', code, message: 'no' },
  ...(id !== undefined && { id }),
})

/** What is asked, in short. */
const asked = (state: Subscriptions, most = 100): readonly [Subscriptions, string] => {
  const [next, request] = ask(state, most, 7)
  return [next, request === undefined ? '' : `${request.id} ${request.method} ${request.names.join(' ')}`.trim()]
}

const start = (wanted: string, carried = '', dialect: Subscriptions['dialect'] = asterSpot.dialect) =>
  opened(names(wanted), [...names(carried)], dialect)

describe('subscriptions', () => {
  test('asks for what is missing, once', () => {
    const [pending, first] = asked(start('a b c', 'a'))
    expect(first).toBe('1 subscribe b c')
    expect(pending.pending).toEqual({ id: 1, method: 'subscribe', names: ['b', 'c'], sentAt: 7 })
    expect(asked(pending)).toEqual([pending, ''])
    const [after, outcomes] = answer(pending, done(1))
    expect(plain(after.held)).toBe('a b c')
    expect(outcomes).toEqual([
      { _tag: 'Acknowledged', stream: 'b' },
      { _tag: 'Acknowledged', stream: 'c' },
    ])
    expect(asked(after)[1]).toBe('')
  })

  test('F14 an answer that is late is given up', () => {
    const [sent] = asked(start('a'))
    expect([answerDueAt(sent, 1_000), giveUpLate(sent, 1_000, 1_006)]).toEqual([1_007, sent])
    const late = giveUpLate(sent, 1_000, 1_007)
    expect([late.missed, answerDueAt(late, 1_000), answer(late, done(1))[1]]).toEqual([1, Infinity, []])
    expect(giveUpLate(start('a'), 1_000, 9_000)).toEqual(start('a'))
  })

  test('given up after three requests in a row without a proper answer', () => {
    const [sent] = asked(start('a'))
    const missed = [1, 2, 3].map((count) => isUnanswered({ ...sent, missed: count }))
    expect(missed).toEqual([false, false, true])
  })

  test.each<[Request, aster: unknown, bingx: unknown]>([
    [
      { id: 'x', method: 'subscribe', names: ['ACCOUNT_UPDATE'] },
      { method: 'SUBSCRIBE', params: ['ACCOUNT_UPDATE'], id: 'x' },
      { id: 'x', reqType: 'sub', dataType: 'ACCOUNT_UPDATE' },
    ],
    [
      { id: 'x', method: 'unsubscribe', names: ['ACCOUNT_UPDATE'] },
      { method: 'UNSUBSCRIBE', params: ['ACCOUNT_UPDATE'], id: 'x' },
      { id: 'x', reqType: 'unsub', dataType: 'ACCOUNT_UPDATE' },
    ],
    [{ id: 'x', method: 'list', names: [] }, { method: 'LIST_SUBSCRIPTIONS', id: 'x' }, undefined],
  ])('a request as each venue writes it: %p', (request, ...written) => {
    const texts = [asterSpot, bingxSpot].map(({ dialect }) => textOf(dialect, request))
    expect(texts.map((text) => text && (JSON.parse(text) as unknown))).toEqual(written)
  })

  test('a venue with ids of its own is answered by them, and one without a list is asked again', () => {
    const [pending, first] = asked(start('a b', '', bingxSpot.dialect), 1)
    expect(first).toBe('00000000-0000-4000-8000-000000000001 subscribe a')
    expect(answer(pending, done('00000000-0000-4000-8000-000000000001'))[1]).toEqual([
      { _tag: 'Acknowledged', stream: 'a' },
    ])
    expect(answer(pending, done(1))).toEqual([pending, []])
    expect(asked(miss(pending), 1)[1]).toBe('00000000-0000-4000-8000-000000000002 subscribe a')
  })

  test('a refusal that passes is no refusal: it is asked for again', () => {
    const [pending] = asked(start('a', '', bingxSpot.dialect))
    const [after, outcomes] = answer(pending, wrong(undefined, 100410))
    expect([outcomes, after.missed]).toEqual([[], 1])
    expect(asked(after)[1]).toBe('00000000-0000-4000-8000-000000000002 subscribe a')
    expect(answer(pending, wrong(undefined, 100400))[1]).toMatchObject([{ _tag: 'Rejected', stream: 'a' }])
  })

  test('what goes comes first', () => {
    const [pending, first] = asked(start('b', 'a'))
    expect(first).toBe('1 unsubscribe a')
    const [after, outcomes] = answer(pending, done('1'))
    expect([plain(after.held), outcomes]).toEqual(['', [{ _tag: 'Unsubscribed', stream: 'a' }]])
    expect(asked(after)[1]).toBe('2 subscribe b')
  })

  test('at most so many names', () => {
    expect(asked(start('a b c'), 2)[1]).toBe('1 subscribe a b')
    expect(asked(start('', 'a b c'), 2)[1]).toBe('1 unsubscribe a b')
  })

  test('what is not wanted any more while it is under way is taken back', () => {
    const [pending] = asked(start('a'))
    const [after] = answer(want(pending, names('')), done(1))
    expect(asked(after)[1]).toBe('2 unsubscribe a')
  })

  test('the wrong name is found by halves; the others are asked for', () => {
    let [state, first] = asked(start('a b c d e'))
    const log = [first]
    const outcomes: unknown[] = []
    for (let i = 0; i < 10 && state.pending !== undefined; i++) {
      const [next, told] = answer(state, state.pending.names.includes('d') ? wrong() : done(state.pending.id))
      outcomes.push(...told)
      ;[state, first] = asked(next)
      log.push(first)
    }
    expect(log).toEqual([
      '1 subscribe a b c d e',
      '2 subscribe a b',
      '3 subscribe c d e',
      '4 subscribe c',
      '5 subscribe d e',
      '6 subscribe d',
      '7 subscribe e',
      '',
    ])
    expect(outcomes).toContainEqual({ _tag: 'Rejected', stream: 'd', code: 2, reason: 'no' })
    expect([plain(state.held), plain(state.refused), state.missed, isSettled(state)]).toEqual(['a b c e', 'd', 0, true])
  })

  test('of the parts only what is still wanted is asked for, at most so many at a time', () => {
    const [pending] = asked(start('a b c d e f'))
    const [split] = answer(pending, wrong(1))
    expect(split.parts).toEqual([
      ['a', 'b', 'c'],
      ['d', 'e', 'f'],
    ])
    expect(asked(want(split, names('b d e f')))[1]).toBe('2 subscribe b')
    expect(asked(want(split, names('d e f x')))[1]).toBe('2 subscribe d e f')
    const [some, first] = asked(split, 2)
    expect([first, some.parts]).toEqual(['2 subscribe a b', [['d', 'e', 'f']]])
    expect(asked(want(split, names('x')))[0].parts).toEqual([])
    expect(asked(want(split, names('')))[0].parts).toEqual([])
  })

  test('what was refused is not asked for again until it is wanted anew', () => {
    const [pending] = asked(start('a'))
    const [refused] = answer(pending, wrong(1))
    expect([asked(refused)[1], asked(want(refused, names('a b')))[1]]).toEqual(['', '2 subscribe b'])
    expect(asked(want(want(refused, names('')), names('a')))[1]).toBe('2 subscribe a')
  })

  test('what was refused and is not wanted any more is no rejection', () => {
    const [pending] = asked(start('a'))
    const [after, outcomes] = answer(want(pending, names('')), wrong(1))
    expect([outcomes, plain(after.refused), after.pending]).toEqual([[], '', undefined])
  })

  test('no answer: the list comes next, and is the truth', () => {
    const [pending] = asked(start('a b c'))
    const missed = miss(pending)
    expect([missed.missed, isSettled(missed)]).toEqual([1, false])
    const [listing, second] = asked(missed)
    expect([second, listing.pending?.names]).toEqual(['2 list', []])
    const [after, outcomes] = answer(listing, done(2, ['b', 'x', 5]))
    expect([plain(after.held), after.missed, after.isUnsure]).toEqual(['b x', 1, false])
    expect(outcomes).toEqual([{ _tag: 'Acknowledged', stream: 'b' }])
    const [taking, third] = asked(after)
    expect(third).toBe('3 unsubscribe x')
    const [taken] = answer(taking, done(3))
    expect([taken.missed, asked(taken)[1]]).toEqual([0, '4 subscribe a c'])
  })

  test('what is held already is not acknowledged again by the list', () => {
    const [pending] = asked(start('a b', 'a'))
    const [listing] = asked(miss(pending))
    expect(answer(listing, done(2, ['a', 'b']))[1]).toEqual([{ _tag: 'Acknowledged', stream: 'b' }])
  })

  test('no answer for the list, an error, or no list: it is asked for again, until there is one', () => {
    const [listing] = asked(miss(asked(start('a'))[0]))
    for (const after of [miss(listing), answer(listing, wrong(2))[0], answer(listing, done(2, null))[0]])
      expect([after.missed, asked(after)[1]]).toEqual([2, '3 list'])
  })

  test('an error without id while the list is under way may belong to what was given up', () => {
    const [listing] = asked(miss(asked(start('a'))[0]))
    expect(answer(listing, wrong())).toEqual([listing, []])
    expect(answer(listing, wrong(null))).toEqual([listing, []])
  })

  test('a refused UNSUBSCRIBE counts as missed', () => {
    const [pending] = asked(start('', 'a b'))
    const [after, outcomes] = answer(pending, wrong(1))
    expect([outcomes, after.missed, asked(after)[1]]).toEqual([[], 1, '2 list'])
  })

  test('an error without id, or with null, belongs to the only request under way', () => {
    for (const id of [undefined, null]) {
      const [, outcomes] = answer(asked(start('a'))[0], wrong(id))
      expect(outcomes).toEqual([{ _tag: 'Rejected', stream: 'a', code: 2, reason: 'no' }])
    }
  })

  test('what is not ours changes nothing', () => {
    const idle = start('a', 'a')
    for (const control of [done(1), wrong(1), wrong(), done(null)]) expect(answer(idle, control)).toEqual([idle, []])
    const [pending] = asked(start('a'))
    for (const control of [done(2), wrong(2), done(null), { _tag: 'Control', type: 'heartbeat' } as const])
      expect(answer(pending, control)).toEqual([pending, []])
  })

  test('says whether there is something to ask for, and when an answer is missing', () => {
    const [pending] = asked(start('a'))
    const states = [start('a'), start('', 'a'), miss(pending), start('a', 'a'), pending]
    expect(states.map(hasRequest)).toEqual([true, true, true, false, false])
    expect([answerDueAt(start('a'), 100), answerDueAt(pending, 100)]).toEqual([Infinity, 107])
  })

  test('settled: nothing under way, nothing doubtful, all held or refused', () => {
    expect(isSettled(start('a', 'a'))).toBe(true)
    expect(isSettled(start('a b', 'a'))).toBe(false)
    expect(isSettled({ ...start('a b', 'a'), refused: names('b') })).toBe(true)
    expect(isSettled({ ...start('a', 'a'), isUnsure: true })).toBe(false)
    expect(isSettled(asked(start('', 'a'))[0])).toBe(false)
  })
})

describe('a stream that brings nothing', () => {
  const carrying = start('a b c', 'a b c')

  test('F52 is let go and asked for once more, and counts as carried meanwhile', () => {
    const [leaving, first] = asked(renew(carrying, 'b'))
    expect([first, isSettled(leaving)]).toEqual(['1 unsubscribe b', false])
    const [left, outcomes] = answer(leaving, done(1))
    expect(outcomes).toEqual([{ _tag: 'Unsubscribed', stream: 'b' }])
    expect([plain(left.held), plain(carriedBy(left)), isSettled(left)]).toEqual(['a c', 'a c b', false])
    const [back, second] = asked(left)
    expect(second).toBe('2 subscribe b')
    const [held] = answer(back, done(2))
    expect([plain(held.held), plain(held.renewed), isSettled(held), asked(held)[1]]).toEqual(['a c b', '', true, ''])
  })

  test('is not asked for anew where it is not held, or not wanted', () => {
    const asking = start('a')
    expect(renew(asking, 'a')).toBe(asking)
    const unwanted = want(carrying, names('a c'))
    expect(renew(unwanted, 'b')).toBe(unwanted)
    expect(plain(want(renew(carrying, 'b'), names('a c')).renewed)).toBe('')
  })

  test('is kept where it comes before it is let go, and others are not', () => {
    const both = renew(renew(carrying, 'a'), 'b')
    expect(asked(keep(both, 'a'))[1]).toBe('1 unsubscribe b')
    const [leaving] = asked(renew(carrying, 'b'))
    expect(plain(keep(renew(leaving, 'a'), 'a').renewed)).toBe('b')
    const settled = keep(renew(carrying, 'a'), 'a')
    expect([isSettled(settled), asked(settled)[1]]).toEqual([true, ''])
  })

  test('once it is being let go it is asked for anew, whatever comes', () => {
    const [leaving] = asked(renew(carrying, 'b'))
    expect(keep(leaving, 'b')).toBe(leaving)
    const [left] = answer(leaving, done(1))
    expect(keep(left, 'b')).toBe(left)
    expect(keep(carrying, 'b')).toBe(carrying)
  })
})

test('what is quiet elsewhere is asked for alone; where nothing is, all of it', () => {
  const wanted = names('a b c')
  expect(plain(restricted(wanted, names('b x')))).toBe('b')
  expect(restricted(wanted, undefined)).toBe(wanted)
})

test('what is wanted, and neither carried, refused nor asked for, was not asked for yet', () => {
  const state = opened(names('a b c d'), ['a'], asterSpot.dialect)
  expect(unaskedOf(state)).toBe(3)
  const [next] = ask(state, 2, 7)
  expect(unaskedOf(next)).toBe(1)
  expect(unaskedOf(want(next, names('a')))).toBe(0)
})
