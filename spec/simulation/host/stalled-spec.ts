import { NEVER } from 'rxjs'
import { createClient } from '../../../lib/client/createClient.js'
import { websocketCommunicator } from '../../../lib/communicators/websocket/websocketCommunicator.js'
import type { KlineBar } from '../../../lib/events/Kline.js'
import type { Trade } from '../../../lib/events/Trade.js'
import { memoryHost } from '../../../lib/simulation/host/memoryHost.js'
import { venueServer } from '../../../lib/simulation/host/venueServer.js'
import { virtualTime } from '../../../lib/simulation/host/virtualTime.js'
import { binanceSpot } from '../../../lib/venues/binanceSpot.js'

const START = 1_700_000_000_000

/** A client of a venue whose process can be blocked: it is the venue that has the late timers. */
const stallable = () => {
  const time = virtualTime(START)
  const server = venueServer({ venue: binanceSpot, seed: 3, symbols: ['BTCUSDT'] }, time.clientScheduler)
  const { transport, close } = memoryHost(server, { time, latency: () => 1, random: () => 0.5 })
  const { scheduler } = time
  const communicator = websocketCommunicator(binanceSpot, { transport, scheduler, snapshot: () => NEVER })
  const streams = ['btcusdt@trade', 'btcusdt@kline_1s'] as const
  const client = createClient({ venue: binanceSpot, communicator, scheduler, streams })
  const trades: Trade[] = []
  const bars: KlineBar[] = []
  client.trade$.subscribe((trade) => trades.push(trade))
  client.kline$.subscribe(({ kline }) => bars.push(kline))
  const connection = client.connect()
  server.controls.run()
  return {
    ...time,
    trades,
    closed: () => bars.filter(({ isClosed }) => isClosed),
    end: () => {
      connection.unsubscribe()
      server.stop()
      close()
    },
  }
}

test.each([2_000, 2_345, 9_000, 60_000])(
  'F84 a venue that stalls for %p ms says of each second what its trades say',
  async (stall) => {
    const { pass, block, trades, closed, end } = stallable()
    await pass(4_321)
    block(stall)
    await pass(stall + 5_000)
    const bars = closed()
    expect(new Set(bars.map(({ openTime }) => openTime)).size).toBe(bars.length)
    const within = bars.filter(({ openTime }) => openTime >= START + 1_000)
    for (const { openTime, tradeCount } of within)
      expect([
        openTime,
        trades.filter(({ tradeTime }) => Math.floor(tradeTime / 1_000) * 1_000 === openTime).length,
      ]).toEqual([openTime, tradeCount])
    // Every second of the ten before it went on again, and those that follow.
    const last = (bars.at(-1)?.openTime ?? NaN) - START
    expect(last).toBeGreaterThanOrEqual(4_321 + stall + 3_000 - 1_000)
    const expected = Math.min(stall, 9_000) / 1_000 + 6
    expect(within.length).toBeGreaterThan(expected)
    // Nothing is of a time that has not come yet.
    expect((trades.at(-1)?.tradeTime ?? NaN) - START).toBeLessThanOrEqual(4_321 + stall + 5_000)
    end()
  },
)
