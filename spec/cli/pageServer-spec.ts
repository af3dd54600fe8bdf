import { mkdirSync, writeFileSync } from 'node:fs'
import { request, type IncomingHttpHeaders } from 'node:http'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { WebSocket } from 'ws'
import { once } from 'node:events'
import { startPage, type PageServer } from '../../lib/cli/pageServer.js'
import type { Setup } from '../../lib/cli/dashboard/Setup.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { scratch } from '../communicators/scratch.js'
import { bareClient } from '../simulation/host/bareClient.js'
import { simulated } from './simulated.js'

const { path } = scratch()

const setup: Setup = {
  ...{ venue: 'asterFutures', symbols: ['BTCUSDT'], source: 'simulated', path: '', trades: 'trade' },
  ...{ hasAccount: true, controls: [] },
}

const open = new Set<PageServer>()
afterEach(async () => {
  for (const page of open) await page.close()
  open.clear()
})

const folder = () => {
  const at = path('page')
  mkdirSync(at, { recursive: true })
  for (const name of ['index.html', 'page.js', 'page.css', 'licences.txt'])
    writeFileSync(join(at, name), `this is ${name}`)
  return pathToFileURL(join(at, '/'))
}

/** A page before a simulated venue, with a control that counts. */
const started = async (host = '127.0.0.1') => {
  const venue = await simulated({ venue: asterFutures })
  let acted = 0
  const controls = new Map([['count', () => (acted += 1)]])
  const page = await startPage({ folder: folder(), setup, target: venue.addresses.rest, controls, host })
  open.add(page)
  return { ...venue, page, port: Number(new URL(page.address).port), acted: () => acted }
}

interface Answer {
  readonly status: number
  readonly body: string
  readonly headers: IncomingHttpHeaders
}

/** A request with any headers at all, as only programs that are no browsers make them. */
const ask = (port: number, target: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path: target, method, headers }, (answered) => {
      let body = ''
      answered.setEncoding('utf8').on('data', (part: string) => (body += part))
      answered.on('end', () => resolve({ status: answered.statusCode ?? 0, body, headers: answered.headers }))
    })
    asked.on('error', reject).end()
  })

test('serves the page, under a policy that lets nothing in from elsewhere, and what it is set up by', async () => {
  const { port } = await started()
  const { status, body, headers } = await ask(port, '/')
  expect([status, body]).toEqual([200, 'this is index.html'])
  expect(headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
  })
  const policy = headers['content-security-policy'] as string
  expect(policy).toContain("default-src 'none'")
  expect(policy).not.toMatch(/unsafe|https?:|\*/)
  expect((await ask(port, '/page.js?v=1')).headers['content-type']).toBe('text/javascript; charset=utf-8')
  expect((await ask(port, '/page.css')).body).toBe('this is page.css')
  expect(JSON.parse((await ask(port, '/setup.json')).body)).toEqual(setup)
})

test('has nothing else of its folder', async () => {
  const { port } = await started()
  for (const target of ['/index.html', '/../package.json', '/%2e%2e/package.json', '//etc/passwd'])
    expect((await ask(port, target)).status).toBe(404)
})

test('passes everything else on to the server behind it: requests with their answers, and sockets', async () => {
  const { port, controls } = await started()
  const { body, headers } = await ask(port, '/fapi/v3/depth?symbol=BTCUSDT&limit=5')
  expect((JSON.parse(body) as { bids: unknown[] }).bids).toHaveLength(5)
  expect(headers['x-mbx-used-weight-1m']).toBeDefined()
  const key = await ask(port, '/fapi/v1/listenKey', { 'X-MBX-APIKEY': 'mine' }, 'POST')
  expect(controls.listenKeys()).toEqual([(JSON.parse(key.body) as { listenKey: string }).listenKey])
  const client = await bareClient(`ws://127.0.0.1:${port}/ws/btcusdt@trade`)
  await client.until(3)
  controls.disconnect(4000, 'a reason')
  expect(await client.closed).toEqual({ code: 4000, reason: 'a reason' })
})

test('a connection that is cut behind it is cut before it, and one that is left is left', async () => {
  const { port, controls } = await started()
  const first = await bareClient(`ws://127.0.0.1:${port}/ws/btcusdt@trade`)
  await first.until(1)
  controls.disconnect(1006)
  expect((await first.closed).code).toBe(1006)
  const second = await bareClient(`ws://127.0.0.1:${port}/ws/btcusdt@trade`)
  await second.until(1)
  const closed = new Promise((resolve) =>
    controls.log$.subscribe(({ type, connection }) => {
      if (type === 'closed' && connection === 2) resolve(connection)
    }),
  )
  second.socket.terminate()
  expect(await closed).toBe(2)
})

test('a control is done by POST, and only those that there are', async () => {
  const { port, acted } = await started()
  expect((await ask(port, '/control/count')).status).toBe(405)
  expect((await ask(port, '/control/nonsense', {}, 'POST')).status).toBe(404)
  expect(acted()).toBe(0)
  expect((await ask(port, '/control/count', { Origin: `http://127.0.0.1:${port}` }, 'POST')).status).toBe(204)
  expect(acted()).toBe(1)
})

test.each([
  ['of another page', { Origin: 'http://example.com' }],
  ['of a page without a name', { Origin: 'null' }],
  ['of another port', { Origin: 'http://127.0.0.1:1' }],
  ['by a name that leads here', { Host: 'example.com' }],
])('refuses what is asked %s', async (_, headers) => {
  const { port, acted } = await started()
  for (const [target, method] of [
    ['/', 'GET'],
    ['/setup.json', 'GET'],
    ['/fapi/v3/depth?symbol=BTCUSDT', 'GET'],
    ['/control/count', 'POST'],
  ] as const)
    expect((await ask(port, target, headers, method)).status).toBe(403)
  expect(acted()).toBe(0)
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws/btcusdt@trade`, { headers })
  const [error] = (await once(socket, 'error').catch((reason: unknown) => [reason])) as readonly [Error]
  expect(error.message).toContain('403')
})

test('whoever listens for others takes any name of this machine', async () => {
  const { port } = await started('0.0.0.0')
  const named = { Host: 'mine.example' }
  expect((await ask(port, '/', named)).status).toBe(200)
  expect((await ask(port, '/', { ...named, Origin: 'http://other.example' })).status).toBe(403)
})

test('answers 502 where nothing is behind it any more', async () => {
  const { port, close } = await started()
  await close()
  expect((await ask(port, '/fapi/v3/time')).status).toBe(502)
})

test('says what to do where there is no page, or no free port', async () => {
  const target = 'http://127.0.0.1:1'
  const config = { folder: folder(), setup, target, controls: new Map<string, () => void>(), host: '127.0.0.1' }
  await expect(startPage({ ...config, folder: pathToFileURL(path('none/')) })).rejects.toThrow(
    'expected the page of the dashboard beside the program, came none: npm run build makes it',
  )
  const { port } = await started()
  await expect(startPage({ ...config, port })).rejects.toThrow('EADDRINUSE')
})
