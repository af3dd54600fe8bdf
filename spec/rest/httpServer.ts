import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

const closing = new Set<() => Promise<void>>()

afterEach(async () => {
  for (const close of closing) await close()
})

/** A real server on the loopback, closed after the test at the latest. */
export const httpServer = async (
  handle: (request: IncomingMessage, response: ServerResponse, body: string) => void,
) => {
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (part: string) => (body += part))
    request.on('end', () => handle(request, response, body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () =>
    new Promise<void>((resolve) => {
      closing.delete(close)
      server.close(() => resolve())
      server.closeAllConnections()
    })
  closing.add(close)
  return { url: `http://127.0.0.1:${port}`, close }
}
