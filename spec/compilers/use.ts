import {
  accountCommunicator,
  asterFutures,
  createClient,
  hmacSigner,
  isStreamName,
  mergeCommunicators,
  replayCommunicator,
  syncDepth,
  websocketCommunicator,
  type Client,
  type Venue,
} from 'aster-rx'
import { startVenue } from 'aster-rx/simulation'
import { frameOf } from 'aster-rx/testing'

const keys = { apiKey: 'a', secret: 'b' }
const communicator = mergeCommunicators(websocketCommunicator(asterFutures), accountCommunicator(asterFutures, keys))
export const client = createClient({ venue: asterFutures, communicator })
const name = 'btcusdt@depth@100ms'
export const book$ = client.stream(name).pipe(syncDepth({ rule: asterFutures.depthRule, snapshot: client.snapshot }))
export const replay = createClient({ venue: asterFutures, communicator: replayCommunicator({ files: 'day.txt' }) })

client.trade$.subscribe(({ price }) => price.toUpperCase())
client.trade$.subscribe(({ price }) => {
  // @ts-expect-error -- a price is a text
  const amount: number = price
  return amount
})
client.stream('kline', { symbol: 'BTCUSDT', interval: '1m' }).subscribe(({ kline }) => kline.open.toUpperCase())
// @ts-expect-error -- upper case
client.stream('BTCUSDT@trade')
// @ts-expect-error -- no such speed
client.stream('btcusdt@depth@7ms')

export const ofAny = <V extends Venue>(given: Client<V>) => given.message$
export const streams = ['btcusdt@trade'].filter((each): each is 'btcusdt@trade' => isStreamName(asterFutures, each))
export const others = [hmacSigner, startVenue, frameOf]
