import { filter, firstValueFrom, lastValueFrom, Subscription, take } from 'rxjs'
import { createClient } from '../lib/client/createClient.js'
import type { Client } from '../lib/client/Client.js'
import { accountCommunicator } from '../lib/communicators/accountCommunicator.js'
import { mergeCommunicators } from '../lib/communicators/mergeCommunicators.js'
import { record } from '../lib/communicators/record.js'
import { replayCommunicator } from '../lib/communicators/replayCommunicator.js'
import { websocketCommunicator } from '../lib/communicators/websocket/websocketCommunicator.js'
import { startVenue } from '../lib/simulation/index.js'
import type { BookState } from '../lib/operators/BookState.js'
import type { Status } from '../lib/Signal.js'
import { asterFutures, type AsterFutures } from '../lib/venues/asterFutures.js'
import { binanceSpot, type BinanceSpot } from '../lib/venues/binanceSpot.js'
import { scratch } from './communicators/scratch.js'

const { file, path } = scratch()
const streams = ['btcusdt@trade', 'btcusdt@aggTrade', 'btcusdt@kline_1m', 'btcusdt@bookTicker'] as const

/**
 * A replay alone says that a second of its recording has brought no book, by a status and by a state, as where a busy machine
 * takes a second to connect, or to answer.
 */
const isOfBoth = ({ _tag }: Status) => _tag !== 'Unsynced'
const isStateOfBoth = (state: BookState) => state._tag !== 'Syncing' || state.reason !== 'no snapshot yet'

/** All that a client says, as far as it is the same live and replayed. */
const heard = (client: Client<AsterFutures | BinanceSpot>) => {
  const messages: unknown[] = []
  const books: unknown[] = []
  const statuses: unknown[] = []
  const running = new Subscription()
  running.add(
    client.message$.subscribe(({ kind, stream, event, receivedAt }) =>
      messages.push(JSON.stringify([kind, stream, event, receivedAt])),
    ),
  )
  running.add(
    client
      .book('BTCUSDT')
      .pipe(filter(isStateOfBoth))
      .subscribe((state) =>
        books.push(
          state._tag === 'Syncing'
            ? `${state._tag} ${state.reason}`
            : `${state._tag} ${state.book.lastUpdateId} ${JSON.stringify(state.top)} ${JSON.stringify(state.book.toSnapshot())}`,
        ),
      ),
  )
  running.add(
    client.status$
      .pipe(filter(isOfBoth))
      .subscribe(({ source, ...status }) => statuses.push(JSON.stringify([status, source?.id ?? '']))),
  )
  return { messages, books, statuses, running }
}

test.each([asterFutures, binanceSpot])(
  'a session of $name over sockets and the replay of its recording say the same: messages, books and statuses',
  async (venue) => {
    const account = { apiKey: 'key', secret: 'secret' }
    const { addresses, controls, close } = await startVenue({ venue, seed: 7, accounts: [account], pause: 10 })
    const endpoints = { endpoint: addresses.websocket, rest: { endpoint: addresses.rest } }
    const client = createClient<AsterFutures | BinanceSpot>({
      venue,
      communicator: mergeCommunicators(
        websocketCommunicator(venue, endpoints),
        accountCommunicator(venue, account, { ...endpoints }),
      ),
      streams,
    })
    const recording = path(`${venue.name}.txt.gz`)
    const recorded = lastValueFrom(client.signal$.pipe(record({ file: recording })), { defaultValue: undefined })
    const live = heard(client)
    const own = controls.account()
    const connection = client.connect()
    controls.run()
    const isSynced = () => firstValueFrom(client.book('BTCUSDT').pipe(filter(({ _tag }) => _tag === 'Synced')))
    await isSynced()
    own.place({ symbol: 'BTCUSDT', side: 'BUY', quantity: '0.010' })
    controls.failDepth('drop')
    await firstValueFrom(client.book('BTCUSDT').pipe(filter(({ _tag }) => _tag === 'Syncing')))
    await isSynced()
    controls.disconnect(1006)
    await firstValueFrom(client.status$.pipe(filter(({ _tag }) => _tag === 'Disconnected')))
    await isSynced()
    own.place({ symbol: 'BTCUSDT', side: 'SELL', quantity: '0.010' })
    await lastValueFrom(client.trade$.pipe(take(30)))
    connection.unsubscribe()
    await recorded
    await close()

    const again = createClient<AsterFutures | BinanceSpot>({
      venue,
      communicator: replayCommunicator({ files: recording }),
    })
    const replayed = heard(again)
    const end = lastValueFrom(again.signal$, { defaultValue: undefined })
    again.connect()
    await end

    expect(live.messages.length).toBeGreaterThan(100)
    expect(replayed.messages).toEqual(live.messages)
    expect(new Set(live.messages.map((text) => (JSON.parse(String(text)) as [string])[0])).size).toBeGreaterThan(5)
    expect(replayed.statuses).toEqual(live.statuses)
    expect(replayed.books).toEqual(live.books)
  },
)

test('the snapshot that was asked for at a gap is the one that is taken there, however soon the gap came', async () => {
  const update = (first: number, last: number, previous: number) =>
    JSON.stringify({
      stream: 'btcusdt@depth@100ms',
      data: {
        ...{ e: 'depthUpdate', E: 1, T: 1, s: 'BTCUSDT', U: first, u: last, pu: previous },
        ...{ b: [[`${last}.00`, '1']], a: [] },
      },
    })
  const reply = (lastUpdateId: number) =>
    JSON.stringify({
      _tag: 'Reply',
      symbol: 'BTCUSDT',
      text: JSON.stringify({ lastUpdateId, bids: [[`${lastUpdateId}.00`, '1']], asks: [['99.00', '1']] }),
    })
  const lines = [update(1, 2, 0), reply(2), update(5, 6, 4), reply(6), update(7, 8, 6)]
  const files = file(lines.map((line, i) => `${1_000 + i} ${line}\n`).join(''))
  const client = createClient({ venue: asterFutures, communicator: replayCommunicator({ files }) })
  const states: string[] = []
  client
    .book('BTCUSDT')
    .subscribe((state) => states.push(state._tag === 'Synced' ? String(state.book.lastUpdateId) : state._tag))
  const end = lastValueFrom(client.signal$, { defaultValue: undefined })
  client.connect()
  await end
  expect(states).toEqual(['Syncing', 'Syncing', '2', 'Syncing', '6', '8'])
})
