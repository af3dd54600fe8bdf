import {
  config,
  EMPTY,
  NEVER,
  Observable,
  of,
  Subject,
  throwError,
  type SchedulerLike,
  VirtualTimeScheduler,
} from 'rxjs'
import { createClient } from '../../lib/client/createClient.js'
import type { Communicator } from '../../lib/communicators/Communicator.js'
import { mergeCommunicators } from '../../lib/communicators/mergeCommunicators.js'
import type { Signal, Status } from '../../lib/Signal.js'
import { frame } from '../../lib/Signal.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { combined, depth, inlineSnapshot, trade } from './frames.js'

const venue = asterFutures

/** A communicator whose signals the test sends by hand; `scheduler` makes it a replay. */
const byHand = (scheduler?: SchedulerLike) => {
  const signal$ = new Subject<Signal>()
  const wanted: (readonly string[])[] = []
  let subscriptions = 0
  const communicator: Communicator = Object.assign(
    (wanted$: Observable<ReadonlySet<string>>) =>
      new Observable<Signal>((subscriber) => {
        subscriptions++
        const subscription = wanted$.subscribe((names) => wanted.push([...names]))
        subscription.add(signal$.subscribe(subscriber))
        return subscription
      }),
    scheduler && { scheduler },
  )
  return { signal$, communicator, wanted, subscriptions: () => subscriptions }
}

const collect = <A>(source: Observable<A>) => {
  const values: A[] = []
  const seen = { values, completed: false, error: undefined as unknown }
  source.subscribe({
    next: (value) => values.push(value),
    error: (error: unknown) => (seen.error = error),
    complete: () => (seen.completed = true),
  })
  return seen
}

const event = { eventTime: 1, symbol: 'BTCUSDT', tradeId: 1, price: '61800.30', quantity: '0.006' }

describe('events', () => {
  test('one Observable per kind, per stream, and all messages, in the order of arrival', () => {
    const { communicator, signal$ } = byHand()
    const client = createClient({ venue, communicator, streams: ['btcusdt@trade', 'ethusdt@trade'] })
    const order: string[] = []
    client.message$.subscribe(({ kind, stream, receivedAt }) => order.push(`${kind} ${stream} ${receivedAt}`))
    client.trade$.subscribe(({ tradeId }) => order.push(`trade$ ${tradeId}`))
    client.stream('ethusdt@trade').subscribe(({ tradeId }) => order.push(`stream ${tradeId}`))
    client.connect()
    signal$.next(trade(1, 'BTCUSDT', 10))
    signal$.next(trade(2, 'ETHUSDT', 20))
    expect(order).toEqual(['trade btcusdt@trade 10', 'trade$ 1', 'trade ethusdt@trade 20', 'trade$ 2', 'stream 2'])
  })

  test('an event is decoded, and one object for all who listen', () => {
    const { communicator, signal$ } = byHand()
    const client = createClient({ venue, communicator, streams: ['btcusdt@trade'] })
    const [a, b] = [collect(client.trade$), collect(client.stream('btcusdt@trade'))]
    client.connect()
    signal$.next(trade(1))
    expect(a.values).toEqual([expect.objectContaining(event)])
    expect(b.values[0]).toBe(a.values[0])
  })

  test('however many listen, the communicator is subscribed once', () => {
    const { communicator, subscriptions } = byHand()
    const client = createClient({ venue, communicator, streams: ['btcusdt@trade'] })
    collect(client.trade$)
    collect(client.trade$)
    collect(client.stream('btcusdt@trade'))
    expect(client.connect()).toBe(client.connect())
    expect(subscriptions()).toBe(1)
  })

  test('an observer that throws harms nobody else', () => {
    const { communicator, signal$ } = byHand()
    const reported: unknown[] = []
    const client = createClient({ venue, communicator, streams: ['btcusdt@trade'] })
    client.trade$.subscribe(() => {
      throw new Error('mine')
    })
    const others = collect(client.trade$)
    client.connect()
    jest.useFakeTimers()
    config.onUnhandledError = (error) => reported.push(error)
    signal$.next(trade(1))
    signal$.next(trade(2))
    jest.runAllTimers()
    config.onUnhandledError = null
    jest.useRealTimers()
    expect(others.values).toHaveLength(2)
    expect(reported).toEqual([new Error('mine'), new Error('mine')])
  })
})

