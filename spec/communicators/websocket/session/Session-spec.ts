import type { End } from '../../../../lib/communicators/websocket/connection/ConnectionFact.js'
import { newSession, type SessionContext } from '../../../../lib/communicators/websocket/session/Session.js'
import { sessionDueAt, stepSession } from '../../../../lib/communicators/websocket/session/stepSession.js'
import { context, inputFrom, phaseOf, said } from './inShort.js'
import { fc, test as property } from '../../../property.js'

const throttled = { code: 1008, isThrottled: true }

/** What is not as usual. */
type Given = Partial<SessionContext> & { readonly end?: Partial<End> }

/** A session that is told things at times, and all that it did. */
const run = (steps: readonly (readonly [now: number, input: string, given?: Given])[]) => {
  let session = newSession(0)
  const log: string[] = []
  for (const [now, input, { end, ...changes } = {}] of steps) {
    const [stepped, outputs] = stepSession(session, inputFrom(input, end), { ...context, ...changes, now })
    session = stepped
    log.push(...outputs.map((output) => `${now} ${said(output)}`))
  }
  return { session, log, opened: log.filter((line) => line.includes('Open')) }
}

describe('the course of a session', () => {
  test('it opens at once, and again after each loss', () => {
    const { log, session } = run([
      [0, 'Tick'],
      [0, 'Tick'],
      [10, '1 Opened'],
      [20, '1 Ended'],
      [519, 'Tick'],
      [520, 'Tick'],
      [530, '2 Ended', { end: { code: 503 } }],
    ])
    expect(log).toEqual([
      '0 Open 1',
      '20 1 Disconnected 1006 lost',
      '20 1 Waiting 500 #1 lost',
      '520 Open 2',
      '530 2 Disconnected 503 lost',
      '530 2 Waiting 1000 #2 lost',
    ])
    expect([phaseOf(session.phase), sessionDueAt(session)]).toEqual(['Waiting 1530', 1_530])
  })

  test('a stable spell makes the next loss the first', () => {
    const after = (spell: number, end: Partial<End> = {}) =>
      run([
        [0, 'Tick'],
        [0, '1 Ended'],
        [500, 'Tick'],
        [500, '2 Opened'],
        [500 + spell, '2 Ended', { end }],
      ]).log.at(-1)
    expect(after(59_999)).toBe('60499 2 Waiting 1000 #2 lost')
    expect(after(60_000)).toBe('60500 2 Waiting 500 #1 lost')
    expect(after(60_000, { isFruitless: true })).toBe('60500 2 Waiting 1000 #2 lost')
  })

  test('the more often it asked for too much, the less it asks for', () => {
    const { opened } = run([
      [0, 'Tick'],
      [0, '1 Ended', { end: throttled }],
      [5_000, 'Tick'],
      [5_000, '2 Ended', { end: throttled }],
      [10_000, 'Tick'],
      [10_000, '3 Opened'],
      [10_000, '3 Ended'],
      [20_000, 'Tick'],
      [20_000, '4 Opened'],
      [80_000, '4 Ended', { end: throttled }],
      [85_000, 'Tick'],
      [85_000, '5 Opened'],
      [145_000, '5 Ended'],
      [145_500, 'Tick'],
    ])
    expect(opened).toEqual([
      '0 Open 1',
      '5000 Open 2 level 1',
      '10000 Open 3 level 2',
      '20000 Open 4 level 2',
      '85000 Open 5 level 1',
      '145500 Open 6',
    ])
  })

  test('F01 an attempt that does not reach the venue goes on to the next endpoint, every other end does not', () => {
    const { opened } = run([
      [0, 'Tick'],
      [0, '1 Ended'],
      [500, 'Tick'],
      [500, '2 Ended', { end: { code: 503 } }],
      [1_500, 'Tick'],
      [1_500, '3 Opened'],
      [1_500, '3 Ended'],
      [3_500, 'Tick'],
      [3_500, '4 Ended'],
      [7_500, 'Tick'],
    ])
    expect(opened.map((line) => line.replace(/^\d+ /, ''))).toEqual([
      'Open 1',
      'Open 2 unreached 1',
      'Open 3 unreached 1',
      'Open 4 unreached 1',
      'Open 5 unreached 2',
    ])
  })

  test('waits where no attempt is allowed', () => {
    const { log, session } = run([
      [0, 'Tick', { attemptAt: 700 }],
      [699, 'Tick'],
      [700, 'Tick', { attemptAt: 700 }],
    ])
    expect(log).toEqual(['0 0 Waiting 700 #1 no attempt is allowed before then', '700 Open 1'])
    expect(phaseOf(session.phase)).toBe('Opening 1')
  })

  test('the attempt that has to wait is the one that it would have been', () => {
    const { log } = run([
      [0, 'Tick'],
      [0, '1 Ended'],
      [500, 'Tick'],
      [500, '2 Ended'],
      [1_500, 'Tick', { attemptAt: 2_000 }],
    ])
    expect(log.at(-1)).toBe('1500 2 Waiting 500 #2 no attempt is allowed before then')
  })

  test('a rotation that may not start yet waits, and is said once', () => {
    const { log } = run([
      [0, 'Tick'],
      [1, '1 Opened'],
      [2, 'Rotate', { attemptAt: 50 }],
      [3, 'Rotate'],
      [50, 'Tick'],
    ])
    expect(log).toEqual([
      '0 Open 1',
      '2 1 Rotating asked',
      '2 1 Waiting 48 #1 no attempt is allowed before then',
      '50 Open 2',
    ])
  })

  test('the active one is lost: the successor is it, without waiting, and asks for less', () => {
    const { log, session } = run([
      [0, 'Tick'],
      [1, '1 Opened'],
      [2, 'Rotate'],
      [3, '1 Ended', { end: throttled }],
      [4, '2 Opened'],
    ])
    expect(log).toEqual(['0 Open 1', '2 1 Rotating asked', '2 Open 2', '3 1 Disconnected 1008 lost'])
    expect([phaseOf(session.phase), session.throttleLevel, session.attempt]).toEqual(['Active 2@4', 1, 0])
  })

  test('a stable one is lost while it is replaced: what it was told before is forgotten, unless it was fruitless', () => {
    const level = (end: Partial<End>) =>
      run([
        [0, 'Tick'],
        [0, '1 Ended', { end: throttled }],
        [5_000, 'Tick'],
        [5_000, '2 Opened'],
        [5_001, 'Rotate'],
        [65_000, '2 Ended', { end }],
      ]).session.throttleLevel
    expect([level({}), level(throttled), level({ isFruitless: true })]).toEqual([0, 1, 1])
  })

  test('the successor is lost: the active one stays, and it is tried again', () => {
    const { log, session } = run([
      [0, 'Tick'],
      [1, '1 Opened'],
      [2, 'Rotate'],
      [3, '2 Ended'],
      [503, 'Tick'],
      [504, '3 Ended'],
      [600, '1 Ended'],
    ])
    expect(log.filter((line) => !line.includes('Disconnected'))).toEqual([
      '0 Open 1',
      '2 1 Rotating asked',
      '2 Open 2',
      '3 2 Waiting 500 #1 lost',
      '503 Open 3 unreached 1',
      '504 3 Waiting 1000 #2 lost',
      '600 1 Waiting 2000 #3 lost',
    ])
    expect(phaseOf(session.phase)).toBe('Waiting 2600')
  })

  test('attempts start anew with the rotation of a stable connection', () => {
    const after = (spell: number) =>
      run([
        [0, 'Tick'],
        [0, '1 Ended', { end: throttled }],
        [5_000, 'Tick'],
        [5_000, '2 Opened'],
        [5_000 + spell, 'Rotate'],
        [5_000 + spell, '3 Ended'],
      ]).log.filter((line) => /Open 3|3 Waiting/.test(line))
    expect(after(59_999)).toEqual(['64999 Open 3 level 1', '64999 3 Waiting 1000 #2 lost'])
    expect(after(60_000)).toEqual(['65000 Open 3', '65000 3 Waiting 500 #1 lost'])
  })

  const ofConnections = ['Opened', 'Settled', 'Unsettled', 'Data', 'ShuttingDown', 'Ended']
  const ofStreams = ['Quiet a', 'Quiet b c', 'Back a', 'Back b']
  const ofAll = ['Tick', 'Rotate', 'Want a c']
  const words = [...ofConnections, ...ofStreams, ...ofAll]
  property.prop([fc.array(fc.tuple(fc.constantFrom(...words), fc.nat(1), fc.nat(40_000)), { maxLength: 60 })])(
    'whatever happens: at most two connections, one of them always open or coming, and none forgotten',
    (steps) => {
      let session = newSession(0)
      let now = 0
      const living = new Set<number>()
      const put = (input: string) => {
        const [stepped, outputs] = stepSession(session, inputFrom(input), { ...context, now })
        session = stepped
        for (const output of outputs) {
          if (output._tag === 'Open') living.add(output.id)
          if (output._tag === 'Close') expect(living.delete(output.id)).toBe(true)
        }
      }
      put('Tick')
      for (const [word, which, wait] of steps) {
        now += wait
        const id = [...living][which % Math.max(1, living.size)] ?? 99
        if (word === 'Ended') living.delete(id)
        put(ofAll.includes(word) ? word : `${id} ${word}`)
        const known = phaseOf(session.phase).match(/(?<=Opening )\d+|\d+(?=@)/g) ?? []
        expect(known.map(Number)).toEqual([...living])
        expect(living.size).toBeLessThanOrEqual(2)
        if (living.size === 0) expect(sessionDueAt(session)).toBeLessThan(Infinity)
      }
    },
  )
})
