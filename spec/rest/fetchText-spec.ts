import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { lastValueFrom } from 'rxjs'
import { fetchText, type Fetch } from '../../lib/rest/fetchText.js'
import { failure } from './failure.js'
import { httpServer } from './httpServer.js'
import { settled } from './virtual.js'

const sendable = (url: string) => ({ request: 'GET /x', url, method: 'GET', headers: {} })

test('the whole answer: status, headers, text', async () => {
  const server = await httpServer((request, response, body) => {
    response.writeHead(418, { 'X-Thing': 'yes' })
    response.end(`${String(request.method)} ${String(request.url)} ${String(request.headers['x-mine'])} ${body}`)
  })
  const question = {
    request: 'PUT /x',
    url: `${server.url}/x?a=1`,
    method: 'PUT',
    headers: { 'X-Mine': 'm' },
    body: 'b=2',
  }
  const { status, header, text } = await lastValueFrom(fetchText(fetch, question))
  expect([status, header('x-thing'), header('X-Thing'), header('x-none'), text]).toEqual([
    418,
    'yes',
    'yes',
    undefined,
    'PUT /x?a=1 m b=2',
  ])
  await server.close()
})

test('one request for each subscription, none without', async () => {
  let count = 0
  const server = await httpServer((_, response) => response.end(String(++count)))
  const answer$ = fetchText(fetch, sendable(server.url))
  await settled()
  expect(count).toBe(0)
  const [first, second] = [await lastValueFrom(answer$), await lastValueFrom(answer$)]
  expect([first.text, second.text]).toEqual(['1', '2'])
  await server.close()
})

test('a redirection is an answer, and is not followed', async () => {
  const seen: unknown[] = []
  const server = await httpServer((request, response) => {
    seen.push(request.url)
    response.writeHead(302, { Location: '/elsewhere' }).end('moved')
  })
  const { status, text } = await lastValueFrom(fetchText(fetch, sendable(`${server.url}/here`)))
  expect([status, text, seen]).toEqual([302, 'moved', ['/here']])
  await server.close()
})

test('F83 nobody there', async () => {
  const server = await httpServer(() => undefined)
  await server.close()
  const { failure: what, message, final } = await failure(fetchText(fetch, sendable(`${server.url}/?signature=CANARY`)))
  const reason = `connect ECONNREFUSED ${server.url.replace('http://', '')}`
  expect(what).toEqual({ kind: 'network', reason })
  expect([message, final]).toEqual([`GET /x: ${reason}`, false])
})

test('a connection that breaks before the answer', async () => {
  const server = createServer((socket) => socket.once('data', () => socket.destroy()))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const { failure: what } = await failure(fetchText(fetch, sendable(`http://127.0.0.1:${port}`)))
  expect(what).toEqual({ kind: 'network', reason: `127.0.0.1:${port}: UND_ERR_SOCKET: other side closed` })
  server.close()
  await once(server, 'close')
})

/** Says that a hundred bytes come, sends a few, and hangs up. */
const cutting = (status: number) =>
  httpServer((_, response) => {
    response.writeHead(status, { 'Content-Length': 100 })
    response.write('{"lastUpdateId"', () => response.destroy())
  })

test('a success that is cut', async () => {
  const server = await cutting(200)
  const { failure: what } = await failure(fetchText(fetch, sendable(server.url)))
  expect(what).toEqual({
    ...{ kind: 'body', status: 200, path: '' },
    reason: `cut: ${server.url.replace('http://', '')}: UND_ERR_SOCKET: other side closed`,
  })
  await server.close()
})

test('a failure that is cut is still that failure', async () => {
  for (const status of [300, 500]) {
    const server = await cutting(status)
    const answer = await lastValueFrom(fetchText(fetch, sendable(server.url)))
    expect([answer.status, answer.text]).toEqual([status, ''])
    await server.close()
  }
})

test.each([200, 500])('a body that is too long is not read to its end: %p', async (status) => {
  let whenGone: (gone: unknown) => void = () => undefined
  const gone = new Promise((resolve) => (whenGone = resolve))
  const server = await httpServer((_, response) => {
    response.on('close', () => whenGone(response.writableEnded))
    response.writeHead(status)
    const write = () => {
      while (response.write('x'.repeat(65_536)));
    }
    response.on('drain', write)
    write()
  })
  const { failure: what, final } = await failure(fetchText(fetch, sendable(server.url), 1_000_000))
  expect([what, final]).toEqual([{ kind: 'body', status, path: '', reason: 'expected at most 1000000 bytes' }, false])
  expect(await gone).toBe(false)
  await server.close()
})

test('a body that is as long as it may be, with characters of several bytes', async () => {
  const text = '€'.repeat(100_000)
  const server = await httpServer((_, response) => {
    response.write(Buffer.from(text).subarray(0, 100_001))
    response.end(Buffer.from(text).subarray(100_001))
  })
  expect((await lastValueFrom(fetchText(fetch, sendable(server.url), 300_000))).text).toBe(text)
  await server.close()
})

