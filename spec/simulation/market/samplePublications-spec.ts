import { createClient } from '../../../lib/client/createClient.js'
import { Decimal } from '../../../lib/codecs/Decimal.js'
import { Id } from '../../../lib/codecs/Id.js'
import { Text } from '../../../lib/codecs/Text.js'
import { Timestamp } from '../../../lib/codecs/Timestamp.js'
import { many } from '../../../lib/codecs/many.js'
import { wire } from '../../../lib/codecs/wire.js'
import { websocketCommunicator } from '../../../lib/communicators/websocket/websocketCommunicator.js'
import { simulate } from '../../../lib/simulation/index.js'
import { markets } from '../../../lib/simulation/market/markets.js'
import { marketKinds, samplePublications } from '../../../lib/simulation/market/samplePublications.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { binanceSpot } from '../../../lib/venues/binanceSpot.js'
import type { StreamTable, VenueWithBooks } from '../../../lib/venues/Venue.js'

const start = Date.UTC(2024, 7, 8, 12)

test('the kinds that the markets make', () => {
  const symbols = ['BTCUSDT', 'BTC_UP_DOWN_5M_1778483280_YUSDT']
  const { step } = markets({ seed: 7, symbols, pause: 25, depthSpeed: 250, skipsIds: true }, start)
  const made = Array.from({ length: 300 }, (_, i) => step(start + i * 100)).flatMap(({ publications }) => publications)
  expect([...new Set(made.map(({ topic }) => topic.kind))].sort()).toEqual([...marketKinds].sort())
})

const component = wire('Component', undefined, { asset: ['b', Text], weight: ['w', Decimal] })
const index = wire('Index', 'index', {
  eventTime: ['E', Timestamp],
  symbol: ['s', Text],
  indexId: ['n', Id],
  components: ['c', many(component)],
})
const streams = {
  ...asterFutures.streams,
  index: { name: '<symbol>@index[@<speed:second>]', event: index, sequence: 'indexId' },
} as const satisfies StreamTable
interface Indexed extends VenueWithBooks<typeof streams, typeof asterFutures.account> {}
const indexed: Indexed = { ...asterFutures, name: 'indexed', streams }

test('a stream that no market makes comes once a second, with its own symbol and the time of now', async () => {
  const { transport, scheduler, controls, pass, close } = simulate({ venue: indexed, seed: 7 })
  const client = createClient({
    venue: indexed,
    communicator: websocketCommunicator(indexed, { transport, scheduler }),
    scheduler,
  })
  const seen: string[] = []
  const wrong: unknown[] = []
  client.parseError$.subscribe((error) => wrong.push(error))
  const times: number[] = []
  client.stream('ethusdt@index@1s').subscribe(({ symbol, eventTime, components }) => {
    seen.push(`${symbol} ${components.map(({ asset }) => asset).join(' ')}`)
    times.push(eventTime)
  })
  const connection = client.connect()
  await pass(1_000)
  controls.run()
  await pass(5_500)
  expect(seen).toEqual(Array<string>(5).fill('ETHUSDT USDT'))
  expect(wrong).toEqual([])
  expect(times.slice(1).map((time, i) => time - (times[i] ?? NaN))).toEqual([1_000, 1_000, 1_000, 1_000])
  connection.unsubscribe()
  await close()
})

test('what comes unasked, was taken away, or nobody knows is no sample', () => {
  const names = ['!serverShutdown', '!ticker@arr', 'btcusdt@trade', 'btcusdt@nothing', '']
  const sampled = samplePublications(binanceSpot, () => names)
  expect(Array.from({ length: 20 }, () => sampled(start)).flat()).toEqual([])
})