describe('parse errors and counters', () => {
  test('received = routed + unknown + invalid + control', () => {
    const { communicator, signal$ } = byHand()
    const client = createClient({ venue, communicator })
    const errors = collect(client.parseError$)
    const counters = collect(client.counters$)
    client.connect()
    signal$.next(trade(1))
    signal$.next(inlineSnapshot(1))
    signal$.next({ _tag: 'Reply', symbol: 'BTCUSDT', text: '{"lastUpdateId":1,"bids":[],"asks":[]}', receivedAt: 0 })
    signal$.next(frame('{', 0))
    signal$.next(frame('{"stream":"btcusdt@nothing","data":{}}', 0))
    signal$.next(frame('{"result":null,"id":1}', 0))
    signal$.next({ _tag: 'Connected', receivedAt: 0 })
    expect(errors.values.map(({ _tag }) => _tag)).toEqual(['NotJson', 'UnknownStream'])
    expect(counters.values.at(0)).toEqual({
      ...{ received: 0, routed: 0, unknown: 0, invalid: 0, control: 0, repeated: 0, unknownValues: 0 },
    })
    expect(counters.values.at(-1)).toEqual({
      ...{ received: 6, routed: 3, unknown: 1, invalid: 1, control: 1, repeated: 0, unknownValues: 0 },
    })
    expect(counters.values).toHaveLength(7)
  })

  test('counts are there for who comes late, and unknown enumerated values beside the sum', () => {
    const { communicator, signal$ } = byHand()
    const client = createClient({ venue, communicator })
    client.connect()
    signal$.next(frame(trade(1).text.replace('MARKET', 'BLOCK'), 0))
    expect(collect(client.counters$).values).toEqual([
      { received: 1, routed: 1, unknown: 0, invalid: 0, control: 0, repeated: 0, unknownValues: 1 },
    ])
  })
})

describe('what is wanted', () => {
  test('streams from the start, and others while somebody listens and a moment longer', () => {
    const clock = new VirtualTimeScheduler()
    const { communicator, wanted } = byHand()
    const client = createClient({ venue, communicator, streams: ['btcusdt@trade'], linger: 0 })
    client.connect()
    const first = client.stream('ethusdt@trade').subscribe()
    const second = client.stream('ethusdt@trade').subscribe()
    first.unsubscribe()
    second.unsubscribe()
    client.stream('btcusdt@trade').subscribe().unsubscribe()
    clock.flush()
    expect(wanted).toEqual([['btcusdt@trade'], ['btcusdt@trade', 'ethusdt@trade'], ['btcusdt@trade']])
  })

  test('a wrong name is thrown at once', () => {
    const { communicator } = byHand()
    const client = createClient({ venue, communicator })
    // @ts-expect-error -- 7 is no number of levels
    expect(() => client.stream('btcusdt@depth7')).toThrow(
      new TypeError(
        "'btcusdt@depth7' is no stream of asterFutures; expected one like <symbol>@depth[@<speed:milliseconds>], <symbol>@depth<levels>[@<speed:milliseconds>], <symbol>@tradepro",
      ),
    )
    // @ts-expect-error -- upper case
    expect(() => client.stream('BTCUSDT@trade')).toThrow(
      new TypeError("'BTCUSDT@trade': expected 'btcusdt@trade', with the symbol in lower case"),
    )
    // @ts-expect-error -- no such speed
    expect(() => client.stream('btcusdt@depth@7ms')).toThrow(
      new TypeError(
        "speed of '<symbol>@depth[@<speed:milliseconds>]': expected 0ms | 100ms | 250ms | 500ms | 1000ms, came 7ms",
      ),
    )
    // @ts-expect-error -- no such stream
    expect(() => createClient({ venue, communicator, streams: ['btcusdt@nothing'] })).toThrow(TypeError)
  })

  test('a kind that no wanted stream can carry is a status', () => {
    const { communicator } = byHand()
    const client = createClient({ venue, communicator, streams: ['btcusdt@trade'] })
    const statuses = collect(client.status$)
    collect(client.trade$)
    collect(client.kline$)
    client.connect()
    collect(client.ticker$)
    collect(client.orderUpdate$)
    expect(statuses.values.map((status) => 'kind' in status && status.kind)).toEqual(['kline', 'ticker', 'orderUpdate'])
  })

  test('what carries an account feeds its kinds', () => {
    const { communicator } = byHand()
    const withAccount = mergeCommunicators(() => EMPTY, Object.assign(communicator, { account: new Set<string>() }))
    const client = createClient({ venue, communicator: withAccount })
    const statuses = collect(client.status$)
    collect(client.orderUpdate$)
    client.connect()
    collect(client.accountUpdate$)
    collect(client.ticker$)
    expect(statuses.values.map((status) => 'kind' in status && status.kind)).toEqual(['ticker'])
  })
})

