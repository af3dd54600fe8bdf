import { createArbiter } from '../../lib/client/arbiter.js'
import type { Message } from '../../lib/parser/Message.js'
import { fc, test as property } from '../property.js'

/** What a venue sent on one stream: the truth that any number of sources carry parts of. */
interface Event {
  readonly number: number
  readonly eventTime?: number
  readonly text?: string
}

/** What happens to the arbiter, in the order of one source. */
type Step = { readonly join: 'fresh' | 'open' | 'file' } | { readonly event: Event } | { readonly leave: true }

const message = (event: Event, receivedAt: number) =>
  ({ kind: 'trade', stream: 's', event, receivedAt }) as unknown as Message

const opened = { fresh: true, open: false, file: undefined }

/** Plays the steps of several sources, each in its own order, interleaved as the turns say. */
const played = (sources: readonly (readonly Step[])[], turns: Iterator<number>, sequence: string | undefined) => {
  const reasons: string[] = []
  const arbiter = createArbiter(
    { ...(sequence !== undefined && { sequence }) },
    (reason) => reasons.push(reason),
    JSON.parse,
  )
  const out: Event[] = []
  const deliver = (messages: readonly Message[]) => out.push(...messages.map(({ event }) => event as Event))
  const left = sources.map((steps, i) => ({ source: `s${i}`, steps: [...steps] }))
  let now = 0
  return {
    out,
    reasons,
    arbiter,
    /** Takes turns until `isEnough`, or until nobody has anything to say. */
    run: (mayStep: (source: number, step: Step, joined: ReadonlySet<number>) => boolean = () => true) => {
      const joined = new Set<number>()
      for (;;) {
        const ready = left.filter(({ steps: [step] }, i) => step !== undefined && mayStep(i, step, joined))
        const turn = ready.length === 0 ? undefined : ready[(turns.next().value as number) % ready.length]
        const step = turn?.steps.shift()
        if (turn === undefined || step === undefined) return
        now += 1
        if ('join' in step) {
          arbiter.join(turn.source, opened[step.join])
          joined.add(left.indexOf(turn))
        } else if ('leave' in step) deliver(arbiter.leave(turn.source))
        else deliver(arbiter.take(message(step.event, now), turn.source))
      }
    },
  }
}

const turns = fc.infiniteStream(fc.nat(1_000))
/** One source after the other. */
const inTurn = { next: () => ({ value: 0 }) }
const timed = fc.boolean()

/** Ascending numbers with gaps, as those of depth updates; times go up with them, or are not said. */
const events = (isTimed: boolean, gaps: readonly number[], start = 1): readonly Event[] => {
  let number = start
  return gaps.map((gap, i) => {
    number += 1 + gap
    return { number, ...(isTimed && { eventTime: 1_000 + i * 7 }) }
  })
}
const gaps = fc.array(fc.nat(3), { minLength: 2, maxLength: 60 })

const say = (said: readonly Event[]) => said.map((event): Step => ({ event }))

const config = { numRuns: 400 }

property.prop([gaps, timed, fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 4 }), turns], config)(
  'F12 connections that follow each other with an overlap give every event once and in order, however they are interleaved',
  (all, isTimed, cuts, order) => {
    const truth = events(isTimed, all)
    // Each carries the stream from where it was subscribed until after the next one was.
    const starts = [0, ...cuts.map(([cut]) => cut % truth.length).sort((a, b) => a - b)]
    const ends = [
      ...cuts.map(([, extra], i) => Math.min(truth.length, (starts[i + 1] ?? 0) + (extra % 10))),
      truth.length,
    ]
    const sources = starts.map((start, i): readonly Step[] => [
      { join: i === 0 ? 'fresh' : 'open' },
      ...say(truth.slice(start, ends[i])),
      ...(i < starts.length - 1 ? [{ leave: true } as const] : []),
    ])
    const { out, reasons, run } = played(sources, order[Symbol.iterator](), 'number')
    // The next one joins while this one is there, and it goes once the next one carries the stream.
    run((source, step, joined) =>
      'join' in step ? source === 0 || joined.has(source - 1) : !('leave' in step) || joined.has(source + 1),
    )
    expect(out).toEqual(truth)
    expect(reasons).toEqual([])
  },
)

/** Some events are sent after the next one, on every connection. */
const swapped = (all: readonly Event[], places: readonly number[]): readonly Event[] => {
  const sent = [...all]
  for (const place of new Set(places.map((each) => each % all.length)))
    sent.splice(place, 2, ...sent.slice(place, place + 2).reverse())
  return sent
}

