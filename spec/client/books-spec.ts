import { join } from 'node:path'
import { lastValueFrom, Observable, of, Subject } from 'rxjs'
import { createClient } from '../../lib/client/createClient.js'
import { record } from '../../lib/communicators/record.js'
import { replayCommunicator } from '../../lib/communicators/replayCommunicator.js'
import { websocketCommunicator } from '../../lib/communicators/websocket/websocketCommunicator.js'
import type { BookState } from '../../lib/operators/BookState.js'
import { syncDepth } from '../../lib/operators/syncDepth.js'
import type { Reply, Signal } from '../../lib/Signal.js'
import { simulate, type SimulationConfig } from '../../lib/simulation/index.js'
import type { OnProgress } from '../../lib/timing/RequestProgress.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import type { VenueWithBooks } from '../../lib/venues/Venue.js'
import { Clock } from '../helpers/Clock.js'
import { scratch } from '../communicators/scratch.js'
import { combined } from './frames.js'

const { path } = scratch()

const STREAM = 'btcusdt@depth@100ms'
const [first, second] = [{ id: 'v-1' }, { id: 'v-2' }]

/** A book by hand: the signals of its client, and what it says. */
const byHand = () => {
  const clock = new Clock()
  const signal$ = new Subject<Signal>()
  const asked: OnProgress[] = []
  const reply = { _tag: 'Reply', symbol: 'BTCUSDT', receivedAt: 0 } as const
  const text = JSON.stringify({ lastUpdateId: 10, bids: [['10', '1']], asks: [['11', '1']] })
  const snapshot = (_: string, onProgress: OnProgress = () => undefined): Observable<Reply> => {
    asked.push(onProgress)
    return of({ ...reply, text })
  }
  const communicator = Object.assign(() => signal$, { snapshot })
  const client = createClient({ venue: asterFutures, communicator, scheduler: clock })
  const said: string[] = []
  const states: BookState[] = []
  const listen = () =>
    client.book('btcusdt').subscribe((state) => {
      states.push(state)
      said.push(state._tag === 'Syncing' ? state.reason : `${state._tag} ${state.book.lastUpdateId}`)
    })
  const connection = client.connect()
  const at = () => clock.now()
  return {
    ...{ clock, signal$, asked, client, said, states, listen, connection },
    acknowledge: (source = first) => signal$.next({ _tag: 'Acknowledged', stream: STREAM, receivedAt: at(), source }),
    silent: (quiet: number, source = first, stream = STREAM) =>
      signal$.next({ _tag: 'Silent', stream, quiet, receivedAt: at(), source }),
    update: (u: number, source = first) =>
      signal$.next(
        combined(
          STREAM,
          { e: 'depthUpdate', E: at(), T: 1, s: 'BTCUSDT', U: u, u, pu: u - 1, b: [], a: [] },
          at(),
          source,
        ),
      ),
  }
}

describe('a book says how it is', () => {
  test('F51 at once, that it waits for its stream', () => {
    const { said, states, listen } = byHand()
    listen()
    expect(said).toEqual(['waiting for the stream'])
    expect(states[0]).toEqual({ _tag: 'Syncing', reason: 'waiting for the stream', attempt: 1 })
  })

  test('F51 a second after its stream was acknowledged, its snapshot, though nothing happens', () => {
    const { said, listen, acknowledge, clock } = byHand()
    listen()
    acknowledge()
    clock.pass(999)
    expect(said).toEqual(['waiting for the stream'])
    clock.pass(1)
    expect(said.slice(1)).toEqual(['start', 'Synced 10'])
  })

  test('F51 where its stream is carried already, too', () => {
    const { said, listen, acknowledge, clock } = byHand()
    acknowledge()
    listen()
    clock.pass(1_000)
    expect(said.slice(1)).toEqual(['start', 'Synced 10'])
  })

  test('F52 stale when its stream is silent, and not when another connection brings it', () => {
    const { said, listen, acknowledge, update, silent, clock, states } = byHand()
    listen()
    acknowledge()
    update(11)
    clock.pass(60_000)
    silent(60_000, first, 'btcusdt@trade')
    silent(60_000)
    expect(said.slice(2)).toEqual(['Synced 11', 'Stale 11'])
    expect(states.at(-1)).toMatchObject({ quiet: 60_000, book: { age: 60_000 } })
    acknowledge(second)
    update(12)
    update(12, second)
    clock.pass(30_000)
    update(13, second)
    clock.pass(30_000)
    silent(60_000)
    expect(said.slice(4)).toEqual(['Synced 12', 'Synced 13'])
    clock.pass(30_000)
    silent(60_000, second)
    expect(said.slice(6)).toEqual(['Stale 13'])
  })

  test('F52 its age is from when its last update arrived', () => {
    const { listen, acknowledge, update, clock, states } = byHand()
    listen()
    acknowledge()
    update(11)
    clock.pass(70)
    const state = states.at(-1)
    expect(state?._tag === 'Synced' && state.book.age).toBe(70)
  })

  test('F53 a snapshot that is asked for by hand tells how it gets on', () => {
    const { client, asked } = byHand()
    const onProgress = jest.fn()
    client.snapshot('BTCUSDT', onProgress).subscribe()
    expect(asked).toEqual([onProgress])
  })
})

