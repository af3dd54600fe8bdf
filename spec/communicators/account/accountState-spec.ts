import {
  absent,
  accountDue,
  stepAccount,
  type AccountInput,
  type AccountOutput,
  type AccountState,
  type KeyNews,
} from '../../../lib/communicators/account/accountState.js'
import { frame, type Signal } from '../../../lib/Signal.js'
import { fc, test as property } from '../../property.js'

const OVERLAP = 100
const reasons = { another: 'another listen key', expired: 'the listen key has expired' }
const none: ReadonlySet<string> = new Set()

const step = (state: AccountState, input: AccountInput, now = 0, streams = none) =>
  stepAccount(state, input, { now, streams, overlap: OVERLAP, reasons })

const said = (key: string, signal: Signal, news?: KeyNews): AccountInput => ({ _tag: 'Said', key, signal, news })
const says = (key: string, _tag: 'Connecting' | 'Connected' | 'Closed', id: string): AccountInput =>
  said(key, { _tag, receivedAt: 0, source: { id } })
const lost = (key: string, id: string, reason = 'reset'): AccountInput =>
  said(key, { _tag: 'Disconnected', code: 1006, reason, receivedAt: 0, source: { id } })
const opens = (key: string, id: string) => [says(key, 'Connecting', id), says(key, 'Connected', id)]
const heard = (key: string, news?: KeyNews): AccountInput => said(key, frame('text', 0, { id: '1' }), news)
const created = (key: string): AccountInput => ({ _tag: 'Created', key })
const extended = (key: string): AccountInput => ({ _tag: 'Extended', key })
const gone = (key: string): AccountInput => ({ _tag: 'Gone', key, reason: 'gone' })
const expired = (key: string, named?: string): AccountInput => heard(key, { _tag: 'Expired', key: named })
const event = (key: string): AccountInput => heard(key, { _tag: 'Event' })
const failed: AccountInput = { _tag: 'Failed', delay: 5, attempt: 2, reason: '503' }
const refused: AccountInput = { _tag: 'Refused', code: -2014, reason: 'no' }
const tick: AccountInput = { _tag: 'Tick' }

/** The state after these, and what each of them led to. */
const run = (...inputs: readonly AccountInput[]) => {
  let state = absent
  const outputs = inputs.map((input, now) => {
    const [next, output] = step(state, input, now)
    state = next
    return output
  })
  return { state, outputs, last: outputs.at(-1) ?? [] }
}

const word = (output: AccountOutput): string => {
  if (output._tag === 'Say') return output.status._tag
  if (output._tag === 'ExtendNow') return output.isDoubted ? 'Extend' : 'Trust'
  return 'key' in output ? `${output._tag} ${output.key}` : output._tag
}
const words = (outputs: readonly AccountOutput[]) => outputs.map(word).join(', ')

/** Every phase, with and without an open connection. */
const carried = [created('a'), ...opens('a', '1')]
const dropped = [...carried, lost('a', '1')]
const states: Readonly<Record<string, AccountState>> = {
  absent,
  fresh: run(created('a')).state,
  carried: run(...carried).state,
  dropped: run(...dropped).state,
  unproven: run(...dropped, ...opens('a', '2')).state,
  lapsed: run(...carried, expired('a')).state,
  idle: run(...carried, expired('a'), lost('a', '1')).state,
}

const tags = Object.values(states).map(({ phase }) => phase._tag)

test('the phases', () => {
  expect(tags).toEqual(['Absent', 'Alive', 'Alive', 'Alive', 'Unproven', 'Lapsed', 'Lapsed'])
  // Only of a key that is alive is known since when it is carried.
  expect(states['unproven']?.phase).toStrictEqual({ _tag: 'Unproven', key: 'a' })
})