property.prop([gaps, timed, fc.array(fc.nat(), { maxLength: 5 }), fc.nat(), fc.nat(10), turns], config)(
  'F12 what a venue sends out of order comes once, and nothing is lost, whichever connection is faster',
  (all, isTimed, places, start, extra, order) => {
    const truth = swapped(events(isTimed, all), places)
    const from = start % truth.length
    const { out, run } = played(
      [
        [{ join: 'fresh' }, ...say(truth.slice(0, from + extra)), { leave: true }],
        [{ join: 'open' }, ...say(truth.slice(from))],
      ],
      order[Symbol.iterator](),
      'number',
    )
    run((source, step, joined) =>
      'join' in step ? source === 0 || joined.has(0) : !('leave' in step) || joined.has(1),
    )
    expect([...out].sort((a, b) => a.number - b.number)).toEqual([...truth].sort((a, b) => a.number - b.number))
  },
)

property.prop([gaps, timed, fc.nat(), fc.nat(), turns], config)(
  'a connection that is lost takes along what was on its way, and nothing else',
  (all, isTimed, start, read, order) => {
    const truth = events(isTimed, all)
    const from = start % truth.length
    const seen = read % (truth.length + 1)
    const { out, run } = played(
      [
        [{ join: 'fresh' }, ...say(truth.slice(0, seen)), { leave: true }],
        [{ join: 'open' }, ...say(truth.slice(from))],
      ],
      order[Symbol.iterator](),
      'number',
    )
    // The other one carries the stream while this one does, or was on its way when this one was lost.
    run((source, step, joined) => (source === 1 && 'join' in step ? joined.has(0) : true))
    expect(out).toEqual(truth.filter((_, i) => i < seen || i >= from))
  },
)

property.prop([fc.array(fc.tuple(gaps, fc.nat(100)), { minLength: 1, maxLength: 4 }), timed], config)(
  'a connection that was opened after the loss is believed, wherever its numbers begin',
  (episodes, isTimed) => {
    const truths = episodes.map(([all, start]) => events(isTimed, all, start))
    const { out, reasons, run } = played(
      truths.map((truth) => [{ join: 'fresh' }, ...say(truth), { leave: true }]),
      inTurn,
      'number',
    )
    run()
    expect(out).toEqual(truths.flat())
    expect(reasons).toEqual([])
  },
)

const file = (said: readonly Event[]): readonly Step[] => [{ join: 'file' }, ...say(said), { leave: true }]

property.prop([gaps, gaps, fc.nat(80), fc.nat(80), timed, turns], config)(
  'of two files that are not one feed nothing is lost, and nothing comes twice',
  (one, other, start, second, isTimed, order) => {
    const [a, b] = [
      events(isTimed, one, start).map((event) => ({ ...event, text: 'a' })),
      events(isTimed, other, second).map((event) => ({ ...event, text: 'b' })),
    ]
    const { out, reasons, run } = played([file(a), file(b)], order[Symbol.iterator](), 'number')
    run((_, step, joined) => !('leave' in step) || joined.size === 2)
    for (const [text, all] of [
      ['a', a],
      ['b', b],
    ] as const)
      expect([...out].filter((event) => event.text === text).sort((x, y) => x.number - y.number)).toEqual(all)
    const isInOrder = out.every(({ number }, i) => i === 0 || number >= (out[i - 1]?.number ?? 0))
    expect(isInOrder || reasons.length === 1).toBe(true)
    expect(reasons.length).toBeLessThanOrEqual(1)
  },
)

property.prop([gaps, timed, fc.infiniteStream(fc.nat(2)), turns], config)(
  'of one stream that is dealt to several files nothing is lost',
  (all, isTimed, dealt, order) => {
    const truth = events(isTimed, all)
    const places = truth.map(() => Number(dealt.next().value))
    const files = [0, 1, 2].map((place) => file(truth.filter((_, i) => places[i] === place)))
    const { out, run } = played(files, order[Symbol.iterator](), 'number')
    run()
    expect([...out].sort((a, b) => a.number - b.number)).toEqual(truth)
  },
)

property.prop([gaps, timed, turns], config)('the same file twice comes once', (all, isTimed, order) => {
  const truth = events(isTimed, all)
  const { out, reasons, run } = played([file(truth), file(truth)], order[Symbol.iterator](), 'number')
  run((_, step, joined) => !('leave' in step) || joined.size === 2)
  expect(out).toEqual(truth)
  expect(reasons).toEqual([])
})

property.prop([gaps, turns], config)(
  'events without a number come once each, in the order in which the first source brings them',
  (all, order) => {
    const truth = all.map((_, i): Event => ({ number: i }))
    const { out, run } = played(
      [
        [{ join: 'fresh' }, ...say(truth), { leave: true }],
        [{ join: 'open' }, ...say(truth)],
      ],
      order[Symbol.iterator](),
      undefined,
    )
    run((source, step, joined) => (source === 1 && 'join' in step ? joined.has(0) : true))
    expect(out).toEqual(truth)
  },
)