test('unsubscribing before the answer aborts the request', async () => {
  const server = await httpServer((request) => {
    subscription.unsubscribe()
    request.socket.once('close', gone)
  })
  let gone = (): void => undefined
  const hungUp = new Promise<void>((resolve) => (gone = resolve))
  const seen: unknown[] = []
  const note = (value: unknown) => seen.push(value)
  const subscription = fetchText(fetch, sendable(server.url)).subscribe({
    next: note,
    error: note,
    complete: () => note('|'),
  })
  await hungUp
  await settled()
  expect(seen).toEqual([])
  await server.close()
})

test('unsubscribing within the body aborts the reading of it', async () => {
  const server = await httpServer((request, response) => {
    response.writeHead(200)
    response.write('a part')
    request.socket.once('close', gone)
  })
  let gone = (): void => undefined
  const hungUp = new Promise<void>((resolve) => (gone = resolve))
  const reading: Fetch = async (url, init) => {
    const response = await fetch(url, init)
    return {
      status: response.status,
      headers: response.headers,
      text: () => {
        const text = response.text()
        subscription.unsubscribe()
        return text
      },
    }
  }
  const seen: unknown[] = []
  const subscription = fetchText(reading, sendable(server.url)).subscribe({
    next: (a) => seen.push(a),
    error: (e: unknown) => seen.push(e),
  })
  await hungUp
  await settled()
  expect(seen).toEqual([])
  await server.close()
})

const failing: readonly (readonly [unknown, string])[] = [
  [Object.assign(new Error('x'), { code: 'EPIPE', cause: { code: 'OTHER' } }), 'EPIPE: x'],
  [new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code: 'ENOTFOUND' }) }), 'ENOTFOUND: x'],
  [new TypeError('fetch failed', { cause: new RangeError('too far') }), 'RangeError: too far'],
  [new TypeError('fetch failed', { cause: 'text' }), 'TypeError: fetch failed'],
  ['nothing', 'no answer'],
  [null, 'no answer'],
  [
    new Error('request to https://host/x?signature=CANARY failed, listenKey=CANARY'),
    'request to <address> failed, listenKey=<redacted>',
  ],
  [new Error('x'.repeat(500)), 'x'.repeat(200)],
  [
    // As Node tells of a name whose addresses all refuse.
    new TypeError('fetch failed', {
      cause: Object.assign(
        new AggregateError([
          Object.assign(new Error('connect ECONNREFUSED ::1:443'), { code: 'ECONNREFUSED' }),
          Object.assign(new Error('connect ETIMEDOUT 10.0.0.1:443'), { code: 'ETIMEDOUT' }),
          Object.assign(new Error('connect ETIMEDOUT 10.0.0.1:443'), { code: 'ETIMEDOUT' }),
        ]),
        { code: 'ECONNREFUSED' },
      ),
    }),
    'connect ECONNREFUSED ::1:443; connect ETIMEDOUT 10.0.0.1:443',
  ],
]

test.each(failing)('F83 whatever a fetch throws is said without the address: %p', async (error, reason) => {
  const rejects: Fetch = async () => {
    await settled()
    throw error
  }
  const throws: Fetch = () => {
    throw error
  }
  for (const bad of [rejects, throws]) {
    const { failure: what } = await failure(fetchText(bad, sendable('http://venue.test/x?signature=CANARY')))
    expect(what).toEqual({ kind: 'network', reason: `venue.test: ${reason}` })
  }
})

test('what is sent cannot be changed by a fetch', async () => {
  const headers = Object.freeze({ a: 'b' })
  let init: unknown
  const keeping: Fetch = (_, given) => {
    init = given
    given.headers['c'] = 'd'
    return Promise.resolve({ status: 200, headers: { get: () => null }, text: () => Promise.resolve('') })
  }
  await lastValueFrom(fetchText(keeping, { ...sendable('http://h'), headers }))
  expect(headers).toEqual({ a: 'b' })
  expect(init).toEqual({
    method: 'GET',
    headers: { a: 'b', c: 'd' },
    redirect: 'manual',
    signal: expect.any(AbortSignal) as unknown,
  })
})

test('what is secret is not repeated by the reason of a failure', async () => {
  const says = () => Promise.reject(new Error('"canary" is an invalid header value'))
  const redact = (text: string) => text.replaceAll('canary', '***')
  const { failure: what } = await failure(fetchText(says, { ...sendable('http://venue.test'), redact }))
  expect(what).toEqual({ kind: 'network', reason: 'venue.test: "***" is an invalid header value' })
})

test.each([[{}], [null], [undefined]])(
  'F82 a body that does not come in pieces, as in browsers, is read whole: %j',
  async (body) => {
    const whole: Fetch = () =>
      Promise.resolve({
        status: 200,
        headers: { get: () => null },
        text: () => Promise.resolve('whole'),
        ...(body !== undefined && { body }),
      })
    expect((await lastValueFrom(fetchText(whole, sendable('http://x/')))).text).toBe('whole')
  },
)
