import { createClient, websocketCommunicator } from 'aster-rx'
import WebSocket from 'ws'
import { recordings } from './recording.js'

/** What comes before, and how long is measured, in ms. */
const WARM = 1_500
const MEASURED = 4_000

const [what, endpoint = '', name] = process.argv.slice(2)
const heard: (readonly [id: unknown, at: string])[] = []
let frames = 0
const count = () => {
  frames += 1
}

/** `ws` alone: counts messages. */
const bare = () => {
  const socket = new WebSocket(`${endpoint}/stream`)
  socket.on('message', count)
  return () => socket.terminate()
}

/** The client, with a listener for every event. */
const ours = () => {
  const venue = recordings().find((recording) => recording.name === name)?.venue
  if (venue === undefined) throw new TypeError(`there is no recording '${String(name)}'`)
  const client = createClient({
    venue,
    communicator: websocketCommunicator(venue, { endpoint }),
    streams: ['btcusdt@trade', 'btcusdt@aggTrade', 'btcusdt@bookTicker', 'btcusdt@depth@100ms'],
  })
  if (what === 'latency')
    client.trade$.subscribe(({ tradeId }) => heard.push([tradeId, String(process.hrtime.bigint())]))
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
  const [cpuBefore, before, at] = [process.cpuUsage(), frames, performance.now()]
  setTimeout(() => {
    const { user, system } = process.cpuUsage(cpuBefore)
    const measured = frames - before
    const perSecond = (measured / (performance.now() - at)) * 1_000
    end()
    process.send?.(what === 'latency' ? heard : { perSecond, cpu: (user + system) / measured }, () =>
      process.disconnect(),
    )
  }, MEASURED)
}, WARM)