/** For each state the phase that follows, where it is another one, and what is to be done. */
const table: readonly (readonly [string, readonly AccountInput[], readonly string[]])[] = [
  ['the same key is created', [created('a')], ['Alive: Start a', '', '', '', '', 'Alive: Carried', 'Alive: ']],
  [
    'another key is created',
    [created('b')],
    [
      'Alive: Start b',
      'End a, Start b',
      'Rotating, Start b, Lost',
      'End a, Start b',
      'Alive: Rotating, Start b',
      'Alive: Rotating, Start b',
      'Alive: End a, Start b',
    ],
  ],
  ['it is extended', [extended('a')], ['', '', '', '', 'Alive: Trust, Carried', '', '']],
  ['another key is extended', [extended('b')], ['', '', '', '', '', '', '']],
  [
    'it is gone',
    [gone('a')],
    ['', 'Lapsed: Waiting', 'Lapsed: Waiting, Lost', 'Lapsed: Waiting', 'Lapsed: Waiting', '', ''],
  ],
  ['another key is gone', [gone('b')], ['', '', '', '', '', '', '']],
  ['a call failed', [failed], ['Waiting', '', '', '', 'Waiting', 'Waiting', 'Waiting']],
  [
    'no key can be had',
    [refused],
    [
      'Rejected, Complete',
      ...['fresh', 'carried', 'dropped', 'unproven', 'lapsed', 'idle'].map((name) =>
        name === 'carried' ? 'Absent: Rejected, Lost, End a, Complete' : 'Absent: Rejected, End a, Complete',
      ),
    ],
  ],
  [
    'a connection is open',
    opens('a', '3'),
    ['Pass', 'Pass, Carried', 'Pass, Extend', 'Unproven: Pass, Extend', 'Pass, Extend', 'Pass', 'Pass'],
  ],
  ['one with another key is open', opens('b', '3'), ['Pass', 'Pass', 'Pass', 'Pass', 'Pass', 'Pass', 'Pass']],
  ['its connection is lost', [lost('a', '1')], ['Pass', 'Pass', 'Pass, Lost', 'Pass', 'Pass', 'Pass', 'Pass']],
  ['a frame', [heard('a')], ['Pass', 'Pass', 'Pass', 'Pass', 'Pass', 'Pass', 'Pass']],
  ['an event', [event('a')], ['Pass', 'Pass', 'Pass', 'Pass', 'Alive: Trust, Carried, Pass', 'Pass', 'Pass']],
  ['an event of another key', [event('b')], ['Pass', 'Pass', 'Pass', 'Pass', 'Pass', 'Pass', 'Pass']],
  [
    'its connection says that a key has expired',
    [expired('a')],
    [
      'Pass',
      'Lapsed: Waiting, Pass, Expire a',
      'Lapsed: Waiting, Pass, Lost, Expire a',
      'Lapsed: Waiting, Pass, Expire a',
      'Lapsed: Waiting, Pass, Expire a',
      'Pass',
      'Pass',
    ],
  ],
  [
    'another connection says that it has expired',
    [expired('b', 'a')],
    [
      'Pass',
      'Lapsed: Waiting, Pass, Expire a',
      'Lapsed: Waiting, Pass, Lost, Expire a',
      'Lapsed: Waiting, Pass, Expire a',
      'Lapsed: Waiting, Pass, Expire a',
      'Pass',
      'Pass',
    ],
  ],
  [
    'its connection says that another key has expired',
    [expired('a', 'b')],
    ['Pass', 'Pass', 'Pass', 'Pass', 'Pass', 'Pass', 'Pass'],
  ],
  ['a tick', [tick], ['', '', '', '', '', '', 'End a']],
]

test.each(
  table.flatMap(([what, inputs, expected]) =>
    Object.keys(states).map((name, i) => [what, name, expected[i] ?? '', inputs] as const),
  ),
)('%s while %s: %s', (_, name, expected, inputs) => {
  let state = states[name] ?? absent
  let outputs: readonly AccountOutput[] = []
  const before = state.phase._tag
  for (const input of inputs) [state, outputs] = step(state, input, 7)
  const changed = state.phase._tag === before ? '' : `${state.phase._tag}: `
  expect(changed + words(outputs)).toBe(expected)
})

