import { gzipSync } from 'node:zlib'
import { EMPTY, of, Subject, takeWhile, throwError, type Observable } from 'rxjs'
import { websocketCommunicator } from '../../../lib/communicators/websocket/websocketCommunicator.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { bingxSpot } from '../../../lib/venues/bingxSpot.js'
import type { Transport } from '../../../lib/communicators/websocket/transport/Transport.js'
import type { Venue } from '../../../lib/venues/Venue.js'
import { inMemory, statuses } from './inMemory.js'
import { blockable, createMemoryVenue, obedient, requestsOf, type MemoryConnection } from './MemoryVenue.js'

const lost = (run: ReturnType<typeof inMemory>) =>
  statuses(run.signals, 'Disconnected').map(({ receivedAt, code, reason }) => [receivedAt, code, reason])

describe('staying alive', () => {
  test('F06 half-open: no data and no close', () => {
    const run = inMemory(['btcusdt@depth'])
    run.behaviour.answersPings = false
    run.pass(10)
    run.last().data('btcusdt@depth')
    run.pass(59_999)
    expect(lost(run)).toEqual([])
    run.pass(1)
    expect(lost(run)).toEqual([[60_010, 1006, 'no PONG to 2 PINGs']])
    run.pass(1_000)
    expect(run.open()).toEqual([run.last()])
    run.end()
  })

  test('F06 a process that was blocked reads the socket once more before it gives up', () => {
    const host = blockable()
    const run = inMemory(
      ['btcusdt@depth'],
      { pingEvery: Infinity, silence: Infinity, clock: host.clock },
      asterFutures,
      host.memory,
    )
    run.pass(10)
    run.last().data('btcusdt@depth')
    run.pass(50_000)
    host.block(5_000)
    run.pass(10_200)
    run.last().data('btcusdt@depth')
    run.pass(59_999)
    expect(lost(run)).toEqual([])
    run.pass(1)
    expect(lost(run).map(([, , reason]) => reason)).toEqual(['no sign of life for 60000 ms'])
    run.end()
  })

  test('F02 an opening that waits in a blocked process is read before it is given up', () => {
    const { memory, clock, block } = blockable()
    memory.behaviour.latency = 10_249
    const run = inMemory(['btcusdt@depth'], { clock }, asterFutures, memory)
    block(5_000)
    run.pass(10_249)
    expect(run.said().map((line) => line.split(' ')[2])).toEqual(['Connecting', 'Lagging', 'Connected', 'Acknowledged'])
    run.end()
  })

  test('F51 PINGs of the venue are a sign of life, where we send none', () => {
    const run = inMemory(['btcusdt@forceOrder'], { pingEvery: Infinity })
    run.behaviour.answersPings = false
    run.pass(10)
    for (let i = 0; i < 20; i++) {
      run.last().put({ _tag: 'Ping', payload: new Uint8Array() })
      run.pass(59_999)
    }
    expect(lost(run)).toEqual([])
    run.pass(1)
    expect(lost(run).map(([, , reason]) => reason)).toEqual(['no sign of life for 60000 ms'])
    run.end()
  })

  test('F07 only PINGs are answered: the streams are asked for anew, then over another connection, which takes over', () => {
    const run = inMemory(['btcusdt@depth', 'ethusdt@depth', 'btcusdt@trade'])
    run.pass(10)
    const [first] = run.connections
    run.said()
    run.pass(60_000)
    expect(run.said()).toEqual([
      '60010 asterFutures-1 Silent {"stream":"btcusdt@depth","quiet":60000}',
      '60010 asterFutures-1 Silent {"stream":"ethusdt@depth","quiet":60000}',
    ])
    run.pass(40)
    expect(first && requestsOf(first).map(({ method, params }) => [method, ...params])).toEqual([
      ['UNSUBSCRIBE', 'btcusdt@depth', 'ethusdt@depth'],
      ['SUBSCRIBE', 'btcusdt@depth', 'ethusdt@depth'],
    ])
    run.pass(59_000)
    run.said()
    run.pass(960)
    expect(run.said()).toEqual([
      '120010 asterFutures-1 Probing {"reason":"nothing comes of btcusdt@depth, ethusdt@depth"}',
      '120010 asterFutures-2 Connecting',
    ])
    run.pass(10)
    run.last().data('ethusdt@depth')
    run.pass(10_100)
    expect(run.open()).toEqual([run.last()])
    expect([...run.last().names]).toEqual(['btcusdt@depth', 'ethusdt@depth', 'btcusdt@trade'])
    run.end()
  })

  const others = (run: ReturnType<typeof inMemory>) =>
    run.said().filter((line) => !/ (Frame|Acknowledged|Unsubscribed|Silent) /.test(line))

  test('F07 F52 the other connection brings what this one does not: it is asked for everything, and takes over', () => {
    const run = inMemory(['btcusdt@depth', 'ethusdt@depth'])
    run.pass(10)
    const first = run.last()
    const pass = (seconds: number) => {
      for (let i = 0; i < seconds; i++) {
        first.data('ethusdt@depth')
        if (run.last() !== first) for (const name of run.last().names) run.last().data(name)
        run.pass(1_000)
      }
    }
    pass(119)
    others(run)
    pass(2)
    expect(others(run)).toEqual([
      '120010 asterFutures-1 Probing {"reason":"nothing comes of btcusdt@depth"}',
      '120010 asterFutures-2 Connecting',
      '120020 asterFutures-2 Connected',
    ])
    expect([...run.last().names]).toEqual(['btcusdt@depth'])
    pass(5)
    expect(run.open()).toHaveLength(2)
    pass(2)
    expect([...run.last().names]).toEqual(['btcusdt@depth', 'ethusdt@depth'])
    pass(6)
    expect(others(run)).toEqual([
      '126010 asterFutures-1 Rotating {"reason":"another connection brings btcusdt@depth"}',
      expect.stringMatching(/^1310\d\d asterFutures-1 Closed$/),
    ])
    expect(run.open()).toEqual([run.last()])
    run.end()
  })

  test('F51 a market that is quiet everywhere cuts no connection, and costs others less and less often', () => {
    const run = inMemory(['btcusdt@depth'])
    run.pass(3 * 60 * 60_000)
    expect(lost(run)).toEqual([])
    expect(run.connections[0]?.isOpen()).toBe(true)
    const probes = statuses(run.signals, 'Probing').map(({ receivedAt }) => Math.round(receivedAt / 60_000))
    expect(probes).toEqual([2, 5, 12, 26, 44, 64, 84, 104, 124, 144, 164])
    const asked = run.connections.flatMap((connection) => requestsOf(connection).map(({ method }) => method))
    expect(asked).toEqual(['UNSUBSCRIBE', 'SUBSCRIBE'])
    run.end()
  })

  test('F51 a symbol that changes every 150 s, PINGs answered: one connection carries it for good', () => {
    const run = inMemory(['btcusdt@depth'])
    run.pass(10)
    for (let i = 0; i < 24; i++) {
      run.pass(150_000)
      for (const connection of run.open()) if (connection.names.has('btcusdt@depth')) connection.data('btcusdt@depth')
    }
    expect(lost(run)).toEqual([])
    expect(statuses(run.signals, 'Rotating')).toEqual([])
    expect(run.open()).toEqual([run.connections[0]])
    expect(run.connections.length).toBeLessThan(12)
    run.end()
  })

  test('F51 nothing is expected of forced orders alone', () => {
    const run = inMemory(['btcusdt@forceOrder', '!forceOrder@arr'])
    run.pass(23 * 60 * 60_000)
    expect([lost(run), statuses(run.signals, 'Silent'), run.connections.length]).toEqual([[], [], 1])
    run.end()
  })

  test('F52 a stream that comes back before it was let go is not let go', () => {
    const run = inMemory(['btcusdt@depth', 'ethusdt@depth'], { silence: 10_000 })
    run.pass(10)
    run.behaviour.answer = () => undefined
    run.want('btcusdt@depth', 'ethusdt@depth', 'bnbusdt@depth')
    run.pass(5_000)
    run.pass(5_000)
    run.last().data('btcusdt@depth')
    run.behaviour.answer = obedient
    run.pass(5_000)
    expect(requestsOf(run.last()).map(({ method, params }) => [method, params])).toEqual([
      ['SUBSCRIBE', ['bnbusdt@depth']],
      ['LIST_SUBSCRIPTIONS', undefined],
      ['UNSUBSCRIBE', ['ethusdt@depth']],
      ['SUBSCRIBE', ['ethusdt@depth', 'bnbusdt@depth']],
    ])
    run.end()
  })

  test('F52 while another connection is about to carry it, a stream is not let go', () => {
    const rotate$ = new Subject<void>()
    const run = inMemory(['btcusdt@depth'], { silence: 10_000, rotate$ })
    run.pass(9_990)
    rotate$.next()
    run.pass(100)
    expect(run.open()).toHaveLength(2)
    expect(statuses(run.signals, 'Silent').map(({ stream }) => stream)).toEqual(['btcusdt@depth'])
    expect(run.connections.flatMap(requestsOf)).toEqual([])
    run.end()
  })

  test('F52 a stream that is refused when it is asked for anew is rejected', () => {
    const run = inMemory(['btcusdt@depth'], { silence: 10_000 })
    run.pass(10)
    run.behaviour.answer = (asked, connection) =>
      asked.method === 'SUBSCRIBE' ? { code: 2, msg: 'Invalid request', id: asked.id } : obedient(asked, connection)
    run.pass(10_100)
    expect(statuses(run.signals, 'Rejected').map(({ stream }) => stream)).toEqual(['btcusdt@depth'])
    run.end()
  })

  test('F52 what is not wanted any more is asked for nowhere', () => {
    const run = inMemory(['btcusdt@depth', 'ethusdt@depth'])
    run.pass(119_990)
    run.last().data('ethusdt@depth')
    run.pass(1_000)
    expect(run.open()).toHaveLength(2)
    run.want('ethusdt@depth')
    run.pass(60)
    expect(run.open()).toEqual([run.connections[0]])
    run.end()
  })

  test('a connection on which nothing ever came is not stable, however long it lasted', () => {
    const run = inMemory(['nosuch@depth'])
    run.behaviour.answersPings = false
    run.pass(300_000)
    expect(statuses(run.signals, 'Waiting').map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4])
    run.end()
  })

  test('F08 a PING is answered at once, with its payload', () => {
    const run = inMemory(['btcusdt@depth'])
    run.pass(10)
    run.last().put({ _tag: 'Ping', payload: Uint8Array.from([1, 2, 3]) })
    expect(run.last().sent).toEqual([{ _tag: 'Pong', payload: Uint8Array.from([1, 2, 3]), at: 10 }])
    run.end()
  })

  test('F08 I6 many PINGs: the last one is answered, within the rate', () => {
    const run = inMemory(['btcusdt@depth'])
    run.pass(10)
    for (let i = 0; i < 100; i++) run.last().put({ _tag: 'Ping', payload: Uint8Array.from([i]) })
    run.pass(1_100)
    expect(run.last().sent.map((sent) => [sent.at, 'payload' in sent && sent.payload[0]])).toEqual([
      ...Array.from({ length: 10 }, (_, i) => [10, i]),
      [1_110, 99],
    ])
    run.end()
  })

  test('F09 no PONG to our PINGs: given up after two', () => {
    const run = inMemory(['btcusdt@depth'])
    run.behaviour.answersPings = false
    run.pass(10)
    for (let i = 0; i < 60; i++) {
      run.last().data('btcusdt@depth')
      run.pass(1_000)
    }
    expect(run.connections[0]?.sent).toEqual([
      { _tag: 'Ping', at: 20_010 },
      { _tag: 'Ping', at: 40_010 },
    ])
    expect(lost(run)).toEqual([[60_010, 1006, 'no PONG to 2 PINGs']])
    run.end()
  })

  test('F09 one PONG is enough', () => {
    const run = inMemory(['btcusdt@forceOrder'])
    run.behaviour.answersPings = false
    run.pass(10 + 59_999)
    run.last().put({ _tag: 'Pong' })
    run.pass(40_000)
    expect(lost(run)).toEqual([])
    run.pass(1)
    expect(lost(run)).toEqual([[100_010, 1006, 'no PONG to 2 PINGs']])
    run.end()
  })

  test('F16 acknowledged, then silent: told once, and again after it was heard', () => {
    const run = inMemory(['btcusdt@depth', 'nosuch@depth', 'nosuch@forceOrder'], { silence: { depth: 30_000 } })
    run.pass(10)
    run.said()
    for (let i = 0; i < 80; i++) {
      run.last().data('btcusdt@depth')
      if (i === 40) run.last().data('nosuch@depth')
      run.pass(1_000)
    }
    expect(statuses(run.signals, 'Silent').map(({ receivedAt, stream, quiet }) => [receivedAt, stream, quiet])).toEqual(
      [
        [30_010, 'nosuch@depth', 30_000],
        [70_010, 'nosuch@depth', 30_000],
      ],
    )
    run.end()
  })

  test('F39 frames that are no JSON are delivered, and after ten in a row the connection is given up', () => {
    const run = inMemory(['btcusdt@depth'])
    run.pass(10)
    run.said()
    const texts = [
      '',
      'nonsense',
      '\uFEFF{"a":1}',
      '{"stream":"btcusdt@depth","data":{',
      '"text"',
      '12',
      'null',
      '{',
      '[',
    ]
    for (const text of texts) run.last().text(text)
    run.last().data('btcusdt@depth')
    for (const text of texts) run.last().text(text)
    run.last().put({ _tag: 'Binary', bytes: Uint8Array.from([0, 255, 123]) })
    run.last().data('btcusdt@depth')
    const frames = run.said()
    expect(frames.slice(0, 2)).toEqual(['10 asterFutures-1 Frame ', '10 asterFutures-1 Frame nonsense'])
    expect(frames.slice(19)).toEqual([
      '10 asterFutures-1 Frame <binary, 3 bytes>',
      '10 asterFutures-1 Disconnected {"code":1006,"reason":"10 frames in a row that are no JSON"}',
      '10 asterFutures-1 Waiting {"delay":375,"attempt":1,"reason":"10 frames in a row that are no JSON"}',
    ])
    run.end()
  })

  test('F39 hostile JSON harms nobody', () => {
    const run = inMemory(['btcusdt@depth'])
    run.pass(10)
    run.said()
    const texts = [
      '['.repeat(10_000) + ']'.repeat(10_000),
      '{"__proto__":{"polluted":true},"id":1,"result":null}',
      '{"constructor":{"prototype":{"polluted":true}}}',
      `{"data":"${'x'.repeat(1_000_000)}"}`,
    ]
    for (const text of texts) run.last().text(text)
    expect(run.said()).toEqual(texts.map((text) => `10 asterFutures-1 Frame ${text}`))
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
    run.end()
  })

  test('a long binary message is shown by its head', () => {
    const run = inMemory(['btcusdt@depth'])
    run.pass(10)
    run.said()
    run.last().put({ _tag: 'Binary', bytes: new Uint8Array(65) })
    run.last().put({ _tag: 'Binary', bytes: new Uint8Array(64) })
    expect(run.said()).toEqual([
      '10 asterFutures-1 Frame <binary, 65 bytes>',
      '10 asterFutures-1 Frame <binary, 64 bytes>',
    ])
    run.end()
  })

  test('F44 a process that was blocked says so, before what came meanwhile', () => {
    let blocked = 0
    const memory = createMemoryVenue()
    const run = inMemory(
      ['btcusdt@depth'],
      { clock: () => memory.clock.scheduler.now() + blocked },
      asterFutures,
      memory,
    )
    run.pass(1_500)
    run.said()
    blocked = 999
    run.pass(1_000)
    blocked += 5_000
    run.pass(500)
    run.last().data('btcusdt@depth')
    run.pass(10_000)
    expect(run.said()).toEqual([
      '8999 - Lagging {"lag":5000}',
      '8999 asterFutures-1 Frame {"stream":"btcusdt@depth","data":{}}',
    ])
    run.want()
    run.pass(50)
    expect(run.clock.due()).toBeUndefined()
    run.want('btcusdt@depth')
    run.pass(500)
    blocked += 1_000
    run.pass(1_000)
    expect(statuses(run.signals, 'Lagging').map(({ lag }) => lag)).toEqual([1_000])
    run.end()
  })

  test('F47 a thousand reconnections leave nothing behind', () => {
    const run = inMemory(['btcusdt@depth'], { reconnect: { maxDelay: 1_000 } })
    for (let i = 0; i < 1_000; i++) {
      run.pass(1_100)
      run.last().put({ _tag: 'Closed', code: 1006, reason: '' })
    }
    run.pass(1_100)
    expect(run.connections.length).toBe(1_001)
    expect(run.open()).toEqual([run.last()])
    expect(run.connections.filter((connection) => !connection.isLeft())).toEqual([run.last()])
    run.end()
  })

  test.each([
    ['fails', () => throwError(() => new Error('SECRET')), 'the socket failed'],
    ['ends', () => EMPTY, 'the socket ended'],
  ])('a transport that %s without a word', (_, event$: () => Observable<never>, reason) => {
    const run = inMemory(['btcusdt@depth'], { transport: () => ({ event$: event$(), send: () => undefined }) })
    expect(run.said()).toEqual([
      '0 asterFutures-1 Connecting',
      `0 asterFutures-1 Disconnected {"code":1006,"reason":"fstream.asterdex.com: ${reason}"}`,
      `0 asterFutures-1 Waiting {"delay":375,"attempt":1,"reason":"fstream.asterdex.com: ${reason}"}`,
    ])
    run.end()
  })

  test.each(['{"stream":"a@depth","data":{}}', '{ "stream": "a@depth", "data": {} }'])(
    'a stream that was silent is heard again by %s, and has its allowance',
    (text) => {
      const run = inMemory(['a@depth', 'b@depth'], { silence: 7_000 })
      run.pass(7_010)
      expect(statuses(run.signals.splice(0), 'Silent').map(({ stream }) => stream)).toEqual(['a@depth', 'b@depth'])
      run.last().text(text)
      run.pass(6_999)
      expect(statuses(run.signals, 'Silent')).toEqual([])
      run.pass(1)
      expect(statuses(run.signals, 'Silent').map(({ stream }) => stream)).toEqual(['a@depth'])
      run.end()
    },
  )

  test('F39 an answer between them is no such frame', () => {
    const run = inMemory(['btcusdt@depth'])
    run.pass(10)
    for (let i = 0; i < 9; i++) run.last().text('nonsense')
    run.last().text('{"result":null,"id":9}')
    for (let i = 0; i < 9; i++) run.last().text('nonsense')
    expect(lost(run)).toEqual([])
    run.last().text('nonsense')
    expect(lost(run).length).toBe(1)
    run.end()
  })

  test.each(['Connecting', 'Connected', 'Acknowledged', 'Frame', 'Silent', 'Disconnected', 'Waiting'])(
    'F46 unsubscribed by whoever hears %s, in that moment',
    (tag) => {
      for (const text of ['{"stream":"a@depth"}', '{"e":"serverShutdown"}', '{"result":null,"id":1}', 'nonsense']) {
        const memory = createMemoryVenue()
        const limits = { ...asterFutures.limits, streamsPerConnection: 2 }
        const communicator = websocketCommunicator(
          { ...asterFutures, limits },
          { transport: memory.transport, scheduler: memory.clock.scheduler },
        )
        const heard: string[] = []
        communicator(of(new Set(['a@depth', 'b@depth', 'c@depth'])))
          .pipe(takeWhile(({ _tag }) => _tag !== tag, true))
          .subscribe(({ _tag }) => heard.push(_tag))
        memory.pass(10)
        for (const connection of memory.open()) connection.text(text)
        memory.pass(60_100)
        for (const connection of memory.open()) connection.put({ _tag: 'Closed', code: 1006, reason: '' })
        expect(heard.at(-1)).toBe(tag)
        expect(heard.filter((other) => other === tag).length).toBe(1)
        expect(memory.connections.filter((connection) => !connection.isLeft())).toEqual([])
        expect(memory.clock.due()).toBeUndefined()
      }
    },
  )
})

