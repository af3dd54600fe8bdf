import { parentPort } from 'node:worker_threads'
import { asterFutures, binanceSpot, createClient, replayCommunicator } from 'aster-rx'

/** What a thread plays: the files of its symbols, with their books. */
export interface Shard {
  readonly venueName: string
  readonly files: readonly { readonly path: string; readonly symbol: string }[]
}

const play = ({ venueName, files }: Shard) => {
  const venue = venueName === binanceSpot.name ? binanceSpot : asterFutures
  const client = createClient<typeof venue>({ venue, communicator: replayCommunicator({ files, merge: true }) })
  const synced = new Set<string>()
  for (const { symbol } of files)
    client.book(symbol).subscribe((state) => {
      if (state._tag === 'Synced' && state.book.bestBid !== undefined && state.book.bestAsk !== undefined)
        synced.add(symbol)
    })
  client.message$.subscribe({
    complete: () => {
      if (synced.size < files.length) throw new Error(`${synced.size} of ${files.length} books are synced`)
      parentPort?.postMessage(synced.size)
    },
  })
  client.connect()
}

parentPort?.on('message', play)
