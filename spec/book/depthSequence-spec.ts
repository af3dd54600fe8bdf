import { updatesIn } from '../../lib/book/backlog.js'
import {
  collecting,
  depthSequence,
  following,
  newestWaiting,
  type SequencedUpdate,
  type SequenceState,
  type Verdict,
} from '../../lib/book/depthSequence.js'
import { contiguousIds, linkedIds, linkedOrContiguousIds, type DepthRule } from '../../lib/venues/depthRule.js'
import { fc, test as property } from '../property.js'

interface Named extends SequencedUpdate {
  readonly name: string
}

/** `U-u@E`, or `U-u<pu@E`; without `@E`, the time is `u`. */
const update = (name: string): Named => {
  const [, U, u, pu, E = u] = /^(\d+)-(\d+)(?:<(\d+))?(?:@(\d+))?$/.exec(name) ?? []
  return {
    name,
    firstUpdateId: Number(U),
    lastUpdateId: Number(u),
    ...(pu !== undefined && { previousUpdateId: Number(pu) }),
    eventTime: Number(E),
  }
}

const show = (verdict: Verdict<Named>): string =>
  verdict._tag === 'Accepted' ? ['Accepted', ...verdict.updates.map(({ name }) => name)].join(' ') : verdict._tag

/** Plays updates, and snapshots written as `=id` or, with empty sides, `=id empty`. */
const play = (
  rule: DepthRule,
  inputs: readonly string[],
  from: SequenceState<Named> = collecting([]),
  maxBuffer?: number,
): { readonly verdicts: readonly string[]; readonly state: SequenceState<Named> } =>
  inputs.reduce<{ readonly verdicts: readonly string[]; readonly state: SequenceState<Named> }>(
    ({ verdicts, state }, input) => {
      const [, id, empty] = /^=(-?\d+)( empty)?$/.exec(input) ?? []
      const [next, verdict] = depthSequence(
        rule,
        state,
        id === undefined
          ? { _tag: 'Update', update: update(input) }
          : { _tag: 'Snapshot', lastUpdateId: Number(id), isEmpty: empty !== undefined },
        maxBuffer,
      )
      return { verdicts: [...verdicts, show(verdict)], state: next }
    },
    { verdicts: [], state: from },
  )

const verdicts = (rule: DepthRule, inputs: readonly string[], from?: SequenceState<Named>) =>
  play(rule, inputs, from).verdicts

const bufferOf = (state: SequenceState<Named>) =>
  state._tag === 'Collecting' ? updatesIn(state.buffer).map(({ name }) => name) : state._tag

const at100 = following<Named>({ lastUpdateId: 100, eventTime: 100 })

