import { asterFutures, createClient, topOfBook, websocketCommunicator } from 'aster-rx/core'

const client = createClient({ venue: asterFutures, communicator: websocketCommunicator(asterFutures) })

client.stream('btcusdt@trade').subscribe(({ price, quantity }) => console.log(price, quantity))
client
  .book('BTCUSDT')
  .pipe(topOfBook())
  .subscribe((top) => console.log(top?.bid?.price ?? 'not synced', top?.ask?.price ?? ''))

client.connect()
