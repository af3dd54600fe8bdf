import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { filter, firstValueFrom, NEVER, Subject, VirtualTimeScheduler } from 'rxjs'
import { createClient } from '../../lib/client/createClient.js'
import { websocketCommunicator } from '../../lib/communicators/websocket/websocketCommunicator.js'
import {
  metrics,
  metricTable,
  openTelemetry,
  prometheusText,
  PROMETHEUS_CONTENT_TYPE,
} from '../../lib/metrics/index.js'
import { metricRows, prometheusName } from '../../lib/metrics/metricTable.js'
import { frame, type Signal } from '../../lib/Signal.js'
import type { Sent } from '../../lib/communicators/Communicator.js'
import { seeded } from '../../lib/testing/index.js'
import { startVenue } from '../../lib/simulation/index.js'
import { simulate } from '../../lib/simulation/host/simulate.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { combined, trade } from '../client/frames.js'
import { parsePrometheus } from './parsePrometheus.js'

const venue = 'asterFutures'

/** A client whose signals are sent by hand. */
const lab = (config: Parameters<typeof metrics>[1] = {}) => {
  const signal$ = new Subject<Signal>()
  const notices: string[] = []
  const client = createClient({
    venue: asterFutures,
    communicator: () => signal$,
    scheduler: new VirtualTimeScheduler(),
    onNotice: (text) => notices.push(text),
  })
  const measured = metrics(client, config)
  const connection = client.connect()
  const send = (...signals: readonly Signal[]) => signals.forEach((signal) => signal$.next(signal))
  return { client, connection, measured, notices, send, signal$ }
}

const source = { id: 'a' }
const stamp = { receivedAt: 0, source }

describe('what frames bring', () => {
  const wrong = combined('btcusdt@trade', { e: 'trade', E: 1, s: 'BTCUSDT' })
  const frames = [trade(1), trade(2, 'ETHUSDT'), trade(3), wrong, frame('{', 0), frame('{"result":null,"id":1}', 0)]

  test('is counted by kind, with the characters of the texts', () => {
    const { measured, send } = lab()
    send(...frames)
    const characters = (some: readonly Signal[]) => some.map((one) => ('text' in one ? one.text : '')).join('').length
    const { frames: counted, received, events, parseErrors } = measured.snapshot()
    const [trades, other] = [
      { venue, kind: 'trade' },
      { venue, kind: 'other' },
    ]
    expect(counted).toEqual([
      { labels: trades, value: 3 },
      { labels: other, value: 3 },
    ])
    expect(received).toEqual([
      { labels: trades, value: characters(frames.slice(0, 3)) },
      { labels: other, value: characters(frames.slice(3)) },
    ])
    expect(events[0]).toEqual({ labels: trades, value: 3 })
    expect(parseErrors).toEqual([
      { labels: { venue, error: 'InvalidEvent', kind: 'trade' }, value: 1 },
      { labels: { venue, error: 'NotJson', kind: 'other' }, value: 1 },
    ])
  })

  test('is told apart by stream only if asked, and only so many', () => {
    const { measured, send } = lab({ perStream: true, maxStreams: 1 })
    send(...frames.slice(0, 3))
    expect(measured.read('frames').map(({ labels, value }) => [labels['stream'], value])).toEqual([
      ['btcusdt@trade', 2],
      ['other', 1],
    ])
  })

  test('metrics count as nobody: what goes wrong is still said', () => {
    const { notices, send } = lab()
    send(frame('{', 0))
    expect(notices).toHaveLength(1)
  })

  test('handling is timed by the given clock, a frame within a frame too', () => {
    let now = 0
    const { client, measured, send } = lab({ timedEvery: 1, monotonic: () => now })
    client.trade$.subscribe(({ tradeId }) => {
      now += 3
      if (tradeId === 1) send(trade(2))
    })
    send(trade(1))
    const [series] = measured.read('handlingTime')
    expect(series).toMatchObject({ count: 2, max: 0.006 })
    expect(series?.sum).toBeCloseTo(0.009, 9)
    expect(series?.buckets.filter(({ count }) => count > 0)[0]).toEqual({ le: 0.005, count: 1 })
  })

  test('lag is measured by the venue’s clock: the fastest event has none', () => {
    const { measured, send } = lab()
    // The venue is at least 1,000 ms ahead, as the first says; the second was 40 ms longer on its way.
    const timed = (id: number, eventTime: number, receivedAt: number) =>
      combined(
        'btcusdt@trade',
        { e: 'trade', E: eventTime, T: 1, s: 'BTCUSDT', t: id, p: '1.00', q: '1', X: 'MARKET', m: false },
        receivedAt,
      )
    send(timed(1, 11_000, 10_000), timed(2, 11_200, 10_240))
    const [series] = measured.read('receiveLag')
    expect(series?.count).toBe(2)
    expect(series?.sum).toBeCloseTo(0.04, 9)
    expect(measured.read('clockOffset')).toEqual([{ labels: { venue }, value: 1 }])
  })
})

