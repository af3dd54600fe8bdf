import assert from 'node:assert/strict'
import tardis from 'tardis-dev'
import { binanceSpot } from '../../../lib/venues/binanceSpot.ts'
import { ran } from '../ran.mjs'
import { logged, saidOn, served } from '../served.mjs'

ran('tardis-dev', 'a live stream of trades and depth, in microseconds', async () => {
  const { addresses, controls } = await served({ venue: binanceSpot })
  process.env.WSS_URL_BINANCE = `${addresses.websocket}/stream?timeUnit=microsecond`
  const symbols = ['btcusdt']
  const messages = tardis.stream({
    exchange: 'binance',
    filters: [
      { channel: 'trade', symbols },
      { channel: 'depth', symbols },
    ],
  })
  const subscribed = logged(controls, 'sent', 2)
  const trades = []
  const took = (async () => {
    for await (const { message } of messages) {
      if (message.stream === 'btcusdt@trade') trades.push(message.data)
      if (trades.length === 20) return
    }
  })()
  await subscribed
  controls.step(300)
  await took
  const said = saidOn(controls, 'btcusdt@trade').slice(0, 20)
  assert.deepEqual(trades, said)
  assert.ok(trades.every(({ T }) => T > 1e15))
  return `${trades.length} trades, the first at ${trades[0].T} µs`
})
