import { asterFutures, createClient, replayCommunicator, topOfBook } from 'aster-rx'

const client = createClient({
  venue: asterFutures,
  communicator: replayCommunicator({ files: 'samples/recordings/asterFutures-btcusdt.txt.gz' }),
})

client
  .book('BTCUSDT')
  .pipe(topOfBook())
  .subscribe((top) => console.log(top?.bid?.price ?? 'not synced', top?.ask?.price ?? ''))

client.connect()
