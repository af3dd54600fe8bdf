import { of, Subject } from 'rxjs'
import { createClient } from '../../../lib/client/createClient.js'
import { createRest } from '../../../lib/rest/createRest.js'
import { mergeCommunicators } from '../../../lib/communicators/mergeCommunicators.js'
import { websocketCommunicator } from '../../../lib/communicators/websocket/websocketCommunicator.js'
import type { Frame, Signal } from '../../../lib/Signal.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { binanceFutures } from '../../../lib/venues/binanceFutures.js'
import { bingxSpot } from '../../../lib/venues/bingxSpot.js'
import { inMemory, statuses } from './inMemory.js'
import { requestsOf } from './MemoryVenue.js'

const heard = (run: ReturnType<typeof inMemory>) =>
  run.connections.map(({ sent }) => sent.flatMap((message) => (message._tag === 'Text' ? [message.text] : [])))

const asks = (id: string) => JSON.stringify({ method: 'GET_PROPERTY', params: ['combined'], id })

describe('texts of somebody else', () => {
  test('leave on every open connection, or on one, in their order; nothing leaves before one is open', () => {
    const limits = { ...asterFutures.limits, streamsPerConnection: 1 }
    const run = inMemory(['btcusdt@trade', 'ethusdt@trade'], {}, { ...asterFutures, limits })
    const { send } = run.communicator
    expect(send?.(asks('early'))).toBe(0)
    run.pass(20)
    expect(send?.(asks('a'))).toBe(2)
    expect(send?.(asks('b'), 'asterFutures-2')).toBe(1)
    expect(send?.(asks('c'), 'asterFutures-7')).toBe(0)
    expect(heard(run)).toEqual([[asks('a')], [asks('a'), asks('b')]])
    run.end()
    expect(send?.(asks('late'))).toBe(0)
  })

  test('I6 keep the venue’s rate, before our own requests, and a PONG before them', () => {
    const run = inMemory(['btcusdt@trade'])
    run.pass(20)
    for (let i = 0; i < 25; i++) run.communicator.send?.(asks(`${i}`))
    run.want('btcusdt@trade', 'ethusdt@trade')
    run.pass(60)
    run.last().put({ _tag: 'Ping', payload: new Uint8Array(1) })
    const [first] = run.connections
    expect(first?.sent.map(({ _tag }) => _tag)).toEqual([...Array.from({ length: 9 }, () => 'Text'), 'Pong'])
    run.pass(3_000)
    const texts = heard(run)[0] ?? []
    expect(texts.slice(0, 25)).toEqual(Array.from({ length: 25 }, (_, i) => asks(`${i}`)))
    expect(texts[25]).toContain('ethusdt@trade')
    // The rate is looked at for all that was sent.
    run.end()
  })

  test('F69 a thousand of them wait, and no more', () => {
    const run = inMemory(['btcusdt@trade'])
    run.pass(20)
    const taken = Array.from({ length: 1_100 }, (_, i) => run.communicator.send?.(asks(`${i}`)) ?? 0)
    // Nine left at once.
    expect(taken.reduce((sum, count) => sum + count, 0)).toBe(1_009)
    run.end()
  })
})

describe('another connection on demand', () => {
  test('an open one is replaced as in a rotation', () => {
    const run = inMemory(['btcusdt@depth'])
    run.pass(20)
    run.said()
    run.communicator.reconnect?.('new address')
    run.pass(10)
    expect(run.said().slice(0, 3)).toEqual([
      '20 asterFutures-1 Rotating {"reason":"new address"}',
      '20 asterFutures-2 Connecting',
      '30 asterFutures-2 Connected',
    ])
    run.end()
  })

  test('one that waits is opened at once', () => {
    const run = inMemory(['btcusdt@depth'], { reconnect: { delay: 10_000 } })
    run.pass(20)
    run.last().put({ _tag: 'Closed', code: 1006, reason: 'reset' })
    run.pass(10)
    run.said()
    run.communicator.reconnect?.()
    run.pass(10)
    expect(run.said().slice(0, 2)).toEqual(['30 asterFutures-2 Connecting', '40 asterFutures-2 Connected'])
    run.end()
  })
})

