import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createClient } from '../../../lib/client/createClient.js'
import type { SocketEvent, Transport } from '../../../lib/communicators/websocket/transport/Transport.js'
import { wsTransport } from '../../../lib/communicators/websocket/transport/wsTransport.js'
import { websocketCommunicator } from '../../../lib/communicators/websocket/websocketCommunicator.js'
import type { Fetch } from '../../../lib/rest/fetchText.js'
import { simulate, startVenue, type SimulatedVenue, type VenueConfig } from '../../../lib/simulation/index.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { asterSpot } from '../../../lib/venues/asterSpot.js'
import { binanceSpot } from '../../../lib/venues/binanceSpot.js'
import { bingxSpot } from '../../../lib/venues/bingxSpot.js'
import type { Venue } from '../../../lib/venues/Venue.js'
import { clockAt } from './clockAt.js'

// Word for word the example in the docstring.
test('the book is there again a second after the connection is lost', async () => {
  const { transport, fetch, scheduler, controls, pass, close } = simulate({ venue: asterFutures, seed: 7 })
  const rest = { fetch, scheduler }
  const communicator = websocketCommunicator(asterFutures, { transport, scheduler, rest })
  const client = createClient({ venue: asterFutures, communicator, scheduler })
  const states: string[] = []
  client.book('BTCUSDT').subscribe(({ _tag }) => states.push(_tag))
  const connection = client.connect()
  controls.run()
  await pass(5_000)
  expect(states.at(-1)).toBe('Synced')
  controls.disconnect(1006)
  await pass(10)
  expect(states.at(-1)).toBe('Syncing')
  await pass(1_000)
  expect(states.at(-1)).toBe('Synced')
  connection.unsubscribe()
  await close()
})

test('the docstring says this', () => {
  const source = readFileSync(join(__dirname, '../../../lib/simulation/host/simulate.ts'), 'utf8')
  const example = /```ts\n([^]*?)```/.exec(source.replace(/^ \* ?/gm, ''))?.[1] ?? 'no example'
  expect(readFileSync(__filename, 'utf8')).toContain(example)
})

const start = 1_700_000_000_000
const account = { apiKey: 'mine', secret: 'shared' }

/** A venue and the ways to it. */
interface Place extends SimulatedVenue {
  readonly transport: Transport
  readonly fetch: Fetch
  readonly pass: (ms: number) => Promise<void>
}

const overSockets = async (config: VenueConfig): Promise<Place> => {
  const clock = clockAt(start)
  const venue = await startVenue({ ...config, scheduler: clock })
  return {
    ...venue,
    transport: wsTransport(),
    fetch,
    pass: (ms) => {
      clock.pass(ms)
      return Promise.resolve()
    },
  }
}

const inMemory = (config: VenueConfig): Promise<Place> => Promise.resolve(simulate({ ...config, start, latency: 0 }))

/** One socket, and what came on it: the reason of a failure is the transport's own. */
const opened = ({ transport, pass }: Place, url: string) => {
  const events: unknown[] = []
  const heard = new Set<() => void>()
  const socket = transport(url)
  let isOpen = true
  const subscription = socket.event$.subscribe({
    next: (event: SocketEvent) => {
      events.push(event._tag === 'Failed' ? { _tag: 'Failed', code: event.code } : plain(event))
      for (const each of heard) each()
    },
    complete: () => {
      isOpen = false
      for (const each of heard) each()
    },
  })
  const until = async (isDone: () => boolean) => {
    await pass(0)
    if (isDone() || !isOpen) return
    await new Promise<void>((resolve) => {
      const look = () => {
        if (!isDone() && isOpen) return
        heard.delete(look)
        resolve()
      }
      heard.add(look)
    })
  }
  const pongs = () => events.filter((event) => JSON.stringify(event) === '{"_tag":"Pong"}').length
  return {
    events,
    send: (text: string) => socket.send({ _tag: 'Text', text }),
    /** Everything that was under way arrived. */
    settled: async () => {
      const before = pongs()
      socket.send({ _tag: 'Ping' })
      await until(() => pongs() > before)
    },
    opened: () => until(() => events.length > 0),
    ended: () => until(() => false),
    leave: () => subscription.unsubscribe(),
  }
}

/** Bytes as numbers. */
const plain = (event: SocketEvent): unknown =>
  event._tag === 'Binary'
    ? { ...event, bytes: [...event.bytes] }
    : event._tag === 'Ping'
      ? { ...event, payload: [...event.payload] }
      : event

const path = (venue: Venue, names: readonly string[]) => venue.dialect.path?.(names) ?? venue.dialect.account('none')

