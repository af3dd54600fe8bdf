import { asterFutures, costToFill, createClient, imbalance, replayCommunicator, tickBars } from 'aster-rx'
import { filter, throttleTime } from 'rxjs'

const client = createClient({
  venue: asterFutures,
  communicator: replayCommunicator({ files: 'samples/recordings/asterFutures-btcusdt.txt.gz' }),
})

// `undefined` says that the book was lost.
client
  .book('BTCUSDT')
  .pipe(
    costToFill({ side: 'buy', quantity: '1' }),
    filter((now) => now !== undefined),
    throttleTime(10_000, client.scheduler),
  )
  .subscribe(({ symbol, quantity, amount, price }) =>
    console.log(`${symbol}: ${quantity} for ${amount}, ${price} each`),
  )

client
  .book('BTCUSDT')
  .pipe(
    imbalance(5),
    filter((now) => now !== undefined),
    throttleTime(10_000, client.scheduler),
  )
  .subscribe(({ symbol, bidQuantity, askQuantity }) =>
    console.log(`${symbol}: ${bidQuantity} bid, ${askQuantity} asked`),
  )

client.trade$
  .pipe(
    tickBars({ trades: 100 }),
    filter(({ isClosed }) => isClosed),
  )
  .subscribe(({ symbol, open, close, volume }) => console.log(`${symbol}: ${open} to ${close}, ${volume} traded`))

client.connect()
