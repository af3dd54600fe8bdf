import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { filter, firstValueFrom, Subject } from 'rxjs'
import { createClient } from '../../../lib/client/createClient.js'
import { createRest } from '../../../lib/rest/createRest.js'
import { frame, type Signal } from '../../../lib/Signal.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { binanceSpot } from '../../../lib/venues/binanceSpot.js'
import { websocketCommunicator } from '../../../lib/communicators/websocket/websocketCommunicator.js'
import { bareClient, venueFor } from '../host/bareClient.js'
import { recording, relayFor, replaying, textsOf } from './relays.js'

/** The snapshot of the recording, as the venue wrote it. */
const [recorded = ''] = gunzipSync(readFileSync(recording))
  .toString('utf8')
  .split('\n')
  .filter((record) => record.includes('{"_tag":"Reply"'))
  .map((record) => (JSON.parse(record.slice(record.indexOf(' '))) as { text: string }).text)

type Side = readonly (readonly [price: string, quantity: string])[]
interface Book {
  readonly lastUpdateId: number
  readonly bids: Side
  readonly asks: Side
}

/** The best levels of a book after all updates, made of two maps. */
const after = (snapshot: string, updates: readonly string[], limit: number): Book => {
  const { lastUpdateId, bids, asks } = JSON.parse(snapshot) as Book
  const book = { lastUpdateId, b: new Map(bids), a: new Map(asks) }
  for (const text of updates) {
    const { data } = JSON.parse(text) as { data: { u: number; b: Side; a: Side } }
    if (data.u <= book.lastUpdateId) continue
    book.lastUpdateId = data.u
    for (const side of ['b', 'a'] as const)
      for (const [price, quantity] of data[side])
        if (Number(quantity) === 0) book[side].delete(price)
        else book[side].set(price, quantity)
  }
  const best = (side: Map<string, string>, sign: 1 | -1) =>
    [...side].sort(([x], [y]) => sign * (Number(x) - Number(y))).slice(0, limit)
  return { lastUpdateId: book.lastUpdateId, bids: best(book.b, -1), asks: best(book.a, 1) }
}

const asked = async (url: string) => {
  const response = await fetch(url)
  return { status: response.status, text: await response.text() }
}

const depth = 'fapi/v1/depth?symbol=BTCUSDT'
const updates = textsOf('btcusdt@depth@100ms')