describe('collecting', () => {
  test('keeps what follows', () => {
    const { verdicts, state } = play(contiguousIds, ['1-3', '4-5', '5-8'])
    expect(verdicts).toEqual(['Buffered', 'Buffered', 'Buffered'])
    expect(bufferOf(state)).toEqual(['1-3', '4-5', '5-8'])
  })

  test('drops duplicates and what is older', () => {
    const { verdicts, state } = play(contiguousIds, ['1-3', '4-5', '4-5', '1-3'])
    expect(verdicts).toEqual(['Buffered', 'Buffered', 'Dropped', 'Dropped'])
    expect(bufferOf(state)).toEqual(['1-3', '4-5'])
  })

  test('begins anew with an update that does not follow', () => {
    const { verdicts, state } = play(linkedIds, ['1-3<0', '4-5<3', '8-9<7', '10-11<9'])
    expect(verdicts).toEqual(['Buffered', 'Buffered', 'Buffered', 'Buffered'])
    expect(bufferOf(state)).toEqual(['8-9<7', '10-11<9'])
  })

  test('lets the oldest go where the buffer is full', () => {
    const inputs = ['1-1', '2-2', '3-3', '4-4', '5-5']
    expect(bufferOf(play(contiguousIds, inputs, undefined, 3).state)).toEqual(['3-3', '4-4', '5-5'])
    expect(bufferOf(play(contiguousIds, inputs, undefined, 1).state)).toEqual(['5-5'])
    expect(bufferOf(play(contiguousIds, inputs, undefined, 5).state)).toEqual(inputs)
  })

  test('keeps 10,000 updates unless told otherwise', () => {
    const full = Array.from({ length: 9_999 }, (_, i) => update(`${i + 1}-${i + 1}`))
    const { state } = play(contiguousIds, ['10000-10000'], collecting(full))
    expect(bufferOf(state)).toHaveLength(10_000)
    const after = bufferOf(play(contiguousIds, ['10001-10001'], state).state)
    expect([after.length, after[0], after.at(-1)]).toEqual([10_000, '2-2', '10001-10001'])
  })

  test('F69 says where the oldest had to go', () => {
    expect(play(contiguousIds, ['1-1', '2-2', '3-3', '5-5', '6-6', '7-7'], undefined, 2).verdicts).toEqual(
      ['Buffered', 'Buffered', 'Overflowed', 'Buffered', 'Buffered', 'Overflowed'], // 5-5 begins anew
    )
  })

  test('F69 where a large one made several go, there is room again', () => {
    const sizes = [60_000, 60_000, 70_000, 190_000, 1_000]
    const verdicts: string[] = []
    sizes.reduce<SequenceState<Named>>((state, length, i) => {
      const sized = { ...update(`${i + 1}-${i + 1}`), bids: { length } }
      const [next, verdict] = depthSequence(contiguousIds, state, { _tag: 'Update', update: sized })
      verdicts.push(show(verdict))
      return next
    }, collecting([]))
    expect(verdicts).toEqual(['Buffered', 'Buffered', 'Buffered', 'Overflowed', 'Buffered'])
  })

  property.prop(
    [
      fc.array(fc.record({ step: fc.constantFrom(-1, 0, 1, 1, 1, 1, 1, 1, 2), levels: fc.nat(9) })),
      fc.integer({ min: 1, max: 9 }),
    ],
    {
      seed: 1,
    },
  )('keeps what a list that is copied each time keeps', (steps, most) => {
    let state: SequenceState<Named> = collecting([])
    let kept: readonly Named[] = []
    let id = 100
    steps.forEach(({ step, levels }, i) => {
      id += step
      const next = { ...update(`${id}-${id}@0`), name: `${i}`, bids: { length: levels } }
      const last = kept.at(-1)?.lastUpdateId
      // Times do not run on, so that nothing is a restart.
      if (last === undefined || next.lastUpdateId > last + 1) kept = [next]
      else if (next.lastUpdateId === last + 1) kept = [...kept, next].slice(-most)
      state = depthSequence(contiguousIds, state, { _tag: 'Update', update: next }, most)[0]
      expect(state._tag === 'Collecting' && updatesIn(state.buffer)).toEqual(kept)
    })
  })
})

describe('a snapshot', () => {
  test('older than the buffer is rejected, and the buffer is kept', () => {
    const { verdicts, state } = play(contiguousIds, ['101-105', '=99'])
    expect(verdicts).toEqual(['Buffered', 'Rejected'])
    expect(bufferOf(state)).toEqual(['101-105'])
    expect(play(contiguousIds, ['=100'], state).verdicts).toEqual(['Accepted 101-105'])
  })

  test('within the buffer is accepted, with the updates that it does not have', () => {
    const { verdicts, state } = play(contiguousIds, ['1-3', '4-6', '7-9', '10-12', '=7'])
    expect(verdicts.at(-1)).toBe('Accepted 7-9 10-12')
    expect(state).toEqual({ _tag: 'Following', local: 12, eventTime: 12 })
  })

  test('newer than the buffer is accepted, and waits for its first update', () => {
    const inputs = ['1-3', '4-6', '=9', '7-9', '10-12', '13-14']
    expect(verdicts(contiguousIds, inputs)).toEqual([
      'Buffered',
      'Buffered',
      'Accepted',
      'Dropped',
      'Applied',
      'Applied',
    ])
  })

  test('waiting for its first update, finds a gap', () => {
    const { verdicts, state } = play(contiguousIds, ['1-3', '=9', '11-12'])
    expect(verdicts).toEqual(['Buffered', 'Accepted', 'Gap'])
    expect(bufferOf(state)).toEqual(['11-12'])
  })

  test('on futures, an update that ends at the snapshot joins it', () => {
    expect(verdicts(linkedIds, ['1-9<0', '=9'])).toEqual(['Buffered', 'Accepted 1-9<0'])
    expect(verdicts(linkedIds, ['=9', '1-9<0', '20-30<9'])).toEqual(['Accepted', 'Applied', 'Applied'])
    expect(verdicts(linkedIds, ['=9', '20-30<9'])).toEqual(['Accepted', 'Applied'])
  })

  test('that nobody waits for begins anew', () => {
    expect(verdicts(contiguousIds, ['=50', '51-52'], at100)).toEqual(['Accepted', 'Applied'])
    expect(verdicts(contiguousIds, ['=50', '=60', '61-62'])).toEqual(['Accepted', 'Accepted', 'Applied'])
  })

  test.each(['=0 empty', '=-1 empty'])('%s is a valid empty book, which any first update follows', (empty) => {
    expect(verdicts(linkedIds, ['120-130<110', '140-150<130', empty])).toEqual([
      'Buffered',
      'Buffered',
      'Accepted 120-130<110 140-150<130',
    ])
    expect(verdicts(contiguousIds, [empty, '120-130', '140-150'])).toEqual(['Accepted', 'Applied', 'Gap'])
    expect(verdicts(contiguousIds, [empty, '0-0', '1-1'])).toEqual(['Accepted', 'Applied', 'Applied'])
  })

  test.each(['=0', '=1 empty'])('%s is not one', (snapshot) => {
    expect(verdicts(contiguousIds, ['120-130', snapshot])).toEqual(['Buffered', 'Rejected'])
  })
})

