import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { config, filter, firstValueFrom, lastValueFrom, NEVER, Observable, of, toArray, type Subscriber } from 'rxjs'
import { createClient } from '../lib/client/createClient.js'
import { replayCommunicator } from '../lib/communicators/replayCommunicator.js'
import type { Communicator } from '../lib/communicators/Communicator.js'
import { recordedClock } from '../lib/communicators/recordedClock.js'
import type { DepthUpdate } from '../lib/events/DepthUpdate.js'
import type { BookState } from '../lib/operators/BookState.js'
import { parse } from '../lib/parser/parse.js'
import type { Frame, Signal } from '../lib/Signal.js'
import { seeded } from '../lib/simulation/market/seeded.js'
import { binanceFutures, type BinanceFutures } from '../lib/venues/binanceFutures.js'
import { binanceSpot, type BinanceSpot } from '../lib/venues/binanceSpot.js'
import { bundled } from './helpers/bundled.js'
import { applyNaively, naiveAsks, naiveBids, naiveBook, type NaiveBook } from './helpers/naiveBook.js'
import { shared } from './helpers/shared.js'

const root = join(__dirname, '..')
const program = bundled('samples/start/main.ts')

interface Recording {
  readonly file: string
  readonly venue: BinanceFutures | BinanceSpot
  readonly frames: number
  /** What the demonstration has to be told. */
  readonly args: readonly string[]
  readonly comparisons: number
  readonly bestBid: string
  readonly bestAsk: string
  readonly levels: { readonly bids: number; readonly asks: number }
}

/** What the venue itself says of its recordings. */
const recordings: readonly Recording[] = [
  {
    ...{ file: 'recordings/binance-spot-btcusdt-20240808.txt.gz', venue: binanceSpot, frames: 41_249, args: [] },
    ...{ comparisons: 3_448, bestBid: '61685.99000000 × 1.00870000', bestAsk: '61686.00000000 × 2.29327000' },
    levels: { bids: 1_209, asks: 2_196 },
  },
  {
    ...{ file: 'recordings/binance-usdm-btcusdt-20240808.txt.gz', venue: binanceFutures, frames: 93_954 },
    args: ['--venue', 'binanceFutures'],
    ...{ comparisons: 6_545, bestBid: '61659.70 × 1.486', bestAsk: '61659.80 × 0.981' },
    levels: { bids: 5_018, asks: 4_578 },
  },
]

