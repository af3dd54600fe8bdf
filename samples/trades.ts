import { asterFutures, createClient, replayCommunicator } from 'aster-rx'

const client = createClient({
  venue: asterFutures,
  communicator: replayCommunicator({ files: 'samples/recordings/asterFutures-btcusdt.txt.gz' }),
})

client.trade$.subscribe(({ symbol, price, quantity }) => console.log(symbol, price, quantity))
client.stream('btcusdt@kline_1m').subscribe(({ kline }) => console.log(kline.open, kline.close))
client.parseError$.subscribe((error) => console.error(error))

client.connect()