/** Streams, requests, heartbeats, and everything that can go wrong on a socket. */
const onSockets = async (venue: Venue, names: readonly string[], place: Place) => {
  const { addresses, controls, pass } = place
  const one = opened(place, addresses.websocket + path(venue, names))
  await one.opened()
  controls.step(20)
  await one.settled()
  one.send(venue.dialect.subscribe([names[0] ?? ''], 1))
  await one.settled()
  one.send('nonsense')
  await one.settled()
  await pass(2_000)
  for (const fault of ['drop', 'duplicate', 'reorder'] as const) controls.failDepth(fault)
  controls.step(20)
  await one.settled()
  controls.failRequests({ _tag: 'refuse', code: 2, msg: 'no', shape: 'numbered' })
  one.send(venue.dialect.subscribe([names[0] ?? ''], 2))
  await one.settled()
  controls.sendText('any text')
  controls.sendBinary(Uint8Array.of(1, 2, 3))
  if (venue.compression === 'gzip')
    for (const fault of ['cut', 'plain', 'bomb'] as const) controls.sendMiscompressed(fault, 1, 1)
  await pass(5_000)
  await one.settled()
  controls.disconnect(1012, 'restart')
  await one.ended()

  const others: unknown[] = []
  const fails = async (fail: () => void, isOpenFirst: boolean) => {
    if (!isOpenFirst) fail()
    const socket = opened(place, addresses.websocket + path(venue, []))
    await socket.opened()
    if (isOpenFirst) fail()
    await socket.ended()
    others.push(socket.events)
  }
  await fails(() => controls.failUpgrades({ _tag: 'refuse', status: 503 }), false)
  await fails(() => controls.failUpgrades({ _tag: 'refuse', status: 429, retryAfter: 7 }), false)
  await fails(() => controls.failUpgrades({ _tag: 'reset' }), false)
  await fails(() => controls.disconnect(1005), true)
  await fails(() => controls.disconnect(1006), true)
  for (const frame of ['reservedBits', 'badUtf8', 'badCloseCode', 'longPing', 'strayContinuation'] as const)
    await fails(() => controls.sendBroken(frame), true)
  const last = opened(place, addresses.websocket + path(venue, names))
  await last.opened()
  last.leave()
  const log = controls.log().filter(({ connection }) => connection < 3)
  return { one: one.events, others, log }
}

const socketScenarios: readonly (readonly [Venue, readonly string[]])[] = [
  [asterSpot, ['btcusdt@depth@100ms', 'btcusdt@trade', '!miniTicker@arr']],
  [asterFutures, ['btcusdt@depth', 'btcusdt@kline_1m', '!markPrice@arr@1s']],
  [binanceSpot, ['btcusdt@depth@100ms', 'btcusdt@ticker_1h', 'btcusdt@depth5']],
  [bingxSpot, ['spot.executionReport']],
]

test.each(socketScenarios.map(([venue, names]) => [venue.name, venue, names] as const))(
  '%s: the same events over sockets and in memory',
  async (_, venue, names) => {
    const told = await Promise.all(
      [overSockets, inMemory].map(async (make) => {
        const place = await make({ venue, seed: 11, ping: { every: 1_000, within: 60_000 } })
        const all = await onSockets(venue, names, place)
        await place.close()
        return all
      }),
    )
    expect(told[0]?.one.length).toBeGreaterThan(8)
    expect(told[1]).toEqual(told[0])
  },
)

/** What REST answers, well and badly, and what an account hears of its orders. */
const onRest = async (place: Place) => {
  const { addresses, controls, fetch, pass } = place
  const answers: unknown[] = []
  const call = async (method: string, url: string, parameters: Readonly<Record<string, string>> = {}) => {
    const text = new URLSearchParams({ ...parameters, timestamp: String(start) }).toString()
    const signature = createHmac('sha256', account.secret).update(text).digest('hex')
    const { signal } = new AbortController()
    const init = { method, headers: { 'X-MBX-APIKEY': account.apiKey }, redirect: 'manual', signal } as const
    const asked = fetch(`${addresses.rest}${url}?${text}&signature=${signature}`, init)
    await pass(0)
    const answer = await asked
    const headers = ['X-MBX-USED-WEIGHT-1M', 'content-type', 'Retry-After'].map((name) => answer.headers.get(name))
    const body = await answer.text()
    answers.push([answer.status, headers, body])
    return body
  }
  const depth = { symbol: 'BTCUSDT', limit: '5' }
  await call('GET', '/fapi/v1/depth', depth)
  await call('GET', '/fapi/v1/nothing')
  controls.failRest('depth', { _tag: 'error', status: 429, code: -1003, msg: 'x', retryAfter: 3 })
  controls.failRest('depth', { _tag: 'html', status: 502 })
  controls.failRest('depth', { _tag: 'cut' })
  for (let i = 0; i < 3; i++) await call('GET', '/fapi/v1/depth', depth)
  const { listenKey } = JSON.parse(await call('POST', '/fapi/v1/listenKey')) as { readonly listenKey: string }
  const socket = opened(place, addresses.websocket + asterFutures.dialect.account(listenKey))
  await socket.opened()
  const order = { symbol: 'BTCUSDT', side: 'BUY', quantity: '0.010', newClientOrderId: 'first' }
  await call('POST', '/fapi/v1/order', { ...order, type: 'MARKET' })
  await call('POST', '/fapi/v1/order', { ...order, type: 'LIMIT', price: '60000', timeInForce: 'GTC' })
  await call('POST', '/fapi/v1/order', { ...order, type: 'LIMIT', price: '60000', timeInForce: 'GTC' })
  await call('DELETE', '/fapi/v1/order', { symbol: 'BTCUSDT', origClientOrderId: 'first' })
  await call('GET', '/fapi/v2/balance')
  controls.expireListenKey(listenKey)
  await socket.settled()
  return { answers, events: [...socket.events] }
}

