import { createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { firstValueFrom, lastValueFrom, ReplaySubject, toArray } from 'rxjs'
import { WebSocket } from 'ws'
import type { SocketEvent } from '../../../../lib/communicators/websocket/transport/Transport.js'
import {
  webSocketTransport,
  type WebSocketConfig,
} from '../../../../lib/communicators/websocket/transport/webSocketTransport.js'
import { served } from '../serve.js'

/** `ws` has the interface of browsers, too. */
const transport = (config: WebSocketConfig = {}) => webSocketTransport({ WebSocket, ...config })

const everything = (url: string, config?: WebSocketConfig) =>
  lastValueFrom(transport(config)(url).event$.pipe(toArray()))

test('texts, bytes, and the code of the end', () =>
  served(
    {
      onSocket: (socket) => {
        socket.send('{"a":1}')
        socket.send(Buffer.from([1, 2, 255]))
        socket.close(4001, 'enough')
      },
    },
    async ({ url }) => {
      expect(await everything(url)).toEqual([
        { _tag: 'Opened' },
        { _tag: 'Text', text: '{"a":1}' },
        { _tag: 'Binary', bytes: Uint8Array.from([1, 2, 255]) },
        { _tag: 'Closed', code: 4001, reason: 'enough' },
      ])
    },
  ))

test('sends texts while it is open, and has no PINGs', () => {
  const came: string[] = []
  return served(
    {
      onSocket: (socket) =>
        socket.on('message', (data: Buffer) => {
          came.push(data.toString())
          socket.close(1000)
        }),
    },
    async ({ url }) => {
      const socket = transport()(url)
      const events: string[] = []
      expect(socket.hasPings).toBe(false)
      socket.send({ _tag: 'Text', text: 'too early' })
      await new Promise<void>((resolve) => {
        socket.event$.subscribe({
          next: ({ _tag }) => {
            events.push(_tag)
            if (_tag !== 'Opened') return
            socket.send({ _tag: 'Ping' })
            socket.send({ _tag: 'Pong', payload: Uint8Array.from([1]) })
            socket.send({ _tag: 'Text', text: 'hello' })
          },
          complete: resolve,
        })
      })
      socket.send({ _tag: 'Text', text: 'too late' })
      expect({ events, came }).toEqual({ events: ['Opened', 'Closed'], came: ['hello'] })
    },
  )
})

test('F41 a message that is longer than it may be ends the connection', () =>
  served(
    {
      onSocket: (socket) => {
        socket.send('12345')
        socket.send('123456')
        socket.send('after it')
      },
    },
    async ({ url, empty }) => {
      expect(await everything(url, { maxPayload: 5 })).toEqual([
        { _tag: 'Opened' },
        { _tag: 'Text', text: '12345' },
        { _tag: 'Failed', reason: 'a message of 6, which is more than 5', code: 1009 },
      ])
      await empty()
    },
  ))

test('F02 unsubscribing closes the socket, and is silent at once', () => {
  const opened = new ReplaySubject<void>(1)
  return served({ onSocket: () => opened.next() }, async ({ url, empty }) => {
    const events: SocketEvent[] = []
    const subscription = transport()(url).event$.subscribe((event) => events.push(event))
    await firstValueFrom(opened)
    subscription.unsubscribe()
    const count = events.length
    await empty()
    expect(events).toHaveLength(count)
  })
})

test('F49 what failed is said without the path, which may hold a listen key', async () => {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  expect(await everything(`ws://127.0.0.1:${port}/ws/SECRET`)).toEqual([
    { _tag: 'Failed', reason: `connect ECONNREFUSED 127.0.0.1:${port}`, code: 1006 },
  ])
  expect(await everything('ws://nowhere/ws/SECRET#x')).toEqual([
    { _tag: 'Failed', reason: expect.not.stringContaining('SECRET') as string },
  ])
})

/** A WebSocket as browsers have it: it says that it failed, and never why. */
class Tight {
  binaryType = 'blob'
  readonly readyState = 0
  readonly listeners = new Map<string, (event: { readonly type: string }) => void>()
  constructor() {
    queueMicrotask(() => {
      this.listeners.get('error')?.({ type: 'error' })
      this.listeners.get('close')?.(Object.assign({ type: 'close' }, { code: 1006, reason: '' }))
    })
  }
  addEventListener(type: string, listener: (event: { readonly type: string }) => void) {
    this.listeners.set(type, listener)
  }
  send() {
    throw new Error('not open')
  }
  close() {
    this.listeners.clear()
  }
}

test('a browser does not say what failed', async () => {
  expect(await everything('wss://x/SECRET', { WebSocket: Tight })).toEqual([
    { _tag: 'Failed', reason: 'it failed, and the host does not say why', code: 1006 },
  ])
})

test('a host without a WebSocket is told at once', () => {
  const own = Object.getOwnPropertyDescriptor(globalThis, 'WebSocket')
  Reflect.deleteProperty(globalThis, 'WebSocket')
  try {
    expect(() => webSocketTransport()).toThrow(
      new TypeError(
        'webSocketTransport: expected a WebSocket, which this host does not have: give one, or another transport',
      ),
    )
  } finally {
    if (own !== undefined) Object.defineProperty(globalThis, 'WebSocket', own)
  }
})
