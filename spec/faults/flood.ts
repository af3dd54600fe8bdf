import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'

/** A venue in a process of its own, that sends 2,500 numbered tickers a second to whoever connects, and ends after so many. */
const most = Number(process.argv[2])
const PER_TURN = 25

const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })

const ticker = (id: number) =>
  `{"stream":"btcusdt@bookTicker","data":{"e":"bookTicker","u":${id},"E":1,"T":1,"s":"BTCUSDT","b":"1.00","B":"1.000","a":"1.01","A":"1.000"}}`

server.on('connection', (socket) => {
  let sent = 0
  const started = performance.now()
  const timer = setInterval(() => {
    const due = Math.min(most, Math.floor((performance.now() - started) / 10) * PER_TURN)
    while (sent < due) socket.send(ticker((sent += 1)))
    if (sent === most) clearInterval(timer)
  }, 10)
  socket.on('close', () => clearInterval(timer))
  socket.on('error', () => undefined)
})

server.on('listening', () => process.send?.((server.address() as AddressInfo).port))
process.on('disconnect', () => process.exit())