/** A book of a recording by hand, on its clock. */
const recorded = () => {
  const clock = new Clock()
  const signal$ = new Subject<Signal>()
  const client = createClient({ venue: asterFutures, communicator: Object.assign(() => signal$, { scheduler: clock }) })
  const said: string[] = []
  client
    .book('btcusdt')
    .subscribe((state) =>
      said.push(state._tag === 'Syncing' ? state.reason : `${state._tag} ${state.book.lastUpdateId}`),
    )
  client.connect()
  const at = () => ({ receivedAt: clock.now() })
  const book = (lastUpdateId: number) => ({ lastUpdateId, bids: [['10', '1']], asks: [['11', '1']] })
  const update = (u: number, stream = STREAM) =>
    signal$.next(
      combined(stream, { e: 'depthUpdate', E: clock.now(), T: 1, s: 'BTCUSDT', U: u, u, pu: u - 1, b: [], a: [] }),
    )
  return {
    ...{ clock, said, update },
    acknowledge: (stream = STREAM, source = first) => signal$.next({ _tag: 'Acknowledged', stream, source, ...at() }),
    disconnect: (source = first) => signal$.next({ _tag: 'Disconnected', code: 1006, reason: '', source, ...at() }),
    reply: (lastUpdateId: number) =>
      signal$.next({ _tag: 'Reply', symbol: 'BTCUSDT', text: JSON.stringify(book(lastUpdateId)), ...at() }),
  }
}

describe('a recording of a market in which nothing happens', () => {
  test('F51 its book is the snapshot that was asked for without an update', () => {
    const { acknowledge, clock, reply, said } = recorded()
    acknowledge()
    clock.pass(1_000)
    expect(said).toEqual(['waiting for the stream', 'start'])
    clock.pass(40_000)
    reply(10)
    expect(said.slice(2)).toEqual(['no snapshot yet', 'Synced 10'])
  })

  test('F51 or the one that its beginning holds', () => {
    const { acknowledge, clock, reply, said } = recorded()
    acknowledge('ethusdt@depth@100ms')
    acknowledge()
    reply(10)
    clock.pass(1_000)
    expect(said.slice(1)).toEqual(['start', 'Synced 10'])
  })

  test('F51 F25 a snapshot from before its stream was lost is no book of what came after', () => {
    const { acknowledge, clock, disconnect, reply, said } = recorded()
    acknowledge()
    clock.pass(1_000)
    reply(10)
    disconnect()
    acknowledge(STREAM, second)
    clock.pass(1_000)
    expect(said.slice(2)).toEqual(['Synced 10', 'reset'])
    reply(12)
    expect(said.slice(4)).toEqual(['Synced 12'])
  })

  test('the end of the recording is the end of its books, synced or not', async () => {
    const files = join(__dirname, '../../samples/recordings/asterFutures-btcusdt.txt.gz')
    const client = createClient({ venue: asterFutures, communicator: replayCommunicator({ files }) })
    const last = ['BTCUSDT', 'ETHUSDT'].map((symbol) => lastValueFrom(client.book(symbol)))
    client.connect()
    expect((await Promise.all(last)).map(({ _tag }) => _tag)).toEqual(['Synced', 'Syncing'])
  })

  test('of two streams of a symbol the book is of the one that brings something', () => {
    const { acknowledge, clock, reply, said, update } = recorded()
    acknowledge('btcusdt@depth@500ms')
    acknowledge()
    update(10)
    reply(10)
    update(11)
    update(11, 'btcusdt@depth@500ms')
    clock.pass(1_000)
    expect(said.slice(1)).toEqual(['start', 'Synced 10', 'Synced 11'])
  })
})

test('F51 the recording of a quiet market replays its book, when and as it was', async () => {
  const file = path('quiet.txt')
  const { client, pass, close } = simulated({ pause: 1e9 })
  const told = (of: BookState[]) =>
    of.map((state) => (state._tag === 'Syncing' ? state.reason : state.book.toSnapshot()))
  const [before, after]: [BookState[], BookState[]] = [[], []]
  client.book('BTCUSDT').subscribe((state) => before.push(state))
  client.signal$.pipe(record({ file })).subscribe()
  const connection = client.connect()
  await pass(3_000)
  const live = told(before)
  connection.unsubscribe()
  await close()
  const replay = createClient({ venue: asterFutures, communicator: replayCommunicator({ files: file }) })
  replay.book('BTCUSDT').subscribe((state) => after.push(state))
  replay.connect()
  await lastValueFrom(replay.signal$, { defaultValue: undefined })
  expect(told(after).slice(0, live.length)).toEqual(live)
  expect(live.at(-1)).toMatchObject({ lastUpdateId: expect.any(Number) as number })
})

