import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { asterFutures, createClient, topOfBook, websocketCommunicator, type Status } from 'aster-rx'
import { startVenue } from 'aster-rx/simulation'
import { auditTime, filter, fromEvent, map, merge, scan, takeWhile, type Observable } from 'rxjs'

/** What a worker is given, and what it says: tops and statuses, never the events that they are made of. */
interface Shard {
  readonly symbols: readonly string[]
  readonly websocket: string
  readonly rest: string
}
type Said =
  | { readonly _tag: 'Top'; readonly symbol: string; readonly bid: string; readonly ask: string }
  | { readonly _tag: 'Status'; readonly status: Status }

const work = ({ symbols, websocket: endpoint, rest }: Shard, say: (said: Said) => void) => {
  const client = createClient({
    venue: asterFutures,
    communicator: websocketCommunicator(asterFutures, { endpoint, rest: { endpoint: rest } }),
  })
  client.status$.subscribe((status) => say({ _tag: 'Status', status }))
  for (const symbol of symbols)
    client
      .book(symbol)
      .pipe(topOfBook(), auditTime(100))
      .subscribe((top) => {
        if (top?.bid !== undefined && top.ask !== undefined)
          say({ _tag: 'Top', symbol, bid: top.bid.price, ask: top.ask.price })
      })
  client.connect()
}

const start = (shard: Shard): { readonly said$: Observable<Said>; readonly stop: () => Promise<unknown> } => {
  const worker = new Worker(new URL(import.meta.url), { workerData: shard })
  return { said$: fromEvent(worker, 'message') as Observable<Said>, stop: () => worker.terminate() }
}

if (isMainThread) {
  const symbols = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT', 'XRPUSDT']
  const venue = await startVenue({ venue: asterFutures, seed: 7, symbols })
  const shards = [0, 1].map((n) => start({ symbols: symbols.filter((_, i) => i % 2 === n), ...venue.addresses }))
  const said$ = merge(...shards.map(({ said$ }, n) => said$.pipe(map((said) => ({ n, said })))))

  said$.subscribe(({ n, said }) => {
    if (said._tag === 'Status' && said.status._tag === 'Connected') console.log(`shard ${n}: connected`)
  })
  said$
    .pipe(
      map(({ said }) => said),
      filter((said) => said._tag === 'Top'),
      scan((tops, top) => new Map(tops).set(top.symbol, top), new Map<string, { bid: string; ask: string }>()),
      takeWhile((tops) => tops.size < symbols.length, true),
    )
    .subscribe({
      next: (tops) => console.log([...tops.keys()].sort().join(' ')),
      complete: () => void Promise.all(shards.map(({ stop }) => stop())).then(venue.close),
    })
} else work(workerData as Shard, (said) => parentPort?.postMessage(said))
