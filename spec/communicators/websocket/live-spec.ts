import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import {
  BehaviorSubject,
  filter,
  firstValueFrom,
  lastValueFrom,
  map,
  ReplaySubject,
  Subject,
  take,
  takeWhile,
  toArray,
} from 'rxjs'
import { WebSocket, type RawData } from 'ws'
import type { WebsocketConfig } from '../../../lib/communicators/websocket/websocketConfig.js'
import { websocketCommunicator } from '../../../lib/communicators/websocket/websocketCommunicator.js'
import type { Signal } from '../../../lib/Signal.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { bundled } from '../../helpers/bundled.js'
import { serve, type ServeConfig } from './serve.js'

interface Asked {
  readonly method: string
  readonly params: readonly string[]
  readonly id: number
}

/** A communicator on a server of this machine, with short times. */
const live = async (server: ServeConfig, config: WebsocketConfig = {}) => {
  const served = await serve(server)
  const wanted$ = new BehaviorSubject<ReadonlySet<string>>(new Set(['btcusdt@trade']))
  const signal$ = new ReplaySubject<Signal>(Infinity)
  const communicator = websocketCommunicator(asterFutures, {
    endpoint: served.url,
    reconnect: { delay: 10 },
    collect: 1,
    ...config,
  })
  const subscription = communicator(wanted$).subscribe(signal$)
  const until = (test: (signal: Signal) => boolean) => firstValueFrom(signal$.pipe(filter(test)))
  return {
    ...served,
    wanted$,
    signal$,
    subscription,
    until,
    next: (tag: Signal['_tag'], count = 1) =>
      firstValueFrom(
        signal$.pipe(
          filter(({ _tag }) => _tag === tag),
          take(count),
          toArray(),
        ),
      ),
    /** Unsubscribes: nothing more is said, and the server sees every socket go. */
    end: async () => {
      const said: Signal[] = []
      subscription.unsubscribe()
      signal$.subscribe((signal) => said.push(signal))
      const before = said.length
      await served.empty()
      expect([served.count(), said.length]).toEqual([0, before])
      await served.close()
    },
  }
}

const data = (name: string, payload: unknown = {}) => JSON.stringify({ stream: name, data: payload })

const read = (raw: RawData) => JSON.parse((raw as Buffer).toString()) as Asked