test('losses, attempts, open connections and silent streams are what statuses say', () => {
  const { measured, send } = lab()
  const value = (name: 'connections' | 'reconnects' | 'silentStreams') => measured.read(name)[0]?.value
  send({ _tag: 'Connecting', ...stamp }, { _tag: 'Connected', ...stamp })
  send({ _tag: 'Silent', stream: 'btcusdt@trade', quiet: 1, ...stamp })
  send({ _tag: 'Silent', stream: 'ethusdt@trade', quiet: 1, ...stamp })
  expect([value('connections'), value('silentStreams')]).toEqual([1, 2])
  send(trade(1))
  expect(value('silentStreams')).toBe(1)
  send({ _tag: 'Disconnected', code: 1006, reason: '', ...stamp })
  send({ _tag: 'Waiting', delay: 1, attempt: 1, ...stamp }, { _tag: 'Waiting', delay: 1, attempt: 1, ...stamp })
  expect([value('connections'), value('silentStreams'), value('reconnects')]).toEqual([0, 0, 1])
  expect(measured.read('disconnects')).toEqual([{ labels: { venue, code: '1006' }, value: 1 }])
})

test('a simulated venue cut in virtual time: one reconnect, one resync by reset, and the book’s age', async () => {
  const { transport, fetch, scheduler, controls, pass, close } = simulate({ venue: asterFutures, seed: 7 })
  const communicator = websocketCommunicator(asterFutures, { transport, scheduler, rest: { fetch, scheduler } })
  const client = createClient({ venue: asterFutures, communicator, scheduler })
  const measured = metrics(client, { perStream: true })
  const book = client.book('btcusdt').subscribe()
  const connection = client.connect()
  controls.run()
  await pass(5_000)
  const state = () => measured.read('books').flatMap(({ labels, value }) => (value === 1 ? [labels] : []))
  expect(state()).toEqual([{ venue, symbol: 'BTCUSDT', state: 'Synced' }])
  expect(measured.read('bookAge')[0]?.value).toBeLessThan(1)
  controls.disconnect(1006)
  await pass(10)
  expect(state()).toEqual([{ venue, symbol: 'BTCUSDT', state: 'Syncing' }])
  expect(measured.read('bookAge')).toEqual([])
  await pass(2_000)
  expect(measured.read('bookResyncs')).toEqual([{ labels: { venue, reason: 'reset', symbol: 'BTCUSDT' }, value: 1 }])
  expect(measured.read('reconnects')[0]?.value).toBe(1)
  book.unsubscribe()
  await pass(2_000)
  expect(measured.read('books')).toEqual([])
  connection.unsubscribe()
  await close()
})

