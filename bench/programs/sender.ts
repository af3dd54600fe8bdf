import { WebSocketServer, type WebSocket } from 'ws'
import { recordingNamed } from '../recordings.js'

/** Bytes that may wait for the receiver. */
const WAITING = 1_000_000
const PER_TURN = 1_000

/** Sends the texts again and again, each in a message of its own, as fast as they are taken. */
const saturate = (socket: WebSocket, texts: readonly string[]) => {
  let next = 0
  const send = () => {
    // A turn has an end, so that a receiver that left is noticed.
    for (let left = PER_TURN; left > 0 && socket.bufferedAmount < WAITING; left--) {
      socket.send(texts[next] ?? '')
      next = (next + 1) % texts.length
    }
    if (socket.readyState === socket.OPEN) setImmediate(send)
  }
  send()
}

/** So many trades a second, each with the time at which it was sent, in ns, as its number. */
const pace = (socket: WebSocket, perSecond: number) => {
  let sent = 0
  const start = process.hrtime.bigint()
  const send = () => {
    const now = process.hrtime.bigint()
    for (const due = (Number(now - start) / 1e9) * perSecond; sent < due; sent++) {
      const trade = { e: 'trade', E: 1, T: 1, s: 'BTCUSDT', t: Number(process.hrtime.bigint()), p: '1.00', q: '1.000' }
      socket.send(JSON.stringify({ stream: 'btcusdt@trade', data: { ...trade, X: 'MARKET', m: false } }))
    }
    if (socket.readyState === socket.OPEN) setImmediate(send)
  }
  send()
}

const [name, perSecond] = process.argv.slice(2)
const { texts } = recordingNamed(name)
const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
server.on('connection', (socket) => {
  socket.on('error', () => undefined)
  if (perSecond === undefined) saturate(socket, texts)
  else pace(socket, Number(perSecond))
})
server.on('listening', () => process.send?.(server.address()))
process.on('disconnect', () => process.exit())