describe('order books of a recording', () => {
  test('before it begins there is none, and why', async () => {
    const { addresses } = await relayFor({ venue: asterFutures, open: replaying({ files: recording }) })
    const { status, text } = await asked(`${addresses.rest}/${depth}`)
    expect(status).toBe(503)
    expect(JSON.parse(text)).toEqual({
      code: -1001,
      msg: 'The recording begins when a stream is subscribed to: do that before the order book is asked for.',
    })
  })

  test('who asks while others are awaited waits for the recording to begin', async () => {
    const signal$ = new Subject<Signal>()
    const { addresses, heard } = await relayFor({ venue: asterFutures, open: () => () => signal$, clients: 2 })
    const address = `${addresses.websocket}/stream?streams=btcusdt@depth@100ms`
    await bareClient(address)
    const early = asked(`${addresses.rest}/${depth}&limit=1000`)
    // It has arrived there.
    await asked(`${addresses.rest}/fapi/v1/time`)
    await bareClient(address)
    await heard('started')
    signal$.next({ _tag: 'Reply', symbol: 'BTCUSDT', text: recorded, receivedAt: 3 })
    updates.forEach((text, i) => signal$.next(frame(text, i + 4)))
    expect(await early).toEqual({ status: 200, text: recorded })
  })

  test('who has the updates from the beginning gets the recorded one, to the letter, and who comes later the book as it is', async () => {
    const signal$ = new Subject<Signal>()
    const { addresses, heard } = await relayFor({ venue: asterFutures, open: () => () => signal$ })
    const client = await bareClient(`${addresses.websocket}/stream?streams=btcusdt@depth@100ms`)
    await heard('started')
    updates.slice(0, 3).forEach((text, i) => signal$.next(frame(text, i)))
    signal$.next({ _tag: 'Reply', symbol: 'BTCUSDT', text: recorded, receivedAt: 3 })
    updates.slice(3).forEach((text, i) => signal$.next(frame(text, i + 4)))
    expect(await client.until(updates.length)).toEqual(updates)
    expect(await asked(`${addresses.rest}/${depth}&limit=1000`)).toEqual({ status: 200, text: recorded })
    const { status, text } = await asked(`${addresses.rest}/${depth}&limit=20`)
    expect(status).toBe(200)
    expect(JSON.parse(text)).toMatchObject(after(recorded, updates, 20))
  })

  test('as many get the recorded one as have the updates; with fewer levels it is cut', async () => {
    const signal$ = new Subject<Signal>()
    const { addresses, heard } = await relayFor({ venue: asterFutures, open: () => () => signal$, clients: 2 })
    const address = `${addresses.websocket}/stream?streams=btcusdt@depth@100ms`
    await bareClient(address)
    await bareClient(address)
    await heard('started')
    signal$.next({ _tag: 'Reply', symbol: 'BTCUSDT', text: recorded, receivedAt: 3 })
    updates.forEach((text, i) => signal$.next(frame(text, i + 4)))
    const ids: number[] = []
    while (ids.length < 3) {
      const { text } = await asked(`${addresses.rest}/${depth}&limit=5`)
      const book = JSON.parse(text) as Book
      ids.push(book.lastUpdateId)
      expect(book).toMatchObject(after(recorded, ids.length < 3 ? [] : updates, 5))
    }
    const last = after(recorded, updates, 5).lastUpdateId
    expect(ids).toEqual([5_000_000_039, 5_000_000_039, last])
  })

  test('where nobody has the updates, everybody gets the book as it is', async () => {
    const signal$ = new Subject<Signal>()
    const { addresses, heard } = await relayFor({ venue: asterFutures, open: () => () => signal$ })
    await bareClient(`${addresses.websocket}/stream?streams=btcusdt@trade`)
    await heard('started')
    signal$.next({ _tag: 'Reply', symbol: 'BTCUSDT', text: recorded, receivedAt: 3 })
    updates.slice(0, 50).forEach((text, i) => signal$.next(frame(text, i + 4)))
    const { text } = await asked(`${addresses.rest}/${depth}&limit=10`)
    expect(JSON.parse(text)).toMatchObject(after(recorded, updates.slice(0, 50), 10))
  })

  test('a request waits for the snapshot that makes the book', async () => {
    const signal$ = new Subject<Signal>()
    const { addresses, heard } = await relayFor({ venue: asterFutures, open: () => () => signal$ })
    await bareClient(`${addresses.websocket}/stream?streams=btcusdt@depth@100ms`)
    await heard('started')
    signal$.next(frame(updates[0] ?? '', 0))
    const answer = asked(`${addresses.rest}/${depth}&limit=1000`)
    // Answered on another way, so that it has arrived.
    expect((await asked(`${addresses.rest}/fapi/v1/time`)).status).toBe(200)
    signal$.next({ _tag: 'Reply', symbol: 'BTCUSDT', text: recorded, receivedAt: 3 })
    expect(await answer).toEqual({ status: 200, text: recorded })
  })

  test('the end of the recording answers what waits', async () => {
    const signal$ = new Subject<Signal>()
    const { addresses, heard } = await relayFor({ venue: asterFutures, open: () => () => signal$ })
    await bareClient(`${addresses.websocket}/stream?streams=btcusdt@depth@100ms`)
    await heard('started')
    const answer = asked(`${addresses.rest}/fapi/v1/depth?symbol=ETHUSDT`)
    expect((await asked(`${addresses.rest}/fapi/v1/time`)).status).toBe(200)
    signal$.complete()
    expect((await answer).status).toBe(503)
  })

  test('what is wrong with a request is said as the venue says it', async () => {
    const { addresses, heard } = await relayFor({ venue: asterFutures, open: () => () => new Subject<Signal>() })
    await bareClient(`${addresses.websocket}/stream?streams=btcusdt@trade`)
    await heard('started')
    const { rest } = addresses
    expect(JSON.parse((await asked(`${rest}/fapi/v1/depth`)).text)).toMatchObject({ code: -1102 })
    expect(JSON.parse((await asked(`${rest}/${depth}&limit=7`)).text)).toMatchObject({ code: -1130 })
    expect((await asked(`${rest}/fapi/v1/exchangeInfo`)).status).toBe(404)
    expect((await fetch(`${rest}/fapi/v1/order`, { method: 'POST' })).status).toBe(404)
  })

  test.each([
    ['says its symbol', '{"s":"BTCUSDT","lastUpdateId":5000000039,"bids":[["1.0","2"]],"asks":[["3.0","4"]]}'],
    ['is of the only one', '{"lastUpdateId":5000000039,"bids":[["1.0","2"]],"asks":[["3.0","4"]]}'],
  ])('a snapshot among the frames that %s serves, too', async (_, snapshot) => {
    const signal$ = new Subject<Signal>()
    const { addresses, heard } = await relayFor({ venue: asterFutures, open: () => () => signal$ })
    await bareClient(`${addresses.websocket}/ws/btcusdt@depth@100ms`)
    await heard('started')
    const source = { id: 'file' }
    signal$.next(frame(updates[0] ?? '', 1, source))
    signal$.next(frame(snapshot, 2, source))
    expect(await asked(`${addresses.rest}/${depth}`)).toEqual({ status: 200, text: snapshot })
  })
})

