import {
  MOST_BUFFERED,
  openGate,
  stepGate,
  type GateInput,
  type ReconcileGate,
} from '../../../lib/communicators/account/reconcileGate.js'
import { frame, type Frame } from '../../../lib/Signal.js'
import { fc, test as property } from '../../property.js'

const MOST = 3
const at = (n: number) => frame(String(n), n)
const lost = (time: number, reason = 'reset'): GateInput => ({ _tag: 'Lost', at: time, reason })
const carried = (time: number): GateInput => ({ _tag: 'Carried', at: time })

/** What comes out of each input, and the state at the end. */
const run = (...inputs: readonly GateInput[]) => {
  let state = openGate
  const outputs = inputs.map((input) => {
    const [next, output] = stepGate(state, input, MOST)
    state = next
    return output
  })
  return { state, outputs, last: outputs.at(-1) }
}

test('frames pass as long as nothing was lost', () => {
  expect(run(carried(1), at(2), at(3)).outputs).toEqual([
    [],
    [{ _tag: 'Pass', frame: at(2) }],
    [{ _tag: 'Pass', frame: at(3) }],
  ])
})

test('a loss says when the account was heard last, when it was lost, and when it was carried again', () => {
  const { last } = run(carried(1), at(2), lost(5), carried(9))
  expect(last).toEqual([
    { _tag: 'Reconcile', run: 2, loss: { reason: 'reset', heardAt: 2, lostAt: 5, connectedAt: 9 }, dropped: 0 },
  ])
  expect(run(carried(1), lost(5), carried(9)).last).toMatchObject([{ loss: { heardAt: 1 } }])
})

test('a loss before anything was heard', () => {
  const loss = { reason: 'reset', heardAt: -Infinity, lostAt: 5, connectedAt: 9 }
  expect(run(lost(5), carried(9)).last).toEqual([{ _tag: 'Reconcile', run: 2, loss, dropped: 0 }])
})

test('of two losses without a reconciliation between, the first counts', () => {
  const loss = { reason: 'reset', heardAt: 2, lostAt: 5, connectedAt: 12 }
  const { outputs } = run(carried(1), at(2), lost(5), carried(9), at(10), lost(11, 'again'), carried(12))
  expect(outputs.slice(4)).toEqual([
    [{ _tag: 'Buffer', frame: at(10) }],
    [{ _tag: 'Cancel' }],
    [{ _tag: 'Reconcile', run: 4, loss, dropped: 0 }],
  ])
})

test('after a reconciliation that worked, everything is as before, and the next loss is another one', () => {
  const { outputs } = run(
    ...[carried(1), lost(2), carried(3), at(4), { _tag: 'Reconciled', run: 2 } as const],
    ...[at(6), lost(7), carried(8)],
  )
  expect(outputs.slice(4)).toEqual([
    [{ _tag: 'Release' }],
    [{ _tag: 'Pass', frame: at(6) }],
    [{ _tag: 'Cancel' }],
    [{ _tag: 'Reconcile', run: 4, loss: { reason: 'reset', heardAt: 6, lostAt: 7, connectedAt: 8 }, dropped: 0 }],
  ])
})

test('a reconciliation hears nothing: the next loss begins when the account was carried, or with what waited', () => {
  const done = { _tag: 'Reconciled', run: 2 } as const
  const next = [lost(60), carried(63)]
  expect(run(carried(1), lost(2), carried(3), done, ...next).last).toMatchObject([{ loss: { heardAt: 3 } }])
  expect(run(carried(1), lost(2), carried(3), at(5), done, ...next).last).toMatchObject([{ loss: { heardAt: 5 } }])
  expect(run(carried(1), lost(2), at(2.5), carried(3), done, ...next).last).toMatchObject([{ loss: { heardAt: 3 } }])
  const many = [at(4), at(5), at(6), at(7)]
  const last = { ...done, run: 3 }
  expect(run(carried(1), lost(2), carried(3), ...many, last, ...next).last).toMatchObject([{ loss: { heardAt: 7 } }])
})