describe('what is said', () => {
  test('the reason of a connection that was lost, or that it was lost', () => {
    expect(run(...carried, lost('a', '1')).last.at(-1)).toEqual({ _tag: 'Lost', reason: 'reset' })
    expect(run(...carried, lost('a', '1', '')).last.at(-1)).toEqual({ _tag: 'Lost', reason: 'the connection was lost' })
    expect(run(...carried, says('a', 'Closed', '1')).last.at(-1)).toMatchObject({ reason: 'the connection was lost' })
  })

  test('F32 a key that lapsed, before the frame that said so, and the loss after it', () => {
    const reason = 'the listen key has expired'
    expect(run(...carried, expired('a')).last).toEqual([
      { _tag: 'Say', status: { _tag: 'Waiting', delay: 0, attempt: 1, reason } },
      { _tag: 'Pass', signal: frame('text', 0, { id: '1' }) },
      { _tag: 'Lost', reason },
      { _tag: 'Expire', key: 'a' },
    ])
    expect(run(...carried, gone('a')).last).toEqual([
      { _tag: 'Say', status: { _tag: 'Waiting', delay: 0, attempt: 1, reason: 'gone' } },
      { _tag: 'Lost', reason: 'gone' },
    ])
  })

  test('F30 a call that failed, with its wait', () => {
    expect(run(failed).last).toEqual([
      { _tag: 'Say', status: { _tag: 'Waiting', delay: 5, attempt: 2, reason: '503' } },
    ])
  })

  test('F30 that no key can be had, with its code where there is one', () => {
    const status = { _tag: 'Rejected', stream: 'account', reason: 'no' }
    expect(run(refused).last[0]).toEqual({ _tag: 'Say', status: { ...status, code: -2014 } })
    expect(run({ _tag: 'Refused', reason: 'no' }).last[0]).toEqual({ _tag: 'Say', status })
  })

  test('F31 the connection that another key takes over from', () => {
    const reason = 'another listen key'
    const { last } = run(...carried, ...opens('a', '2'), lost('a', '1'), created('b'))
    expect(last[0]).toEqual({ _tag: 'Say', status: { _tag: 'Rotating', reason }, source: { id: '2' } })
    expect(last.at(-1)).toEqual({ _tag: 'Lost', reason })
  })
})

describe('sessions', () => {
  const keys = ({ sessions }: AccountState) => sessions.map(({ key }) => key)

  test('F31 the last one that is open goes on until the next key’s has carried the account for a while', () => {
    const before = run(...carried, expired('a'), created('b'))
    expect([keys(before.state), accountDue(before.state, OVERLAP)]).toEqual([['a', 'b'], Infinity])
    // Carried at 6.
    const { state } = run(...carried, expired('a'), created('b'), ...opens('b', '2'))
    expect(accountDue(state, OVERLAP)).toBe(106)
    expect(step(state, tick, 105)).toEqual([state, []])
    const [after, outputs] = step(state, tick, 106)
    expect([keys(after), words(outputs), accountDue(after, OVERLAP)]).toEqual([['b'], 'End a', Infinity])
  })

  test('F31 carried anew, it goes on as long again', () => {
    const { state } = run(...carried, expired('a'), created('b'), ...opens('b', '2'))
    const [unheard] = step(state, lost('b', '2'), 50)
    const again = [...opens('b', '3'), event('b')].reduce((one, input) => step(one, input, 5_200)[0], unheard)
    expect(accountDue(again, OVERLAP)).toBe(5_300)
  })

  test('F31 not while that is not carried', () => {
    const { state } = run(...carried, expired('a'), created('b'), ...opens('b', '2'), lost('b', '2'))
    expect(accountDue(state, OVERLAP)).toBe(Infinity)
  })

  test('with a dead key and nothing open: ended at once', () => {
    const { state } = run(...carried, expired('a'), created('b'), lost('a', '1'))
    expect([keys(state), accountDue(state, OVERLAP)]).toEqual([['a', 'b'], -Infinity])
    expect(words(step(state, tick, 0)[1])).toBe('End a')
    const { state: opening } = run(...dropped, says('a', 'Connecting', '2'), gone('a'))
    expect(accountDue(opening, OVERLAP)).toBe(-Infinity)
  })

  test('of several with other keys only the last one that is open goes on', () => {
    const open = [...carried, expired('a'), created('b'), ...opens('b', '2'), expired('b')]
    const { state, last } = run(...open, created('c'))
    expect([keys(state), words(last)]).toEqual([['b', 'c'], 'Rotating, End a, Start c'])
    const closed = run(...open, lost('b', '2'), created('c'))
    expect([keys(closed.state), words(closed.last)]).toEqual([['a', 'c'], 'Rotating, End b, Start c'])
  })

  test('F34 the same key again goes on with its own', () => {
    const again = run(...carried, expired('a'), created('a'), expired('a'), created('a'))
    expect([keys(again.state), words(again.last)]).toEqual([['a'], 'Carried'])
    const idle = run(...carried, expired('a'), lost('a', '1'), tick, created('a'))
    expect([keys(idle.state), words(idle.last)]).toEqual([['a'], 'Start a'])
  })

  test('a key that was used before goes on with its own, while that is there', () => {
    const open = [...carried, expired('a'), created('b'), ...opens('b', '2'), expired('b')]
    const { state, last } = run(...open, created('a'))
    expect([keys(state), words(last)]).toEqual([['b', 'a'], 'Rotating, Carried'])
  })

  test('of a key that is not in use: said, and no more', () => {
    const { state, last } = run(created('a'), ...opens('b', '2'), event('b'))
    expect([state, words(last)]).toEqual([run(created('a')).state, 'Pass'])
  })
})

