import { newSession } from '../../../../lib/communicators/websocket/session/Session.js'
import type { Phase, Session, SessionContext } from '../../../../lib/communicators/websocket/session/Session.js'
import { sessionDueAt, stepSession } from '../../../../lib/communicators/websocket/session/stepSession.js'
import { context, inputFrom, phaseFrom, phaseOf, said } from './inShort.js'

const quietOf = ({ quiet }: Session) => [...quiet.keys()].join(' ')

/** A session in a phase, these streams quiet since 0 and asked for elsewhere. */
const sessionIn = (phase: string, quiet = 'a b', more: Partial<Session> = {}): Session => {
  const names = quiet.split(' ').filter((name) => name !== '')
  const streams = { quiet: new Map(names.map((name) => [name, 0])), probed: new Set(names) }
  return { ...newSession(0), lastId: 7, phase: phaseFrom(phase), ...streams, ...more }
}

const stepped = (session: Session, now: number, input: string, given: Partial<SessionContext> = {}) => {
  const [next, outputs] = stepSession(session, inputFrom(input), { ...context, ...given, now })
  return { next, phase: phaseOf(next.phase), quiet: quietOf(next), outputs: outputs.map(said) }
}

const open = '1@10 ? 2@20 from Infinity until 60'

test.each<[before: string, now: number, input: string, after: string, quiet: string, ...outputs: string[]]>([
  ['1@10 ? Opening 2 until 60', 30, '2 Opened', '1@10 ? 2@30 from Infinity until 60', 'a b'],
  ['1@10 ? Opening 2 until 60', 30, '2 Ended', 'Active 1@10', 'a b', '2 Disconnected 1006 lost'],
  ['1@10 ? Opening 2 until 60', 30, '1 Ended', 'Opening 2', 'a b', '1 Disconnected 1006 lost', 'Extend 2'],
  ['1@10 ? Opening 2 until 60', 30, '1 Data', '1@10 ? Opening 2 until 60', 'a b'],
  ['1@10 ? Opening 2 until 60', 59, 'Tick', '1@10 ? Opening 2 until 60', 'a b'],
  ['1@10 ? Opening 2 until 60', 60, 'Tick', 'Active 1@10', 'a b', 'Close 2'],
  ['1@10 ? Opening 2 until 60', 30, 'Rotate', '1@10 + Opening 2', 'a b', '1 Rotating asked', 'Extend 2'],

  [open, 30, '1 Back a', open, 'b'],
  [open, 30, '1 Quiet c', open, 'a b c'],
  [open, 30, 'Want a c', open, 'a'],
  [open, 30, 'Want c', 'Active 1@10', '', 'Close 2'],
  [open, 30, '2 Back c', open, 'a b'],
  [open, 30, '9 Back a', open, 'a b'],
  [open, 30, '2 Back a', `${open} brought a at 35`, 'a b'],
  [`${open} brought a at 35`, 33, '2 Back b', `${open} brought a,b at 35`, 'a b'],
  [`${open} brought a at 35`, 33, '1 Back a', open, 'b'],
  [`${open} brought a at 35`, 33, '1 Back b', `${open} brought a at 35`, 'a'],
  [`${open} brought a at 35`, 34, 'Tick', `${open} brought a at 35`, 'a b'],
  [
    `${open} brought a at 35`,
    36,
    'Tick',
    '1@10 + 2@20 from Infinity',
    'b',
    '1 Rotating another connection brings a',
    'Extend 2',
  ],
  [`${open} brought a at 35`, 36, '1 Back a', open, 'b'],
  [open, 30, '2 Settled', '1@10 ? 2@20 from 35 until 60', 'a b', 'AwaitData 1'],
  ['1@10 ? 2@20 from 35 until 60', 30, '2 Unsettled', open, 'a b'],
  ['1@10 ? 2@20 from 35 until 60', 40, 'Tick', '1@10 ? 2@20 from 35 until 60', 'a b'],
  [open, 30, '1 Data', '1@10 ? 2@20 from Infinity activeData until 60', 'a b'],
  [open, 30, '2 Data', '1@10 ? 2@20 from Infinity data until 60', 'a b'],
  [open, 30, '2 ShuttingDown', '1@10 ? 2@20 from Infinity shutdown until 60', 'a b'],
  [open, 60, 'Tick', 'Active 1@10', 'a b', 'Close 2'],
  [open, 30, '2 Ended', 'Active 1@10', 'a b', '2 Disconnected 1006 lost'],
  [open, 30, '1 Ended', 'Active 2@20', 'a b', '1 Disconnected 1006 lost', 'Extend 2'],
  [`${open} brought a at 35`, 30, '1 Ended', 'Active 2@20', 'b', '1 Disconnected 1006 lost', 'Extend 2'],
  [open, 30, '1 ShuttingDown', '1@10 + 2@20 from Infinity', 'a b', '1 Rotating serverShutdown', 'Extend 2'],
  [open, 1_000_010, 'Tick', '1@10 + 2@20 from Infinity', 'a b', '1 Rotating lifetime', 'Extend 2'],
  ['1@10 + 2@20 from Infinity', 30, '1 Quiet c', '1@10 + 2@20 from Infinity', 'a b'],
  ['1@10 + 2@20 from Infinity', 30, '2 Quiet c', '1@10 + 2@20 from Infinity', 'a b c'],
  ['1@10 + 2@20 from Infinity', 30, '2 Back a', '1@10 + 2@20 from Infinity', 'b'],
  ['1@10 + Opening 2', 30, '1 Quiet c', '1@10 + Opening 2', 'a b'],
])('F51 %s, at %d %s: %s, quiet %s', (before, now, input, after, quiet, ...outputs) => {
  const { phase, quiet: left, outputs: done } = stepped(sessionIn(before), now, input)
  expect([phase, left, done]).toEqual([after, quiet, outputs])
})

