import { readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { lastValueFrom, of, Subject, tap, toArray } from 'rxjs'
import { createClient, type ClientConfig } from '../../../lib/client/createClient.js'
import { record } from '../../../lib/communicators/record.js'
import type { RecordConfig } from '../../../lib/communicators/record/RecordConfig.js'
import { replayCommunicator } from '../../../lib/communicators/replayCommunicator.js'
import type { ReplayConfig } from '../../../lib/communicators/replay/ReplayConfig.js'
import type { BookState } from '../../../lib/operators/BookState.js'
import type { Reply, Signal, Status } from '../../../lib/Signal.js'
import { seeded } from '../../../lib/simulation/market/seeded.js'
import { asterFutures, type AsterFutures } from '../../../lib/venues/asterFutures.js'
import { combined, trade } from '../../client/frames.js'
import { Clock } from '../../helpers/Clock.js'

export const STREAM = 'btcusdt@depth@100ms'
export const DAY = 86_400_000
export const START = Date.parse('2024-08-08T20:00:00Z')
/** There is an update, and a trade, in so many ms. */
export const EVERY = 600_000

/** A book as texts, best first. */
interface Sides {
  readonly bids: readonly (readonly [price: string, quantity: string])[]
  readonly asks: readonly (readonly [price: string, quantity: string])[]
}

/** What the market was after each update, by its id, as a plain map of prices knows it. */
type Truth = ReadonlyMap<number, Sides>

const sides = (bids: ReadonlyMap<number, string>, asks: ReadonlyMap<number, string>): Sides => {
  const listed = (side: ReadonlyMap<number, string>, direction: 1 | -1) =>
    [...side].sort(([a], [b]) => direction * (a - b)).map(([price, quantity]) => [price.toFixed(2), quantity] as const)
  return { bids: listed(bids, -1), asks: listed(asks, 1) }
}

/** A market of `count` updates, one every ten minutes, with what REST answers before the first. */
const market = (count: number, seed = 7) => {
  const random = seeded(seed)
  const bids = new Map<number, string>([[99, '1.00']])
  const asks = new Map<number, string>([[101, '1.00']])
  const truth = new Map<number, Sides>([[0, sides(bids, asks)]])
  const updates = Array.from({ length: count }, (_, i) => {
    const u = i + 1
    const [isBid, price] = [random() < 0.5, Math.floor(random() * 40)]
    const side = isBid ? bids : asks
    const at = isBid ? 99 - price : 101 + price
    const quantity = side.size > 1 && random() < 0.3 && at !== 99 && at !== 101 ? '0.00' : (1 + u / 100).toFixed(2)
    if (quantity === '0.00') side.delete(at)
    else side.set(at, quantity)
    truth.set(u, sides(bids, asks))
    const change = [[at.toFixed(2), quantity]]
    const receivedAt = START + u * EVERY
    const ids = { e: 'depthUpdate', E: receivedAt - 5, T: receivedAt - 5, s: 'BTCUSDT', U: u, u, pu: u - 1 }
    return { receivedAt, data: { ...ids, b: isBid ? change : [], a: isBid ? [] : change } }
  })
  return { truth: truth as Truth, updates }
}

/** A client that is live, by hand, and records `days` of a market with its book; `lose` leaves out single updates. */
export const recorded = async (
  config: Partial<RecordConfig> & Pick<RecordConfig, 'file'>,
  { count = 300, hasBooks = true, heldFrom = 0, source = { id: 'c1' } } = {},
) => {
  const { truth, updates } = market(count)
  const clock = new Clock()
  const signal$ = new Subject<Signal>()
  const snapshot = (symbol: string) => {
    const { bids, asks } = truth.get(0) ?? { bids: [], asks: [] }
    const text = JSON.stringify({ lastUpdateId: 0, E: START, T: START, bids, asks })
    return of({ _tag: 'Reply', symbol, text, receivedAt: START + EVERY } satisfies Reply)
  }
  const communicator = Object.assign(() => signal$, { snapshot })
  const client = createClient({ venue: asterFutures, communicator, scheduler: clock })
  const recording = { scheduler: clock, ...(hasBooks && { books: client.heldBooks }), ...config }
  const written = lastValueFrom(client.signal$.pipe(record(recording), toArray()))
  if (heldFrom === 0) client.book('BTCUSDT').subscribe()
  client.connect()
  const status = (said: Status) => signal$.next(said)
  status({ _tag: 'Connecting', receivedAt: START, source })
  status({ _tag: 'Connected', receivedAt: START, source })
  status({ _tag: 'Acknowledged', stream: STREAM, receivedAt: START, source })
  status({ _tag: 'Acknowledged', stream: 'btcusdt@trade', receivedAt: START, source })
  for (const { receivedAt, data } of updates) {
    signal$.next(combined(STREAM, data, receivedAt, source))
    signal$.next(trade(data.u, 'BTCUSDT', receivedAt + 1, source))
  }
  signal$.complete()
  return { truth, updates, signals: await written }
}

export const partsOf = (path: string, name: string) =>
  readdirSync(dirname(path))
    .filter((one) => one.startsWith(`${name}-`) && !one.endsWith('.lock'))
    .sort()
    .map((one) => `${dirname(path)}/${one}`)

/** What a client says of a replay, in its order: books by their last id, other things by their tag. */
export const replayed = async (config: ReplayConfig, more: Partial<ClientConfig<AsterFutures>> = {}) => {
  const notices: string[] = []
  const communicator = replayCommunicator(config)
  const onNotice = (text: string) => notices.push(text)
  const client = createClient({ venue: asterFutures, communicator, onNotice, ...more })
  const states: { readonly at: number; readonly id: number; readonly reason?: string; readonly sides?: Sides }[] = []
  const now = () => client.scheduler.now()
  const onState = (state: BookState) => {
    if (state._tag === 'Syncing') return states.push({ at: now(), id: -1, reason: state.reason })
    const { lastUpdateId: id, bids, asks } = state.book.toSnapshot()
    return states.push({ at: now(), id, sides: { bids, asks } })
  }
  client.book('BTCUSDT').subscribe(onState)
  const statuses: Status[] = []
  client.status$.subscribe((status) => statuses.push(status))
  const trades: number[] = []
  client.trade$.subscribe(({ tradeId }) => trades.push(tradeId))
  const signals = lastValueFrom(client.signal$.pipe(tap(), toArray()))
  client.connect()
  return { states, statuses, trades, notices, signals: await signals }
}
