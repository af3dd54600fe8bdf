import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Subject } from 'rxjs'
import type { LogEntry, SentPayload } from '../../../lib/simulation/index.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { binanceSpot } from '../../../lib/venues/binanceSpot.js'
import type { Venue } from '../../../lib/venues/Venue.js'
import { bundled } from '../../helpers/bundled.js'
import { bareClient, roundTrip, venueFor } from './bareClient.js'
import { clockAt } from './clockAt.js'

const start = 1_700_000_000_000
type Side = readonly (readonly [string, string])[]

interface Update {
  readonly U: number
  readonly u: number
  readonly pu?: number
  readonly b: Side
  readonly a: Side
}

const put = (side: Map<string, string>, levels: Iterable<readonly [string, string]>) => {
  for (const [price, quantity] of levels)
    if (Number(quantity) === 0) side.delete(price)
    else side.set(price, quantity)
}

const sorted = (side: Map<string, string>) => [...side].sort(([a], [b]) => Number(a) - Number(b))

test.each<readonly [string, Venue, string]>([
  ['Aster futures, 100 ms', asterFutures, 'btcusdt@depth@100ms'],
  ['Aster futures, 250 ms', asterFutures, 'btcusdt@depth'],
  ['Aster futures, 500 ms', asterFutures, 'btcusdt@depth@500ms'],
  ['Binance, 1000 ms', binanceSpot, 'btcusdt@depth'],
])('a snapshot and the updates after it make the book of the venue: %s', async (_, venue, stream) => {
  const { addresses, controls } = await venueFor({ venue, seed: 5, scheduler: clockAt(start) })
  const { socket, texts } = await bareClient(`${addresses.websocket}/ws/${stream}`)
  controls.step(33)
  const snapshot = controls.book('BTCUSDT')
  const [bids, asks] = [new Map(snapshot?.bids), new Map(snapshot?.asks)]
  controls.step(67)
  await roundTrip(socket)
  const all = texts.map((text) => JSON.parse(text) as Update)
  for (const [i, { U, pu }] of all.slice(1).entries()) expect(pu ?? U - 1).toBe(all[i]?.u)
  for (const { u, b, a } of all)
    if (u > (snapshot?.lastUpdateId ?? 0)) {
      put(bids, b)
      put(asks, a)
    }
  const end = controls.book('BTCUSDT')
  expect(all.at(-1)?.u).toBe(end?.lastUpdateId)
  expect([sorted(bids), sorted(asks)]).toEqual([sorted(new Map(end?.bids)), sorted(new Map(end?.asks))])
})

test('the same seed and the same steps give the same frames, another seed others', async () => {
  const framesOf = async (seed: number) => {
    const symbols = ['BTCUSDT', 'ETHUSDT']
    const { addresses, controls } = await venueFor({ venue: asterFutures, seed, symbols, scheduler: clockAt(start) })
    const { socket, texts } = await bareClient(`${addresses.websocket}/stream?streams=!bookTicker/ethusdt@trade`)
    controls.step(50)
    await roundTrip(socket)
    return texts
  }
  const frames = await framesOf(4)
  expect(frames.length).toBeGreaterThan(20)
  expect(await framesOf(4)).toEqual(frames)
  expect(await framesOf(5)).not.toEqual(frames)
})

test('it runs at its rate until it is halted, and goes on at the time of its clock', async () => {
  const clock = clockAt(start)
  const { addresses, controls } = await venueFor({ venue: asterFutures, scheduler: clock, rate: 20 })
  const { socket, texts } = await bareClient(`${addresses.websocket}/stream?streams=btcusdt@markPrice@1s`)
  const times = async () => {
    await roundTrip(socket)
    return texts.splice(0).map((text) => (JSON.parse(text) as { readonly data: { readonly E: number } }).data.E - start)
  }
  controls.run()
  controls.run()
  clock.pass(1_000)
  expect(await times()).toEqual([1_000, 2_000])
  controls.halt()
  clock.pass(10_000)
  expect(await times()).toEqual([])
  controls.step(10)
  expect(await times()).toEqual([11_000])
})