describe.each(recordings)('$file', ({ file, venue, frames, args, comparisons, bestBid, bestAsk, levels }) => {
  const path = shared(file)
  const withRecording = (name: string, run: (path: string) => Promise<void> | void) =>
    test(name, async () => {
      if (path === undefined) process.stdout.write(`skipped: ${file} is not there\n`)
      else await run(path)
    })

  const signals = (files: string) => replayCommunicator({ files, timestamps: 'ns' })(NEVER)

  withRecording('the demonstration shows what the venue says', (found) => {
    const output = execFileSync(process.execPath, [program, found, ...args, '--json'], {
      ...{ cwd: root, encoding: 'utf8' },
    })
    expect(JSON.parse(output)).toMatchObject({
      ...{ venue: venue.name, frames, parseErrors: { unknown: 0, invalid: 0 }, control: 0, gaps: 0, resyncs: 0 },
      books: { BTCUSDT: { isSynced: true, bestBid, bestAsk, levels, mismatches: 0 } },
    })
    const [, compared] = /"comparisons":(\d+)/.exec(output) ?? []
    expect(Number(compared)).toBeGreaterThanOrEqual(comparisons)
  })

  withRecording('the book at the end is a naive one, level for level and text for text', async (found) => {
    const communicator = replayCommunicator({ files: found, timestamps: 'ns' })
    const client = createClient<BinanceFutures | BinanceSpot>({ venue, communicator })
    const last = lastValueFrom(client.book('BTCUSDT'))
    let naive: NaiveBook | undefined
    const before: DepthUpdate[] = []
    client.depthSnapshot$.subscribe((snapshot) => (naive = naiveBook(snapshot, before)))
    client.depth$.subscribe((update) => {
      if (naive === undefined) before.push(update)
      else applyNaively(naive, update)
    })
    client.connect()
    const state = await last
    if (state._tag !== 'Synced' || naive === undefined) throw new Error('never synced')
    const { lastUpdateId, bids, asks } = state.book.toSnapshot()
    expect(lastUpdateId).toBe(naive.lastUpdateId)
    expect([bids.length, asks.length]).toEqual([levels.bids, levels.asks])
    expect(bids).toEqual(naiveBids(naive))
    expect(asks).toEqual(naiveAsks(naive))
  })

  withRecording(
    'with one depth update in a hundred missing, every gap is found, and a synced book is true',
    async (found) => {
      const read = parse<BinanceFutures | BinanceSpot>(venue)
      const isFrame = (signal: Signal): signal is Frame => signal._tag === 'Frame'
      const all = await firstValueFrom(signals(found).pipe(filter(isFrame), toArray()))
      const random = seeded(7)
      const clock = recordedClock()
      const before: DepthUpdate[] = []
      let naive: NaiveBook | undefined
      let isCut = false
      let isSynced = false
      const count = { dropped: 0, gaps: 0, found: 0, compared: 0 }

      const play = (subscriber: Subscriber<Signal>, frame: Frame) => {
        const parsed = read(frame)
        if (parsed._tag === 'Left' || !('kind' in parsed.right)) throw new Error('a frame that is no event')
        const message = parsed.right
        clock.advance(frame.receivedAt)
        if (message.kind === 'depthSnapshot') naive = naiveBook(message.event, before)
        if (message.kind !== 'depth') return
        if (naive === undefined) return before.push(message.event)
        applyNaively(naive, message.event)
        if (random() < 0.01) {
          count.dropped++
          isCut = true
          return
        }
        const expected = isCut && isSynced ? 1 : 0
        const { found } = count
        isCut = false
        count.gaps += expected
        subscriber.next(frame)
        if (count.found - found < expected) throw new Error('a gap was not found')
      }
      const communicator: Communicator = Object.assign(
        () =>
          new Observable<Signal>((subscriber) => {
            for (const frame of all) play(subscriber, frame)
            subscriber.complete()
          }),
        {
          scheduler: clock.scheduler,
          snapshot: (symbol: string) => {
            if (naive === undefined) throw new Error('asked before there was a book')
            const { lastUpdateId } = naive
            const text = JSON.stringify({ lastUpdateId, bids: naiveBids(naive), asks: naiveAsks(naive) })
            return of({ _tag: 'Reply', symbol, text, receivedAt: 0 } as const)
          },
        },
      )
      const onState = (state: BookState) => {
        isSynced = state._tag === 'Synced'
        if (state._tag === 'Syncing') {
          if (state.reason === 'gap') count.found++
          return
        }
        if (naive === undefined) throw new Error('synced before there was a book')
        const { book } = state
        if (book.lastUpdateId !== naive.lastUpdateId) throw new Error('synced with another update')
        if (!(Number(book.bestBid?.price) < Number(book.bestAsk?.price))) throw new Error('synced, and crossed')
        if (count.compared++ % 100 > 0) return
        const { bids, asks } = book.toSnapshot()
        expect(JSON.stringify([bids, asks])).toBe(JSON.stringify([naiveBids(naive), naiveAsks(naive)]))
      }
      const client = createClient<BinanceFutures | BinanceSpot>({ venue, communicator })
      const failures: unknown[] = []
      client.book('BTCUSDT').subscribe({ next: onState, error: (error: unknown) => failures.push(error) })
      config.onUnhandledError = (error) => failures.push(error)
      client.connect()
      await new Promise(setImmediate)
      config.onUnhandledError = null
      expect(failures).toEqual([])
      expect(count.found).toBeGreaterThanOrEqual(count.gaps)
      expect(count.gaps).toBeGreaterThan(20)
      expect(count.compared).toBeGreaterThan(3_000)
    },
  )
})

test('the 30 s recording of four symbols: the header line is skipped, nothing is unknown or invalid', async () => {
  const path = shared('recordings/binance-spot-30s.ws.txt')
  if (path === undefined) return void process.stdout.write('skipped: the 30 s recording is not there\n')
  const communicator = replayCommunicator({ files: path, timestamps: 's', separator: ': ', headers: 1 })
  const client = createClient({ venue: binanceSpot, communicator })
  const counters = lastValueFrom(client.counters$)
  client.connect()
  expect(await counters).toMatchObject({ received: 265, routed: 265, unknown: 0, invalid: 0, control: 0 })
})
