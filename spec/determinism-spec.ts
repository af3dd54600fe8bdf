import { join } from 'node:path'
import type { Pace } from '../lib/communicators/replay/ReplayConfig.js'
import { queueFills, touchFills, tradeThroughFills } from '../lib/simulation/index.js'
import { binanceFutures } from '../lib/venues/binanceFutures.js'
import { binanceSpot } from '../lib/venues/binanceSpot.js'
import { replayHashes, simulationHashes } from '../scripts/determinism/hashes.js'
import { quickTime } from './communicators/replay/quickTime.js'

const recording = (name: string) => join(__dirname, '../samples/recordings', name)

/** What `npm run determinism` gives on Node 20, 22 and 24. */
const expected = {
  'asterFutures-btcusdt.txt.gz': {
    venue: binanceFutures,
    replay: { bars: 'aae0035f4aff0f7d', books: '83761bc4aa1cc319', events: 'c5de899077424f9c' },
    orders: {
      touchFills: { placed: 300, filled: 251, orders: '8df9014f650d23ea', accounts: 'ff28f0215d43b4ec' },
      queueFills: { placed: 300, filled: 225, orders: '543062540f5a64e9', accounts: '61c20b8fbd2cfc46' },
      tradeThroughFills: { placed: 300, filled: 218, orders: '6355b30e01c895c0', accounts: '79bc2c451f675d6c' },
    },
  },
  'binanceSpot-btcusdt.txt.gz': {
    venue: binanceSpot,
    replay: { bars: '689ff739478c9366', books: '761a97f2b763879f', events: '19fd96e84fc01e0a' },
    orders: {
      touchFills: { placed: 300, filled: 156, orders: '33649ae23d4f4e07', accounts: '62b15b3a59559d0a' },
      queueFills: { placed: 300, filled: 93, orders: 'd2b1986ca33d3e70', accounts: 'f9caf0b203d4e6f3' },
      tradeThroughFills: { placed: 300, filled: 93, orders: 'd2b1986ca33d3e70', accounts: 'f9caf0b203d4e6f3' },
    },
  },
} as const

describe.each(Object.entries(expected))('%s', (name, { venue, replay, orders }) => {
  const files = recording(name)
  const symbols = ['BTCUSDT']

  test.each<Pace>(['instant', 'instant', 'recorded', 3, 1_000])(
    'the same events, books, bars and statuses at the pace %s as ever',
    async (pace) => {
      const { scheduler } = quickTime()
      expect(await replayHashes(venue, symbols, { files, pace, timer: scheduler })).toEqual(replay)
    },
  )

  test('in real time, too, a thousand times as fast', async () => {
    expect(await replayHashes(venue, symbols, { files, pace: 1_000 })).toEqual(replay)
  })

  test.each(Object.entries({ touchFills, queueFills, tradeThroughFills }))(
    'the same orders and fills by %s, twice',
    async (model, fills) => {
      const { hashes, placed, filled } = await simulationHashes(venue, { files, fills })
      expect({ placed, filled, orders: hashes['orders'], accounts: hashes['accounts'] }).toEqual(
        Reflect.get(orders, model),
      )
      expect((await simulationHashes(venue, { files, fills })).hashes).toEqual(hashes)
    },
  )
})
