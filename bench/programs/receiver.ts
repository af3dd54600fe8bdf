import { asterFutures, binanceSpot, createClient, websocketCommunicator } from 'aster-rx'
import WebSocket from 'ws'

/** What comes before, and how long is measured, in ms. */
const WARM = 1_500
const MEASURED = 4_000

const [what, endpoint = '', venueName, isTimed] = process.argv.slice(2)
const delays = new Float64Array(1_000_000)
let frames = 0

const count = () => {
  frames += 1
}

/** The time at which a trade was sent is its number. */
const note = (sentAt: unknown) => {
  delays[frames % delays.length] = Number(process.hrtime.bigint()) - Number(sentAt)
  frames += 1
}

/** `ws` alone, with `JSON.parse`. */
const bare = () => {
  const socket = new WebSocket(`${endpoint}/stream`)
  socket.on('message', (data: Buffer) => {
    // What our own sender sends.
    const parsed = JSON.parse(data.toString()) as { readonly data?: { readonly t?: unknown } }
    if (isTimed === 'timed') note(parsed.data?.t)
    else count()
  })
  return () => socket.terminate()
}

/** The client, with a listener for every event. */
const ours = () => {
  const venue = venueName === binanceSpot.name ? binanceSpot : asterFutures
  const client = createClient<typeof venue>({
    venue,
    communicator: websocketCommunicator(venue, { endpoint }),
    streams: ['btcusdt@trade', 'btcusdt@aggTrade', 'btcusdt@bookTicker', 'btcusdt@depth@100ms'],
  })
  if (isTimed === 'timed') client.trade$.subscribe(({ tradeId }) => note(tradeId))
  else {
    client.trade$.subscribe(count)
    client.aggTrade$.subscribe(count)
    client.bookTicker$.subscribe(count)
    client.depth$.subscribe(count)
  }
  const connection = client.connect()
  return () => connection.unsubscribe()
}

const end = what === 'bare' ? bare() : ours()
setTimeout(() => {
  frames = 0
  const [before, start] = [process.cpuUsage(), performance.now()]
  setTimeout(() => {
    const { user, system } = process.cpuUsage(before)
    const measured = frames
    const perSecond = (measured / (performance.now() - start)) * 1_000
    end()
    const sorted = delays.subarray(0, Math.min(measured, delays.length)).sort()
    const at = (part: number) => (sorted[Math.floor(sorted.length * part)] ?? NaN) / 1_000
    const parts = { p50: at(0.5), p99: at(0.99), 'p99.9': at(0.999) }
    process.send?.({ perSecond, cpu: (user + system) / measured, ...parts }, () => process.disconnect())
  }, MEASURED)
}, WARM)