test('from a later time on, the book that was so then is the one that is answered', async () => {
  const from = 1_723_161_700_000
  const { addresses, heard } = await relayFor({
    ...{ venue: asterFutures, open: replaying({ files: recording, from, pace: 'recorded' }) },
  })
  const client = await bareClient(`${addresses.websocket}/stream?streams=btcusdt@depth@100ms`)
  await heard('started')
  const [first = ''] = await client.until(1)
  const before = updates.slice(0, updates.indexOf(first))
  expect(before.length).toBeGreaterThan(600)
  const { text } = await asked(`${addresses.rest}/${depth}&limit=500`)
  expect(JSON.parse(text)).toMatchObject(after(recorded, before, 500))
})

test('its time is the recording’s', async () => {
  const { addresses, heard } = await relayFor({
    ...{ venue: asterFutures, open: replaying({ files: recording, pace: 'recorded' }) },
  })
  await bareClient(`${addresses.websocket}/stream?streams=btcusdt@trade`)
  await heard('started')
  const { text } = await asked(`${addresses.rest}/fapi/v1/time`)
  const { serverTime } = JSON.parse(text) as { serverTime: number }
  // It began at 1723161630002, and lasts for two and a half minutes.
  expect(serverTime < 1_723_161_780_000).toBe(true)
})

test('our own client has the book of the recording, and at its end the one that its updates make', async () => {
  const { addresses, heard } = await relayFor({
    ...{ venue: asterFutures, open: replaying({ files: recording }) },
  })
  const client = createClient({
    venue: asterFutures,
    communicator: websocketCommunicator(asterFutures, {
      endpoint: addresses.websocket,
      rest: { endpoint: addresses.rest },
    }),
  })
  const ids: number[] = []
  const last = Number(/"u":(\d+)/.exec(updates.at(-1) ?? '')?.[1])
  const synced = firstValueFrom(
    client.book('btcusdt').pipe(
      filter((state) => {
        if (state._tag === 'Synced') ids.push(state.book.lastUpdateId)
        return state._tag === 'Synced' && state.book.lastUpdateId === last
      }),
    ),
  )
  const connection = client.connect()
  const state = await synced
  const { lastUpdateId, bids, asks } = state._tag === 'Synced' ? state.book.toSnapshot() : ({} as Partial<Book>)
  expect({ lastUpdateId, bids: [...(bids ?? [])], asks: [...(asks ?? [])] }).toEqual(after(recorded, updates, 10_000))
  // From the snapshot on, whatever came before it was known.
  expect(Math.min(...ids)).toBeGreaterThanOrEqual(5_000_000_039)
  await heard('ended')
  connection.unsubscribe()
})

