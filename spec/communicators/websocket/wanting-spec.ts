import { of, Subject } from 'rxjs'
import { websocketCommunicator } from '../../../lib/communicators/websocket/websocketCommunicator.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { asterSpot } from '../../../lib/venues/asterSpot.js'
import { binanceSpot } from '../../../lib/venues/binanceSpot.js'
import type { Venue } from '../../../lib/venues/Venue.js'
import { inMemory, line, statuses } from './inMemory.js'
import { createMemoryVenue, obedient, requestsOf, type Answer, type Asked } from './MemoryVenue.js'

const named = (count: number, kind = 'trade') => Array.from({ length: count }, (_, i) => `s${i}@${kind}`)

/** Refuses these names, in the shape that `error` gives. */
const refusing =
  (bad: readonly string[], error: (asked: Asked) => unknown): Answer =>
  (asked, connection) =>
    asked.method === 'SUBSCRIBE' && asked.params.some((name) => bad.includes(name))
      ? error(asked)
      : obedient(asked, connection)

const withId = ({ id }: Asked) => ({ code: 2, msg: 'Invalid request', id })
const nested = ({ id }: Asked) => ({ error: { code: 2, msg: 'Invalid request' }, id })
const withoutId = () => ({ code: 2, msg: 'Invalid request' })