describe('the end', () => {
  const everything = (client: ReturnType<typeof make>) => [
    ...[client.trade$, client.stream('btcusdt@trade'), client.message$, client.parseError$, client.status$],
    ...[client.signal$, client.depthSnapshot$, client.orderUpdate$, client.lost('btcusdt@trade')],
    ...[client.book('btcusdt'), client.snapshot('btcusdt')],
  ]
  const make = (communicator: Communicator) => createClient({ venue, communicator })

  test('ending the connection completes every Observable', () => {
    const { communicator, wanted } = byHand()
    const client = make(communicator)
    const seen = everything(client).map((source) => collect<unknown>(source))
    const connection = client.connect()
    connection.unsubscribe()
    expect(seen.map(({ completed }) => completed)).toEqual(seen.map(() => true))
    expect(wanted).toHaveLength(1)
  })

  test('so does a communicator that completes, and who comes later completes at once', () => {
    const client = make(() => EMPTY)
    client.connect()
    expect(everything(client).map((source) => collect<unknown>(source).completed)).not.toContain(false)
  })

  test('a communicator that fails ends every Observable with its error', () => {
    const client = make(() => new Observable((subscriber) => subscriber.error(new Error('gone'))))
    const seen = [client.trade$, client.message$].map((source) => collect<unknown>(source))
    client.connect()
    expect(seen.map(({ error }) => error)).toEqual([new Error('gone'), new Error('gone')])
  })

  test('an ended client cannot be connected again', () => {
    const client = make(() => NEVER)
    client.connect().unsubscribe()
    expect(() => client.connect()).toThrow('This client has ended')
  })
})