const another: readonly { readonly input: GateInput }[] = [
  { input: { _tag: 'Reconciled', run: 1 } },
  { input: { _tag: 'Failed', run: 1, reason: 'x' } },
  { input: { _tag: 'Due', run: 1 } },
]
test.each(another)('what another run says is nobody’s concern: %j', ({ input }) => {
  const reconciling = run(carried(1), lost(2), carried(3))
  const waiting = run(carried(1), lost(2), carried(3), { _tag: 'Failed', run: 2, reason: 'x' })
  for (const { state } of [reconciling, waiting]) expect(stepGate(state, input, MOST)).toEqual([state, []])
})

describe('from each phase', () => {
  const failed: GateInput = { _tag: 'Failed', run: 2, reason: 'x' }
  const phases = {
    Open: run(carried(1)).state,
    Uncarried: run(carried(1), lost(2)).state,
    Reconciling: run(carried(1), lost(2), carried(3)).state,
    Waiting: run(carried(1), lost(2), carried(3), failed).state,
  }
  const inputs: Readonly<Record<string, (gate: ReconcileGate) => GateInput>> = {
    frame: () => at(5),
    lost: () => lost(5),
    carried: () => carried(5),
    reconciled: ({ run }) => ({ _tag: 'Reconciled', run }),
    failed: ({ run }) => ({ _tag: 'Failed', run, reason: 'y' }),
    due: ({ run }) => ({ _tag: 'Due', run }),
  }

  test.each<[keyof typeof phases, string, string, string]>([
    ['Open', 'frame', 'Open', 'Pass'],
    ['Open', 'lost', 'Uncarried', 'Cancel'],
    ['Open', 'carried', 'Open', ''],
    ['Open', 'reconciled', 'Open', ''],
    ['Open', 'failed', 'Open', ''],
    ['Open', 'due', 'Open', ''],
    ['Uncarried', 'frame', 'Uncarried', 'Buffer'],
    ['Uncarried', 'lost', 'Uncarried', 'Cancel'],
    ['Uncarried', 'carried', 'Reconciling', 'Reconcile'],
    ['Uncarried', 'reconciled', 'Uncarried', ''],
    ['Uncarried', 'failed', 'Uncarried', ''],
    ['Uncarried', 'due', 'Uncarried', ''],
    ['Reconciling', 'frame', 'Reconciling', 'Buffer'],
    ['Reconciling', 'lost', 'Uncarried', 'Cancel'],
    ['Reconciling', 'carried', 'Reconciling', 'Reconcile'],
    ['Reconciling', 'reconciled', 'Open', 'Release'],
    ['Reconciling', 'failed', 'Waiting', 'Wait'],
    ['Reconciling', 'due', 'Reconciling', ''],
    ['Waiting', 'frame', 'Waiting', 'Buffer'],
    ['Waiting', 'lost', 'Uncarried', 'Cancel'],
    ['Waiting', 'carried', 'Reconciling', 'Reconcile'],
    ['Waiting', 'reconciled', 'Waiting', ''],
    ['Waiting', 'failed', 'Waiting', ''],
    ['Waiting', 'due', 'Reconciling', 'Reconcile'],
  ])('%s, %s: %s %s', (phase, input, next, said) => {
    const before = phases[phase]
    const [after, outputs] = stepGate(before, inputs[input]?.(before) ?? at(0), MOST)
    expect([after._tag, outputs.map(({ _tag }) => _tag).join()]).toEqual([next, said])
    if (said === '' && input !== 'carried') expect(after).toBe(before)
  })
})

test('failures are counted until it works, or there is another loss', () => {
  const failed = (run: number): GateInput => ({ _tag: 'Failed', run, reason: 'x' })
  const due = (run: number): GateInput => ({ _tag: 'Due', run })
  const { outputs } = run(carried(1), lost(2), carried(3), failed(2), due(2), failed(3), lost(6), carried(7), failed(5))
  const attempts = outputs.flat().flatMap((output) => (output._tag === 'Wait' ? [output.attempt] : []))
  expect(attempts).toEqual([1, 2, 1])
})