describe('no other connection', () => {
  test('after a loss of which the policy says so: nothing waits, and nothing is opened but on demand', () => {
    const asked: unknown[] = []
    const again = (loss: { readonly code: number; readonly attempt: number }) => {
      asked.push(loss)
      return loss.code !== 1008
    }
    const run = inMemory(['btcusdt@depth'], { reconnect: { again } })
    run.pass(20)
    run.last().put({ _tag: 'Closed', code: 1006, reason: 'reset' })
    run.pass(1_000)
    run.last().put({ _tag: 'Closed', code: 1008, reason: 'policy' })
    expect(asked).toEqual([
      { code: 1006, reason: 'reset', attempt: 1 },
      { code: 1008, reason: 'policy', attempt: 2 },
    ])
    run.said()
    run.pass(10_000_000)
    expect(run.said()).toEqual([])
    expect(run.connections).toHaveLength(2)
    expect(statuses(run.signals, 'Waiting')).toEqual([])
    run.communicator.reconnect?.()
    run.pass(10)
    expect(run.said()[0]).toMatch(/asterFutures-3 Connecting/)
    run.end()
  })

  test('of two that overlap the lost one may be the last: what is active goes on', () => {
    const rotate$ = new Subject<void>()
    const run = inMemory(['btcusdt@depth'], { rotate$, reconnect: { again: () => false } })
    run.pass(20)
    rotate$.next()
    run.pass(20)
    run.last().put({ _tag: 'Closed', code: 1006, reason: 'reset' })
    run.pass(100_000)
    run.said()
    run.open()[0]?.data('btcusdt@depth')
    expect(run.said().filter((line) => line.includes('Frame'))).toHaveLength(1)
    run.end()
  })

  test('what the policy throws is the error of the communicator', () => {
    const run = inMemory(['btcusdt@depth'], {
      reconnect: {
        again: () => {
          throw new Error('policy')
        },
      },
    })
    run.pass(20)
    run.last().put({ _tag: 'Closed', code: 1006, reason: 'reset' })
    expect(run.error()).toEqual(new Error('policy'))
    expect(run.open()).toEqual([])
  })
})

describe('raw addresses', () => {
  const trade = { e: 'trade', E: 1, T: 1, s: 'BTCUSDT', t: 7, p: '1', q: '1', m: true }

  test('each stream has a connection of its own, whose source names it', () => {
    const run = inMemory(['btcusdt@trade', 'ethusdt@trade'], { raw: true })
    run.pass(20)
    expect(run.connections.map(({ url }) => url)).toEqual([
      'wss://fstream.asterdex.com/ws/btcusdt@trade',
      'wss://fstream.asterdex.com/ws/ethusdt@trade',
    ])
    run.last().text(trade)
    const isFrame = (signal: Signal): signal is Frame => signal._tag === 'Frame'
    expect(run.signals.filter(isFrame).map(({ source }) => source)).toEqual([
      { id: 'asterFutures-2', stream: 'ethusdt@trade' },
    ])
    run.want('solusdt@trade', 'ethusdt@trade')
    run.pass(100)
    expect(run.open().map(({ url }) => url)).toEqual([
      'wss://fstream.asterdex.com/ws/ethusdt@trade',
      'wss://fstream.asterdex.com/ws/solusdt@trade',
    ])
    expect(run.connections.flatMap(requestsOf)).toEqual([])
    run.end()
  })

  test('what is not silent is not reported, and what is, is', () => {
    const run = inMemory(['btcusdt@trade'], { raw: true, silence: 5_000 })
    run.pass(20)
    for (let i = 0; i < 4; i++) {
      run.last().text({ ...trade, t: i })
      run.pass(4_000)
    }
    expect(statuses(run.signals, 'Silent')).toEqual([])
    run.pass(5_000)
    expect(statuses(run.signals, 'Silent').map(({ stream }) => stream)).toEqual(['btcusdt@trade'])
    run.end()
  })

  test('events come as from any other', () => {
    const memory = inMemory([])
    const { transport, clock, last, pass } = memory
    const communicator = websocketCommunicator(binanceFutures, { transport, scheduler: clock.scheduler, raw: true })
    const client = createClient({ venue: binanceFutures, communicator, scheduler: clock.scheduler })
    const ids: number[] = []
    client.stream('btcusdt@trade').subscribe(({ tradeId }) => ids.push(tradeId))
    const connection = client.connect()
    pass(100)
    expect(last().url).toBe('wss://fstream.binance.com/public/ws/btcusdt@trade')
    last().text(trade)
    expect(ids).toEqual([7])
    connection.unsubscribe()
  })

  test('a venue that has none says so', () => {
    expect(() => websocketCommunicator(bingxSpot, { raw: true })).toThrow(
      new TypeError('websocketCommunicator: bingxSpot has no raw addresses'),
    )
  })
})

test('a rest that is made is no config of one', () => {
  const loose = websocketCommunicator as (venue: unknown, config: unknown) => unknown
  for (const [rest, came] of [
    ['http://127.0.0.1:1', 'a text'],
    [createRest({ venue: asterFutures, endpoint: 'http://127.0.0.1:1' }), 'an object { venue, '],
  ] as const)
    expect(() => loose(asterFutures, { endpoint: 'ws://127.0.0.1:1', rest })).toThrow(
      `websocketCommunicator: expected rest to be the config of one, as { endpoint }, came ${came}`,
    )
})

test('of several communicators all are asked', () => {
  const [one, other] = [inMemory([]), inMemory([])]
  const merged = mergeCommunicators(
    websocketCommunicator(asterFutures, { transport: one.transport, scheduler: one.clock.scheduler }),
    websocketCommunicator(asterFutures, { transport: other.transport, scheduler: other.clock.scheduler }),
  )
  const subscription = merged(of(new Set(['btcusdt@trade']))).subscribe()
  for (const { pass } of [one, other]) pass(20)
  expect(merged.send?.(asks('a'))).toBe(2)
  merged.reconnect?.()
  for (const { pass } of [one, other]) pass(20)
  expect([one.connections.length, other.connections.length]).toEqual([2, 2])
  subscription.unsubscribe()
})
