import { Subject } from 'rxjs'
import { createClient } from '../../lib/client/createClient.js'
import { createFeed } from '../../lib/nats/feed.js'
import { createOutbox } from '../../lib/nats/outgoing.js'
import { mergedStreams } from '../../lib/nats/mergedStreams.js'
import { idOfEvent, parseEventId, type EventId } from '../../lib/nats/messageIds.js'
import { subjectsOf } from '../../lib/nats/subjects.js'
import type { Frame, Signal, Source, Unstamped } from '../../lib/Signal.js'
import { asterFutures as venue } from '../../lib/venues/asterFutures.js'
import { fc, test as prop } from '../property.js'
import { tradeFrame } from './trades.js'

const idIn = ({ text }: Frame): number => (JSON.parse(text) as { readonly data: { readonly t: number } }).data.t
const outbox = (connector: string) =>
  createOutbox({ venue, subjects: subjectsOf(venue, 'md'), connector, run: '1', every: 60_000, exclusive: false })

interface Stored {
  readonly frame: Frame
  readonly id: string
}

/** Connectors, and the broker, which leaves out what has an id that it knows. */
const broker = () => {
  const ids = new Set<string>()
  const boxes = new Map<string, ReturnType<typeof outbox>>()
  return {
    publish: (connector: string, connection: number, tradeId: number): readonly Stored[] => {
      const box = boxes.get(connector) ?? outbox(connector)
      boxes.set(connector, box)
      const source: Source = { id: `${connector}/c-${connection}` }
      const frame: Frame = { ...tradeFrame(tradeId), source }
      const id = box.of(frame)?.id ?? ''
      if (ids.has(id)) return []
      ids.add(id)
      return [{ frame: { ...frame, sequence: ids.size }, id }]
    },
  }
}

const frames = (signals: readonly Signal[]) => signals.filter((signal): signal is Frame => signal._tag === 'Frame')

describe('two connectors', () => {
  /** Which of two says its next trade, as its connection or as a new one. */
  const turns = fc.array(
    fc.record({ isFirst: fc.boolean(), count: fc.integer({ min: 1, max: 40 }), isAnew: fc.boolean() }),
    { minLength: 2, maxLength: 40 },
  )

  prop.prop([turns])('however one is behind the other, each trade comes once, in order, at once', (all) => {
    const { publish } = broker()
    const merged = mergedStreams()
    const last = { a: 0, b: 0 }
    const connection = { a: 1, b: 1 }
    const delivered: number[] = []
    for (const { isFirst, count, isAnew } of all) {
      const connector = isFirst ? 'a' : 'b'
      if (isAnew) merged.leave({ id: `${connector}/c-${connection[connector]++}` })
      for (let i = 0; i < count; i++) {
        const stored = publish(connector, connection[connector], ++last[connector])
        delivered.push(...frames(stored.flatMap(({ frame, id }) => merged.take(frame, id))).map(idIn))
        // Nothing waits for what the other may say.
        expect(delivered.length).toBe(Math.max(last.a, last.b))
      }
    }
    expect(delivered).toEqual(delivered.map((_, i) => i + 1))
  })

  test('what one of them missed comes from the other, late', () => {
    const { publish } = broker()
    const merged = mergedStreams()
    const said: readonly (readonly [string, number, number])[] = [
      ...[1, 2, 3, 7].map((id) => ['a', 1, id] as const),
      ...[2, 3, 4, 5, 6, 7, 8].map((id) => ['b', 1, id] as const),
    ]
    const ids = said.flatMap((one) => publish(...one)).flatMap(({ frame, id }) => merged.take(frame, id))
    expect(ids.map(idIn)).toEqual([1, 2, 3, 7, 4, 5, 6, 8])
  })

  test('a stream is in one name, and is handed over by its last event', () => {
    const { publish } = broker()
    const merged = mergedStreams()
    const take = (...one: Parameters<typeof publish>) =>
      publish(...one).flatMap(({ frame, id }) => merged.take(frame, id))
    const told = (all: readonly Frame[]) => all.map((frame) => `${frame.source?.id ?? ''} ${idIn(frame)}`)
    expect(told([...take('a', 1, 1), ...take('b', 1, 1), ...take('b', 1, 2), ...take('a', 1, 2)])).toEqual([
      'a/c-1 1',
      'a/c-1 2',
    ])
    expect(told(merged.leave({ id: 'a/c-1' }))).toEqual(['b/c-1 2'])
    expect(told(take('b', 1, 3))).toEqual(['b/c-1 3'])
    expect(merged.leave({ id: 'b/c-1' })).toEqual([])
    expect(told(take('a', 2, 4))).toEqual(['a/c-2 4'])
  })

  test('what a venue itself says twice comes twice from one, and is no copy of the other', () => {
    const { publish } = broker()
    const merged = mergedStreams()
    const said = (connector: string) => [1, 2, 2, 3].map((id) => [connector, 1, id] as const)
    const ids = [...said('a'), ...said('b')]
      .flatMap((one) => publish(...one))
      .flatMap(({ frame, id }) => merged.take(frame, id))
    expect(ids.map(idIn)).toEqual([1, 2, 2, 3])
  })
})

