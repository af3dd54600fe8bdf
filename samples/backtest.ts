import { asterFutures, createClient, klines, replayCommunicator } from 'aster-rx'
import { bufferTime, filter } from 'rxjs'

const client = createClient({
  venue: asterFutures,
  communicator: replayCommunicator({ files: 'samples/recordings/asterFutures-btcusdt.txt.gz' }),
})

// Time is the recording's: ten recorded seconds pass in a moment, and always at the same trade.
client.trade$.pipe(bufferTime(10_000, client.scheduler)).subscribe((trades) => console.log(`${trades.length} trades`))

client.trade$
  .pipe(
    klines({ interval: '1m', client }),
    filter(({ isClosed }) => isClosed),
  )
  .subscribe(({ open, high, low, close, volume }) => console.log(open, high, low, close, volume))

client.connect()