test('stop, and the end of the client, detach everything; what was counted stays', () => {
  for (const end of [
    (one: ReturnType<typeof lab>) => one.measured.stop(),
    (one: ReturnType<typeof lab>) => one.connection.unsubscribe(),
  ]) {
    const one = lab()
    let isDone = false
    one.measured.measurement$.subscribe({ complete: () => (isDone = true) })
    one.send(trade(1))
    end(one)
    one.send(trade(2))
    expect(isDone).toBe(true)
    expect(one.measured.read('events')[0]?.value).toBe(1)
    expect(one.measured.read('repeated')[0]?.value).toBe(0)
  }
  const failed = lab()
  expect(() => failed.signal$.error(new Error('x'))).not.toThrow()
})

test('received frames are published to whoever subscribed to the channel', () => {
  const { send } = lab()
  const heard: unknown[] = []
  const hear = (message: unknown) => heard.push(message)
  const one = trade(1, 'BTCUSDT', 5, source)
  send(one)
  subscribe('aster-rx:received', hear)
  send(one)
  unsubscribe('aster-rx:received', hear)
  send(one)
  expect(heard).toEqual([{ venue, source: 'a', text: one.text, receivedAt: 5 }])
})

describe('two connections that carry one stream', () => {
  const [a, b] = [{ id: 'a' }, { id: 'b' }]

  test('what the second brings again is repeated, and what waits for the first waits', () => {
    const { measured, send } = lab({ perStream: true })
    const counted = () =>
      (['events', 'repeated', 'waitingEvents'] as const).map((name) => measured.read(name)[0]?.value ?? 0)
    const seen = [trade(1, 'BTCUSDT', 0, a), trade(5, 'BTCUSDT', 0, b), trade(2, 'BTCUSDT', 0, a)].map((one) => {
      send(one)
      return counted()
    })
    expect(seen).toEqual([
      [1, 0, 0],
      [1, 0, 1],
      [2, 0, 1],
    ])
    send(...[3, 4, 5].map((id) => trade(id, 'BTCUSDT', 0, a)))
    expect(counted()).toEqual([5, 1, 0])
    expect(measured.read('repeated')[0]?.labels).toEqual({ venue, kind: 'trade', stream: 'btcusdt@trade' })
  })

  test.each([1, 2, 3, 4, 5, 6, 7, 8])('every event is delivered, repeated or waits, however they come: %p', (seed) => {
    const { measured, send, signal$ } = lab()
    const random = seeded(seed)
    const next = { a: 1, b: 1 + Math.floor(4 * random()) }
    const sum = () =>
      (['events', 'repeated', 'waitingEvents'] as const).reduce((all, name) => {
        const { value } = measured.read(name).find(({ labels }) => labels['kind'] !== 'other') ?? { value: 0 }
        return all + value
      }, 0)
    for (let sent = 1; sent <= 200; sent++) {
      const one = random() < 0.5 ? a : b
      send(trade(one === a ? next.a++ : next.b++, 'BTCUSDT', sent, one))
      if (sent === 150) signal$.next({ _tag: 'Disconnected', code: 1006, reason: '', receivedAt: sent, source: b })
      expect(sum()).toBe(sent)
    }
  })
})