describe('a key is doubted only when a connection of its was open before', () => {
  test('not at the first after it was created, or created again', () => {
    expect(words(run(created('a'), ...opens('a', '1')).last)).toBe('Pass, Carried')
    expect(words(run(created('a'), says('a', 'Connecting', '1'), lost('a', '1'), ...opens('a', '2')).last)).toBe(
      'Pass, Carried',
    )
    const again = run(...carried, expired('a'), lost('a', '1'), created('a'), ...opens('a', '2'))
    expect(words(again.last)).toBe('Pass, Carried')
  })

  test('at the next, also where it was open when the key was created again', () => {
    const again = run(...carried, expired('a'), created('a'), lost('a', '1'), ...opens('a', '2'))
    expect([again.state.phase, words(again.last)]).toEqual([{ _tag: 'Unproven', key: 'a' }, 'Pass, Extend'])
  })

  test('once it is proven it is carried, and the next loss doubts it again', () => {
    const proven = run(...dropped, ...opens('a', '2'), extended('a'), lost('a', '2'), ...opens('a', '3'))
    expect(proven.outputs.slice(-4).map(words)).toEqual(['Trust, Carried', 'Pass, Lost', 'Pass', 'Pass, Extend'])
  })

  test('proven while nothing is open: carried with the next connection that proves it, too', () => {
    const proven = run(...dropped, ...opens('a', '2'), lost('a', '2'), extended('a'), ...opens('a', '3'))
    expect(proven.outputs.slice(-3).map(words)).toEqual(['Trust', 'Pass', 'Pass, Extend'])
  })

  test('a rotation is no loss: carried all the while, and extended', () => {
    const rotated = run(...carried, ...opens('a', '2'), says('a', 'Closed', '1'))
    expect(rotated.outputs.slice(-3).map(words)).toEqual(['Pass', 'Pass, Extend', 'Pass'])
    expect(rotated.state.phase).toEqual({ _tag: 'Alive', key: 'a', wasOpen: true, carriedAt: 2 })
  })
})

test('where streams are asked for, the account is carried when all are answered', () => {
  const answer = (_tag: 'Acknowledged' | 'Rejected', stream: string): AccountInput =>
    said('a', { _tag, stream, reason: '', receivedAt: 0, source: { id: '1' } })
  let state = absent
  const inputs = [...carried, answer('Acknowledged', 'x'), answer('Rejected', 'y'), answer('Acknowledged', 'x')]
  const outputs = inputs.map((input) => {
    const [next, output] = step(state, input, 0, new Set(['x', 'y']))
    state = next
    return words(output)
  })
  expect(outputs).toEqual(['Start a', 'Pass', 'Pass', 'Pass', 'Pass, Carried', 'Pass'])
})

