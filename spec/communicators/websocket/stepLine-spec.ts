import { givenUp, type End } from '../../../lib/communicators/websocket/End.js'
import {
  emptyLine,
  type Line,
  type LineContext,
  type LineInput,
  type LineOutput,
} from '../../../lib/communicators/websocket/Line.js'
import { lineDue, stepLine } from '../../../lib/communicators/websocket/stepLine.js'

const lost = givenUp('lost')
const slow: End = { ...lost, code: 1008, isSlow: true }

const calm: LineContext = {
  now: 0,
  policy: { delay: 500, maxDelay: 30_000, stableAfter: 60_000 },
  random: () => 0,
  term: 1_000_000,
  attemptAt: -Infinity,
  mayHandOver: () => false,
}

const text = (output: LineOutput): string => {
  if (output._tag === 'Wait') return `Wait ${output.id} ${output.delay} ${output.attempt} ${output.reason}`
  if (output._tag === 'Rotating') return `Rotating ${output.id} ${output.reason}`
  return `${output._tag} ${output.id}${output._tag === 'Open' && output.caution > 0 ? ` caution ${output.caution}` : ''}`
}

/** A line that is told things at times, and all that it did. */
const run = (steps: readonly (readonly [now: number, input: LineInput, context?: Partial<LineContext>])[]) => {
  let line: Line = emptyLine(0)
  const log: string[] = []
  for (const [now, input, context] of steps) {
    const [next, outputs] = stepLine(line, input, { ...calm, ...context, now })
    line = next
    log.push(...outputs.map((output) => `${now} ${text(output)}`))
  }
  return { line, log }
}

const tick: LineInput = { _tag: 'Tick' }
const rotate: LineInput = { _tag: 'Rotate', reason: 'asked' }
const opened = (id: number): LineInput => ({ _tag: 'Opened', id })
const settled = (id: number): LineInput => ({ _tag: 'Settled', id })
const doomed = (id: number): LineInput => ({ _tag: 'ShuttingDown', id })
const ended = (id: number, end = lost): LineInput => ({ _tag: 'Ended', id, end })
const handOver = { mayHandOver: () => true }