describe('a venue whose heartbeats are texts', () => {
  const streams = ['spot.executionReport']
  const start = () => {
    const memory = createMemoryVenue()
    memory.behaviour.answersPings = false
    memory.behaviour.answer = (_, connection) => ({ id: lastId(connection), code: 0, msg: 'SUCCESS', timestamp: 1 })
    const run = inMemory(streams, { inactivity: Infinity }, bingxSpot, memory)
    run.pass(1_200)
    return run
  }
  const lastId = ({ sent }: MemoryConnection): unknown => {
    const text = sent.at(-1)
    return text?._tag === 'Text' ? (JSON.parse(text.text) as { id: unknown }).id : undefined
  }
  const texts = ({ sent }: MemoryConnection) => sent.flatMap((one) => (one._tag === 'Text' ? [one.text] : []))

  test('the streams are asked for one by one, with ids of the venue', () => {
    const run = start()
    expect(run.last().url).toBe('wss://open-api-ws.bingx.com/market')
    expect(texts(run.last())).toEqual([
      '{"id":"00000000-0000-4000-8000-000000000001","reqType":"sub","dataType":"spot.executionReport"}',
    ])
    expect(statuses(run.signals, 'Acknowledged').map(({ stream }) => stream)).toEqual(streams)
    run.end()
  })

  test.each([
    ['Ping', 'Pong'],
    ['{"ping":"2177","time":"2022-06-07T16:27:36.323+0800"}', '{"pong":"2177","time":"2022-06-07T16:27:36.323+0800"}'],
  ])('%s is answered in kind, and is a frame', (ping, pong) => {
    const run = start()
    run.said()
    run.last().text(ping)
    run.pass(1)
    expect(texts(run.last()).at(-1)).toBe(pong)
    expect(run.said()).toEqual([`1200 bingxSpot-1 Frame ${ping}`])
    run.end()
  })

  test('they prove that the venue is there, though it answers no PING', () => {
    const run = start()
    for (let i = 0; i < 60; i++) {
      run.last().put({ _tag: 'Binary', bytes: gzipSync('Ping') })
      run.pass(5_000)
    }
    expect(lost(run)).toEqual([])
    run.pass(60_000)
    expect(lost(run)).toHaveLength(1)
    run.end()
  })

  test('F42 frames are inflated; a bomb, a cut one and a plain text are reported, and the feed goes on', () => {
    const memory = createMemoryVenue()
    memory.behaviour.answer = () => undefined
    const run = inMemory(streams, { maxPayload: 1_000 }, bingxSpot, memory)
    run.pass(10)
    run.said()
    const report = '{"code":0,"dataType":"spot.executionReport","data":{"e":"executionReport"}}'
    const packed = gzipSync(report)
    for (const bytes of [gzipSync(Buffer.alloc(1_001)), packed.subarray(0, -9), packed])
      run.last().put({ _tag: 'Binary', bytes })
    run.last().text(report)
    expect(run.said()).toEqual([
      expect.stringMatching(/Frame <binary, \d+ bytes: gzip of more than 1000 bytes>$/),
      expect.stringMatching(/Frame <binary, \d+ bytes: no gzip, or not whole>$/),
      `10 bingxSpot-1 Frame ${report}`,
      `10 bingxSpot-1 Frame ${report}`,
    ])
    run.end()
  })
})

