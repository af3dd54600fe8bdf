import { WebSocket } from 'ws'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { asterPrediction } from '../../../lib/venues/asterPrediction.js'
import { asterSpot } from '../../../lib/venues/asterSpot.js'
import { binanceFutures } from '../../../lib/venues/binanceFutures.js'
import { binanceSpot } from '../../../lib/venues/binanceSpot.js'
import type { Venue } from '../../../lib/venues/Venue.js'
import { bareClient, roundTrip, venueFor } from './bareClient.js'
import { clockAt } from './clockAt.js'

const start = 1_700_000_000_000

const limits: readonly (readonly [string, Venue, number, number])[] = [
  ['asterSpot', asterSpot, 5, 1_024],
  ['asterPrediction', asterPrediction, 5, 1_024],
  ['asterFutures', asterFutures, 10, 200],
  ['binanceFutures', binanceFutures, 10, 200],
  ['binanceSpot', binanceSpot, 5, 1_024],
]

test.each(limits)('%s: more messages within a second end it, PINGs and PONGs counted', async (_, venue, messages) => {
  const clock = clockAt(start)
  const { addresses } = await venueFor({ venue, scheduler: clock })
  const client = await bareClient(`${addresses.websocket}/ws`)
  const list = (id: number) => client.ask({ method: 'LIST_SUBSCRIPTIONS', id })
  for (let i = 1; i < messages; i++) await list(i)
  await roundTrip(client.socket)
  clock.pass(1_000)
  for (let i = 0; i < messages; i++) await list(i)
  clock.pass(999)
  client.socket.pong('x')
  expect(await client.closed).toEqual({ code: 1008, reason: 'Too many requests' })
})

test.each(limits)('%s: more streams than a connection carries are refused, and end it', async (_, venue, __, most) => {
  const { addresses, controls } = await venueFor({ venue })
  const names = Array.from({ length: most }, (_, i) => `s${i}@trade`)
  const all = names.join('/')
  const client = await bareClient(`${addresses.websocket}/stream?streams=${all}`)
  expect(controls.subscriptions(1)).toHaveLength(most)
  expect(await client.ask({ method: 'SUBSCRIBE', params: ['s0@trade'], id: 18 })).toBe('{"result":null,"id":18}')
  expect(await client.ask({ method: 'SUBSCRIBE', params: ['more@trade'], id: 19 })).toBe(
    '{"error":{"code":4,"msg":"Too many subscriptions"},"id":19}',
  )
  expect(await client.closed).toEqual({ code: 1008, reason: 'Too many subscriptions' })
  const other = await bareClient(`${addresses.websocket}/stream?streams=${all}/more@trade`)
  expect(await other.closed).toEqual({ code: 1008, reason: 'Too many subscriptions' })
})

test.each(limits)('%s: a connection lives for 24 hours', async (_, venue) => {
  const clock = clockAt(start)
  const ping = { every: Infinity, within: Infinity }
  const { addresses, controls } = await venueFor({ venue, scheduler: clock, ping })
  const client = await bareClient(`${addresses.websocket}/ws`)
  clock.pass(86_399_999)
  await roundTrip(client.socket)
  expect(controls.connections()).toEqual([1])
  clock.pass(1)
  expect(await client.closed).toEqual({ code: 1001, reason: 'Connection lifetime reached' })
})

test.each<readonly [string, Venue, number, number]>([
  ['asterSpot', asterSpot, 180_000, 600_000],
  ['asterFutures', asterFutures, 300_000, 900_000],
  ['binanceFutures', binanceFutures, 180_000, 600_000],
  ['binanceSpot', binanceSpot, 20_000, 60_000],
])('%s: PINGs come, and PONGs must say the same in time', async (_, venue, every, within) => {
  const clock = clockAt(start)
  const { addresses, controls } = await venueFor({ venue, scheduler: clock })
  const url = `${addresses.websocket}/ws`
  const [good, bad] = [await bareClient(url), await bareClient(url, { autoPong: false })]
  bad.socket.on('ping', () => bad.socket.pong('something else'))
  clock.pass(every)
  await Promise.all([roundTrip(good.socket), roundTrip(bad.socket)])
  expect([good.pings, bad.pings]).toEqual([[String(start + every)], [String(start + every)]])
  let now = every
  for (; now + every < every + within; now += every) {
    clock.pass(every)
    await Promise.all([roundTrip(good.socket), roundTrip(bad.socket)])
  }
  clock.pass(every + within - 1 - now)
  expect(controls.connections()).toEqual([1, 2])
  clock.pass(1)
  expect(await bad.closed).toEqual({ code: 1008, reason: 'Pong timeout' })
  await roundTrip(good.socket)
  expect(controls.connections()).toEqual([1])
})

/** The status that an attempt to connect is answered with. */
const attempt = async (url: string): Promise<number> => {
  const socket = new WebSocket(url)
  socket.on('error', () => undefined)
  const status = await new Promise<number>((resolve) => {
    socket.on('unexpected-response', (_, { statusCode = 0 }) => resolve(statusCode))
    socket.on('open', () => resolve(101))
  })
  socket.terminate()
  return status
}

test.each([
  ['binanceSpot', binanceSpot, [503, 101, 429]],
  ['asterFutures', asterFutures, [503, 101, 101]],
])('%s: the 301st attempt to connect within five minutes', async (_, venue, last) => {
  const clock = clockAt(start)
  const { addresses, controls } = await venueFor({ venue, scheduler: clock })
  controls.failUpgrades({ _tag: 'refuse', status: 503 }, 299)
  const statuses: number[] = []
  for (let i = 0; i < 301; i++) statuses.push(await attempt(`${addresses.websocket}/ws`))
  expect(statuses.slice(-3)).toEqual(last)
  clock.pass(300_000)
  expect(await attempt(`${addresses.websocket}/ws`)).toBe(101)
})
