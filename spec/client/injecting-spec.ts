import { Subject } from 'rxjs'
import { createClient } from '../../lib/client/createClient.js'
import type { Communicator } from '../../lib/communicators/Communicator.js'
import { frame, type Signal, type Source } from '../../lib/Signal.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { Clock } from '../helpers/Clock.js'
import { trade } from './frames.js'

const source: Source = { id: 'a' }

const byHand = (more: Partial<Communicator> = {}, streams: readonly 'btcusdt@trade'[] = []) => {
  const signal$ = new Subject<Signal>()
  const wanted: string[][] = []
  const scheduler = new Clock()
  const communicator: Communicator = Object.assign<Communicator, Partial<Communicator>>((wanted$) => {
    wanted$.subscribe((names) => wanted.push([...names]))
    return signal$
  }, more)
  const client = createClient({ venue: asterFutures, communicator, scheduler, streams })
  const ids: number[] = []
  client.trade$.subscribe(({ tradeId }) => ids.push(tradeId))
  client.connect()
  return { client, signal$, ids, wanted, scheduler }
}

describe('what is injected', () => {
  test('is parsed, counted, recorded, and delivered past what other connections said', () => {
    const { client, signal$, ids } = byHand()
    const recorded: Signal[] = []
    let received = 0
    client.signal$.subscribe((signal) => recorded.push(signal))
    client.counters$.subscribe((counts) => ({ received } = counts))
    for (const id of [8, 9]) signal$.next(trade(id, 'BTCUSDT', 0, source))
    signal$.next(trade(9, 'BTCUSDT', 0, { id: 'b' }))
    expect(ids).toEqual([8, 9])
    const injected = trade(9, 'BTCUSDT', 5, source)
    client.inject(injected)
    client.inject(trade(3, 'BTCUSDT', 5).text)
    expect(ids).toEqual([8, 9, 9, 3])
    expect([recorded.length, received]).toEqual([5, 5])
    expect(recorded[3]).toBe(injected)
    // Nothing has changed for what comes from there.
    for (const id of [9, 10]) signal$.next(trade(id, 'BTCUSDT', 0, source))
    expect(ids).toEqual([8, 9, 9, 3, 10])
  })

  test('may take the name of its stream from a source', () => {
    const { client, ids } = byHand()
    const text = '{"e":"trade","E":1,"T":1,"s":"BTCUSDT","t":7,"p":"1","q":"1","m":true}'
    client.inject(frame(text, 1, { id: 'mine', stream: 'btcusdt@trade' }))
    expect(ids).toEqual([7])
  })

  test('is a text or a signal, and what is sent and wanted is what it has to be: anything else is said at once', () => {
    const { client } = byHand({ send: () => 1 })
    const { inject, send, setStreams } = client as unknown as Record<string, (given: unknown) => unknown>
    const text = 'the text of a message'
    expect(() => inject?.(5)).toThrow(new TypeError(`client.inject: expected ${text}, or a signal, came 5`))
    expect(() => inject?.(undefined)).toThrow(`client.inject: expected ${text}, or a signal, came nothing`)
    expect(() => send?.({ method: 'PING' })).toThrow(`client.send: expected ${text}, came an object { method }`)
    expect(() => setStreams?.('btcusdt@trade')).toThrow(
      'client.setStreams: expected a list of names of streams, came a text',
    )
  })

  test('may be wrong, or a status', () => {
    const { client } = byHand()
    const told: string[] = []
    client.parseError$.subscribe((error) => told.push(error._tag))
    client.lost().subscribe(() => told.push('lost'))
    client.inject('{')
    client.inject({ _tag: 'Disconnected', code: 1006, reason: 'mine', receivedAt: 1 })
    expect(told).toEqual(['NotJson', 'lost'])
  })

  test('is told to those who watch', () => {
    const { client } = byHand()
    const told: string[] = []
    const nothing = () => undefined
    client.watch({
      ...{
        begun: () => told.push('begun'),
        handled: () => told.push('handled'),
        delivered: () => told.push('delivered'),
      },
      ...{ repeated: nothing, failed: nothing, told: nothing, sent: nothing, bookChanged: nothing, ended: nothing },
    })
    client.inject(trade(1, 'BTCUSDT', 1).text)
    expect(told).toEqual(['begun', 'delivered', 'handled'])
  })
})

describe('streams that are set', () => {
  test('are wanted in place of those before; what somebody listens to stays', () => {
    const { client, wanted } = byHand({}, ['btcusdt@trade'])
    expect(wanted.at(-1)).toEqual(['btcusdt@trade'])
    const listening = client.stream('ethusdt@trade').subscribe()
    client.setStreams(['solusdt@trade', 'ethusdt@trade'])
    expect([...(wanted.at(-1) ?? [])].sort()).toEqual(['ethusdt@trade', 'solusdt@trade'])
    client.setStreams([])
    expect(wanted.at(-1)).toEqual(['ethusdt@trade'])
    listening.unsubscribe()
  })

  test('stay when a listener leaves', () => {
    const { client, wanted, scheduler } = byHand()
    client.setStreams(['btcusdt@trade', 'btcusdt@trade'])
    client.stream('btcusdt@trade').subscribe().unsubscribe()
    scheduler.pass(10_000)
    expect(wanted.at(-1)).toEqual(['btcusdt@trade'])
  })

  test('none changes where one is no stream', () => {
    const { client, wanted } = byHand({}, ['btcusdt@trade'])
    expect(() => client.setStreams(['ethusdt@trade', 'nothing' as 'btcusdt@trade'])).toThrow(TypeError)
    expect(wanted).toEqual([['btcusdt@trade']])
  })
})

test('what is sent, and that it connects anew, is asked of the communicator, where it can', () => {
  const asked: unknown[] = []
  const { client } = byHand({
    send: (...given) => asked.push(given),
    reconnect: (...given) => void asked.push(given),
  })
  expect(client.send('a')).toBe(1)
  expect(client.send('b', 'x')).toBe(2)
  client.reconnect('why')
  expect(asked).toEqual([['a', undefined], ['b', 'x'], ['why']])
  const replay = byHand().client
  expect(replay.send('a')).toBe(0)
  expect(() => replay.reconnect()).not.toThrow()
})