describe('replay', () => {
  const clock = new VirtualTimeScheduler()

  test('at the end, streams and kinds that the recording does not hold are statuses', () => {
    const { communicator, signal$ } = byHand(clock)
    const client = createClient({ venue, communicator, streams: ['btcusdt@trade', 'ethusdt@trade'] })
    const statuses = collect(client.status$)
    collect(client.trade$)
    collect(client.kline$)
    collect(client.stream('btcusdt@ticker'))
    client.connect()
    signal$.next(trade(1))
    expect(statuses.values).toEqual([])
    signal$.complete()
    expect(statuses).toMatchObject({
      completed: true,
      values: [
        { _tag: 'Missing', stream: 'ethusdt@trade', receivedAt: 0 },
        { _tag: 'Missing', stream: 'btcusdt@ticker', receivedAt: 0 },
        { _tag: 'Unfed', kind: 'kline', receivedAt: 0 },
      ],
    })
  })

  test('its scheduler is the recorded clock', () => {
    expect(createClient({ venue, communicator: byHand(clock).communicator }).scheduler).toBe(clock)
  })

  test('a book is made of whichever depth stream the recording holds, and of its snapshot', () => {
    const { communicator, signal$ } = byHand(clock)
    const client = createClient({ venue, communicator })
    const states = collect(client.book('btcusdt'))
    client.connect()
    signal$.next(depth({ U: 1, u: 2, pu: 0 }))
    signal$.next(inlineSnapshot(2, [['10', '1']], [['11', '1']]))
    signal$.next(depth({ U: 5, u: 6, pu: 2 }, [['10.5', '2']]))
    expect(states.values.map(({ _tag }) => _tag)).toEqual(['Syncing', 'Syncing', 'Synced', 'Synced'])
    expect(states.values.at(-1)).toMatchObject({ top: { bid: { price: '10.5', quantity: '2' } } })
    const late = collect(client.book('btcusdt'))
    expect(late.values).toEqual([states.values.at(-1)])
  })

  test('a snapshot that stands before the first update is used', () => {
    const { communicator, signal$ } = byHand(clock)
    const client = createClient({ venue, communicator })
    const states = collect(client.book('BTCUSDT'))
    client.connect()
    signal$.next(inlineSnapshot(2, [['10', '1']], [['11', '1']]))
    signal$.next(depth({ U: 5, u: 6, pu: 2 }))
    expect(states.values.map(({ _tag }) => _tag)).toEqual(['Syncing', 'Syncing', 'Synced'])
  })

  test('after a gap it waits for the next recorded snapshot', () => {
    const { communicator, signal$ } = byHand(clock)
    const client = createClient({ venue, communicator })
    const states = collect(client.book('BTCUSDT'))
    client.connect()
    signal$.next(inlineSnapshot(2))
    for (const [u, pu] of [
      [3, 2],
      [4, 3],
      [6, 5],
    ] as const)
      signal$.next(depth({ U: u, u, pu }))
    signal$.next({ _tag: 'Reply', symbol: 'ETHUSDT', text: '{"lastUpdateId":6,"bids":[],"asks":[]}', receivedAt: 0 })
    expect(states.values.at(-1)).toMatchObject({ _tag: 'Syncing', reason: 'gap' })
    signal$.next({ _tag: 'Reply', symbol: 'BTCUSDT', text: '{"lastUpdateId":6,"bids":[],"asks":[]}', receivedAt: 0 })
    expect(states.values.at(-1)).toMatchObject({ _tag: 'Synced', update: { lastUpdateId: 6 } })
  })

  test('a lost connection resets the book', () => {
    const { communicator, signal$ } = byHand(clock)
    const client = createClient({ venue, communicator })
    const states = collect(client.book('BTCUSDT'))
    client.connect()
    signal$.next(inlineSnapshot(2))
    signal$.next(depth({ U: 3, u: 3, pu: 2 }))
    signal$.next({ _tag: 'Disconnected', code: 1006, reason: '', receivedAt: 0 })
    expect(states.values.at(-1)).toMatchObject({ _tag: 'Syncing', reason: 'reset' })
  })
})

