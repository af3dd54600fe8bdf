import { once } from 'node:events'
import { Agent, type ClientRequest } from 'node:http'
import { createServer, type AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { createDeflateRaw } from 'node:zlib'
import { firstValueFrom, lastValueFrom, ReplaySubject, take, tap, toArray } from 'rxjs'
import type { WebSocket } from 'ws'
import type { SocketEvent } from '../../../../lib/communicators/websocket/transport/Transport.js'
import { wsTransport, type WsConfig } from '../../../../lib/communicators/websocket/transport/wsTransport.js'
import { served } from '../serve.js'

/** Everything that happens on one socket until it ends. */
const everything = (url: string, config?: WsConfig) => lastValueFrom(wsTransport(config)(url).event$.pipe(toArray()))

/** What lies under a socket of the server. */
const wire = (socket: WebSocket) => (socket as unknown as { readonly _socket: Duplex })._socket

/** A compressed frame that inflates to so many MB. */
const bombOf = async (megabytes: number): Promise<Buffer> => {
  const deflate = createDeflateRaw()
  const chunks: Buffer[] = []
  deflate.on('data', (chunk: Buffer) => chunks.push(chunk))
  for (let i = 0; i < megabytes; i++) deflate.write(Buffer.alloc(1024 * 1024, '0'))
  await new Promise<void>((resolve) => deflate.flush(resolve))
  const payload = Buffer.concat(chunks)
  const head = Buffer.alloc(10)
  head.writeUInt16BE(0xc17f)
  head.writeBigUInt64BE(BigInt(payload.length), 2)
  return Buffer.concat([head, payload])
}

/** A server that writes these bytes right behind its answer to the upgrade. */
const raw = (...bytes: readonly number[]) => ({
  onSocket: (socket: WebSocket) => {
    wire(socket).write(Uint8Array.from(bytes))
  },
})

describe('wsTransport', () => {
  test('texts, binaries, and the close with its code and reason', () =>
    served(
      {
        onSocket: (socket) => {
          socket.send('{"a":"é"}')
          socket.send(Uint8Array.from([1, 2]))
          socket.close(1001, 'going')
        },
      },
      async ({ url, empty }) => {
        expect(await everything(url)).toEqual([
          { _tag: 'Opened' },
          { _tag: 'Text', text: '{"a":"é"}' },
          { _tag: 'Binary', bytes: Buffer.from([1, 2]) },
          { _tag: 'Closed', code: 1001, reason: 'going' },
        ])
        await empty()
      },
    ))

  test('what is sent arrives; before the opening and after the end nothing is sent', () => {
    const received$ = new ReplaySubject<string>(Infinity)
    return served(
      {
        onSocket: (socket) => {
          socket.on('message', (data: Buffer) => received$.next(`text ${data.toString()}`))
          socket.on('ping', (data) => received$.next(`ping ${data.toString('hex')}`))
          socket.on('pong', (data) => received$.next(`pong ${data.toString('hex')}`))
          socket.on('close', (code) => received$.next(`close ${code}`))
        },
      },
      async ({ url, empty }) => {
        const socket = wsTransport()(url)
        socket.send({ _tag: 'Text', text: 'too early' })
        const subscription = socket.event$.subscribe(({ _tag }) => {
          if (_tag !== 'Opened') return
          socket.send({ _tag: 'Text', text: 'a' })
          socket.send({ _tag: 'Ping' })
          socket.send({ _tag: 'Pong', payload: Uint8Array.from([7]) })
        })
        await firstValueFrom(received$.pipe(take(3), toArray()))
        subscription.unsubscribe()
        socket.send({ _tag: 'Text', text: 'too late' })
        expect(await firstValueFrom(received$.pipe(take(4), toArray()))).toEqual([
          'text a',
          'ping ',
          'pong 07',
          'close 1000',
        ])
        await empty()
      },
    )
  })

  test('F08 a PING is told, with a copy of its payload, and not answered', () => {
    const pongs: unknown[] = []
    return served(
      {
        onSocket: (socket) => {
          socket.on('pong', (data) => pongs.push(data))
          socket.ping(Buffer.from('abc'))
          socket.pong()
          socket.close()
        },
      },
      async ({ url }) => {
        const [, ping, pong] = await everything(url)
        expect(ping).toEqual({ _tag: 'Ping', payload: Uint8Array.from([97, 98, 99]) })
        expect(pong).toEqual({ _tag: 'Pong' })
        expect(pongs).toEqual([])
      },
    )
  })

  test('F01 a refused connection, a name that is not found', async () => {
    const server = createServer()
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    server.close()
    await once(server, 'close')
    expect(await everything(`ws://127.0.0.1:${port}/ws/SECRET`)).toEqual([
      { _tag: 'Failed', reason: `connect ECONNREFUSED 127.0.0.1:${port}` },
    ])
    const [failed] = await everything('ws://nowhere.invalid/ws/SECRET')
    expect(failed?._tag).toBe('Failed')
    expect(failed).toEqual({ _tag: 'Failed', reason: expect.stringMatching(/ENOTFOUND|EAI_AGAIN/) as string })
  })

  test('F83 a name whose addresses all refuse: each of them is named', async () => {
    const lookup = (_: string, __: unknown, found: (error: null, addresses: readonly object[]) => void) =>
      found(
        null,
        ['127.0.0.1', '127.0.0.2'].map((address) => ({ address, family: 4 })),
      )
    const agent = new Agent({ lookup: lookup as never, autoSelectFamily: true })
    expect(await everything('ws://venue.test:1/ws/SECRET', { agent })).toEqual([
      { _tag: 'Failed', reason: 'connect ECONNREFUSED 127.0.0.1:1; connect ECONNREFUSED 127.0.0.2:1' },
    ])
  })

  test.each([
    [429, 'Too Many Requests', '7'],
    [418, "I'm a teapot", undefined],
    [503, 'Service Unavailable', 'Fri, 01 Jan 2027 00:00:00 GMT'],
    [302, 'Found', undefined],
  ])('F03 an upgrade answered %d with a page; redirects are not followed', (status, phrase, retryAfter) =>
    served(
      {
        onUpgrade: (_, socket) => {
          const header = retryAfter === undefined ? '' : `Retry-After: ${retryAfter}\r\n`
          socket.end(
            `HTTP/1.1 ${status} ${phrase}\r\n${header}Location: /elsewhere\r\n\r\n<html>${'x'.repeat(100_000)}`,
          )
          return false
        },
      },
      async ({ url, empty, upgrades }) => {
        expect(await everything(`${url}/ws/SECRET`)).toEqual([
          {
            _tag: 'Refused',
            status,
            reason: `HTTP ${status} ${phrase}`,
            ...(retryAfter !== undefined && { retryAfter }),
          },
        ])
        await empty()
        expect(upgrades()).toBe(1)
      },
    ),
  )

  test('F03 a refusal whose page has no end is not waited for, and leaves no socket', () =>
    served(
      {
        onUpgrade: (_, socket) => {
          socket.write(`HTTP/1.1 418 I'm a teapot\r\n\r\n${'x'.repeat(1_000_000)}`)
          return false
        },
      },
      async ({ url, empty, count }) => {
        expect(await everything(url)).toMatchObject([{ _tag: 'Refused', status: 418 }])
        await empty()
        expect(count()).toBe(0)
      },
    ))

  test('F04 cut right behind the upgrade', () =>
    served({ onSocket: (socket) => socket.terminate() }, async ({ url }) => {
      expect(await everything(url)).toEqual([{ _tag: 'Opened' }, { _tag: 'Closed', code: 1006, reason: '' }])
    }))

  test('an answer that is no WebSocket', () =>
    served(
      {
        onUpgrade: (_, socket) => {
          socket.end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n')
          return false
        },
      },
      async ({ url, empty }) => {
        expect(await everything(url)).toEqual([{ _tag: 'Failed', reason: 'Invalid Sec-WebSocket-Accept header' }])
        await empty()
      },
    ))

  test('F02 F46 unsubscribed before the opening: nothing remains, and nothing is said', () =>
    served({ onUpgrade: () => false }, async ({ url, server, empty }) => {
      const events: SocketEvent[] = []
      const subscription = wsTransport()(url).event$.subscribe((event) => events.push(event))
      await once(server, 'upgrade')
      subscription.unsubscribe()
      await empty()
      expect(events).toEqual([])
    }))

  // The default is 16 MiB: what is a little longer is refused, too.
  test.each([17, 300])(
    'F41 a message that inflates to %i MB is refused with a code; memory stays bounded',
    async (size) => {
      const bomb = await bombOf(size)
      const codes$ = new ReplaySubject<number>(1)
      await served(
        {
          ws: { perMessageDeflate: true },
          onSocket: (socket) => {
            socket.on('close', (code) => codes$.next(code))
            wire(socket).write(bomb)
          },
        },
        async ({ url, empty }) => {
          const before = process.memoryUsage().rss
          expect(await everything(url, { perMessageDeflate: true })).toEqual([
            { _tag: 'Opened' },
            { _tag: 'Failed', code: 1009, reason: 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: Max payload size exceeded' },
          ])
          expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024)
          expect(await firstValueFrom(codes$)).toBe(1009)
          await empty()
        },
      )
    },
  )

  test('no compression is offered unless it is asked for', async () => {
    for (const [perMessageDeflate, offered] of [
      [undefined, undefined],
      [true, 'permessage-deflate; client_max_window_bits'],
    ] as const)
      await served(
        {
          onUpgrade: ({ headers }) => {
            expect(headers['sec-websocket-extensions']).toBe(offered)
            return true
          },
          onSocket: (socket) => socket.close(1000),
        },
        async ({ url }) => {
          const events = await everything(url, perMessageDeflate === undefined ? {} : { perMessageDeflate })
          expect(events.at(-1)).toEqual({ _tag: 'Closed', code: 1000, reason: '' })
        },
      )
  })

  test.each([
    [
      'reserved bits',
      1002,
      [0xf1, 0x01, 0x41],
      'WS_ERR_UNEXPECTED_RSV_2_3: Invalid WebSocket frame: RSV2 and RSV3 must be clear',
    ],
    ['a reserved opcode', 1002, [0x83, 0x00], 'WS_ERR_INVALID_OPCODE: Invalid WebSocket frame: invalid opcode 3'],
    [
      'bad UTF-8',
      1007,
      [0x81, 0x02, 0xc3, 0x28],
      'WS_ERR_INVALID_UTF8: Invalid WebSocket frame: invalid UTF-8 sequence',
    ],
    [
      'a masked frame',
      1002,
      [0x81, 0x80, 0, 0, 0, 0],
      'WS_ERR_UNEXPECTED_MASK: Invalid WebSocket frame: MASK must be clear',
    ],
    [
      'close 1005',
      1002,
      [0x88, 0x02, 0x03, 0xed],
      'WS_ERR_INVALID_CLOSE_CODE: Invalid WebSocket frame: invalid status code 1005',
    ],
  ])('F43 %s', (_, code, bytes, reason) =>
    served(raw(...bytes), async ({ url, empty }) => {
      expect(await everything(url)).toEqual([{ _tag: 'Opened' }, { _tag: 'Failed', code, reason }])
      await empty()
    }),
  )

  test('F43 endless fragments end at the limit', () =>
    served(
      {
        onSocket: (socket) => {
          const more = (error?: Error | null) => {
            if (error == null && socket.readyState === socket.OPEN) socket.send('x'.repeat(1_000), { fin: false }, more)
          }
          more()
        },
      },
      async ({ url, empty }) => {
        const [, failed] = await everything(url, { maxPayload: 100_000 })
        expect(failed).toEqual({
          _tag: 'Failed',
          code: 1009,
          reason: 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: Max payload size exceeded',
        })
        await empty()
      },
    ))

  test('a close without a code', () =>
    served(raw(0x88, 0x00), async ({ url }) => {
      expect(await everything(url)).toEqual([{ _tag: 'Opened' }, { _tag: 'Closed', code: 1005, reason: '' }])
    }))

  test('headers and the agent reach the request', async () => {
    const seen: unknown[] = []
    const agent = new Agent()
    let made = 0
    const createConnection = agent.createConnection.bind(agent)
    agent.createConnection = (...parameters) => {
      made += 1
      return createConnection(...parameters)
    }
    await served(
      {
        onUpgrade: ({ headers }) => {
          seen.push(headers['x-own'])
          return true
        },
        onSocket: (socket) => socket.close(1000),
      },
      async ({ url }) => {
        await everything(url, { headers: { 'X-Own': 'yes' }, agent })
      },
    )
    expect([seen, made]).toEqual([['yes'], 1])
  })

  test('F49 what cannot be requested is said without the address', async () => {
    expect(await everything('ws://127.0.0.1:1/ws/SECRET#part')).toEqual([
      { _tag: 'Failed', reason: 'SyntaxError: The URL contains a fragment identifier' },
    ])
    expect(await everything('ws://[SECRET/ws/SECRET')).toEqual([
      { _tag: 'Failed', reason: 'SyntaxError: Invalid URL: <address>' },
    ])
    const [failed] = await everything('ws://127.0.0.1:1/ws/SECRET', { headers: { 'bad header': 'x' } })
    expect(failed).toEqual({
      _tag: 'Failed',
      reason: 'ERR_INVALID_HTTP_TOKEN: Header name must be a valid HTTP token ["bad header"]',
    })
    const addRequest = (request: ClientRequest) =>
      process.nextTick(() => request.emit('error', new Error(`no proxy for ${request.path}`)))
    const agent = Object.assign(new Agent(), { addRequest })
    expect(await everything('ws://127.0.0.1:1/ws/SECRET', { agent })).toEqual([
      { _tag: 'Failed', reason: 'no proxy for <path>' },
    ])
  })

  test('each subscription is a connection of its own', () =>
    served({ onSocket: (socket) => socket.close(1000) }, async ({ url, upgrades }) => {
      let opened = 0
      const { event$ } = wsTransport()(url)
      await lastValueFrom(event$.pipe(tap(({ _tag }) => (opened += _tag === 'Opened' ? 1 : 0))))
      await lastValueFrom(event$.pipe(tap(({ _tag }) => (opened += _tag === 'Opened' ? 1 : 0))))
      expect([opened, upgrades()]).toEqual([2, 2])
    }))
})
