import { once } from 'node:events'
import { createServer } from 'node:net'
import { NEVER, Subject } from 'rxjs'
import { frame, type Signal } from '../../../lib/Signal.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { binanceSpot } from '../../../lib/venues/binanceSpot.js'
import { bingxSpot } from '../../../lib/venues/bingxSpot.js'
import { startRelay, type RelayConfig } from '../../../lib/simulation/index.js'
import { scratch } from '../../communicators/scratch.js'
import { bareClient } from '../host/bareClient.js'
import { payloadsOf, recording, relayFor, replaying, texts, textsOf } from './relays.js'

const { file } = scratch()

/** A recording of lines, a tenth of a second after each other. */
const lines = (...frames: readonly string[]) =>
  file(frames.map((text, i) => `${1_723_161_630_000 + i * 100} ${text}\n`).join(''))

const whole = { venue: asterFutures, open: replaying({ files: recording }) }

describe('endpoints', () => {
  test('combined: the frames of the streams that were asked for, byte for byte and in their order', async () => {
    const { addresses, heard } = await relayFor(whole)
    const client = await bareClient(`${addresses.websocket}/stream?streams=btcusdt@trade/btcusdt@depth@100ms`)
    const expected = texts.filter((text) => /^\{"stream":"btcusdt@(trade|depth@100ms)"/.test(text))
    expect(await client.until(expected.length)).toEqual(expected)
    expect(await heard('started')).toEqual({
      ...{ type: 'started', connections: 1, streams: ['btcusdt@trade', 'btcusdt@depth@100ms'] },
    })
    const { isWhole, sent, frames, missing } = await heard('ended')
    expect({ isWhole, sent, missing }).toEqual({ isWhole: true, sent: expected.length, missing: [] })
    expect(frames).toBe(texts.length)
  })

  test('raw: the payloads alone, byte for byte', async () => {
    const { addresses } = await relayFor(whole)
    const client = await bareClient(`${addresses.websocket}/ws/btcusdt@kline_1m`)
    const expected = payloadsOf('btcusdt@kline_1m')
    expect(await client.until(expected.length)).toEqual(expected)
  })

  test('requests for streams are answered as the venue answers them, and a recording begins with the first', async () => {
    const { addresses, heard } = await relayFor(whole)
    const client = await bareClient(`${addresses.websocket}/ws`)
    expect(await client.ask({ method: 'LIST_SUBSCRIPTIONS', id: 1 })).toBe('{"result":[],"id":1}')
    expect(await client.ask({ method: 'SUBSCRIBE', params: ['btcusdt@markPrice@1s'], id: 2 })).toBe(
      '{"result":null,"id":2}',
    )
    const expected = payloadsOf('btcusdt@markPrice@1s')
    expect((await client.until(2 + expected.length)).slice(2)).toEqual(expected)
    await heard('ended')
    expect(await client.ask({ method: 'UNSUBSCRIBE', params: ['btcusdt@markPrice@1s'], id: 3 })).toBe(
      '{"result":null,"id":3}',
    )
    expect(await client.ask({ method: 'NONSENSE', id: 4 })).toContain('unknown variant `NONSENSE`')
  })

  test('no other address is an endpoint', async () => {
    const { addresses } = await relayFor(whole)
    await expect(bareClient(`${addresses.websocket}/elsewhere`)).rejects.toThrow('404')
  })

  test('a frame that came without an envelope gets one where the endpoint has it', async () => {
    const raw = '{"e":"trade","E":1,"T":1,"s":"BTCUSDT","t":7,"p":"1.10","q":"2","X":"MARKET","m":false}'
    const { addresses } = await relayFor({ venue: asterFutures, open: replaying({ files: lines(raw) }), clients: 2 })
    const combined = await bareClient(`${addresses.websocket}/stream?streams=btcusdt@trade`)
    const bare = await bareClient(`${addresses.websocket}/ws/btcusdt@trade`)
    expect(await combined.until(1)).toEqual([`{"stream":"btcusdt@trade","data":${raw}}`])
    expect(await bare.until(1)).toEqual([raw])
  })

  test.each([
    ['white space', '{ "stream": "btcusdt@trade", "data": {"p": "1.10", "t": 12345678901234567890} }'],
    ['another order of keys', '{"data":{"p":"1.10","t":12345678901234567890},"stream":"btcusdt@trade"}'],
    ['more keys', '{"stream":"btcusdt@trade","data":{"p":"1.10","t":12345678901234567890},"at":{"x":1}}'],
  ])('a frame with %s is whole on one endpoint, and digit for digit on the other', async (_, text) => {
    const { addresses } = await relayFor({ venue: asterFutures, open: replaying({ files: lines(text) }), clients: 2 })
    const combined = await bareClient(`${addresses.websocket}/stream?streams=btcusdt@trade`)
    const bare = await bareClient(`${addresses.websocket}/ws/btcusdt@trade`)
    // No trade is like this: what a client makes of it is its own affair.
    expect(await combined.until(1)).toEqual([text])
    expect(await bare.until(1)).toEqual(['{"p":"1.10","t":12345678901234567890}'])
  })

  test('a stream that no table lists comes, too; what is no stream’s does not', async () => {
    const unknown = '{"stream":"btcusdt@newest","data":{"e":"newest"}}'
    const files = lines('{"result":null,"id":1}', 'nonsense', unknown)
    const { addresses, heard } = await relayFor({ venue: asterFutures, open: replaying({ files }) })
    const client = await bareClient(`${addresses.websocket}/stream?streams=btcusdt@newest/nonsense/account`)
    expect(await heard('started')).toMatchObject({ streams: ['btcusdt@newest'] })
    expect(await heard('ended')).toMatchObject({ frames: 3, sent: 1, missing: [] })
    expect(await client.until(1)).toEqual([unknown])
  })

  test('several events in one frame come once, in that frame', async () => {
    const trade = (t: number, symbol: string) =>
      `{"stream":"${symbol.toLowerCase()}@trade","data":{"e":"trade","E":1,"T":1,"s":"${symbol}","t":${t},"p":"1","q":"2","X":"MARKET","m":false}}`
    const text = `[${trade(1, 'BTCUSDT')},${trade(2, 'ETHUSDT')}]`
    const { addresses, heard } = await relayFor({ venue: asterFutures, open: replaying({ files: lines(text) }) })
    const client = await bareClient(`${addresses.websocket}/stream?streams=ethusdt@trade/btcusdt@trade`)
    await heard('ended')
    expect(await client.until(1)).toEqual([text])
  })

  test('times in microseconds, for who asks for them', async () => {
    const raw =
      '{"e":"trade","E":1723161630038,"s":"BTCUSDT","t":7,"p":"1","q":"2","T":1723161630037,"m":false,"M":true}'
    const text = `{"stream":"btcusdt@trade","data":${raw}}`
    const { addresses } = await relayFor({ venue: binanceSpot, open: replaying({ files: lines(text) }) })
    const client = await bareClient(`${addresses.websocket}/ws/btcusdt@trade?timeUnit=MICROSECOND`)
    expect(await client.until(1)).toEqual([
      raw.replace('1723161630038', '1723161630038000').replace('630037', '630037000'),
    ])
  })

  test('BingX: its requests, its gzip, its envelope', async () => {
    const trade =
      '{"code":0,"dataType":"BTC-USDT@trade","data":{"E":1723161630038,"T":1723161630037,"e":"trade","m":true,"p":"1.5","q":"2","s":"BTC-USDT","t":"9"},"success":true}'
    const { addresses } = await relayFor({ venue: bingxSpot, open: replaying({ files: lines(trade) }), settle: 50 })
    const client = await bareClient(addresses.websocket)
    expect(await client.ask({ id: 'a', reqType: 'sub', dataType: 'BTC-USDT@trade' })).toContain('"id":"a","code":0')
    expect((await client.until(2))[1]).toBe(trade)
  })
})

describe('sessions', () => {
  test('one begins when so many connections have asked for streams, and all get all of it', async () => {
    const { addresses, heard } = await relayFor({ ...whole, clients: 3 })
    const address = `${addresses.websocket}/ws/btcusdt@kline_1m`
    const clients = [await bareClient(address), await bareClient(address)]
    const idle = await bareClient(`${addresses.websocket}/ws`)
    idle.socket.ping()
    await once(idle.socket, 'pong')
    expect(clients.map((client) => client.texts)).toEqual([[], []])
    clients.push(await bareClient(address))
    const expected = payloadsOf('btcusdt@kline_1m')
    for (const client of clients) expect(await client.until(expected.length)).toEqual(expected)
    expect(await heard('started')).toMatchObject({ connections: 3 })
  })

  test('it waits until nobody has asked for a stream for a while', async () => {
    const { addresses, heard } = await relayFor({ ...whole, settle: 400 })
    const client = await bareClient(`${addresses.websocket}/ws/btcusdt@kline_1m`)
    await client.ask({ method: 'SUBSCRIBE', params: ['btcusdt@markPrice@1s'], id: 1 })
    expect(await heard('started')).toMatchObject({ streams: ['btcusdt@kline_1m', 'btcusdt@markPrice@1s'] })
    const count = payloadsOf('btcusdt@kline_1m').length + payloadsOf('btcusdt@markPrice@1s').length
    expect(await client.until(1 + count)).toHaveLength(1 + count)
  })

  test('after the end the next one who asks begins it again, from the beginning', async () => {
    const { addresses, heard } = await relayFor(whole)
    const expected = payloadsOf('btcusdt@kline_1m')
    for (const n of [1, 2]) {
      const client = await bareClient(`${addresses.websocket}/ws/btcusdt@kline_1m`)
      expect(await client.until(expected.length)).toEqual(expected)
      expect(await heard('ended', n)).toMatchObject({ isWhole: true, frames: texts.length })
      client.socket.close()
      await heard('closed', n)
    }
  })

  test('it ends with its last client, and the next one begins another; who connects meanwhile joins it', async () => {
    const sources: Subject<Signal>[] = []
    const asked: string[][] = []
    const open: RelayConfig['open'] = () => (wanted$) => {
      const signal$ = new Subject<Signal>()
      sources.push(signal$)
      wanted$.subscribe((names) => asked.push([...names]))
      return signal$
    }
    const { addresses, heard } = await relayFor({ venue: asterFutures, open })
    const address = `${addresses.websocket}/stream?streams=`
    const say = (n: number, text: string) => sources[n]?.next(frame(text, n))
    const [a, b] = ['a', 'b'].map((name) => `{"stream":"${name}usdt@trade","data":{"x":"${name}"}}`) as [string, string]
    const first = await bareClient(`${address}ausdt@trade`)
    await heard('started')
    say(0, a)
    say(0, b)
    expect(await first.until(1)).toEqual([a])
    const second = await bareClient(`${address}ausdt@trade/busdt@trade`)
    say(0, b)
    say(0, a)
    expect(await second.until(2)).toEqual([b, a])
    expect(await first.until(2)).toEqual([a, a])
    second.socket.close()
    await heard('closed')
    first.socket.close()
    expect(await heard('ended')).toMatchObject({ isWhole: false, frames: 4, sent: 4 })
    expect(sources[0]?.observed).toBe(false)
    expect(asked).toEqual([['ausdt@trade'], ['ausdt@trade', 'busdt@trade'], ['ausdt@trade'], []])
    await bareClient(`${address}busdt@trade`)
    await heard('started', 2)
    expect(sources).toHaveLength(2)
  })

  test('an error ends it, and the relay goes on', async () => {
    const failing = new Subject<Signal>()
    const { addresses, heard } = await relayFor({ venue: asterFutures, open: () => () => failing })
    await bareClient(`${addresses.websocket}/ws/btcusdt@trade`)
    await heard('started')
    failing.error(new Error('torn'))
    expect(await heard('ended')).toMatchObject({ isWhole: false, error: new Error('torn') })
    await bareClient(`${addresses.websocket}/ws/btcusdt@trade`)
    expect(await heard('started', 2)).toMatchObject({ connections: 2 })
  })

  test('what cannot be opened ends it, and the relay goes on', async () => {
    const { addresses, heard } = await relayFor({
      venue: asterFutures,
      open: () => Object.assign(() => NEVER, { venue: 'asterSpot' }),
    })
    const client = await bareClient(`${addresses.websocket}/ws/btcusdt@trade`)
    const { error } = await heard('ended')
    expect(String(error)).toContain('expected a communicator of asterFutures, came one of asterSpot')
    expect(await client.ask({ method: 'LIST_SUBSCRIPTIONS', id: 1 })).toContain('btcusdt@trade')
  })

  test('listen keys, and what no table lists, are never asked of a venue', async () => {
    const asked: string[][] = []
    const { addresses, heard } = await relayFor({
      venue: asterFutures,
      open: () => (wanted$) => {
        wanted$.subscribe((names) => asked.push([...names]))
        return NEVER
      },
    })
    await bareClient(`${addresses.websocket}/ws/pqia91ma19a5s61cv6a81va65sdf19v8a65a1a5s61cv6a81va65sdf19v8a65a1`)
    await heard('started')
    expect(asked).toEqual([[]])
  })

  test('what overlapping connections of a recording said twice comes once', async () => {
    const signal$ = new Subject<Signal>()
    const { addresses, heard } = await relayFor({ venue: asterFutures, open: () => () => signal$ })
    const client = await bareClient(`${addresses.websocket}/stream?streams=btcusdt@trade`)
    await heard('started')
    const trade = (t: number) =>
      `{"stream":"btcusdt@trade","data":{"e":"trade","E":${t},"T":${t},"s":"BTCUSDT","t":${t},"p":"1","q":"2","X":"MARKET","m":false}}`
    const [one, other] = [{ id: 'one' }, { id: 'other' }]
    const said: readonly (readonly [number, typeof one])[] = [
      [1, one],
      [2, one],
      [2, other],
      [3, other],
      [3, one],
      [4, other],
      [4, one],
    ]
    for (const [t, source] of said) signal$.next(frame(trade(t), t, source))
    signal$.complete()
    expect(await heard('ended')).toMatchObject({ frames: 7, sent: 4 })
    expect(await client.until(4)).toEqual([1, 2, 3, 4].map(trade))
  })
})

describe('slow clients', () => {
  /** More than the sockets between two processes hold. */
  const pad = 'x'.repeat(20_000)
  const large = () =>
    lines(...Array.from({ length: 4_000 }, (_, i) => `{"stream":"btcusdt@big","data":{"i":${i},"pad":"${pad}"}}`))

  test('the slowest holds a replay back, and loses nothing', async () => {
    const { addresses, heard, frames } = await relayFor({
      ...{ venue: asterFutures, open: replaying({ files: large() }), clients: 2, maxBuffer: Infinity },
    })
    const address = `${addresses.websocket}/stream?streams=btcusdt@big`
    const slow = await bareClient(address)
    slow.socket.pause()
    const fast = await bareClient(address)
    await heard('started')
    // It stands still: so often the server answered, and read nothing more meanwhile.
    let before = -1
    for (let quiet = 0; quiet < 30; quiet = frames() === before ? quiet + 1 : 0) {
      before = frames()
      await (await fetch(`${addresses.rest}/fapi/v1/time`)).text()
    }
    expect(before).toBeGreaterThan(0)
    expect(before).toBeLessThan(4_000)
    // Whoever reads has all that was sent.
    expect(await fast.until(before)).toHaveLength(before)
    slow.socket.resume()
    expect(await slow.until(4_000)).toEqual(await fast.until(4_000))
    expect(await heard('ended')).toMatchObject({ frames: 4_000, sent: 8_000 })
  })

  test('one that leaves holds up nobody', async () => {
    const { addresses, heard } = await relayFor({
      ...{ venue: asterFutures, open: replaying({ files: large() }), clients: 2 },
    })
    const address = `${addresses.websocket}/stream?streams=btcusdt@big`
    const slow = await bareClient(address)
    slow.socket.pause()
    const fast = await bareClient(address)
    await fast.until(10)
    slow.socket.terminate()
    expect(await fast.until(4_000)).toHaveLength(4_000)
    expect(await heard('ended')).toMatchObject({ isWhole: true })
  })

  test('where nothing can be held back, one for whom too much waits is closed', async () => {
    const signal$ = new Subject<Signal>()
    const { addresses, heard } = await relayFor({
      venue: asterFutures,
      open: () => () => signal$,
      maxBuffer: 1_000_000,
    })
    const address = `${addresses.websocket}/stream?streams=btcusdt@big`
    const slow = await bareClient(address)
    slow.socket.pause()
    const fast = await bareClient(address)
    await heard('started')
    const text = `{"stream":"btcusdt@big","data":{"pad":"${pad}"}}`
    let sent = 0
    const closed = heard('closed')
    for (let isOver = false; !isOver; sent += 1) {
      signal$.next(frame(text, sent))
      await fast.until(sent + 1)
      isOver = sent > 2_000
    }
    slow.socket.resume()
    expect(await slow.closed).toEqual({ code: 1008, reason: 'Read too slowly' })
    expect(await closed).toMatchObject({ connection: 1 })
    expect(fast.texts).toHaveLength(sent)
  })
})

describe('where it listens', () => {
  test('a port that is taken, one that is none, a venue that nobody knows', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const address = taken.address()
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0
    await expect(startRelay({ ...whole, port })).rejects.toThrow(
      /^startRelay: expected a free `port`, came \d+, '.*EADDRINUSE/,
    )
    taken.close()
    await expect(startRelay({ ...whole, port: 70_000 })).rejects.toThrow('startRelay: expected `port` from 0 to 65535')
    await expect(startRelay({ ...whole, host: '192.0.2.1' })).rejects.toThrow(
      /came 0 of 192\.0\.2\.1, '.*EADDRNOTAVAIL/,
    )
    const { streams, rest, ...others } = asterFutures
    const mine = { ...others, name: 'mine', streams: { ...streams }, rest: { ...rest } }
    await expect(startRelay({ ...whole, venue: mine })).rejects.toThrow('mine cannot be simulated by itself')
    const like = await relayFor({ ...whole, venue: mine, like: asterFutures })
    expect(like.addresses.rest).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  })

  test('closing tells the clients why, behind what was sent, and completes', async () => {
    const relay = await relayFor(whole)
    const client = await bareClient(`${relay.addresses.websocket}/stream?streams=btcusdt@trade`)
    await relay.heard('ended')
    await relay.close({ code: 1000, reason: 'The end', within: 10_000 })
    expect(await client.closed).toEqual({ code: 1000, reason: 'The end' })
    expect(client.texts).toEqual(textsOf('btcusdt@trade'))
    await expect(fetch(relay.addresses.rest)).rejects.toThrow()
  })
})