describe('over real sockets', () => {
  test('carries the streams of its address, and those that are asked for later', async () => {
    const paths: (string | undefined)[] = []
    const run = await live({
      onSocket: (socket, { url }) => {
        paths.push(url)
        socket.send(data('btcusdt@trade', 1))
        socket.on('message', (raw) => {
          const { params, id } = read(raw)
          socket.send(JSON.stringify({ result: null, id }))
          socket.send(data(params[0] ?? '', 2))
        })
      },
    })
    run.wanted$.next(new Set(['btcusdt@trade', 'ethusdt@trade']))
    const texts = (await run.next('Frame', 3)).map((frame) => frame._tag === 'Frame' && frame.text)
    expect(texts).toEqual([data('btcusdt@trade', 1), '{"result":null,"id":1}', data('ethusdt@trade', 2)])
    expect(paths).toEqual(['/stream?streams=btcusdt@trade'])
    await run.end()
  })

  test('times have fractions, lie between those of the test, and never go back', async () => {
    // The host shows its time of day in whole milliseconds, so that counted on from it a time is right to one of them.
    const before = performance.timeOrigin + performance.now() - 2
    const run = await live({
      onSocket: (socket) => {
        for (let i = 0; i < 50; i++) socket.send(data('btcusdt@trade', i))
      },
    })
    await run.next('Frame', 50)
    const times = (await firstValueFrom(run.signal$.pipe(take(53), toArray()))).map(({ receivedAt }) => receivedAt)
    const after = performance.timeOrigin + performance.now() + 2
    expect([before, ...times, after]).toEqual([before, ...times, after].sort((a, b) => a - b))
    expect(times.some((time) => !Number.isInteger(time))).toBe(true)
    await run.end()
  })

  test('F04 F05 cut and closed in every way: each time it comes back with what is wanted', async () => {
    const ways: readonly ((socket: WebSocket) => void)[] = [
      (socket) => socket.terminate(),
      (socket) => socket.close(1000, 'done'),
      (socket) => socket.close(1001),
      (socket) => socket.close(1011, 'error'),
      (socket) => socket.close(),
      (socket) => socket.send(data('btcusdt@trade')),
    ]
    const paths: (string | undefined)[] = []
    const run = await live({
      onSocket: (socket, { url }) => {
        ways[paths.length]?.(socket)
        paths.push(url)
      },
    })
    await run.next('Frame')
    expect(paths).toEqual(ways.map(() => '/stream?streams=btcusdt@trade'))
    const ends = await run.next('Disconnected', 5)
    expect(ends.map((end) => end._tag === 'Disconnected' && [end.code, end.reason])).toEqual([
      [1006, 'closed with 1006'],
      [1000, 'done'],
      [1001, 'closed with 1001'],
      [1011, 'error'],
      [1005, 'closed with 1005'],
    ])
    await run.end()
  })

  test('F08 a PING of the server is answered with its payload', async () => {
    const pong$ = new ReplaySubject<Buffer>(1)
    const run = await live({
      onSocket: (socket) => {
        socket.on('pong', (payload) => pong$.next(Buffer.from(payload)))
        socket.ping('1770123456789')
      },
    })
    expect((await firstValueFrom(pong$)).toString()).toBe('1770123456789')
    await run.end()
  })

  test('F10 on demand: the old connection is closed when the new one carries', async () => {
    const rotate$ = new Subject<void>()
    const closed$ = new ReplaySubject<number>(Infinity)
    let sockets = 0
    const run = await live(
      {
        onSocket: (socket) => {
          const number = (sockets += 1)
          socket.send(data('btcusdt@trade', number))
          socket.on('close', (code) => closed$.next(number * 10_000 + code))
        },
      },
      { rotate$, overlap: 1 },
    )
    await run.next('Frame')
    rotate$.next()
    expect(await firstValueFrom(closed$)).toBe(11_000)
    await run.next('Closed')
    expect((await run.next('Frame', 2)).map(({ source }) => source?.id)).toEqual(['asterFutures-1', 'asterFutures-2'])
    await run.end()
  })

  test('F43 broken frames: back again, with the code', async () => {
    let sockets = 0
    const run = await live({
      onSocket: (socket) => {
        if ((sockets += 1) === 1) socket.send('no matter', { compress: false, mask: true })
        else socket.send(data('btcusdt@trade'))
      },
    })
    const [end] = await run.next('Disconnected')
    expect(end).toMatchObject({ code: 1002, reason: expect.stringContaining('WS_ERR_UNEXPECTED_MASK') as string })
    await run.next('Frame')
    await run.end()
  })

  describe('F46 unsubscribed', () => {
    test('while connecting', async () => {
      const run = await live({ onUpgrade: () => false })
      await new Promise((resolve) => run.server.once('upgrade', resolve))
      await run.end()
    })

    test('while waiting', async () => {
      const run = await live({ onSocket: (socket) => socket.terminate() }, { reconnect: { delay: 60_000 } })
      await run.next('Waiting')
      await run.end()
    })

    test('while open, with requests under way', async () => {
      const run = await live({})
      await run.next('Connected')
      run.wanted$.next(new Set(['btcusdt@trade', 'ethusdt@trade']))
      await run.end()
    })

    test('while rotating', async () => {
      const rotate$ = new Subject<void>()
      const run = await live({}, { rotate$ })
      await run.next('Connected')
      rotate$.next()
      await run.next('Connected', 2)
      await run.end()
    })

    test.each(['Connecting', 'Connected', 'Acknowledged', 'Frame'])(
      'by whoever hears %s, in that moment',
      async (tag) => {
        const served = await serve({ onSocket: (socket) => socket.send(data('btcusdt@trade')) })
        const communicator = websocketCommunicator(asterFutures, { endpoint: served.url })
        const heard = await lastValueFrom(
          communicator(new BehaviorSubject(new Set(['btcusdt@trade']))).pipe(
            map(({ _tag }) => _tag),
            takeWhile((_tag) => _tag !== tag, true),
          ),
        )
        expect(heard).toBe(tag)
        await served.empty()
        await served.close()
      },
    )

    test('a program that subscribes and unsubscribes ends by itself', async () => {
      const served = await serve({ onSocket: (socket) => socket.send(data('btcusdt@trade')) })
      const program = bundled('spec/communicators/websocket/program.ts')
      const { stdout } = await promisify(execFile)(process.execPath, [program, served.url])
      expect(stdout).toBe('Connecting Connected Acknowledged Frame, timers: 0')
      await served.empty()
      await served.close()
    })
  })
})
