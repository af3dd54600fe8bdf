import { WebSocketServer, type WebSocket } from 'ws'
import { recordings } from './recording.js'

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

/** So many trades a second, each numbered; the time of each, in ns, goes to the parent at the end. */
const pace = (socket: WebSocket, perSecond: number) => {
  const sentAt: string[] = []
  const start = process.hrtime.bigint()
  const send = () => {
    if (socket.readyState !== socket.OPEN) return
    if (sentAt.length < (Number(process.hrtime.bigint() - start) / 1e9) * perSecond) {
      const trade = {
        ...{ e: 'trade', E: 1, s: 'BTCUSDT', t: sentAt.length },
        ...{ p: '1.00', q: '1.000', T: 1, m: false },
      }
      const text = JSON.stringify({ stream: 'btcusdt@trade', data: trade })
      sentAt.push(String(process.hrtime.bigint()))
      socket.send(text)
    }
    setImmediate(send)
  }
  socket.on('close', () => process.send?.(sentAt))
  send()
}

const [name, perSecond] = process.argv.slice(2)
const { texts = [] } = recordings().find((recording) => recording.name === name) ?? {}
const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
server.on('connection', (socket) => {
  socket.on('error', () => undefined)
  if (perSecond === undefined) saturate(socket, texts)
  else pace(socket, Number(perSecond))
})
server.on('listening', () => process.send?.(server.address()))
process.on('disconnect', () => process.exit())
