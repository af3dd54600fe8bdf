import { concat, from, NEVER, Subject } from 'rxjs'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { inMemory, statuses } from './inMemory.js'
import { blockable, obedient } from './MemoryVenue.js'

const carryOn = (run: ReturnType<typeof inMemory>, seconds: number, every = 1) => {
  for (let i = 0; i < seconds; i += every) {
    for (const connection of run.open()) for (const name of connection.names) connection.data(name)
    run.pass(every * 1_000)
  }
}

const events = (run: ReturnType<typeof inMemory>) =>
  run.said().filter((line) => !line.includes(' Frame ') && !line.includes(' Acknowledged '))

describe('rotation', () => {
  test('F10 on demand: the new connection carries data before the old one closes', () => {
    const rotate$ = new Subject<unknown>()
    const run = inMemory(['btcusdt@depth'], { rotate$ })
    carryOn(run, 2)
    run.said()
    rotate$.next('maintenance')
    carryOn(run, 6)
    const said = run.said().map((line) => line.split(' ').slice(0, 3).join(' '))
    expect(said).toEqual([
      '2000 asterFutures-1 Rotating',
      '2000 asterFutures-2 Connecting',
      '2000 asterFutures-1 Frame',
      '2010 asterFutures-2 Connected',
      '2010 asterFutures-2 Acknowledged',
      ...[3_000, 4_000, 5_000, 6_000, 7_000].flatMap((at) => [
        `${at} asterFutures-1 Frame`,
        `${at} asterFutures-2 Frame`,
      ]),
      '7010 asterFutures-1 Closed',
    ])
    run.end()
  })

  test('F10 before the lifetime ends, at a time that chance decides', () => {
    const run = inMemory(['btcusdt@depth'])
    run.behaviour.onConnect = () => ({ _tag: 'Opened' })
    const lifetime = 86_400_000
    carryOn(run, (lifetime - 900_000) / 1_000, 30)
    events(run)
    run.pass(9)
    expect(events(run)).toEqual([])
    run.pass(1)
    expect(events(run)).toEqual([
      `${lifetime - 900_000 + 10} asterFutures-1 Rotating {"reason":"lifetime"}`,
      `${lifetime - 900_000 + 10} asterFutures-2 Connecting`,
    ])
    carryOn(run, 6)
    expect(run.open().length).toBe(1)
    expect(run.last().isOpen()).toBe(true)
    run.end()
  })

  test('F10 a short lifetime is used to its half at least', () => {
    const limits = { ...asterFutures.limits, lifetime: 60_000 }
    const run = inMemory(['btcusdt@depth'], {}, { ...asterFutures, limits })
    carryOn(run, 31)
    expect(statuses(run.signals, 'Rotating').map(({ receivedAt }) => receivedAt)).toEqual([30_010])
    run.end()
  })

  test.each([
    ['raw', '{"e":"serverShutdown","E":1770123456789}'],
    ['combined', '{"stream":"!serverShutdown","data":{"e":"serverShutdown","E":1770123456789}}'],
    ['combined, spaced', '{ "stream": "!serverShutdown", "data": { "e": "serverShutdown" } }'],
  ])('F11 serverShutdown, %s: as on demand, at once; its frame comes first', (_, text) => {
    const run = inMemory(['btcusdt@depth'])
    carryOn(run, 1)
    run.said()
    run.last().text(text)
    expect(run.said()).toEqual([
      `1000 asterFutures-1 Frame ${text}`,
      '1000 asterFutures-1 Rotating {"reason":"serverShutdown"}',
      '1000 asterFutures-2 Connecting',
    ])
    run.connections[0]?.text(text)
    carryOn(run, 6)
    expect(events(run)).toEqual(['1010 asterFutures-2 Connected', '6010 asterFutures-1 Closed'])
    run.end()
  })

  test('F11 a text that only mentions it is none', () => {
    const run = inMemory(['btcusdt@depth'])
    carryOn(run, 1)
    run.last().text(`{"stream":"btcusdt@depth","data":{"note":"serverShutdown","long":"${'x'.repeat(200)}"}}`)
    expect(statuses(run.signals, 'Rotating')).toEqual([])
    run.end()
  })

  test('F11 the new connection is told, too, that it will end: it is replaced in turn', () => {
    const run = inMemory(['btcusdt@depth'])
    carryOn(run, 1)
    run.last().text('{"e":"serverShutdown"}')
    carryOn(run, 1)
    run.last().text('{"e":"serverShutdown"}')
    run.said()
    carryOn(run, 12)
    expect(events(run)).toEqual([
      '6010 asterFutures-1 Closed',
      '6010 asterFutures-2 Rotating {"reason":"serverShutdown"}',
      '6010 asterFutures-3 Connecting',
      '6020 asterFutures-3 Connected',
      '11020 asterFutures-2 Closed',
    ])
    run.end()
  })

  test('F13 what comes on a connection that we have closed is ignored', () => {
    const rotate$ = new Subject<void>()
    const run = inMemory(['btcusdt@depth'], { rotate$ })
    carryOn(run, 1)
    rotate$.next()
    carryOn(run, 6)
    run.said()
    run.connections[0]?.data('btcusdt@depth')
    run.connections[0]?.put({ _tag: 'Closed', code: 1000, reason: '' })
    expect(run.said()).toEqual([])
    run.end()
  })

  test('the new connection fails: the old one stays, and it is tried again', () => {
    const rotate$ = new Subject<void>()
    const run = inMemory(['btcusdt@depth'], { rotate$ })
    carryOn(run, 1)
    run.behaviour.onConnect = () => ({ _tag: 'Failed', reason: 'no' })
    run.said()
    rotate$.next()
    rotate$.next()
    run.pass(400)
    run.behaviour.onConnect = () => ({ _tag: 'Opened' })
    run.pass(1_000)
    expect(events(run)).toEqual([
      '1000 asterFutures-1 Rotating {"reason":"on demand"}',
      '1000 asterFutures-2 Connecting',
      '1010 asterFutures-2 Disconnected {"code":1006,"reason":"fstream.asterdex.com: no"}',
      '1010 asterFutures-2 Waiting {"delay":375,"attempt":1,"reason":"fstream.asterdex.com: no"}',
      '1385 asterFutures-3 Connecting',
      '1395 asterFutures-3 Disconnected {"code":1006,"reason":"fstream.asterdex.com: no"}',
      '1395 asterFutures-3 Waiting {"delay":750,"attempt":2,"reason":"fstream.asterdex.com: no"}',
      '2145 asterFutures-4 Connecting',
      '2155 asterFutures-4 Connected',
    ])
    carryOn(run, 6)
    expect(events(run)).toEqual(['7155 asterFutures-1 Closed'])
    run.end()
  })

  test('the old connection is lost meanwhile: the new one is the connection', () => {
    const rotate$ = new Subject<void>()
    const run = inMemory(['btcusdt@depth'], { rotate$ })
    carryOn(run, 1)
    rotate$.next()
    run.connections[0]?.put({ _tag: 'Closed', code: 1001, reason: 'shutdown' })
    run.said()
    carryOn(run, 20)
    expect(events(run)).toEqual(['1010 asterFutures-2 Connected'])
    run.end()
  })

  test('F10 a new connection that stays silent while the old one speaks does not take over', () => {
    const rotate$ = new Subject<void>()
    const run = inMemory(['btcusdt@depth'], { rotate$ })
    carryOn(run, 1)
    rotate$.next()
    for (let i = 0; i < 20; i++) {
      run.connections[0]?.data('btcusdt@depth')
      run.pass(1_000)
    }
    expect(run.open().length).toBe(2)
    run.last().data('btcusdt@depth')
    expect(run.open().length).toBe(2)
    run.pass(1)
    expect(run.open().length).toBe(1)
    expect(run.connections[0]?.isLeft()).toBe(true)
    run.end()
  })

  test('F10 a process that was blocked reads what the old connection still brought, before the new one takes over', () => {
    const rotate$ = new Subject<void>()
    const { memory, clock, block } = blockable()
    const run = inMemory(['btcusdt@depth'], { rotate$, clock }, asterFutures, memory)
    run.pass(1_000)
    rotate$.next()
    run.pass(5_000)
    run.last().data('btcusdt@depth')
    run.said()
    block(40)
    run.pass(10)
    run.connections[0]?.data('btcusdt@depth', 'late')
    expect(run.said()).toEqual(['6050 asterFutures-1 Frame {"stream":"btcusdt@depth","data":"late"}'])
    run.pass(249)
    expect(run.said()).toEqual([])
    run.pass(1)
    expect(run.said()).toEqual(['6300 asterFutures-1 Closed'])
    run.end()
  })

  test('F10 where both are silent, the new one takes over', () => {
    const rotate$ = new Subject<void>()
    const run = inMemory(['btcusdt@forceOrder'], { rotate$ })
    run.pass(1_000)
    rotate$.next()
    run.pass(5_009)
    expect(run.open().length).toBe(2)
    run.pass(1)
    expect(run.open()).toEqual([run.last()])
    run.end()
  })

  test.each([
    [1_009, 1],
    [1_010, 2],
  ])('the last word of the old connection at %d ms, the new one settled at 1010: %d open', (at, open) => {
    const rotate$ = new Subject<void>()
    const run = inMemory(['btcusdt@depth'], { rotate$ })
    run.pass(1_000)
    rotate$.next()
    run.pass(at - 1_000)
    run.connections[0]?.data('btcusdt@depth')
    run.pass(6_000)
    expect(run.open().length).toBe(open)
    run.end()
  })

  test('F10 a new connection takes over only when every stream was acknowledged', () => {
    const rotate$ = new Subject<void>()
    const names = Array.from({ length: 200 }, (_, i) => `${'x'.repeat(50)}${i}@trade`)
    const run = inMemory(names, { rotate$ })
    run.pass(3_000)
    run.behaviour.answer = () => undefined
    rotate$.next()
    run.pass(9_000)
    expect(run.open().length).toBe(2)
    expect(run.connections[0]?.names.size).toBe(200)
    expect(run.connections[1]?.names.size).toBeLessThan(100)
    run.end()
  })

  test('no rotation while none is open, and none of a rotation', () => {
    const rotate$ = new Subject<void>()
    const run = inMemory(['btcusdt@depth'], { rotate$ })
    rotate$.next()
    expect(run.connections.length).toBe(1)
    run.pass(10)
    rotate$.next()
    rotate$.next()
    expect(run.connections.length).toBe(2)
    run.pass(10)
    rotate$.next()
    expect(run.connections.length).toBe(2)
    run.end()
  })

  test('other streams wanted while it rotates are wanted of both', () => {
    const rotate$ = new Subject<void>()
    const run = inMemory(['btcusdt@depth'], { rotate$ })
    carryOn(run, 1)
    rotate$.next()
    run.want('ethusdt@depth')
    carryOn(run, 2)
    expect(run.open().map(({ names }) => [...names])).toEqual([['ethusdt@depth'], ['ethusdt@depth']])
    carryOn(run, 10)
    expect(run.open().map(({ names }) => [...names])).toEqual([['ethusdt@depth']])
    run.end()
  })

  test('F10 no take-over while something is asked for, nor right after', () => {
    const rotate$ = new Subject<void>()
    const run = inMemory(['btcusdt@depth'], { rotate$ })
    carryOn(run, 1)
    rotate$.next()
    carryOn(run, 4)
    run.behaviour.answer = () => undefined
    run.want('btcusdt@depth', 'ethusdt@depth')
    carryOn(run, 9)
    expect(run.open().length).toBe(2)
    run.behaviour.answer = obedient
    carryOn(run, 6)
    expect(run.open().length).toBe(2)
    carryOn(run, 4)
    expect(run.open()).toEqual([run.last()])
    run.end()
  })

  test.each(['Rotating', 'Closed'])('F46 unsubscribed by whoever hears %s, in that moment', (tag) => {
    const rotate$ = new Subject<void>()
    const run = inMemory(['btcusdt@depth'], { rotate$ })
    run.tap(({ _tag }) => {
      if (_tag === tag) run.subscription.unsubscribe()
    })
    carryOn(run, 1)
    rotate$.next()
    carryOn(run, 10)
    expect(run.signals.at(-1)?._tag).toBe(tag)
    run.end()
  })

  test('a transport that opens at once', () => {
    const rotate$ = new Subject<void>()
    const texts = ['{"stream":"btcusdt@depth","data":1}']
    const run = inMemory(['btcusdt@depth'], {
      rotate$,
      overlap: 0,
      transport: () => ({
        event$: concat(
          from([{ _tag: 'Opened' as const }, ...texts.map((text) => ({ _tag: 'Text' as const, text }))]),
          NEVER,
        ),
        send: () => undefined,
      }),
    })
    rotate$.next()
    run.pass(0)
    expect(run.said()).toEqual([
      '0 asterFutures-1 Connecting',
      '0 asterFutures-1 Connected',
      '0 asterFutures-1 Acknowledged {"stream":"btcusdt@depth"}',
      `0 asterFutures-1 Frame ${texts[0]}`,
      '0 asterFutures-1 Rotating {"reason":"on demand"}',
      '0 asterFutures-2 Connecting',
      '0 asterFutures-2 Connected',
      '0 asterFutures-2 Acknowledged {"stream":"btcusdt@depth"}',
      `0 asterFutures-2 Frame ${texts[0]}`,
      '0 asterFutures-1 Closed',
    ])
    run.end()
  })

  test.each([
    ['maintenance', 'maintenance'],
    ['', 'on demand'],
    [7, 'on demand'],
  ])('the reason of a rotation asked for with %j is %j', (asked, reason) => {
    const rotate$ = new Subject<unknown>()
    const run = inMemory(['btcusdt@depth'], { rotate$ })
    run.pass(10)
    rotate$.next(asked)
    expect(statuses(run.signals, 'Rotating').map((rotating) => rotating.reason)).toEqual([reason])
    run.end()
  })
})

test('of two connections that overlap, one may be refused what the other is given: it stays wanted', () => {
  const rotate$ = new Subject<unknown>()
  const run = inMemory(['a@depth'], { rotate$ })
  carryOn(run, 2)
  rotate$.next('maintenance')
  carryOn(run, 1)
  const [first] = run.open()
  run.behaviour.answer = (asked, connection) =>
    connection === first && asked.method === 'SUBSCRIBE'
      ? { code: 2, msg: 'Invalid request', id: asked.id }
      : obedient(asked, connection)
  run.want('a@depth', 'b@depth')
  carryOn(run, 10)
  const said = run.said().flatMap((line) => (/ (Rejected|Acknowledged) .*"b@depth"/.exec(line) ?? []).slice(1))
  expect(said).toEqual(['Rejected', 'Acknowledged'])
  expect([...run.last().names]).toEqual(['a@depth', 'b@depth'])
  run.end()
})