describe('changes of the wanted streams', () => {
  test('are collected, numbered and acknowledged; what goes comes first', () => {
    const run = inMemory(['btcusdt@trade'])
    run.pass(10)
    run.said()
    run.want('ethusdt@trade')
    run.pass(30)
    run.want('ethusdt@trade', 'ethusdt@depth')
    run.pass(1_000)
    expect(run.last().sent).toEqual([
      { _tag: 'Text', text: '{"method":"UNSUBSCRIBE","params":["btcusdt@trade"],"id":1}', at: 60 },
      { _tag: 'Text', text: '{"method":"SUBSCRIBE","params":["ethusdt@trade","ethusdt@depth"],"id":2}', at: 80 },
    ])
    expect(run.said()).toEqual([
      '80 asterFutures-1 Frame {"result":null,"id":1}',
      '80 asterFutures-1 Unsubscribed {"stream":"btcusdt@trade"}',
      '100 asterFutures-1 Frame {"result":null,"id":2}',
      '100 asterFutures-1 Acknowledged {"stream":"ethusdt@trade"}',
      '100 asterFutures-1 Acknowledged {"stream":"ethusdt@depth"}',
    ])
    run.end()
  })

  test('what is not wanted any more is never asked for', () => {
    const run = inMemory(['btcusdt@trade'])
    run.pass(10)
    run.want('btcusdt@trade', 'ethusdt@trade')
    run.want('btcusdt@trade')
    run.pass(1_000)
    expect(run.last().sent).toEqual([])
    run.end()
  })

  test('what changes while it connects, or waits, is in the next connection', () => {
    const run = inMemory(['a@trade'], { collect: 0 })
    run.want('b@trade')
    run.pass(100)
    expect([...run.last().names]).toEqual(['b@trade'])
    run.last().put({ _tag: 'Closed', code: 1006, reason: '' })
    run.want('c@trade')
    run.pass(1_000)
    expect(run.last().url).toContain('?streams=c@trade')
    run.end()
  })

  test('F14 no answer: the venue is asked for its list, and only what is missing is asked for again', () => {
    const run = inMemory(['a@trade'])
    run.pass(10)
    run.said()
    run.behaviour.answer = (asked, connection) => {
      if (asked.id > 1) return obedient(asked, connection)
      connection.names.add('b@trade')
      return undefined
    }
    run.want('a@trade', 'b@trade', 'c@trade')
    run.pass(12_000)
    expect(requestsOf(run.last())).toEqual([
      { method: 'SUBSCRIBE', params: ['b@trade', 'c@trade'], id: 1 },
      { method: 'LIST_SUBSCRIPTIONS', id: 2 },
      { method: 'SUBSCRIBE', params: ['c@trade'], id: 3 },
    ])
    expect(statuses(run.signals, 'Acknowledged').map(({ receivedAt, stream }) => [receivedAt, stream])).toEqual([
      [10_080, 'b@trade'],
      [10_100, 'c@trade'],
    ])
    run.end()
  })

  test('F14 never an answer: another connection, which carries all of it', () => {
    const run = inMemory(['a@trade'])
    run.pass(10)
    run.behaviour.answer = () => undefined
    run.want('a@trade', 'b@trade')
    run.pass(31_000)
    expect(statuses(run.signals, 'Disconnected').map(({ receivedAt, reason }) => [receivedAt, reason])).toEqual([
      [30_060, 'no proper answer to 3 requests in a row'],
    ])
    expect([...run.last().names]).toEqual(['a@trade', 'b@trade'])
    run.end()
  })

  test.each([
    ['with its id', withId],
    ['nested', nested],
    ['without id', withoutId],
  ])('F14 refused %s: a rejection for the stream concerned, the others are acknowledged', (_, error) => {
    const run = inMemory(['a@trade'])
    run.behaviour.answer = refusing(['s7@trade', 's8@trade'], error)
    run.want('a@trade', ...named(20))
    run.pass(30_000)
    expect(statuses(run.signals, 'Rejected').map(({ stream, code, reason }) => [stream, code, reason])).toEqual([
      ['s7@trade', 2, 'Invalid request'],
      ['s8@trade', 2, 'Invalid request'],
    ])
    expect(statuses(run.signals, 'Acknowledged').length).toBe(19)
    expect(run.last().names.size).toBe(19)
    const before = requestsOf(run.last()).length
    run.want('a@trade', ...named(21))
    run.pass(1_000)
    expect(requestsOf(run.last()).slice(before)).toEqual([
      { method: 'SUBSCRIBE', params: ['s20@trade'], id: before + 1 },
    ])
    run.end()
  })

  test('F14 what was rejected is asked for again when it is wanted anew, also after a reconnection not before', () => {
    const run = inMemory(['a@trade'])
    run.behaviour.answer = refusing(['b@trade'], withId)
    run.want('a@trade', 'b@trade')
    run.pass(1_000)
    run.last().put({ _tag: 'Closed', code: 1006, reason: '' })
    run.pass(1_000)
    expect(run.last().url).toContain('?streams=a@trade')
    expect(run.last().sent).toEqual([])
    run.want('a@trade')
    run.pass(100)
    run.want('a@trade', 'b@trade')
    run.pass(1_000)
    expect(requestsOf(run.last())).toEqual([{ method: 'SUBSCRIBE', params: ['b@trade'], id: 1 }])
    run.end()
  })

  test('errors and answers that are not ours change nothing', () => {
    const run = inMemory(['a@trade'])
    run.pass(10)
    run.last().text({ code: 1, msg: 'what' })
    run.last().text({ result: null, id: 77 })
    run.last().text({ error: { code: 1, msg: 'what' }, id: 77 })
    run.want('a@trade', 'b@trade')
    run.pass(50)
    run.last().text({ error: { code: 1, msg: 'what' }, id: 77 })
    run.last().text({ result: null, id: 77 })
    run.pass(1_000)
    expect(statuses(run.signals, 'Rejected')).toEqual([])
    expect(statuses(run.signals, 'Acknowledged').map(({ stream }) => stream)).toEqual(['a@trade', 'b@trade'])
    run.end()
  })

  test('unsubscribed by whoever hears the first of several acknowledgements', () => {
    const run = inMemory(['a@trade'])
    run.pass(10)
    run.said()
    run.tap(({ _tag }) => {
      if (_tag === 'Acknowledged') run.subscription.unsubscribe()
    })
    run.want('a@trade', 'b@trade', 'c@trade')
    run.pass(1_000)
    expect(run.said().slice(1)).toEqual(['80 asterFutures-1 Acknowledged {"stream":"b@trade"}'])
    run.end()
  })

  test('F15 data before the acknowledgement is delivered', () => {
    const run = inMemory(['a@trade'])
    run.pass(10)
    run.said()
    run.want('a@trade', 'b@trade')
    run.pass(60)
    run.last().data('b@trade', 1)
    run.pass(10)
    expect(run.said()).toEqual([
      '70 asterFutures-1 Frame {"stream":"b@trade","data":1}',
      '80 asterFutures-1 Frame {"result":null,"id":1}',
      '80 asterFutures-1 Acknowledged {"stream":"b@trade"}',
    ])
    run.end()
  })

  test.each([
    ['asterFutures', asterFutures, 2],
    ['asterSpot', asterSpot, 1],
  ])('F17 300 streams on %s: shards, batches and the message rate hold', (_, venue: Venue, connections) => {
    const run = inMemory(['a@trade'], {}, venue)
    run.pass(10)
    run.want('a@trade', ...named(300))
    run.pass(20_000)
    expect(run.open().length).toBe(connections)
    expect(run.open().reduce((sum, { names }) => sum + names.size, 0)).toBe(301)
    const { messagesPerSecond, streamsPerConnection } = venue.limits
    for (const connection of run.open()) {
      expect(connection.names.size).toBeLessThanOrEqual(streamsPerConnection)
      expect(connection.url.length).toBeLessThanOrEqual(4_000)
      expect(requestsOf(connection).every(({ params }) => params.length <= 100)).toBe(true)
      const times = connection.sent.map(({ at }) => at)
      expect(times.every((at) => times.filter((t) => t > at - 1_000 && t <= at).length < messagesPerSecond)).toBe(true)
    }
    run.end()
  })

  test('streams stay where they are, and a connection that is left without any is closed', () => {
    const limits = { ...asterFutures.limits, streamsPerConnection: 2 }
    const run = inMemory(['a@trade', 'b@trade', 'c@trade', 'd@trade'], {}, { ...asterFutures, limits })
    run.pass(10)
    run.want('a@trade', 'c@trade', 'd@trade', 'e@trade')
    run.pass(1_000)
    expect(run.open().map(({ names }) => [...names])).toEqual([
      ['a@trade', 'e@trade'],
      ['c@trade', 'd@trade'],
    ])
    run.want('c@trade')
    run.pass(1_000)
    expect(run.open().map(({ names }) => [...names])).toEqual([['c@trade']])
    expect(statuses(run.signals, 'Closed').map(({ source }) => source?.id)).toEqual(['asterFutures-1'])
    run.want('c@trade', 'a@trade', 'b@trade')
    run.pass(1_000)
    expect(run.open().map(({ names }) => [...names])).toEqual([['c@trade', 'a@trade'], ['b@trade']])
    run.end()
  })

  test('what the venue sends unasked is never asked for', () => {
    const run = inMemory(['!serverShutdown'], {}, binanceSpot)
    expect(run.connections).toEqual([])
    run.want('!serverShutdown', 'a@trade')
    run.pass(1_000)
    expect([...run.last().names]).toEqual(['a@trade'])
    run.end()
  })

  test('an error of the wanted streams passes through, and closes everything', () => {
    const run = inMemory(['a@trade'])
    run.pass(10)
    run.wanted$.error(new Error('no more'))
    expect(run.error()).toEqual(new Error('no more'))
    run.end()
  })

  test('so does one of the rotations, and a transport that throws', () => {
    const rotate$ = new Subject<void>()
    const run = inMemory(['a@trade'], { rotate$ })
    run.pass(10)
    rotate$.error(new Error('no more'))
    expect(run.error()).toEqual(new Error('no more'))
    run.end()
    const thrown = inMemory(['a@trade'], {
      transport: () => {
        throw new Error('no sockets here')
      },
    })
    expect(thrown.error()).toEqual(new Error('no sockets here'))
    thrown.end()
  })

  test('a thousand streams at once: five connections, all acknowledged by their opening', () => {
    const run = inMemory(named(1_000, 'depth'))
    run.pass(10)
    expect(statuses(run.signals, 'Acknowledged').length).toBe(1_000)
    expect(run.open().map(({ names, sent }) => [names.size, sent.length])).toEqual(
      Array.from({ length: 5 }, () => [200, 0]),
    )
    run.end()
  })

  test('two subscriptions are independent, and their sources are named alike', () => {
    const memory = createMemoryVenue()
    const communicator = websocketCommunicator(asterFutures, {
      transport: memory.transport,
      scheduler: memory.clock.scheduler,
      name: 'mine',
    })
    const heard: string[] = []
    const subscriptions = ['a@trade', 'b@trade'].map((name) =>
      communicator(of(new Set([name]))).subscribe((signal) => heard.push(line(signal))),
    )
    memory.pass(10)
    expect(heard.filter((said) => said.includes('Acknowledged'))).toEqual([
      '10 mine-1 Acknowledged {"stream":"a@trade"}',
      '10 mine-1 Acknowledged {"stream":"b@trade"}',
    ])
    for (const subscription of subscriptions) subscription.unsubscribe()
    expect(memory.clock.due()).toBeUndefined()
  })
})

test('a stream that the venue retired is refused at once, each time it is wanted, and never asked for', () => {
  const run = inMemory(['!ticker@arr', 'btcusdt@trade'], {}, binanceSpot)
  run.pass(10)
  const refusal = '- Rejected {"stream":"!ticker@arr","reason":"binanceSpot retired it in 2026-03"}'
  expect(run.said()).toContain(`0 ${refusal}`)
  expect(run.last().url).toBe('wss://stream.binance.com:9443/stream?streams=btcusdt@trade')
  run.want('!ticker@arr', 'btcusdt@trade', 'ethusdt@trade')
  run.want('btcusdt@trade')
  run.want('btcusdt@trade', '!ticker@arr')
  run.pass(1_000)
  expect(run.said().filter((said) => said.includes('Rejected'))).toEqual([`10 ${refusal}`])
  expect(run.connections.length).toBe(1)
  run.end()
})