test('what is sent is counted and published, and what was not asked for yet is counted', async () => {
  const { transport, fetch, scheduler, controls, pass, close } = simulate({ venue: asterFutures, seed: 7 })
  const communicator = websocketCommunicator(asterFutures, { transport, scheduler, rest: { fetch, scheduler } })
  const client = createClient({ venue: asterFutures, communicator, scheduler, streams: ['btcusdt@trade'] })
  const measured = metrics(client)
  const heard: Sent[] = []
  const hear = (message: unknown) => heard.push(message as Sent)
  subscribe('aster-rx:sent', hear)
  const connection = client.connect()
  controls.run()
  await pass(1_000)
  expect(heard).toEqual([])
  const intervals = ['1m', '3m', '5m', '15m', '30m', '1h', '2h', '4h', '6h', '8h', '12h', '1d'] as const
  const symbols = [
    'btcusdt',
    'ethusdt',
    'solusdt',
    'xrpusdt',
    'bnbusdt',
    'dogeusdt',
    'adausdt',
    'ltcusdt',
    'linkusdt',
  ] as const
  const wanted = symbols.flatMap((symbol) => intervals.map((interval) => `${symbol}@kline_${interval}` as const))
  const listening = wanted.map((name) => client.stream(name).subscribe())
  const most: number[] = []
  for (let i = 0; i < 300; i++) {
    await pass(1)
    most.push(measured.read('unaskedStreams')[0]?.value ?? NaN)
  }
  await pass(20_000)
  unsubscribe('aster-rx:sent', hear)
  // A request of Aster holds at most 100 names, and the next one waits for its answer.
  expect(Math.max(...most)).toBe(wanted.length - 100)
  expect(measured.read('unaskedStreams')).toEqual([{ labels: { venue }, value: 0 }])
  const requests = heard.filter(({ type }) => type === 'Text').map(({ text }) => JSON.parse(text) as object)
  expect(requests).toEqual([
    { method: 'SUBSCRIBE', params: wanted.slice(0, 100), id: expect.anything() as unknown },
    { method: 'SUBSCRIBE', params: wanted.slice(100), id: expect.anything() as unknown },
  ])
  expect(heard[0]).toMatchObject({ venue, source: 'asterFutures-1' })
  const counted = measured.read('sent').map(({ labels, value }) => [labels['type'], value])
  expect(counted).toEqual(
    [...new Set(heard.map(({ type }) => type))].map((type) => [type, heard.filter((one) => one.type === type).length]),
  )
  listening.forEach((one) => one.unsubscribe())
  connection.unsubscribe()
  await close()
})

test('what became of orders is read from whoever places them', () => {
  const counts = () => [
    { call: 'place', result: 'Accepted', count: 3 } as const,
    { call: 'cancel', result: 'unknownOrder', count: 1 } as const,
  ]
  const { measured } = lab({ orders: { counts } })
  expect(parsePrometheus(prometheusText(measured)).get('aster_rx_order_results_total')?.samples).toMatchObject([
    { labels: { venue, call: 'place', result: 'Accepted' }, value: 3 },
    { labels: { venue, call: 'cancel', result: 'unknownOrder' }, value: 1 },
  ])
  expect(lab().measured.read('orderResults')).toEqual([])
})

describe('Prometheus', () => {
  test('escapes labels, and names are those of the table with their units', () => {
    const awkward = 'a"b\\c\nd'
    const { measured, send } = lab({ labels: { client: awkward } })
    send(trade(1))
    const families = parsePrometheus(prometheusText(measured))
    expect(families.get('aster_rx_received_characters_total')?.samples[0]?.labels).toEqual({
      client: awkward,
      venue,
      kind: 'trade',
    })
    const lag = families.get('aster_rx_receive_lag_seconds')
    expect([lag?.type, lag?.samples.length]).toEqual(['histogram', metricTable.receiveLag.bounds.length + 3])
    expect(lag?.samples.at(-3)).toMatchObject({ labels: { le: '+Inf' }, value: 1 })
    for (const [key, row] of metricRows)
      expect([row.type, undefined]).toContain(families.get(prometheusName(key, row))?.type)
  })

  test('two clients of one venue need labels of their own', () => {
    const [a, b] = [lab().measured, lab({ labels: { client: 'b' } }).measured]
    expect(() => prometheusText(a, lab().measured)).toThrow(/give each its own `labels`/)
    expect(parsePrometheus(prometheusText(a, b)).get('aster_rx_connections')?.samples).toHaveLength(2)
    expect(() => lab({ labels: { kind: 'x' } })).toThrow(TypeError)
  })

  test('a scrape over HTTP of a client at a venue over sockets', async () => {
    const { addresses, controls, close } = await startVenue({ venue: asterFutures, seed: 7 })
    const { websocket: endpoint, rest } = addresses
    const communicator = websocketCommunicator(asterFutures, { endpoint, rest: { endpoint: rest } })
    const client = createClient({ venue: asterFutures, communicator })
    const measured = metrics(client)
    let trades = 0
    let tradesThen = NaN
    client.stream('btcusdt@trade').subscribe(() => trades++)
    const ready = Promise.all([
      firstValueFrom(client.trade$),
      firstValueFrom(client.book('BTCUSDT').pipe(filter(({ _tag }) => _tag === 'Synced'))),
    ])
    const connection = client.connect()
    const server = createServer((_, response) => {
      tradesThen = trades
      response.setHeader('Content-Type', PROMETHEUS_CONTENT_TYPE).end(prometheusText(measured))
    }).listen(0, '127.0.0.1')
    controls.run()
    await ready
    controls.halt()
    const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    const counted = parsePrometheus(await answer.text())
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    const ofTrades = counted.get('aster_rx_events_total')?.samples.find(({ labels }) => labels['kind'] === 'trade')
    expect(tradesThen).toBeGreaterThan(0)
    expect(ofTrades?.value).toBe(tradesThen)
    expect(counted.get('aster_rx_connections')?.samples).toEqual([
      { name: 'aster_rx_connections', labels: { venue }, value: 1 },
    ])
    const books = counted.get('aster_rx_books')?.samples.map(({ labels, value }) => [labels['state'], value])
    expect(books).toEqual([
      ['Syncing', 0],
      ['Synced', 1],
      ['Stale', 0],
    ])
    connection.unsubscribe()
    server.closeAllConnections()
    server.close()
    await close()
  })
})

