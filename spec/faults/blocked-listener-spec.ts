import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { config, filter, firstValueFrom, identity, mergeMap, share, type Observable } from 'rxjs'
import { createClient } from '../../lib/client/createClient.js'
import { websocketCommunicator } from '../../lib/communicators/websocket/websocketCommunicator.js'
import type { BookTicker } from '../../lib/events/BookTicker.js'
import { conflate } from '../../lib/operators/conflate.js'
import type { Status } from '../../lib/Signal.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { openTimers } from './openTimers.js'

/** A client of a venue in another process, which sends so many tickers. */
const flooded = async (most: number, inactivity: number) => {
  const venue = fork(join(__dirname, 'flood.ts'), [String(most)], { execArgv: ['--import', 'tsx'] })
  const [port] = (await once(venue, 'message')) as [number]
  const communicator = websocketCommunicator(asterFutures, {
    endpoint: `ws://127.0.0.1:${port}`,
    ...{ inactivity, silence: inactivity, pingEvery: 300, lag: 500 },
  })
  const client = createClient({ venue: asterFutures, communicator, streams: ['btcusdt@bookTicker'] })
  const statuses: Status[] = []
  client.status$.subscribe((status) => statuses.push(status))
  return {
    client,
    statuses,
    /** Until the last ticker was heard, also by these. */
    run: async (...others: readonly Observable<BookTicker>[]) => {
      const isLast = ({ updateId }: BookTicker) => updateId === most
      const over = [client.bookTicker$, ...others].map((bookTicker$) =>
        firstValueFrom(bookTicker$.pipe(filter(isLast))),
      )
      const connection = client.connect()
      await Promise.all(over)
      connection.unsubscribe()
      expect(openTimers()).toEqual([])
      venue.disconnect()
      await once(venue, 'exit')
    },
  }
}

/** After the sockets were read, and before the timers: a process that is blocked then sees its timers first. */
const nextTurn = (ticker: BookTicker) => new Promise<BookTicker>((resolve) => setImmediate(() => resolve(ticker)))

const block = (ms: number) => {
  const until = performance.now() + ms
  while (performance.now() < until);
}

const numbers = (to: number) => Array.from({ length: to }, (_, i) => i + 1)

test.each([
  ['at its event', identity],
  ['in a turn of its own', mergeMap(nextTurn)],
])(
  'F06 F44 a listener that blocks %s at 2,500 frames a second: all arrives late, the lag is said',
  async (_, turn) => {
    const { client, statuses, run } = await flooded(8_000, 1_000)
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
  },
  30_000,
)

test('F45 an observer that throws at every event: the others go on, and each error is said where RxJS says it', async () => {
  const { client, statuses, run } = await flooded(1_000, 5_000)
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
  } finally {
    config.onUnhandledError = onUnhandledError
  }
  expect(heard).toEqual(numbers(1_000))
  const texts = errors.map(String)
  expect(texts.filter((text) => text !== 'Error: no status')).toEqual(numbers(1_000).map((id) => `Error: no ${id}`))
  expect(texts.length - 1_000).toBe(statuses.length)
}, 20_000)