describe('lost', () => {
  const lostBy = (source: Status['source'], carried = true) => {
    const { communicator, signal$ } = byHand()
    const client = createClient({ venue, communicator })
    const lost = collect(client.lost('btcusdt@trade'))
    client.connect()
    if (carried) signal$.next(trade(1, 'BTCUSDT', 0, { id: 'a' }))
    const status: Status = { _tag: 'Disconnected', code: 1006, reason: '', receivedAt: 0, ...(source && { source }) }
    signal$.next(status)
    signal$.next({ _tag: 'Connected', receivedAt: 0, ...(source && { source }) })
    return lost.values
  }

  test('emits when the connection that carried the stream is lost', () => {
    expect(lostBy({ id: 'a' })).toHaveLength(1)
    expect(lostBy(undefined)).toHaveLength(1)
  })

  test('not for other connections', () => {
    expect(lostBy({ id: 'b' })).toEqual([])
    expect(lostBy({ id: 'a' }, false)).toEqual([])
  })

  const quiet = (...statuses: readonly (readonly [tag: 'Acknowledged' | 'Closed' | 'Disconnected', id: string])[]) => {
    const { communicator, signal$ } = byHand()
    const client = createClient({ venue, communicator })
    const lost = collect(client.lost('btcusdt@trade'))
    client.connect()
    signal$.next(trade(1, 'BTCUSDT', 0, { id: 'a' }))
    for (const [_tag, id] of statuses) {
      const stamped = { receivedAt: 0, source: { id } }
      if (_tag === 'Acknowledged') signal$.next({ _tag, stream: 'btcusdt@trade', ...stamped })
      else if (_tag === 'Closed') signal$.next({ _tag, ...stamped })
      else signal$.next({ _tag, code: 1006, reason: '', ...stamped })
    }
    return lost.values.length
  }

  test('emits for a connection that carried the stream, and had nothing to say yet', () => {
    expect(quiet(['Acknowledged', 'a'], ['Acknowledged', 'b'], ['Closed', 'a'], ['Disconnected', 'b'])).toBe(1)
    expect(quiet(['Acknowledged', 'a'], ['Acknowledged', 'b'], ['Disconnected', 'b'])).toBe(0)
    expect(quiet(['Closed', 'a'], ['Acknowledged', 'b'], ['Disconnected', 'b'])).toBe(1)
  })
})

test('a stream that moves to another connection, which stays open, comes from there', () => {
  const { communicator, signal$ } = byHand()
  const client = createClient({ venue, communicator })
  const ids = collect(client.stream('btcusdt@trade'))
  client.connect()
  const [a, b] = [{ id: 'a' }, { id: 'b' }]
  for (const source of [a, b]) signal$.next({ _tag: 'Connecting', receivedAt: 0, source })
  signal$.next(trade(1, 'BTCUSDT', 0, a))
  signal$.next({ _tag: 'Unsubscribed', stream: 'btcusdt@trade', receivedAt: 0, source: a })
  signal$.next(trade(7, 'BTCUSDT', 0, b))
  signal$.next(trade(8, 'BTCUSDT', 0, b))
  expect(ids.values).toMatchObject([{ tradeId: 1 }, { tradeId: 7 }, { tradeId: 8 }])
})

test('a stream that has moved already when the former connection lets it go comes whole', () => {
  const { communicator, signal$ } = byHand()
  const client = createClient({ venue, communicator })
  const ids = collect(client.stream('btcusdt@trade'))
  client.connect()
  const [a, b] = [{ id: 'a' }, { id: 'b' }]
  for (const source of [a, b]) signal$.next({ _tag: 'Connecting', receivedAt: 0, source })
  signal$.next(trade(1, 'BTCUSDT', 0, a))
  signal$.next(trade(7, 'BTCUSDT', 0, b))
  signal$.next({ _tag: 'Unsubscribed', stream: 'btcusdt@trade', receivedAt: 0, source: a })
  signal$.next(trade(8, 'BTCUSDT', 0, b))
  expect(ids.values).toMatchObject([{ tradeId: 1 }, { tradeId: 7 }, { tradeId: 8 }])
})

test('what was sent to a connection that was being opened when the other was lost comes once', () => {
  const { communicator, signal$ } = byHand()
  const client = createClient({ venue, communicator })
  const ids = collect(client.stream('btcusdt@trade'))
  client.connect()
  const [a, b] = [{ id: 'a' }, { id: 'b' }]
  for (const source of [a, b]) signal$.next({ _tag: 'Connecting', receivedAt: 0, source })
  signal$.next({ _tag: 'Connected', receivedAt: 0, source: a })
  signal$.next(trade(7, 'BTCUSDT', 0, a))
  signal$.next({ _tag: 'Disconnected', code: 1006, reason: '', receivedAt: 0, source: a })
  signal$.next({ _tag: 'Connected', receivedAt: 0, source: b })
  for (const id of [7, 8]) signal$.next(trade(id, 'BTCUSDT', 0, b))
  expect(ids.values).toMatchObject([{ tradeId: 7 }, { tradeId: 8 }])
})