test('a book by hand waits in the time of its snapshots: in a replay the recorded one', () => {
  const clock = new Clock()
  const signal$ = new Subject<Signal>()
  const client = createClient({ venue: asterFutures, communicator: Object.assign(() => signal$, { scheduler: clock }) })
  const reasons: string[] = []
  client
    .stream(STREAM)
    .pipe(syncDepth({ rule: asterFutures.depthRule, snapshot: client.snapshot, timeout: 5_000 }))
    .subscribe((state) => reasons.push(state._tag === 'Syncing' ? state.reason : state._tag))
  const connection = client.connect()
  signal$.next(combined(STREAM, { e: 'depthUpdate', E: 1, T: 1, s: 'BTCUSDT', U: 1, u: 1, pu: 0, b: [], a: [] }))
  clock.pass(4_999)
  expect(reasons).toEqual(['start', 'no snapshot yet'])
  clock.pass(1)
  expect(reasons).toEqual(['start', 'no snapshot yet', 'snapshot failed'])
  connection.unsubscribe()
})

/** Books on a simulated venue, in memory and virtual time, whose market acts so often, in ms. */
const simulated = (config: Partial<Omit<SimulationConfig, 'venue'>> & { readonly venue?: VenueWithBooks } = {}) => {
  const { venue = asterFutures } = config
  const simulation = simulate({ seed: 5, pause: 1_000, ...config, venue })
  const { transport, fetch, scheduler } = simulation
  const communicator = websocketCommunicator(venue, { transport, scheduler, rest: { fetch, scheduler } })
  const client = createClient({ venue, communicator, scheduler })
  return { ...simulation, client }
}

test('F51 a market that changes every 150 s: its book is synced within two seconds, and stays so for an hour', async () => {
  const { client, controls, pass, scheduler, close } = simulated({ pause: 1e9 })
  const states: BookState[] = []
  client.book('BTCUSDT').subscribe((state) => states.push(state))
  const statuses: string[] = []
  client.status$.subscribe(({ _tag }) => statuses.push(_tag))
  const connection = client.connect()
  await pass(2_000)
  const truth = () => controls.book('BTCUSDT')
  expect(states.at(-1)).toMatchObject({
    _tag: 'Synced',
    update: undefined,
    book: { lastUpdateId: truth()?.lastUpdateId },
  })
  const start = scheduler.now()
  for (let id = 5_000_000_000; scheduler.now() < start + 3_600_000; id += 1) {
    await pass(150_000)
    const change = { b: [['61686.0', `${id % 7}.000`]], a: [] }
    const ids = { U: id + 1, u: id + 1, pu: id }
    controls.send(STREAM, { e: 'depthUpdate', E: scheduler.now(), T: 1, s: 'BTCUSDT', ...ids, ...change })
    await pass(10)
    const last = states.at(-1)
    expect(last?._tag === 'Synced' && last.update?.lastUpdateId).toBe(id + 1)
  }
  expect(new Set(states.flatMap((state) => (state._tag === 'Syncing' ? [state.reason] : [])))).toEqual(
    new Set(['waiting for the stream', 'start']),
  )
  expect(statuses.filter((tag) => tag === 'Disconnected' || tag === 'Rotating')).toEqual([])
  connection.unsubscribe()
  await close()
})

test('F53 more books than a minute allows: nothing fails, first come first served, within the weight', async () => {
  const symbols = Array.from({ length: 30 }, (_, i) => `S${i}USDT`)
  // Of 20 for each of them 20 fit into a minute: the others wait, and say so.
  const venue = { ...asterFutures, limits: { ...asterFutures.limits, weightPerMinute: 400 } }
  const { client, controls, pass, scheduler, close } = simulated({ venue, symbols, samples: false, pause: 5_000 })
  const synced = new Map<string, number>()
  const reasons = new Set<string>()
  const asked = new Set<string>()
  const start = scheduler.now()
  for (const symbol of symbols)
    client.book(symbol).subscribe((state) => {
      if (state._tag === 'Syncing') reasons.add(state.reason)
      if (state._tag === 'Syncing' && state.reason === 'start') asked.add(symbol)
      if (state._tag !== 'Syncing' && !synced.has(symbol)) synced.set(symbol, scheduler.now() - start)
    })
  const connection = client.connect()
  controls.run()
  await pass(30_000)
  expect([asked.size, [...synced.keys()]]).toEqual([30, [...asked].slice(0, 20)])
  await pass(60_000)
  expect([...synced.keys()]).toEqual([...asked])
  expect(reasons).toEqual(new Set(['waiting for the stream', 'start', 'waiting for the budget']))
  connection.unsubscribe()
  await close()
})