describe('sockets that have no PINGs', () => {
  const start = (names: readonly string[], venue: Venue = asterFutures, answer = obedient) => {
    const memory = createMemoryVenue()
    memory.behaviour.answer = answer
    const transport: Transport = (url) => ({ ...memory.transport(url), hasPings: false })
    const run = inMemory(names, { transport, silence: Infinity }, venue, memory)
    run.pass(10)
    return run
  }

  test('F09 the venue is asked for its list, and given up where it does not answer twice', () => {
    const run = start(['btcusdt@depth'])
    run.behaviour.answer = () => undefined
    run.pass(59_999)
    expect(lost(run)).toEqual([])
    expect(requestsOf(run.last())).toEqual([20_010, 40_010].map(() => ({ method: 'LIST_SUBSCRIPTIONS', id: 0 })))
    run.pass(1)
    expect(lost(run).map(([at]) => at)).toEqual([60_010])
    run.end()
  })

  test('F09 an answer is enough, and changes nothing that is carried', () => {
    const run = start(['btcusdt@depth'])
    run.last().names.add('a-listen-key')
    run.last().names.delete('btcusdt@depth')
    run.pass(300_000)
    expect(lost(run)).toEqual([])
    expect(new Set(requestsOf(run.last()).map(({ method }) => method))).toEqual(new Set(['LIST_SUBSCRIPTIONS']))
    expect(statuses(run.signals, 'Unsubscribed')).toEqual([])
    run.end()
  })

  test('a venue without a list is not asked: its own heartbeats say that it is there', () => {
    const run = start(['spot.executionReport'], bingxSpot, ({ id }) => ({ id, code: 0, msg: 'SUCCESS', timestamp: 1 }))
    run.pass(2_000)
    const before = run.last().sent.length
    for (let i = 0; i < 60; i++) {
      run.last().put({ _tag: 'Text', text: 'Ping' })
      run.pass(5_000)
    }
    expect(lost(run)).toEqual([])
    const later = run.last().sent.slice(before)
    expect(later.map((message) => 'text' in message && message.text)).toEqual(Array.from({ length: 60 }, () => 'Pong'))
    run.pass(60_000)
    expect(lost(run).map(([, , reason]) => reason)).toEqual([expect.stringMatching(/^no sign of life/)])
    run.end()
  })
})