test('OpenTelemetry: each metric is an instrument by its unit, and detaches', () => {
  const made = new Map<string, unknown>()
  const callbacks = new Map<string, (result: { observe: (value: number, attributes?: object) => void }) => void>()
  const recorded: unknown[] = []
  const observable = (name: string, options?: { unit?: string }) => {
    made.set(name, options?.unit)
    return {
      addCallback: (callback: Parameters<typeof callbacks.set>[1]) => void callbacks.set(name, callback),
      removeCallback: () => void callbacks.delete(name),
    }
  }
  const { measured, send } = lab()
  const bridge = openTelemetry(measured, {
    createObservableCounter: observable,
    createObservableGauge: observable,
    createHistogram: (name, options) => {
      made.set(name, options?.unit)
      return { record: (value, attributes) => recorded.push([name, attributes, value >= 0]) }
    },
  })
  send(trade(1))
  const labels = { venue, kind: 'trade' }
  expect(recorded).toEqual([
    ['aster_rx.receive_lag', labels, true],
    ['aster_rx.handling_time', labels, true],
  ])
  const observed: unknown[] = []
  callbacks.get('aster_rx.frames')?.({ observe: (...values) => observed.push(values) })
  expect(observed).toEqual([[1, labels]])
  expect([made.size, made.get('aster_rx.received')]).toEqual([metricRows.length, '{character}'])
  bridge.unsubscribe()
  send(trade(2))
  expect([callbacks.size, recorded.length]).toEqual([0, 2])
})

test('how far a client is behind its broker is a gauge, 0 where there is none', () => {
  const behind = [undefined, () => 5].map((one) => {
    const communicator = Object.assign(() => NEVER, one && { behind: one })
    return metrics(createClient({ venue: asterFutures, communicator })).read('brokerBehind')
  })
  expect(behind.map(([sample]) => sample?.value)).toEqual([0, 5])
})

test('docs/metrics.md quotes the sample, and says what the table says', () => {
  const [text = '', sample = ''] = ['docs/metrics.md', 'samples/metrics.ts'].map((path) =>
    readFileSync(`${__dirname}/../../${path}`, 'utf8'),
  )
  expect(text).toContain(sample)
  const rows = [...text.matchAll(/^\| `(\w+)` +\| `(\w+)` +\| (\w+) +\| `(\S+)` +\| (.*?) +\| (.*?) +\|$/gm)].map(
    (row) => row.slice(1),
  )
  expect(rows).toEqual(
    metricRows.map(([key, row]) => [
      key,
      prometheusName(key, row),
      row.type,
      row.unit,
      row.labels.join(', '),
      row.help,
    ]),
  )
})