test('too many while nothing is carried: dropped, and told with the next reconciliation', () => {
  const { outputs } = run(carried(1), lost(2), at(3), at(4), at(5), at(6), carried(7))
  expect(outputs.slice(5)).toEqual([
    [{ _tag: 'Discard' }, { _tag: 'Buffer', frame: at(6) }],
    [{ _tag: 'Reconcile', run: 2, loss: { reason: 'reset', heardAt: 1, lostAt: 2, connectedAt: 7 }, dropped: 3 }],
  ])
})

test('F69 the frames that wait have a bound in characters: beyond it they are dropped, and covered by another run', () => {
  const large = (time: number, length: number) => frame('x'.repeat(length), time)
  const [half, more, huge] = [large(4, MOST_BUFFERED / 2), large(5, MOST_BUFFERED / 2 + 1), large(6, MOST_BUFFERED + 1)]
  const { outputs, state } = run(carried(1), lost(2), carried(3), half, more, huge, at(7))
  expect(outputs.slice(3).map((some) => some.map((one) => [one._tag, 'dropped' in one ? one.dropped : '']))).toEqual([
    [['Buffer', '']],
    [
      ['Discard', ''],
      ['Buffer', ''],
      ['Reconcile', 1],
    ],
    [
      ['Discard', ''],
      ['Buffer', ''],
      ['Reconcile', 2],
    ],
    [
      ['Discard', ''],
      ['Buffer', ''],
      ['Reconcile', 3],
    ],
  ])
  expect(state).toMatchObject({ buffered: 1, size: 1 })
})

test('F69 as many characters as may wait do', () => {
  const half = (time: number) => frame('x'.repeat(MOST_BUFFERED / 2), time)
  const { state } = run(carried(1), lost(2), carried(3), half(4), half(5))
  expect(state).toMatchObject({ buffered: 2, size: MOST_BUFFERED, dropped: 0 })
})

type Move = 'frame' | 'lost' | 'carried' | 'done' | 'failed' | 'due'

property.prop([
  fc.array(fc.constantFrom<Move>('frame', 'lost', 'carried', 'done', 'failed', 'due'), { maxLength: 60 }),
])(
  'whatever happens: no frame passes a loss unreconciled, none comes twice, none out of order, none goes missing',
  (moves) => {
    let state: ReconcileGate = openGate
    let held: Frame[] = []
    const passed: number[] = []
    const dropped: number[] = []
    let covered = -1
    moves.forEach((move, time) => {
      const inputs: Record<Move, GateInput> = {
        frame: at(time),
        lost: lost(time),
        carried: carried(time),
        done: { _tag: 'Reconciled', run: state.run },
        failed: { _tag: 'Failed', run: state.run, reason: 'x' },
        due: { _tag: 'Due', run: state.run },
      }
      const before = state.run
      const [next, outputs] = stepGate(state, inputs[move], MOST)
      state = next
      for (const output of outputs) {
        if (output._tag === 'Pass') {
          expect(held).toEqual([])
          passed.push(output.frame.receivedAt)
        }
        if (output._tag === 'Buffer') held.push(output.frame)
        if (output._tag === 'Reconcile') covered = output.loss.connectedAt
        if (output._tag === 'Discard' || output._tag === 'Release') {
          for (const { receivedAt } of held) (output._tag === 'Discard' ? dropped : passed).push(receivedAt)
          // What was dropped is covered by the reconciliation that comes to its end.
          if (output._tag === 'Release') expect(Math.max(-1, ...dropped)).toBeLessThanOrEqual(covered)
          held = []
        }
      }
      expect(held.length).toBe(state._tag === 'Open' ? 0 : state.buffered)
      expect(held.length).toBeLessThanOrEqual(MOST)
      expect(outputs.some(({ _tag }) => _tag === 'Reconcile')).toBe(state._tag === 'Reconciling' && state.run > before)
      expect(passed).toEqual(passed.toSorted((a, b) => a - b))
    })
    const frames = moves.flatMap((move, time) => (move === 'frame' ? [time] : []))
    const all = [...passed, ...dropped, ...held.map(({ receivedAt }) => receivedAt)]
    expect(all.toSorted((a, b) => a - b)).toEqual(frames)
  },
)