describe('snapshot, live', () => {
  test('asks the communicator, and puts the reply among the signals', () => {
    const { communicator, signal$ } = byHand()
    const asked: string[] = []
    const snapshot = (symbol: string) => {
      asked.push(symbol)
      return of({ _tag: 'Reply', symbol, text: '{"lastUpdateId":7,"bids":[],"asks":[]}', receivedAt: 3 } as const)
    }
    const client = createClient({ venue, communicator: Object.assign(communicator, { snapshot }) })
    const [signals, snapshots] = [collect(client.signal$), collect(client.depthSnapshot$)]
    client.connect()
    const answer = collect(client.snapshot('btcusdt'))
    expect(asked).toEqual(['BTCUSDT'])
    expect(answer).toMatchObject({ completed: true, values: [{ symbol: 'BTCUSDT', lastUpdateId: 7 }] })
    expect(signals.values).toHaveLength(1)
    expect(snapshots.values).toEqual(answer.values)
    signal$.complete()
  })

  test('an answer that is no snapshot is an error', () => {
    const snapshot = (symbol: string) => of({ _tag: 'Reply', symbol, text: '{"bids":[]}', receivedAt: 3 } as const)
    const client = createClient({ venue, communicator: Object.assign(() => NEVER, { snapshot }) })
    client.connect()
    expect(collect(client.snapshot('btcusdt')).error).toEqual(
      new Error('Expected a depth snapshot, came lastUpdateId: expected Integer, came nothing'),
    )
  })
})

test('F46 ending the connection ends a book that waits for its snapshot, and leaves no timer', () => {
  const scheduler = new VirtualTimeScheduler()
  const { communicator, signal$ } = byHand()
  let asked = 0
  const snapshot = () =>
    new Observable<never>(() => {
      asked += 1
      return () => (asked -= 1)
    })
  const client = createClient({ venue, communicator: Object.assign(communicator, { snapshot }), scheduler })
  const books = [collect(client.book('BTCUSDT')), collect(client.book('BTCUSDT'))]
  const connection = client.connect()
  const update = { e: 'depthUpdate', E: 1, T: 1, s: 'BTCUSDT', U: 1, u: 2, pu: 0, b: [], a: [] }
  signal$.next(combined('btcusdt@depth@100ms', update))
  expect(asked).toBe(1)
  connection.unsubscribe()
  expect(asked).toBe(0)
  expect(scheduler.actions).toEqual([])
  for (const { values, completed } of books)
    expect([completed, values.map((state) => state._tag === 'Syncing' && state.reason)]).toEqual([
      true,
      ['waiting for the stream', 'start'],
    ])
})

test('nor one of a book whose last listener has just left, or that has failed', () => {
  const scheduler = new VirtualTimeScheduler()
  const { communicator, signal$ } = byHand()
  const gone = throwError(() => Object.assign(new Error('no such symbol'), { final: true }))
  const client = createClient({
    venue,
    communicator: Object.assign(communicator, { snapshot: () => gone }),
    scheduler,
    streams: ['btcusdt@depth@100ms'],
  })
  const left = client.book('ETHUSDT').subscribe()
  const failed = collect(client.book('BTCUSDT'))
  const connection = client.connect()
  signal$.next(
    combined('btcusdt@depth@100ms', { e: 'depthUpdate', E: 1, T: 1, s: 'BTCUSDT', U: 1, u: 2, pu: 0, b: [], a: [] }),
  )
  left.unsubscribe()
  expect(failed.error).toMatchObject({ message: 'no such symbol' })
  expect(scheduler.actions.length).toBeGreaterThan(0)
  connection.unsubscribe()
  expect(scheduler.actions).toEqual([])
})
