import { config, EMPTY, filter, firstValueFrom, lastValueFrom, NEVER, of, Subject, VirtualTimeScheduler } from 'rxjs'
import { join } from 'node:path'
import { createClient, type ClientConfig } from '../../lib/client/createClient.js'
import type { Communicator } from '../../lib/communicators/Communicator.js'
import { replayCommunicator } from '../../lib/communicators/replayCommunicator.js'
import type { Transport } from '../../lib/communicators/websocket/transport/Transport.js'
import { websocketCommunicator } from '../../lib/communicators/websocket/websocketCommunicator.js'
import { frame, type Signal, type Status } from '../../lib/Signal.js'
import { asterFutures, type AsterFutures } from '../../lib/venues/asterFutures.js'
import { trade } from './frames.js'

const venue = asterFutures

/** What a program writes that leaves everything at its default. */
const warned = () => jest.spyOn(console, 'warn').mockImplementation(() => undefined)

afterEach(() => jest.restoreAllMocks())

/** A client to which nobody listens but for its trades, and what it is told by hand. */
const byHand = (more: Partial<ClientConfig<AsterFutures>> = {}) => {
  const signal$ = new Subject<Signal>()
  const notices: string[] = []
  const client = createClient({
    ...{ venue, streams: ['btcusdt@trade'], communicator: () => signal$ },
    onNotice: (text) => notices.push(text),
    ...more,
  })
  const connection = client.connect()
  return { client, signal$, notices, connection }
}

const waiting = (reason: string): Status => ({ _tag: 'Waiting', delay: 500, attempt: 1, reason, receivedAt: 1 })