test('F51 what the active connection has brought after all proves nothing at its time either', () => {
  const { next } = stepped(sessionIn(`${open} brought a at 35`), 33, '1 Back a')
  const { phase, quiet, outputs } = stepped(next, 36, 'Tick')
  expect([phase, quiet, outputs]).toEqual([open, 'b', []])
})

describe('a probe of a connection that has to be replaced becomes its rotation', () => {
  test.each([
    ['F10 at the end of its time', 1_000_010, 'Tick', 'lifetime'],
    ['F11 when the venue will close it', 30, '1 ShuttingDown', 'serverShutdown'],
  ])('%s', (_, at, input, reason) => {
    const { phase, outputs } = stepped(sessionIn('1@10 ? 2@20 from Infinity until 2000000'), at, input)
    expect([phase, outputs]).toEqual(['1@10 + 2@20 from Infinity', [`1 Rotating ${reason}`, 'Extend 2']])
  })
})

describe('F51 streams that are quiet', () => {
  test('are asked for over another connection, for as long as they were so', () => {
    const { phase, outputs } = stepped(sessionIn('Active 1@10', ''), 100, '1 Quiet a b')
    expect(phase).toBe('1@10 ? Opening 8 until 200')
    expect(outputs).toEqual(['1 Probing nothing comes of a, b', 'Open 8 for a,b'])
  })

  test('are not, where another connection says so', () => {
    expect(stepped(sessionIn('Active 1@10', ''), 100, '9 Quiet a')).toMatchObject({ phase: 'Active 1@10', quiet: '' })
    expect(stepped(sessionIn('Opening 1', ''), 100, '1 Quiet a')).toMatchObject({ phase: 'Opening 1', quiet: '' })
  })

  test('for no longer than ten minutes, from the one that is so for longest', () => {
    const quiet = new Map([...[500_000, 2_000_000].map((since) => [`${since}`, since] as const)])
    const session = { ...sessionIn('Active 1@1400000', ''), quiet }
    expect(stepped(session, 2_100_000, 'Tick').phase).toBe('1@1400000 ? Opening 8 until 2700000')
    expect(stepped(session, 2_099_999, '1 Back 500000').phase).toBe('1@1400000 ? Opening 8 until 2199998')
  })

  test('many of them are named by three', () => {
    const { outputs } = stepped(sessionIn('Active 1@10', ''), 100, '1 Quiet a b c d e')
    expect(outputs[0]).toBe('1 Probing nothing comes of a, b, c and 2 more')
    expect(stepped(sessionIn('Active 1@10', ''), 100, '1 Quiet a b c').outputs[0]).toBe(
      '1 Probing nothing comes of a, b, c',
    )
  })

  test('wait where no attempt is allowed', () => {
    const { next, phase, outputs } = stepped(sessionIn('Active 1@10', ''), 100, '1 Quiet a', { probeAllowedAt: 101 })
    expect([phase, outputs, sessionDueAt(next)]).toEqual(['Active 1@10', [], 101])
    expect(stepped(next, 100, 'Tick').phase).toBe('Active 1@10')
    expect(stepped(next, 101, 'Tick', { probeAllowedAt: 101 }).phase).toBe('1@10 ? Opening 8 until 202')
  })

  test('are asked for again after a minute, then two, and at last every ten', () => {
    const forEver: Phase = { _tag: 'Active', active: { id: 1, openedAt: 10, rotateAt: Infinity } }
    let session: Session = { ...sessionIn('Active 1@10', ''), phase: forEver }
    let now = 100
    const waits: number[] = []
    session = stepped(session, now, '1 Quiet a').next
    for (let i = 0; i < 6; i++) {
      const { next } = stepped(session, now, `${session.lastId} Ended`)
      expect(phaseOf(next.phase)).toBe('Active 1@10')
      waits.push(sessionDueAt(next) - now)
      now = sessionDueAt(next)
      expect(stepped(next, now - 1, 'Tick').phase).toBe('Active 1@10')
      session = stepped(next, now, 'Tick').next
    }
    expect(waits).toEqual([60_000, 120_000, 240_000, 480_000, 600_000, 600_000])
  })

  test('one that was not asked for elsewhere yet is at once, the others with it', () => {
    const alone = stepped(sessionIn(open), 60, 'Tick')
    expect(alone.outputs).toEqual(['Close 2'])
    expect(stepped(alone.next, 70, '1 Data').phase).toBe('Active 1@10')
    expect(stepped(alone.next, 70, '1 Quiet c').outputs).toEqual([
      '1 Probing nothing comes of a, b, c',
      'Open 8 for a,b,c',
    ])
    const during = stepped(stepped(sessionIn(open), 30, '1 Quiet c').next, 60, 'Tick')
    expect(during.outputs).toEqual(['Close 2', '1 Probing nothing comes of a, b, c', 'Open 8 for a,b,c'])
  })

  test('that came meanwhile are no reason to ask', () => {
    const back = stepped(stepped(sessionIn(open), 60, 'Tick').next, 70, '1 Back a')
    const both = stepped(back.next, 71, '1 Back b')
    expect([sessionDueAt(back.next), sessionDueAt(both.next)]).toEqual([60_060, 1_000_010])
  })

  test('what the new connection was not asked for is not quiet there', () => {
    const later = stepped(sessionIn(`${open} brought a at 35`), 30, '1 Quiet c').next
    expect(stepped(later, 35, 'Tick')).toMatchObject({ quiet: 'b', outputs: [expect.anything(), 'Extend 2'] })
    expect(stepped(later, 30, '1 Ended').quiet).toBe('b')
  })

  test('what it was asked for and did not bring either is asked for elsewhere in a minute', () => {
    const proven = stepped(sessionIn(`${open} brought a at 35`, 'a b', { fruitless: 3 }), 35, 'Tick').next
    const after = stepped({ ...proven, phase: phaseFrom('Active 2@20') }, 40, '2 Data').next
    expect([after.fruitless, sessionDueAt(after)]).toEqual([0, 60_035])
  })

  test('nothing is quiet on a connection that is opened anew', () => {
    expect(stepped(sessionIn('Active 1@10'), 30, 'Rotate').quiet).toBe('')
    expect(stepped(sessionIn('Active 1@10'), 30, '1 Ended').quiet).toBe('')
    expect(stepped(sessionIn('1@10 + 2@20 from Infinity'), 30, '2 Ended').quiet).toBe('')
  })

  test('attempts start anew with a connection that was stable, and one that is lost too soon counts', () => {
    const after = (now: number, input: string) => {
      const { attempt, throttleLevel } = stepped(
        sessionIn(open, 'a', { attempt: 3, throttleLevel: 2 }),
        now,
        input,
      ).next
      return [attempt, throttleLevel]
    }
    expect([after(60_009, 'Rotate'), after(60_010, 'Rotate')]).toEqual([
      [3, 2],
      [0, 0],
    ])
    expect([after(30, '1 Ended'), after(60_010, '1 Ended')]).toEqual([
      [3, 2],
      [3, 0],
    ])
  })
})

test.each<readonly [phase: string, due: number]>([
  ['1@10 ? Opening 2 until 60', 60],
  [`${open} brought a at 35`, 35],
  [`${open} brought a at 75`, 60],
  ['1@10 ? Opening 2 until 2000000', 1_000_010],
])('%s has to be looked at again at %d', (phase, due) => expect(sessionDueAt(sessionIn(phase))).toBe(due))

test('a successor that was to shut down is replaced at once where the active one is lost', () => {
  const { phase, outputs } = stepped(sessionIn('1@10 ? 2@20 from Infinity shutdown until 60'), 30, '1 Ended')
  expect(phase).toBe('2@20 + Opening 8')
  expect(outputs).toEqual(['1 Disconnected 1006 lost', 'Extend 2', '2 Rotating serverShutdown', 'Open 8'])
})
