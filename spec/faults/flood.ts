import type { AddressInfo } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'
import { WebSocketServer } from 'ws'

/** Where the number stands up to which tickers may be sent, and that of the last that was sent. */
export const ALLOWED = 0
export const SENT = 1

const ticker = (id: number) =>
  `{"stream":"btcusdt@bookTicker","data":{"e":"bookTicker","u":${id},"E":1,"T":1,"s":"BTCUSDT","b":"1.00","B":"1.000","a":"1.01","A":"1.000"}}`

/** A venue in a thread of its own, that sends numbered tickers, as many as may be sent by then, to one who connects. */
const flood = (counts: Int32Array) => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  server.on('connection', (socket) => {
    let sent = 0
    const timer = setInterval(() => {
      while (sent < Atomics.load(counts, ALLOWED)) socket.send(ticker((sent += 1)))
      Atomics.store(counts, SENT, sent)
      Atomics.notify(counts, SENT)
    }, 1)
    socket.on('close', () => clearInterval(timer))
    socket.on('error', () => undefined)
  })
  server.on('listening', () => parentPort?.postMessage((server.address() as AddressInfo).port))
}

if (parentPort !== null) flood(workerData as Int32Array)