describe('following', () => {
  test.each([
    { rule: contiguousIds, input: '101-110' },
    { rule: contiguousIds, input: '90-110' },
    { rule: linkedIds, input: '120-130<100' },
    { rule: linkedOrContiguousIds, input: '120-130<100' },
    { rule: linkedOrContiguousIds, input: '101-130' },
  ])('$rule.name: applies $input', ({ rule, input }) => {
    const { verdicts, state } = play(rule, [input], at100)
    expect(verdicts).toEqual(['Applied'])
    expect(state).toEqual(following(update(input)))
  })

  test.each([
    { rule: contiguousIds, input: '102-110' },
    { rule: linkedIds, input: '101-130<99' },
    { rule: linkedIds, input: '101-130<101' },
    { rule: linkedOrContiguousIds, input: '101-130<99' },
    { rule: linkedOrContiguousIds, input: '102-130' },
  ])('$rule.name: $input is a gap, and the first that is buffered', ({ rule, input }) => {
    const { verdicts, state } = play(rule, [input], at100)
    expect(verdicts).toEqual(['Gap'])
    expect(bufferOf(state)).toEqual([input])
  })

  test.each([
    { rule: contiguousIds, input: '100-100' },
    { rule: contiguousIds, input: '90-99' },
    { rule: linkedIds, input: '90-100<89' },
    { rule: linkedIds, input: '90-99<89' },
    { rule: linkedOrContiguousIds, input: '90-100<89' },
  ])('$rule.name: $input is stale, a duplicate of the last one too', ({ rule, input }) => {
    expect(play(rule, [input], at100)).toEqual({ verdicts: ['Dropped'], state: at100 })
  })
})

test.each([
  ['no book', collecting<Named>([])],
  ['some updates', collecting([update('90-100<80')])],
  ['a snapshot', play(linkedIds, ['=100']).state],
  ['a book', at100],
])('an update that ends before it begins is never applied: %s', (_, from) => {
  for (const rule of [contiguousIds, linkedIds, linkedOrContiguousIds])
    for (const malformed of ['102-101<100', '120-110', '101-99<100', '101-100'])
      expect(play(rule, [malformed], from)).toEqual({ verdicts: ['Dropped'], state: from })
})

