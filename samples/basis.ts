import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  binanceFutures,
  binanceSpot,
  createClient,
  record,
  replayCommunicator,
  topOfBook,
  websocketCommunicator,
  type BinanceFutures,
  type BinanceSpot,
  type Communicator,
} from 'aster-rx'
import { startVenue } from 'aster-rx/simulation'
import { combineLatest, distinctUntilChanged, filter, forkJoin, lastValueFrom, map, takeUntil, timer } from 'rxjs'

/** What the perpetual's best bid is above spot's best ask, from the same code live and replayed. */
const basis = (spot: Communicator<'binanceSpot'>, perpetual: Communicator<'binanceFutures'>) => {
  const clients = [
    createClient<BinanceSpot>({ venue: binanceSpot, communicator: spot }),
    createClient<BinanceFutures>({ venue: binanceFutures, communicator: perpetual }),
  ] as const
  const [ofSpot, ofPerpetual] = clients
  const basis$ = combineLatest([
    ofSpot.book('BTCUSDT').pipe(topOfBook()),
    ofPerpetual.book('BTCUSDT').pipe(topOfBook()),
  ]).pipe(
    map(([{ ask } = {}, { bid } = {}]) => (Number(bid?.price) - Number(ask?.price)).toFixed(2)),
    filter((price) => price !== 'NaN'),
    distinctUntilChanged(),
  )
  const connect = () => clients.map((client) => client.connect())
  return { clients, basis$, connect }
}

const folder = mkdtempSync(join(tmpdir(), 'aster-rx-'))
const [spotFile, perpetualFile] = [join(folder, 'binanceSpot.txt.gz'), join(folder, 'binanceFutures.txt.gz')] as const

// Live: two venues on this machine, in whose place the real ones stand where the addresses are left out.
const venues = await Promise.all([startVenue({ venue: binanceSpot, seed: 1 }), startVenue({ venue: binanceFutures })])
const [spot, perpetual] = venues.map(({ addresses }) => ({
  endpoint: addresses.websocket,
  rest: { endpoint: addresses.rest },
}))
const live = basis(websocketCommunicator(binanceSpot, spot), websocketCommunicator(binanceFutures, perpetual))
const recorded = forkJoin([
  live.clients[0].signal$.pipe(record({ file: spotFile })),
  live.clients[1].signal$.pipe(record({ file: perpetualFile })),
])
const written = lastValueFrom(recorded)
live.basis$.pipe(takeUntil(timer(2_000))).subscribe({
  next: (price) => console.log('live', price),
  complete: () => connections.forEach((connection) => connection.unsubscribe()),
})
const connections = live.connect()
for (const { controls } of venues) controls.run()
await written
await Promise.all(venues.map(({ close }) => close()))

// Replayed: each recording has a clock of its own, so both are played as it was, side by side.
const replayed = basis(
  replayCommunicator({ files: spotFile, pace: 'recorded' }),
  replayCommunicator({ files: perpetualFile, pace: 'recorded' }),
)
replayed.basis$.subscribe((price) => console.log('replayed', price))
replayed.connect()
