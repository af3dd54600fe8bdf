import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { config, filter, firstValueFrom, identity, map, mergeMap, share, type Observable } from 'rxjs'
import { createClient } from '../../lib/client/createClient.js'
import { websocketCommunicator } from '../../lib/communicators/websocket/websocketCommunicator.js'
import type { BookTicker } from '../../lib/events/BookTicker.js'
import { conflate } from '../../lib/operators/conflate.js'
import type { Status } from '../../lib/Signal.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { virtualTime } from '../../lib/simulation/host/virtualTime.js'
import { bundled } from '../helpers/bundled.js'
import { ALLOWED, SENT } from './flood.js'
import { openTimers } from './openTimers.js'

const program = bundled('spec/faults/flood.ts')

/** What a test that failed has left behind. */
const running = new Set<() => unknown>()

afterEach(async () => {
  for (const end of running) await end()
  running.clear()
})

/** Tickers come at 2,500 a second. */
const EVERY = 0.4

const START = 1_770_000_000_000

/**
 * A client of a venue in another thread, which sends so many tickers. Time passes with the tickers that are heard, and
 * while the client is blocked: so neither thread is ever too slow.
 */
const flooded = async (most: number, inactivity: number) => {
  const counts = new Int32Array(new SharedArrayBuffer(8))
  const venue = new Worker(program, { workerData: counts })
  running.add(() => venue.terminate())
  const [port] = (await once(venue, 'message')) as [number]
  const time = virtualTime(START)
  const { clientScheduler: scheduler } = time
  let heard = 0
  /** From which ticker on, and from when, time passes with them; until the first, each turn of the timers takes 1 ms. */
  let from = { ticker: 0, at: START }
  const now = () => from.at + Math.max(0, heard - from.ticker) * EVERY
  /** The timers that are due by now. */
  const pass = () => {
    if (heard === 0) from = { ticker: 0, at: from.at + 1 }
    void time.pass(now() - time.scheduler.now())
  }

  const communicator = websocketCommunicator(asterFutures, {
    endpoint: `ws://127.0.0.1:${port}`,
    ...{ inactivity, silence: inactivity, pingEvery: 300, lag: 500, scheduler, clock: now },
  })
  const client = createClient({ venue: asterFutures, communicator, streams: ['btcusdt@bookTicker'], scheduler })
  const statuses: Status[] = []
  client.status$.subscribe((status) => statuses.push(status))
  client.bookTicker$.subscribe(() => (heard += 1))
  const allow = (ticker: number) => Atomics.store(counts, ALLOWED, ticker)

  return {
    client,
    statuses,
    allow,
    /** Does nothing for so many ms, while tickers are sent; then timers run before sockets are read. */
    block: (ms: number) => {
      // Both times are one when it begins.
      pass()
      from = { ticker: heard + ms / EVERY, at: now() + ms }
      time.block(ms)
      allow(from.ticker)
      for (let sent = 0; sent < from.ticker; sent = Atomics.load(counts, SENT)) Atomics.wait(counts, SENT, sent, 10)
      allow(most)
    },
    /** Until the last ticker was heard, also by these. */
    run: async (...others: readonly Observable<BookTicker>[]) => {
      const isLast = ({ updateId }: BookTicker) => updateId === most
      const over = [client.bookTicker$, ...others].map((bookTicker$) =>
        firstValueFrom(bookTicker$.pipe(filter(isLast))),
      )
      const lost = firstValueFrom(
        client.status$.pipe(
          filter((status) => status._tag === 'Disconnected'),
          map(({ reason }) => {
            throw new Error(reason)
          }),
        ),
      )
      const connection = client.connect()
      running.add(() => connection.unsubscribe())
      const turns = setInterval(pass, 1)
      running.add(() => clearInterval(turns))
      await Promise.race([Promise.all(over), lost])
      pass()
      clearInterval(turns)
      connection.unsubscribe()
      expect([openTimers(), time.due()]).toEqual([[], undefined])
    },
  }
}

/** After the sockets were read, and before the timers: a process that is blocked then sees its timers first. */
const nextTurn = (ticker: BookTicker) => new Promise<BookTicker>((resolve) => setImmediate(() => resolve(ticker)))

const numbers = (to: number) => Array.from({ length: to }, (_, i) => i + 1)

test.each([
  ['at its event', identity],
  ['in a turn of its own', mergeMap(nextTurn)],
])('F06 F44 a listener that blocks %s at 2,500 frames a second: all arrives late, the lag is said', async (_, turn) => {
  const { client, statuses, allow, block, run } = await flooded(8_000, 1_000)
  allow(1_000)
  const heard: number[] = []
  const latest: number[] = []
  let before = NaN
  client.bookTicker$.subscribe(({ updateId }) => heard.push(updateId))
  const latest$ = client.bookTicker$.pipe(conflate(), share())
  latest$.subscribe(({ updateId }) => latest.push(updateId))
  client.bookTicker$
    .pipe(
      filter(({ updateId }) => updateId === 500),
      turn,
    )
    .subscribe(() => {
      before = heard.length
      block(2_500)
    })
  await run(latest$)
  expect(heard).toEqual(numbers(8_000))
  const lags = statuses.filter((status) => status._tag === 'Lagging')
  expect(lags.some(({ lag }) => lag >= 1_400)).toBe(true)
  expect(new Set(statuses.map(({ _tag }) => _tag))).toEqual(
    new Set(['Connecting', 'Connected', 'Acknowledged', 'Lagging']),
  )
  expect(before).toBeLessThan(2_000)
  // Who wants the latest only has skipped most of what waited.
  expect(latest).toEqual([...new Set(latest)].sort((a, b) => a - b))
  expect(latest.at(-1)).toBe(8_000)
  expect(latest.length).toBeLessThan(3_000)
})

test('F45 an observer that throws at every event: the others go on, and each error is said where RxJS says it', async () => {
  const { client, statuses, allow, run } = await flooded(1_000, 5_000)
  allow(1_000)
  const errors: unknown[] = []
  const heard: number[] = []
  const { onUnhandledError } = config
  config.onUnhandledError = (error) => errors.push(error)
  try {
    client.bookTicker$.subscribe(({ updateId }) => {
      throw new Error(`no ${updateId}`)
    })
    client.bookTicker$.subscribe(({ updateId }) => heard.push(updateId))
    client.status$.subscribe(() => {
      throw new Error('no status')
    })
    await run()
    // Each error is said in a timer, and timers of one length run in order.
    await new Promise((resolve) => setTimeout(resolve))
  } finally {
    config.onUnhandledError = onUnhandledError
  }
  expect(heard).toEqual(numbers(1_000))
  const texts = errors.map(String)
  expect(texts.filter((text) => text !== 'Error: no status')).toEqual(numbers(1_000).map((id) => `Error: no ${id}`))
  expect(texts.length - 1_000).toBe(statuses.length)
})