describe('with a rest', () => {
  const live = async () => {
    const venue = await venueFor({ venue: binanceSpot })
    const { websocket, rest } = venue.addresses
    const relay = await relayFor({
      venue: binanceSpot,
      open: () => websocketCommunicator(binanceSpot, { endpoint: websocket }),
      rest: createRest({ venue: binanceSpot, endpoint: rest, retry: { count: 0 } }),
    })
    return { venue, relay }
  }

  test('any number of clients share one connection, and have each frame as the venue sent it', async () => {
    const { venue, relay } = await live()
    const { controls } = venue
    const address = `${relay.addresses.websocket}/stream?streams=`
    const one = await bareClient(`${address}btcusdt@trade`)
    const other = await bareClient(`${address}btcusdt@trade/btcusdt@bookTicker`)
    const both = (): boolean => controls.connections().some((id) => controls.subscriptions(id).length === 2)
    while (!both()) await firstValueFrom(controls.log$)
    for (let steps = 0; steps < 100; steps += 1) controls.step()
    const sent = controls.log().flatMap((entry) => (entry.type === 'sent' && entry.stream !== undefined ? [entry] : []))
    const expected = sent.map(({ text }) => text)
    const trades = sent.filter(({ stream }) => stream === 'btcusdt@trade').map(({ text }) => text)
    expect(trades.length).toBeGreaterThan(5)
    expect(await other.until(expected.length)).toEqual(expected)
    expect(await one.until(trades.length)).toEqual(trades)
    expect(controls.connections()).toHaveLength(1)
  })

  test('requests that need no key are passed on, and answered to the letter', async () => {
    const { venue, relay } = await live()
    const path = '/api/v3/depth?symbol=BTCUSDT&limit=5'
    expect(await asked(`${relay.addresses.rest}${path}`)).toEqual(await asked(`${venue.addresses.rest}${path}`))
    const wrong = await asked(`${relay.addresses.rest}/api/v3/depth?symbol=NOSUCH`)
    expect([wrong.status, JSON.parse(wrong.text)]).toEqual([400, { code: -1121, msg: 'Invalid symbol.' }])
    expect((await asked(`${relay.addresses.rest}/api/v3/nothing`)).status).toBe(404)
    venue.controls.failRest('time', {
      _tag: 'error',
      status: 429,
      code: -1003,
      msg: 'Too many requests.',
      retryAfter: 7,
    })
    const limited = await fetch(`${relay.addresses.rest}/api/v3/time`)
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7'])
  })

  test.each([
    ['a key', '/api/v3/depth?symbol=BTCUSDT', { headers: { 'X-MBX-APIKEY': 'key' } }],
    ['a signature', '/api/v3/account?timestamp=1&signature=0', {}],
    ['another method', '/api/v3/order', { method: 'POST' }],
  ])('what has %s is not', async (_, path, init) => {
    const { relay } = await live()
    const response = await fetch(`${relay.addresses.rest}${path}`, init)
    expect(response.status).toBe(403)
    expect(await response.json()).toEqual({ code: -1100, msg: 'Only what needs no key is passed on.' })
  })

  test('a venue that does not answer is said', async () => {
    const { venue, relay } = await live()
    await venue.close()
    const { status, text } = await asked(`${relay.addresses.rest}/api/v3/time`)
    expect([status, JSON.parse(text)]).toEqual([
      502,
      { code: -1001, msg: expect.stringContaining('ECONNREFUSED') as string },
    ])
  })
})