describe('whatever happens, in whatever order', () => {
  const key = fc.constantFrom('a', 'b', 'c')
  const id = fc.constantFrom('1', '2', '3')
  const input = fc.oneof(
    ...[key.map(created), key.map(extended), key.map(gone), key.map(event), key.map((name) => heard(name))],
    fc.tuple(key, fc.option(key, { nil: undefined })).map(([name, named]) => expired(name, named)),
    ...(['Connecting', 'Connected', 'Closed'] as const).map((tag) =>
      fc.tuple(key, id).map(([name, source]) => says(name, tag, source)),
    ),
    fc.tuple(key, id).map(([name, source]) => lost(name, source)),
    fc.constantFrom(failed, tick),
  )
  const inputs = fc.array(fc.tuple(input, fc.integer({ min: 0, max: 80 })), { maxLength: 80 })

  /** Calls `check` after each input, with everything that was asked and done until then. */
  const follow = (
    moves: readonly (readonly [AccountInput, number])[],
    check: (input: AccountInput, outputs: readonly AccountOutput[], state: AccountState, now: number) => void,
  ) => {
    let state = absent
    let now = 0
    for (const [move, wait] of moves) {
      now += wait
      const [next, outputs] = step(state, move, now)
      state = next
      check(move, outputs, state, now)
    }
  }

  property.prop([inputs])('F36 never carried without a live, proven key and an open connection of its own', (moves) => {
    let isCarried = false
    let alive: string | undefined
    /** What shows that the key in use lives has come since the account was lost. */
    let isProven = false
    const open = new Map<string, string>()
    const running = new Set<string>()
    follow(moves, (move, outputs) => {
      if (move._tag === 'Created') {
        if (alive !== move.key) isProven = true
        alive = move.key
      }
      if (move._tag === 'Gone' && move.key === alive) alive = undefined
      if (move._tag === 'Extended' && move.key === alive) isProven = true
      if (move._tag === 'Said') {
        const { key: own, news, signal } = move
        if (news?._tag === 'Expired' && (news.key ?? own) === alive) alive = undefined
        if (news?._tag === 'Event' && own === alive) isProven = true
        const connection = `${own} ${signal.source?.id ?? ''}`
        if (signal._tag === 'Connecting' && running.has(own)) open.set(connection, 'opening')
        if (signal._tag === 'Connected' && open.has(connection)) open.set(connection, 'open')
        if (signal._tag === 'Disconnected' || signal._tag === 'Closed') open.delete(connection)
      }
      for (const output of outputs) {
        if (output._tag === 'Start') running.add(output.key)
        if (output._tag === 'End') {
          running.delete(output.key)
          for (const connection of open.keys()) if (connection.startsWith(output.key)) open.delete(connection)
        }
        if (output._tag === 'Carried') {
          // They come in turns.
          expect([isCarried, isProven]).toEqual([false, true])
          isCarried = true
        }
        if (output._tag === 'Lost') {
          expect(isCarried).toBe(true)
          isCarried = false
          isProven = false
        }
      }
      const hasOpen = [...open].some(([name, is]) => is === 'open' && name.startsWith(`${alive ?? 'nobody'} `))
      if (isCarried) expect([alive !== undefined, hasOpen]).toEqual([true, true])
    })
  })

  property.prop([inputs])('F30 F32 at most one creation is under way, and only an expiry asks for one', (moves) => {
    let underWay = 1
    follow(moves, (move, outputs) => {
      if (move._tag === 'Created') underWay = 0
      const lapses = outputs.filter(
        (output) => output._tag === 'Say' && output.status._tag === 'Waiting' && move !== failed,
      )
      underWay += lapses.length
      expect(underWay).toBeLessThanOrEqual(1)
      const asked = outputs.filter(({ _tag }) => _tag === 'Expire').length
      expect(asked).toBe(move._tag === 'Said' ? lapses.length : 0)
    })
  })

  property.prop([inputs])(
    'F31 F34 a key has one session, which is there while the key is in use; two at most',
    (moves) => {
      const running = new Set<string>()
      follow(moves, (_, outputs, { phase, sessions }) => {
        for (const output of outputs) {
          if (output._tag === 'Start') {
            expect(running.has(output.key)).toBe(false)
            running.add(output.key)
          }
          if (output._tag === 'End') {
            expect([running.delete(output.key), output.key === phase.key && phase._tag !== 'Lapsed']).toEqual([
              true,
              false,
            ])
          }
        }
        expect([...running].sort()).toEqual(sessions.map((session) => session.key).sort())
        if (phase._tag === 'Alive' || phase._tag === 'Unproven') expect(running).toContain(phase.key)
        expect(running.size).toBeLessThanOrEqual(2)
      })
    },
  )

  property.prop([inputs])('what a session says passes once, and everything else stays out', (moves) => {
    follow(moves, (move, outputs) => {
      const passed = outputs.flatMap((output) => (output._tag === 'Pass' ? [output.signal] : []))
      expect(passed).toEqual(move._tag === 'Said' ? [move.signal] : [])
    })
  })

  property.prop([inputs])('a tick when it is due leaves nothing that was due', (moves) => {
    follow(moves, (_, __, state, now) => {
      const due = accountDue(state, OVERLAP)
      const at = Math.max(now, Number.isFinite(due) ? due : 0)
      const [after] = step(state, tick, at)
      expect(accountDue(after, OVERLAP)).toBe(due === Infinity || due > at ? due : Infinity)
    })
  })
})
