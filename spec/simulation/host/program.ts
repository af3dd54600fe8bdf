import { WebSocket } from 'ws'
import { startVenue } from '../../../lib/simulation/index.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'

/** Uses everything that could keep a process alive, then closes the venue, twice. */
const run = async () => {
  const { addresses, controls, close } = await startVenue({ venue: asterFutures })
  controls.run()
  const socket = new WebSocket(`${addresses.websocket}/stream?streams=btcusdt@depth@100ms`)
  await new Promise((resolve) => socket.once('message', resolve))
  controls.failRest('depth', { _tag: 'late', delay: 60_000 })
  const late = fetch(`${addresses.rest}/fapi/v1/depth?symbol=BTCUSDT`).catch(() => undefined)
  await fetch(`${addresses.rest}/fapi/v1/listenKey`, { method: 'POST', headers: { 'X-MBX-APIKEY': 'mine' } })
  await Promise.all([close(), close(), late])
  process.stdout.write('closed')
}

void run()