/** A client of two connectors' feed that listens to one stream. */
const twoConnectors = () => {
  const { publish } = broker()
  const feed = createFeed()
  const signal$ = new Subject<Signal>()
  const client = createClient({ venue, communicator: () => signal$, onNotice: () => undefined })
  const ids: number[] = []
  const lost: string[] = []
  client.stream('btcusdt@trade').subscribe(({ tradeId }) => ids.push(tradeId))
  client.lost('btcusdt@trade').subscribe(({ _tag }) => lost.push(_tag))
  client.connect()
  const emit = (signals: readonly Signal[]) => signals.forEach((signal) => signal$.next(signal))
  emit(feed.want(new Set(['btcusdt@trade']), 1))
  const status = (connector: string, unstamped: Unstamped) => {
    const signal: Signal = { ...unstamped, receivedAt: 1, source: { id: `${connector}/c-1` } }
    emit(feed.take({ _tag: 'Signal', signal }, connector))
  }
  const say = (connector: string, ...trades: readonly number[]) => {
    for (const trade of trades)
      for (const { frame, id } of publish(connector, 1, trade))
        emit(feed.take({ _tag: 'Signal', signal: frame, id }, ''))
  }
  for (const connector of ['a', 'b']) {
    status(connector, { _tag: 'Connecting' })
    status(connector, { _tag: 'Connected' })
    status(connector, { _tag: 'Acknowledged', stream: 'btcusdt@trade' })
  }
  return { ids, lost, status, say }
}

test.each<readonly [string, Unstamped, readonly string[]]>([
  ['is gone', { _tag: 'Disconnected', code: 1006, reason: '' }, ['Disconnected']],
  ['begins again', { _tag: 'Connecting' }, []],
  ['gives the stream up', { _tag: 'Unsubscribed', stream: 'btcusdt@trade' }, []],
])('a client waits for nobody: each trade comes as the first of two brings it, and when one %s', (_, end, losses) => {
  const { ids, lost, status, say } = twoConnectors()
  say('b', 1, 2, 3, 4, 5, 6)
  expect(ids).toEqual([1, 2, 3, 4, 5, 6])
  say('a', 1, 2, 3, 4, 5, 6, 7, 8)
  expect(ids).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  status('a', end)
  say('b', 7, 8, 9, 10)
  expect(ids).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  expect(lost).toEqual([])
  status('b', end)
  expect(lost).toEqual(losses)
})

test('what is read once more comes once more, and its copies do not', () => {
  const { publish } = broker()
  const merged = mergedStreams()
  const said = [1, 2, 3, 4].flatMap((id) => [...publish('a', 1, id), ...publish('b', 1, id)])
  const read = () => said.flatMap(({ frame, id }) => merged.take(frame, id)).map(idIn)
  expect(said).toHaveLength(5)
  expect([read(), read()]).toEqual([
    [1, 2, 3, 4],
    [1, 2, 3, 4],
  ])
})

test('numbers that begin anew are not taken for copies', () => {
  const { publish } = broker()
  const merged = mergedStreams()
  const ids = [
    ...Array.from({ length: 1_100 }, (_, i) => publish('a', 1, 10_000 + i)),
    ...Array.from({ length: 20 }, (_, i) => publish('a', 2, 1 + i)),
  ]
    .flat()
    .flatMap(({ frame, id }) => merged.take(frame, id))
  expect(ids.slice(1_100).map(idIn)).toEqual(Array.from({ length: 20 }, (_, i) => 1 + i))
})

prop.prop([
  fc.record<EventId>({
    stream: fc.constantFrom('btcusdt@trade', '!ticker@arr', 'btcusdt@depth@100ms'),
    lane: fc.constant(''),
    number: fc.integer(),
    content: fc.constantFrom('', '4294967295 0'),
    kind: fc.constantFrom('shared', 'first', 'repeated'),
  }),
  fc.constantFrom('', '#BTCUSDT', '#%E4%B8%AD'),
])('an id says its event', (event, part) => {
  const whole = { ...event, lane: event.stream + part }
  expect(parseEventId(idOfEvent(venue.name, whole, () => 'a:m3k:12'))).toEqual(whole)
})

test('an id of what is no numbered event is none', () => {
  expect(parseEventId('a:m3k:12')).toBeUndefined()
  expect(parseEventId('')).toBeUndefined()
})
