import assert from 'node:assert/strict'
import { after, ran } from '../ran.mjs'
import { filter, firstValueFrom } from 'rxjs'
import { asterFutures, createClient, replayCommunicator, websocketCommunicator } from '../../../lib/index.ts'
import { startRelay } from '../../../lib/simulation/index.ts'
import { exchangeOf } from '../exchangeOf.mjs'
import { markets } from '../venues.mjs'

const recording = new URL('../../../samples/recordings/asterFutures-btcusdt.txt.gz', import.meta.url).pathname
/** The last update of the recording. */
const LAST = 5_000_020_925

const levels = (side) => [...side].slice(0, 20).map(([price, quantity]) => [Number(price), Number(quantity)])

ran('ccxt', 'binanceusdm and our own client read one recording at once: the same book at its end', async () => {
  const relay = await startRelay({
    venue: asterFutures,
    clients: 2,
    settle: 200,
    open: (ready) => replayCommunicator({ files: recording, drain: 0, onRead: ready }),
  })
  after(() => relay.close())
  const { rest, websocket } = relay.addresses

  // What is traded is not in a recording: the simulated venue tells that.
  const { exchange: known } = await markets.find(({ name }) => name === 'binanceusdm').open()
  await known.loadMarkets()
  const exchange = await exchangeOf('binanceusdm', {
    fapiPublic: `${rest}/fapi/v1`,
    ws: { future: `${websocket}/ws/x` },
  })
  exchange.setMarkets(Object.values(known.markets))
  const client = createClient({
    venue: asterFutures,
    communicator: websocketCommunicator(asterFutures, { endpoint: websocket, rest: { endpoint: rest } }),
  })
  const ours = firstValueFrom(
    client.book('BTCUSDT').pipe(filter((state) => state._tag === 'Synced' && state.book.lastUpdateId === LAST)),
  )
  const connection = client.connect()
  after(() => connection.unsubscribe())

  const theirs = async () => {
    for (;;) {
      const book = await exchange.watchOrderBook('BTC/USDT:USDT')
      if (book.nonce === LAST) return { bids: levels(book.bids), asks: levels(book.asks) }
    }
  }
  const [{ book }, other] = await Promise.all([ours, theirs()])
  const { bids, asks } = book.toSnapshot()
  assert.deepEqual({ bids: levels(bids), asks: levels(asks) }, other)
  return `update ${LAST}, ${other.bids.length + other.asks.length} levels compared`
})