describe('a line', () => {
  test('opens at once, and again after each loss', () => {
    const { log, line } = run([
      [0, tick],
      [0, tick],
      [10, opened(1)],
      [20, ended(1)],
      [519, tick],
      [520, tick],
      [530, ended(2)],
    ])
    expect(log).toEqual(['0 Open 1', '20 Wait 1 500 1 lost', '520 Open 2', '530 Wait 2 1000 2 lost'])
    expect([line.active, line.openAt, lineDue(line, 5, 530)]).toEqual([undefined, 1_530, 1_530])
  })

  test('a stable spell makes the next loss the first', () => {
    const after = (spell: number, end = lost) =>
      run([
        [0, tick],
        [0, ended(1)],
        [500, tick],
        [500, opened(2)],
        [500 + spell, ended(2, end)],
      ]).log.at(-1)
    expect(after(59_999)).toBe('60499 Wait 2 1000 2 lost')
    expect(after(60_000)).toBe('60500 Wait 2 500 1 lost')
    expect(after(60_000, { ...lost, isFruitless: true })).toBe('60500 Wait 2 1000 2 lost')
  })

  test('the more often it asked for too much, the less it asks for', () => {
    const { log } = run([
      [0, tick],
      [0, ended(1, slow)],
      [5_000, tick],
      [5_000, ended(2, slow)],
      [10_000, tick],
      [10_000, ended(3)],
      [20_000, tick],
      [20_000, opened(4)],
      [80_000, ended(4, slow)],
      [85_000, tick],
      [85_000, opened(5)],
      [145_000, ended(5)],
      [145_500, tick],
    ])
    expect(log.filter((line) => line.includes('Open'))).toEqual([
      '0 Open 1',
      '5000 Open 2 caution 1',
      '10000 Open 3 caution 2',
      '20000 Open 4 caution 2',
      '85000 Open 5 caution 1',
      '145500 Open 6',
    ])
  })

  test('waits where no attempt is allowed', () => {
    const { log, line } = run([
      [0, tick, { attemptAt: 700 }],
      [699, tick],
      [700, tick, { attemptAt: 700 }],
    ])
    expect(log).toEqual(['0 Wait 0 700 1 no attempt is allowed before then', '700 Open 1'])
    expect(line.openAt).toBeUndefined()
  })

  test('rotates at its term, on demand, or when it has to', () => {
    const start = [
      [0, tick],
      [10, opened(1)],
    ] as const
    expect(run([...start, [1_000_009, tick], [1_000_010, tick]]).log).toEqual([
      '0 Open 1',
      '1000010 Rotating 1 lifetime',
      '1000010 Open 2',
    ])
    expect(run([...start, [20, rotate], [21, rotate], [22, tick]]).log).toEqual([
      '0 Open 1',
      '20 Rotating 1 asked',
      '20 Open 2',
    ])
    expect(run([...start, [20, doomed(1)], [21, doomed(1)]]).log).toEqual([
      '0 Open 1',
      '20 Rotating 1 serverShutdown',
      '20 Open 2',
    ])
  })

  test('does not rotate before it is open, while it waits, or for another connection', () => {
    expect(
      run([
        [0, tick],
        [1, rotate],
      ]).log,
    ).toEqual(['0 Open 1'])
    expect(
      run([
        [0, tick],
        [1, ended(1)],
        [2, rotate],
      ]).log.length,
    ).toBe(2)
    expect(
      run([
        [0, tick],
        [1, opened(1)],
        [2, doomed(7)],
      ]).log,
    ).toEqual(['0 Open 1'])
  })

  test('a rotation that may not start yet waits, and is said once', () => {
    const { log } = run([
      [0, tick],
      [1, opened(1)],
      [2, rotate, { attemptAt: 50 }],
      [3, rotate],
      [50, tick],
    ])
    expect(log).toEqual([
      '0 Open 1',
      '2 Rotating 1 asked',
      '2 Wait 1 48 1 no attempt is allowed before then',
      '50 Open 2',
    ])
  })

  test('the successor takes over when it may', () => {
    const { log, line } = run([
      [0, tick],
      [1, opened(1)],
      [2, rotate],
      [3, opened(2)],
      [4, settled(2)],
      [5, tick],
      [6, tick, handOver],
      [7, tick, handOver],
    ])
    expect(log).toEqual(['0 Open 1', '2 Rotating 1 asked', '2 Open 2', '6 Close 1'])
    expect(line).toMatchObject({
      active: { id: 2, openedAt: 3, settledAt: 4, rotateAt: 1_000_003 },
      successor: undefined,
    })
  })

  test('a doomed successor is replaced as soon as it took over', () => {
    const { log } = run([
      [0, tick],
      [1, opened(1)],
      [2, rotate],
      [3, opened(2)],
      [4, doomed(2)],
      [6, tick, handOver],
    ])
    expect(log.slice(3)).toEqual(['6 Close 1', '6 Rotating 2 serverShutdown', '6 Open 3'])
  })

  test('the active one is lost: the successor is it, without waiting', () => {
    const { log, line } = run([
      [0, tick],
      [1, opened(1)],
      [2, rotate],
      [3, ended(1, slow)],
      [4, opened(2)],
    ])
    expect(log).toEqual(['0 Open 1', '2 Rotating 1 asked', '2 Open 2'])
    expect(line).toMatchObject({ active: { id: 2, openedAt: 4 }, successor: undefined, caution: 1, openAt: undefined })
  })

  test('the successor is lost: the active one stays, and it is tried again', () => {
    const { log, line } = run([
      [0, tick],
      [1, opened(1)],
      [2, rotate],
      [3, ended(2)],
      [503, tick],
      [504, ended(3)],
      [600, ended(1)],
    ])
    expect(log).toEqual([
      '0 Open 1',
      '2 Rotating 1 asked',
      '2 Open 2',
      '3 Wait 2 500 1 lost',
      '503 Open 3',
      '504 Wait 3 1000 2 lost',
      '600 Wait 1 2000 3 lost',
    ])
    expect([line.active, line.openAt]).toEqual([undefined, 2_600])
  })

  test('attempts start anew with the rotation of a stable connection', () => {
    const after = (spell: number) =>
      run([
        [0, tick],
        [0, ended(1, slow)],
        [5_000, tick],
        [5_000, opened(2)],
        [5_000 + spell, rotate],
        [5_000 + spell, ended(3)],
      ]).log.slice(-2)
    expect(after(59_999)).toEqual(['64999 Open 3 caution 1', '64999 Wait 3 1000 2 lost'])
    expect(after(60_000)).toEqual(['65000 Open 3', '65000 Wait 3 500 1 lost'])
  })

  test('what it does not know is ignored', () => {
    const before = run([
      [0, tick],
      [1, opened(1)],
    ]).line
    for (const input of [ended(9), opened(9), settled(9)])
      expect(stepLine(before, input, { ...calm, now: 2 })).toEqual([before, []])
  })

  test('says when it has to be looked at again', () => {
    const rotating = run([
      [0, tick],
      [1, opened(1)],
      [2, rotate],
      [3, opened(2)],
      [10, settled(2)],
    ]).line
    expect([lineDue(rotating, 5, 14), lineDue(rotating, 5, 15)]).toEqual([15, Infinity])
    const open = run([
      [0, tick],
      [1, opened(1)],
    ]).line
    expect(lineDue(open, 5, 1)).toBe(1_000_001)
    expect(lineDue(emptyLine(7), 5, 1)).toBe(7)
  })
})