describe('ids that restart', () => {
  test('while following: two stale updates that are later, and chain', () => {
    const { verdicts, state } = play(linkedIds, ['1-5<0@101', '6-9<5@102', '10-11<9'], at100)
    expect(verdicts).toEqual(['Dropped', 'Restarted', 'Buffered'])
    expect(bufferOf(state)).toEqual(['1-5<0@101', '6-9<5@102', '10-11<9'])
  })

  test('while following: other stale updates are not a sign of it', () => {
    // not later
    expect(verdicts(contiguousIds, ['1-5@100', '6-9@100', '10-12@99'], at100)).toEqual([
      'Dropped',
      'Dropped',
      'Dropped',
    ])
    // the first one is not later
    expect(verdicts(contiguousIds, ['1-5@100', '6-9@101'], at100)).toEqual(['Dropped', 'Dropped'])
    // later, but not chained
    expect(verdicts(contiguousIds, ['1-5@101', '7-9@102', '5-6@103', '4-6@104'], at100)).toEqual([
      'Dropped',
      'Dropped',
      'Dropped',
      'Dropped',
    ])
    // a duplicate
    expect(verdicts(contiguousIds, ['1-5@101', '1-5@102'], at100)).toEqual(['Dropped', 'Dropped'])
    // the sign is forgotten once the book goes on
    expect(verdicts(contiguousIds, ['1-5@101', '101-101@102', '6-9@103'], at100)).toEqual([
      'Dropped',
      'Applied',
      'Dropped',
    ])
  })

  test('a duplicate between them does not hide them', () => {
    expect(verdicts(contiguousIds, ['1-5@101', '90-100@100', '6-9@102'], at100)).toEqual([
      'Dropped',
      'Dropped',
      'Restarted',
    ])
    expect(verdicts(contiguousIds, ['1-5@101', '1-5@101', '6-9@102'], at100)).toEqual([
      'Dropped',
      'Dropped',
      'Restarted',
    ])
  })

  test('while collecting: later than what is buffered', () => {
    const { verdicts, state } = play(contiguousIds, ['98-100', '1-5@100', '6-9@101', '10-12@102'])
    expect(verdicts).toEqual(['Buffered', 'Dropped', 'Dropped', 'Restarted'])
    expect(bufferOf(state)).toEqual(['6-9@101', '10-12@102'])
  })

  test('while a snapshot waits: behind what the stream said', () => {
    const waiting = play(contiguousIds, ['80-90', '=100', '91-95']).state
    expect(play(contiguousIds, ['1-5@95', '6-9@96', '10-12@97'], waiting).verdicts).toEqual([
      'Dropped',
      'Dropped',
      'Restarted',
    ])
    expect(play(contiguousIds, ['91-95@101', '96-96@102'], waiting).verdicts).toEqual(['Dropped', 'Dropped'])
    // Without the 96 this would be the second of two that chain.
    expect(play(contiguousIds, ['1-5@101', '96-96@102', '6-9@103'], waiting).verdicts).toEqual([
      'Dropped',
      'Dropped',
      'Dropped',
    ])
  })

  test('while a snapshot waits: the update that was buffered last, and the same once more, are no sign of it', () => {
    // The second one would otherwise be news, and the clearing of the sign with it.
    expect(verdicts(contiguousIds, ['80-90', '=100', '1-5@91', '80-90@90', '6-9@92'])).toEqual([
      'Buffered',
      'Accepted',
      'Dropped',
      'Dropped',
      'Restarted',
    ])
  })

  test('while a snapshot waits: what came before it counts from the last of what was buffered', () => {
    const inputs = ['1-1@1000', '2-2@2000', '3-3@3000', '=100']
    // behind the last one, and later: two that chain
    expect(verdicts(contiguousIds, [...inputs, '2-2@4000', '3-3@5000']).slice(-2)).toEqual(['Dropped', 'Restarted'])
    // a minute after the last one
    expect(verdicts(contiguousIds, [...inputs, '4-4@63000', '5-5@63001']).slice(-2)).toEqual(['Dropped', 'Restarted'])
  })

  test('before a snapshot from an earlier life: the stream stays behind it for more than a minute', () => {
    const { verdicts, state } = play(contiguousIds, ['=100', '1-1@1000', '2-2@61000', '3-3@61001'])
    expect(verdicts).toEqual(['Accepted', 'Dropped', 'Dropped', 'Restarted'])
    expect(bufferOf(state)).toEqual(['3-3@61001'])
    expect(play(contiguousIds, ['1-1@1000', '=100', '2-2@61000', '3-3@61001']).verdicts).toEqual([
      'Buffered',
      'Accepted',
      'Dropped',
      'Restarted',
    ])
  })
})

test('the newest update waits as long as there is no book', () => {
  const [first, second] = [update('1-2'), update('3-4')]
  expect(newestWaiting(collecting([]))).toBeUndefined()
  expect(newestWaiting(collecting([first, second]))).toBe(second)
  expect(newestWaiting(following(second))).toBeUndefined()
})