describe('F81 nobody listens, and it is said once on console.warn', () => {
  test('a file that is missing', async () => {
    const warn = warned()
    const communicator = replayCommunicator({ files: join(__dirname, 'no-such-file.txt') })
    const client = createClient({ venue, communicator })
    const end = lastValueFrom(client.trade$, { defaultValue: undefined })
    client.connect()
    await end
    expect(warn.mock.calls).toEqual([
      [expect.stringMatching(/^aster-rx, asterFutures: .*no-such-file\.txt, byte 0: .*ENOENT/)],
      [expect.stringMatching(/trade\$ has a listener, and nothing carries it/)],
    ])
  })

  test('no network', () => {
    const warn = warned()
    const scheduler = new VirtualTimeScheduler()
    const attempts: string[] = []
    const transport: Transport = (url) => ({
      event$: of({ _tag: 'Failed', reason: `getaddrinfo ENOTFOUND (${attempts.push(url)})`.replace(/ \(.*/, '') }),
      send: () => undefined,
    })
    const communicator = websocketCommunicator(venue, { transport, scheduler, random: () => 0 })
    const connection = createClient({ venue, communicator, scheduler, streams: ['btcusdt@trade'] }).connect()
    scheduler.maxFrames = 60_000
    scheduler.flush()
    connection.unsubscribe()
    expect(attempts.length).toBeGreaterThan(3)
    expect(warn.mock.calls).toEqual([
      [expect.stringMatching(/no connection: fstream.asterdex.com: getaddrinfo ENOTFOUND/)],
    ])
  })

  test('a kind that nothing carries', () => {
    const warn = warned()
    const client = createClient({ venue, communicator: () => NEVER })
    client.trade$.subscribe()
    client.trade$.subscribe()
    client.connect().unsubscribe()
    expect(warn.mock.calls).toEqual([
      [
        'aster-rx, asterFutures: trade$ has a listener, and nothing carries it: name a stream of this kind in `streams`, or take client.stream',
      ],
    ])
  })

  test('a stream that the venue refuses, or that stays silent', () => {
    const warn = warned()
    const stream = 'nosuch@trade'
    const said: readonly Status[] = [
      { _tag: 'Rejected', stream, reason: 'Invalid symbol.', receivedAt: 1 },
      { _tag: 'Rejected', stream, reason: 'Invalid symbol.', receivedAt: 2 },
      { _tag: 'Silent', stream, quiet: 60_000, receivedAt: 3 },
      { _tag: 'Silent', stream: 'btcusdt@trade', quiet: 60_000, receivedAt: 4 },
    ]
    createClient({ venue, communicator: () => of(trade(1), ...said) }).connect()
    expect(warn.mock.calls.map(([text]: unknown[]) => text)).toEqual([
      'aster-rx, asterFutures: nosuch@trade was rejected: Invalid symbol.',
      'aster-rx, asterFutures: nothing came on nosuch@trade for 60000 ms: venues say nothing of a symbol that is none',
    ])
  })

  test('frames of another venue, where the types cannot tell', () => {
    const warn = warned()
    const text =
      '{"code":0,"dataType":"spot.executionReport","data":{"e":"executionReport","s":"BTC-USDT","i":1812112568701845504}}'
    const binance = '{"stream":"btcusdt@avgPrice","data":{"e":"avgPrice","E":1,"s":"BTCUSDT","i":"5m","w":"4","T":0}}'
    const frames = [text, text, binance, binance].map((one, i) => frame(one, i))
    createClient({ venue, communicator: () => of(...frames) }).connect()
    expect(warn.mock.calls).toEqual([
      ['aster-rx, asterFutures: the venue sent an error: 0'],
      [expect.stringMatching(/frames came of streams that asterFutures does not have, the first: btcusdt@avgPrice$/)],
    ])
  })

  test('frames that are wrong', () => {
    const warn = warned()
    const frames = [
      ...['no JSON', 'none either'],
      '{"stream":"btcusdt@trade","data":{"e":"trade","E":1}}',
      '{"stream":"ethusdt@trade","data":{"e":"trade","E":1}}',
    ].map((text, i) => frame(text, i))
    createClient({ venue, communicator: () => of(...frames) }).connect()
    expect(warn.mock.calls).toEqual([
      [expect.stringMatching(/expected JSON, came "no JSON"/)],
      [expect.stringMatching(/trade of btcusdt@trade is not as it should be: s: expected/)],
    ])
  })
})

test('F81 whoever listens hears it, and it is said nowhere else', () => {
  const warn = warned()
  const { client, signal$, notices } = byHand()
  const heard: unknown[] = []
  client.status$.subscribe(({ _tag }) => heard.push(_tag))
  client.parseError$.subscribe(({ _tag }) => heard.push(_tag))
  signal$.next(waiting('refused'))
  signal$.next(frame('nothing', 1))
  expect(heard).toEqual(['Waiting', 'NotJson'])
  expect(notices).toEqual([])
  expect(warn).not.toHaveBeenCalled()
})

test('F81 a book and klines of the client are no listeners', () => {
  const { client, signal$, notices } = byHand()
  client.book('btcusdt').subscribe()
  client.lost('btcusdt@trade').subscribe()
  signal$.next(waiting('refused'))
  expect(notices).toEqual(['aster-rx, asterFutures: no connection: refused; the next attempt is in 500 ms'])
})

test('F81 a connection that is lost and comes back is nothing to be told, one that cannot be had again is', () => {
  const { signal$, notices } = byHand()
  const at = { receivedAt: 1 }
  signal$.next({ _tag: 'Connected', ...at })
  signal$.next({ _tag: 'Disconnected', code: 1006, reason: '', ...at })
  signal$.next(waiting('lost'))
  signal$.next({ _tag: 'Connected', ...at })
  expect(notices).toEqual([])
  signal$.next(waiting('lost'))
  signal$.next(waiting('refused'))
  signal$.next(waiting('refused'))
  signal$.next(waiting('unreachable'))
  expect(notices.map((text) => /no connection: (\w+)/.exec(text)?.[1])).toEqual(['refused', 'unreachable'])
})

test('F81 twenty are said, and that there are more', () => {
  const { signal$, notices } = byHand()
  for (let i = 0; i < 100; i++)
    signal$.next({ _tag: 'Rejected', stream: `s${i}@trade`, reason: 'no\u0007\u001b[31m', receivedAt: i })
  expect(notices).toHaveLength(21)
  expect(notices[0]).toBe('aster-rx, asterFutures: s0@trade was rejected: no  [31m')
  expect(notices[20]).toMatch(/listen to client\.status\$ and client\.parseError\$/)
  const long = byHand()
  long.signal$.next(waiting('x'.repeat(100_000)))
  expect(long.notices[0]?.length).toBeLessThan(600)
})

test('F81 a notice comes with the value that it is about', () => {
  const about: unknown[] = []
  const { signal$ } = byHand({ onNotice: (_, value) => about.push(value) })
  const status = waiting('refused')
  signal$.next(status)
  signal$.next(frame('nothing', 1))
  expect(about).toEqual([status, expect.objectContaining({ _tag: 'NotJson', text: 'nothing' })])
  expect(about[0]).toBe(status)
})

describe('F81 what an observer throws is told as it is', () => {
  const error = new Error('of the observer')
  let isThrown = false
  const throws = (): boolean => {
    if (isThrown) return true
    isThrown = true
    throw error
  }
  beforeEach(() => (isThrown = false))
  const unhandled = async (act: () => void) => {
    const thrown$ = new Subject<unknown>()
    config.onUnhandledError = (reason) => thrown$.next(reason)
    const first = firstValueFrom(thrown$)
    act()
    const reason = await first
    config.onUnhandledError = null
    return reason
  }
  const said = trade(1)

  test.each([
    ['a kind', (client: ReturnType<typeof byHand>['client']) => client.trade$.subscribe(throws)],
    ['a stream', (client: ReturnType<typeof byHand>['client']) => client.stream('btcusdt@trade').subscribe(throws)],
    ['messages', (client: ReturnType<typeof byHand>['client']) => client.message$.subscribe(throws)],
    ['signals', (client: ReturnType<typeof byHand>['client']) => client.signal$.subscribe(throws)],
    ['counters', (client: ReturnType<typeof byHand>['client']) => client.counters$.subscribe(throws)],
    ['statuses', (client: ReturnType<typeof byHand>['client']) => client.status$.subscribe(throws)],
    ['errors', (client: ReturnType<typeof byHand>['client']) => client.parseError$.subscribe(throws)],
    [
      'filtered ones',
      (client: ReturnType<typeof byHand>['client']) => client.trade$.pipe(filter(throws)).subscribe({}),
    ],
  ])('%s', async (_, listen) => {
    const { client, signal$, notices } = byHand()
    const prices: string[] = []
    const reason = await unhandled(() => {
      listen(client)
      client.trade$.subscribe(({ price }) => prices.push(price))
      for (const signal of [said, waiting('refused'), frame('nothing', 1)]) signal$.next(signal)
    })
    expect(reason).toBe(error)
    expect(prices).toHaveLength(1)
    for (const text of notices) expect(text).not.toContain('observer')
  })

  test('onNotice itself', async () => {
    const { signal$, client } = byHand({ onNotice: throws })
    const prices: string[] = []
    client.trade$.subscribe(({ price }) => prices.push(price))
    const reason = await unhandled(() => {
      signal$.next(waiting('refused'))
      signal$.next(said)
    })
    expect(reason).toBe(error)
    expect(prices).toHaveLength(1)
  })
})

test('a client without anything to tell tells nothing', () => {
  const warn = warned()
  const communicator: Communicator = () => EMPTY
  createClient({ venue, communicator }).connect()
  expect(warn).not.toHaveBeenCalled()
})
