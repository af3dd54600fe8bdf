import { once } from 'node:events'
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import { readFile } from 'node:fs/promises'
import { connect, isIP } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Setup } from './dashboard/Setup.js'

/** What a page is served from. */
export interface PageServerConfig {
  /** Where the page was built. */
  readonly folder: URL
  readonly setup: Setup
  /** The REST address of the server behind it, which has the WebSocket endpoint, too. */
  readonly target: string
  /** What the page may do to that server, by name. */
  readonly controls: ReadonlyMap<string, () => void>
  readonly host: string
  /** Default: a free one. */
  readonly port?: number
}

export interface PageServer {
  readonly address: string
  /** Resolves when no socket is open. */
  readonly close: () => Promise<void>
}

const files = [
  { path: '/', name: 'index.html', type: 'text/html; charset=utf-8' },
  { path: '/page.js', name: 'page.js', type: 'text/javascript; charset=utf-8' },
  { path: '/page.css', name: 'page.css', type: 'text/css; charset=utf-8' },
  { path: '/licences.txt', name: 'licences.txt', type: 'text/plain; charset=utf-8' },
] as const

/** Everything comes from this server and nothing from elsewhere, and no text becomes a program. */
const headers = {
  'Content-Security-Policy': [
    "default-src 'none'",
    ...["script-src 'self'", "style-src 'self'", "connect-src 'self'", 'img-src data:'],
    ...["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"],
  ].join('; '),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-cache',
}

const read = async (folder: URL): Promise<ReadonlyMap<string, { readonly body: Buffer; readonly type: string }>> => {
  const bodies = files.map(async ({ path, name, type }) => {
    const body = await readFile(new URL(name, folder))
    return [path, { body, type }] as const
  })
  return new Map(
    await Promise.all(bodies).catch((cause: unknown) => {
      throw new Error('expected the page of the dashboard beside the program, came none: npm run build makes it', {
        cause,
      })
    }),
  )
}

const isLoopback = (host: string) => host === 'localhost' || host === '::1' || host.startsWith('127.')

/**
 * Whether a request is one of this page, or of no page: other pages may not use what listens on this machine only, be it
 * by a name of theirs that leads here.
 */
const isOwn = ({ headers: { host = '', origin } }: IncomingMessage, listened: string): boolean => {
  const name = host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1')
  const isKnown = !isLoopback(listened) || isLoopback(name) || isIP(name) > 0
  return isKnown && (origin === undefined || origin === `http://${host}`)
}

/** Serves the page, what it is set up by, and, under the same address, the server behind it. */
export const startPage = async (config: PageServerConfig): Promise<PageServer> => {
  const { setup, target, controls, host, port: wanted = 0 } = config
  const pages = await read(config.folder)
  const { hostname, port: targetPort } = new URL(target)
  const there = { host: hostname.replace(/^\[(.*)\]$/, '$1'), port: Number(targetPort) }

  const answer = (response: ServerResponse, status: number, type: string, body: string | Buffer) => {
    response.writeHead(status, { ...headers, 'Content-Type': type })
    response.end(body)
  }
  const say = (response: ServerResponse, status: number, text: string) => answer(response, status, 'text/plain', text)

  const control = (name: string, message: IncomingMessage, response: ServerResponse) => {
    const act = controls.get(name)
    if (act === undefined) return say(response, 404, 'expected a control of a simulated venue, came none\n')
    if (message.method !== 'POST') return say(response, 405, 'expected POST\n')
    act()
    response.writeHead(204, headers).end()
  }

  const forward = (message: IncomingMessage, response: ServerResponse) => {
    const { method, url: path, headers: sent } = message
    const asked = request({ ...there, method, path, headers: sent }, (answered) => {
      response.writeHead(answered.statusCode ?? 502, answered.headers)
      answered.pipe(response)
    })
    asked.on('error', () => (response.headersSent ? response.destroy() : say(response, 502, 'no answer\n')))
    response.on('close', () => asked.destroy())
    message.pipe(asked)
  }

  const server = createServer((message, response) => {
    const [path = ''] = (message.url ?? '').split('?')
    const page = pages.get(path)
    if (!isOwn(message, host)) return say(response, 403, 'expected a request of the page\n')
    if (page !== undefined) return answer(response, 200, page.type, page.body)
    if (path === '/setup.json') return answer(response, 200, 'application/json', JSON.stringify(setup))
    const [, name] = /^\/control\/([^/]+)$/.exec(path) ?? []
    if (name !== undefined) return control(name, message, response)
    forward(message, response)
  })

  server.on('upgrade', (message, near: Duplex, head: Buffer) => {
    if (!isOwn(message, host)) return near.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
    const far = connect(there)
    const lines = message.rawHeaders.map((text, i) => (i % 2 === 0 ? `${text}: ` : `${text}\r\n`)).join('')
    far.write(`GET ${message.url ?? ''} HTTP/1.1\r\n${lines}\r\n`)
    far.write(head)
    near.pipe(far).pipe(near)
    // What is reset on one side is reset on the other; what ends has its last bytes delivered.
    for (const [one, other] of [[near, far] as const, [far, near] as const])
      one.on('error', () => other.destroy()).on('close', () => other.end())
  })

  const open = new Set<Duplex>()
  server.on('connection', (socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
  })
  server.listen(wanted, host)
  await once(server, 'listening')
  const listening = server.address()
  const port = typeof listening === 'object' && listening !== null ? listening.port : wanted
  return {
    address: `http://${host.includes(':') ? `[${host}]` : host}:${port}/`,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      for (const socket of open) socket.destroy()
      await closed
    },
  }
}
