import { createHash, type Hash } from 'node:crypto'
import {
  accountCommunicator,
  createClient,
  klines,
  mergeCommunicators,
  replayCommunicator,
  websocketCommunicator,
  type BinanceFutures,
  type BinanceSpot,
  type BookState,
  type ReplayConfig,
  type Venue,
} from 'aster-rx'
import { seeded, simulate, type RecordingConfig } from 'aster-rx/simulation'
import { lastValueFrom } from 'rxjs'

/** What came of a recording, each a hash: the same in every run, at every pace, on every version of Node. */
export type Hashes = Readonly<Record<string, string>>

/** The venues of the recordings. */
export type Recorded = BinanceFutures | BinanceSpot

/** A hash of lines, each with the time at which it came. */
const hashing = (now: () => number) => {
  const hashes = new Map<string, Hash>()
  const add = (name: string, line: unknown): void => {
    const hash = hashes.get(name) ?? createHash('sha256')
    hashes.set(name, hash.update(`${now()} ${JSON.stringify(line)}\n`))
  }
  const digests = (): Hashes =>
    Object.fromEntries([...hashes].map(([name, hash]) => [name, hash.digest('hex').slice(0, 16)]))
  return { add, digests }
}

const textOf = (state: BookState): unknown =>
  state._tag === 'Syncing'
    ? [state._tag, state.reason, state.attempt]
    : [state._tag, state.book.lastUpdateId, state.top]

/** What a client of a replay hears: events, books of these symbols, bars of a minute, and statuses. */
export const replayHashes = async (
  venue: Recorded,
  symbols: readonly string[],
  config: ReplayConfig,
): Promise<Hashes> => {
  const client = createClient<Recorded>({ venue, communicator: replayCommunicator(config), onNotice: () => undefined })
  const { add, digests } = hashing(() => client.scheduler.now())
  client.message$.subscribe(({ kind, stream, event, receivedAt }) => add('events', [kind, stream, event, receivedAt]))
  client.status$.subscribe(({ _tag, receivedAt }) => add('statuses', [_tag, receivedAt]))
  client.parseError$.subscribe(({ _tag, text }) => add('errors', [_tag, text]))
  for (const symbol of symbols) {
    let last: BookState | undefined
    client.book(symbol).subscribe({
      next: (state) => {
        last = state
        add('books', [symbol, textOf(state)])
      },
      complete: () => {
        if (last?._tag === 'Synced') add('books', last.book.toSnapshot())
      },
    })
  }
  client.trade$.pipe(klines({ interval: '1m', client })).subscribe((bar) => add('bars', bar))
  const end = lastValueFrom(client.signal$, { defaultValue: undefined })
  client.connect()
  await end
  return digests()
}

const accountKinds = ({ account }: Venue): ReadonlySet<string> =>
  new Set(Object.values(account).map(({ kind }) => kind))

/** What orders come to that bid and ask at the best prices each second over a recording, as a client hears of them. */
export const simulationHashes = async (
  venue: Recorded,
  recording: RecordingConfig,
  quantity = '0.002',
): Promise<{ readonly hashes: Hashes; readonly placed: number; readonly filled: number; readonly seconds: number }> => {
  const account = { apiKey: 'key', secret: 'secret' }
  const { transport, fetch, scheduler, controls, finish, unsynced, close } = simulate({
    ...{ venue, accounts: [account], latency: 20, recording },
  })
  const random = seeded(1)
  const config = { transport, scheduler, random, rest: { fetch, scheduler, random } }
  const client = createClient<Recorded>({
    venue,
    communicator: mergeCommunicators(websocketCommunicator(venue, config), accountCommunicator(venue, account, config)),
    scheduler,
    streams: ['btcusdt@trade', 'btcusdt@bookTicker'],
    onNotice: () => undefined,
  })
  const { add, digests } = hashing(() => scheduler.now())
  const isOfAccount = accountKinds(venue)
  client.message$.subscribe(({ kind, event }) => add(isOfAccount.has(kind) ? 'orders' : 'events', [kind, event]))
  client.status$.subscribe(({ _tag }) => add('statuses', _tag))
  client.book('BTCUSDT').subscribe((state) => add('books', textOf(state)))
  client.trade$.pipe(klines({ interval: '1m', client })).subscribe((bar) => add('bars', bar))

  const own = controls.account()
  const open = new Set<string>()
  const place = (side: 'BUY' | 'SELL', price: string) =>
    open.add(own.place({ symbol: 'BTCUSDT', side, quantity, price }).orderId)
  const quoting = scheduler.schedule(function () {
    for (const { orderId, status } of own.orders())
      if (open.has(orderId) && status !== 'NEW' && status !== 'PARTIALLY_FILLED') open.delete(orderId)
    for (const orderId of open) own.cancel('BTCUSDT', orderId)
    open.clear()
    const { bids = [], asks = [] } = controls.book('BTCUSDT', 1) ?? {}
    const [[bid] = [], [ask] = []] = [[...bids][0], [...asks][0]]
    if (bid !== undefined) place('BUY', bid)
    if (ask !== undefined) place('SELL', ask)
    this.schedule(undefined, 1_000)
  }, 1_000)
  const connection = client.connect()
  const began = process.cpuUsage()
  await finish()
  const { user, system } = process.cpuUsage(began)
  const seconds = (user + system) / 1e6
  quoting.unsubscribe()
  const orders = own.orders()
  add('accounts', [orders, own.balances(), own.positions(), unsynced()])
  connection.unsubscribe()
  await close()
  const filled = orders.filter(({ status }) => status === 'FILLED').length
  return { hashes: digests(), placed: orders.length, filled, seconds }
}