test('a replay is sent instead, one payload a step, or as it comes', async () => {
  const replay: readonly SentPayload[] = [
    { stream: 'btcusdt@trade', data: { t: 1 } },
    { stream: 'ethusdt@trade', data: { t: 2 } },
    { stream: 'btcusdt@trade', data: { t: 3 } },
  ]
  const path = '/stream?streams=btcusdt@trade'
  const iterable = await venueFor({ venue: asterFutures, replay })
  const one = await bareClient(iterable.addresses.websocket + path)
  iterable.controls.step(2)
  await roundTrip(one.socket)
  expect(one.texts).toEqual(['{"stream":"btcusdt@trade","data":{"t":1}}'])
  iterable.controls.step(5)
  await roundTrip(one.socket)
  expect(one.texts.slice(1)).toEqual(['{"stream":"btcusdt@trade","data":{"t":3}}'])
  const answer = await fetch(`${iterable.addresses.rest}/fapi/v1/depth?symbol=BTCUSDT`)
  expect(await answer.json()).toMatchObject({ code: -1121 })

  const source = new Subject<SentPayload>()
  const snapshot = () => ({ lastUpdateId: 7, bids: [], asks: [] })
  const observable = await venueFor({ venue: asterFutures, replay: source, snapshot })
  const other = await bareClient(observable.addresses.websocket + path)
  expect(() => observable.controls.step()).toThrow(
    new TypeError('step: an Observable is replayed as it comes; expected run()'),
  )
  observable.controls.run()
  for (const payload of replay) source.next(payload)
  expect(await other.until(2)).toEqual([...one.texts])
  await observable.close()
  expect(source.observed).toBe(false)
  const asked = await venueFor({ venue: asterFutures, replay, snapshot })
  const book = await fetch(`${asked.addresses.rest}/fapi/v1/depth?symbol=X`)
  expect(await book.json()).toEqual({ lastUpdateId: 7, bids: [], asks: [] })
})

test('PINGs carry the time; who does not answer them in time is disconnected', async () => {
  const clock = clockAt(start)
  const { addresses, controls } = await venueFor({ venue: binanceSpot, scheduler: clock })
  const client = await bareClient(`${addresses.websocket}/ws`)
  clock.pass(20_000)
  await roundTrip(client.socket)
  expect(client.pings).toEqual([String(start + 20_000)])
  clock.pass(60_000)
  await roundTrip(client.socket)
  client.socket.pause()
  clock.pass(59_999)
  expect(controls.connections()).toEqual([1])
  clock.pass(20_001)
  client.socket.resume()
  expect(await client.closed).toEqual({ code: 1008, reason: 'Pong timeout' })
})

test('the log holds what went over each connection, the latest of it', async () => {
  const clock = clockAt(start)
  const { addresses, controls, close } = await venueFor({ venue: asterFutures, scheduler: clock, remember: 5 })
  const made: LogEntry[] = []
  let isComplete = false
  controls.log$.subscribe({ next: (entry) => made.push(entry), complete: () => (isComplete = true) })
  const client = await bareClient(`${addresses.websocket}/ws/a@trade`)
  const common = { at: start, connection: 1 }
  await client.ask('{"method":"LIST_SUBSCRIPTIONS","id":1}')
  controls.send('a@trade', 1)
  controls.sendText('not JSON')
  controls.sendText('nobody', 2)
  await roundTrip(client.socket)
  client.socket.close(1000)
  await client.closed
  const all: readonly LogEntry[] = [
    { ...common, type: 'opened', url: '/ws/a@trade' },
    { ...common, type: 'received', text: '{"method":"LIST_SUBSCRIPTIONS","id":1}' },
    { ...common, type: 'sent', text: '{"result":["a@trade"],"id":1}' },
    { ...common, type: 'sent', stream: 'a@trade', text: '1' },
    { ...common, type: 'sent', text: 'not JSON' },
    { ...common, type: 'ping', from: 'client' },
    { ...common, type: 'pong', from: 'venue' },
    { ...common, type: 'closed', code: 1000 },
  ]
  await close()
  expect(made).toEqual(all)
  expect(controls.log()).toEqual(all)
  expect(isComplete).toBe(true)
})

test.each([
  [{ pause: 0 }, 'pause: expected a number above 0, came 0'],
  [{ pause: NaN }, 'pause: expected a number above 0, came NaN'],
  [{ rate: -1 }, 'rate: expected a number above 0, came -1'],
  [{ rate: Infinity }, 'rate: expected a number above 0, came Infinity'],
])('%j is refused', async (config, message) => {
  await expect(venueFor({ venue: asterFutures, ...config })).rejects.toThrow(new TypeError(message))
})

test('symbols are written in upper case', async () => {
  const { controls } = await venueFor({ venue: asterFutures, symbols: ['ethusdt'] })
  expect(controls.book('ETHUSDT')?.symbol).toBe('ETHUSDT')
  expect(controls.book('ethusdt')).toBeUndefined()
})

test('a program that closes its venue ends by itself', async () => {
  const child = spawn(process.execPath, [bundled('spec/simulation/host/program.ts')])
  let said = ''
  child.stdout.on('data', (part: Buffer) => (said += part.toString()))
  child.stderr.on('data', (part: Buffer) => (said += part.toString()))
  const [code] = (await once(child, 'close')) as [number]
  expect([said, code]).toEqual(['closed', 0])
})