test('the same answers and account events over sockets and in memory', async () => {
  const told = await Promise.all(
    [overSockets, inMemory].map(async (make) => {
      const place = await make({ venue: asterFutures, seed: 3, accounts: [account] })
      const all = await onRest(place)
      await place.close()
      return all
    }),
  )
  expect(told[0]?.events.length).toBeGreaterThan(5)
  expect(told[1]).toEqual(told[0])
})

test('what is under way takes its time, by connection where it is told so', async () => {
  let next = 10
  const { transport, scheduler, pass, controls, openSockets, close } = simulate({
    ...{ venue: asterFutures, latency: () => (next += 10) },
  })
  const arrived: unknown[] = []
  for (const name of ['a', 'b'])
    transport(`wss://any/ws/${name}@x`).event$.subscribe((event) =>
      arrived.push([name, event._tag, scheduler.now() - start]),
    )
  await pass(100)
  controls.send('a@x', 1)
  controls.send('b@x', 1)
  await pass(100)
  expect(arrived).toEqual([
    ['a', 'Opened', 40],
    ['b', 'Opened', 60],
    ['a', 'Text', 120],
    ['b', 'Text', 130],
  ])
  expect(openSockets()).toBe(2)
  await close()
})

test('a blocked client runs its timers late, and then reads its sockets', async () => {
  const { transport, scheduler, pass, block, controls, close } = simulate({ venue: asterFutures })
  const happened: unknown[] = []
  transport('wss://any/ws/a@x').event$.subscribe((event) => happened.push([event._tag, scheduler.now() - start]))
  await pass(10)
  scheduler.schedule(() => happened.push(['timer', scheduler.now() - start]), 100)
  block(500)
  controls.send('a@x', 1)
  await pass(1_000)
  await close()
  expect(happened).toEqual([
    ['Opened', 2],
    ['timer', 510],
    ['Text', 510.5],
  ])
})

test('after both ends are closed nothing is left, and what was asked fails', async () => {
  const { transport, fetch, pass, controls, openSockets, due, close } = simulate({ venue: asterFutures })
  const events: string[] = []
  const subscription = transport('wss://any/ws').event$.subscribe(({ _tag }) => events.push(_tag))
  controls.run()
  await pass(1_000)
  controls.failRest('time', { _tag: 'silent' })
  const { signal } = new AbortController()
  const never = fetch('https://any/fapi/v1/time', { method: 'GET', headers: {}, redirect: 'manual', signal })
  const failed = expect(never).rejects.toThrow(new Error('closed'))
  await pass(10)
  await close()
  await failed
  await pass(10)
  expect([events, controls.connections(), openSockets()]).toEqual([['Opened', 'Closed'], [], 0])
  subscription.unsubscribe()
  expect(due()).toBeUndefined()
})

test('the same config and the same calls give the same events at the same times', async () => {
  const run = async (seed: number) => {
    const { transport, scheduler, pass, controls, close } = simulate({ venue: binanceSpot, seed, latency: 5 })
    const told: unknown[] = []
    const url = 'wss://any/stream?streams=btcusdt@depth@100ms/btcusdt@trade'
    transport(url).event$.subscribe((event) => told.push([scheduler.now(), event]))
    controls.run()
    await pass(60_000)
    await close()
    return told
  }
  const told = await run(4)
  expect(told.length).toBeGreaterThan(500)
  expect(await run(4)).toEqual(told)
  expect(await run(5)).not.toEqual(told)
})

test('compression is for sockets', async () => {
  const { transport, pass, controls, close } = simulate({ venue: asterFutures })
  transport('wss://any/ws').event$.subscribe()
  await pass(10)
  expect(() => controls.sendMiscompressed('cut')).toThrow(
    new TypeError('messages are not compressed in memory: expected a venue over sockets, with compression: true'),
  )
  await close()
})
