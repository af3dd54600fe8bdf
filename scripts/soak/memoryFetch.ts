import type { EventEmitter } from 'node:events'
import { Readable } from 'node:stream'
import type { Fetch, FetchAnswer } from '../../lib/rest/fetchText.js'
import type { Ways } from './memorySocket.js'

type Headers = Readonly<Record<string, string>>

const lowerCase = (headers: Headers): Headers =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))

const answerOf = (status: number, given: Headers, body: string): FetchAnswer => {
  const headers = lowerCase(given)
  return { status, headers: { get: (name) => headers[name.toLowerCase()] ?? null }, text: () => Promise.resolve(body) }
}

/** Asks a server in memory: what `fetch` does, as far as the library uses it. */
export const memoryFetch =
  (server: EventEmitter, origin: string, { time, latency }: Pick<Ways, 'time' | 'latency'>): Fetch =>
  (url, { method, headers, body, signal }) =>
    new Promise((resolve, reject) => {
      const back = (work: () => void) =>
        time.scheduler.schedule(
          () =>
            time.whenRead(() => {
              time.stir()
              work()
            }),
          latency,
        )
      signal.addEventListener('abort', () => {
        time.stir()
        reject(new Error('aborted'))
      })
      const message = Object.assign(Readable.from(body === undefined ? [] : [body]), {
        method,
        url: url.slice(origin.length),
        headers: lowerCase(headers),
      })
      let status = 0
      let said: Headers = {}
      const response = {
        setHeader: (name: string, value: string) => {
          said = { ...said, [name]: value }
        },
        writeHead: (code: number, more: Headers) => {
          status = code
          said = { ...said, ...more }
        },
        end: (text: string) => back(() => resolve(answerOf(status, said, text))),
        destroy: () => back(() => reject(new Error('destroyed'))),
      }
      time.scheduler.schedule(() => {
        time.stir()
        server.emit('request', message, response)
      }, latency)
    })
