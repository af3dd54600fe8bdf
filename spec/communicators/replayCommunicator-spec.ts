import { existsSync, mkdirSync, readdirSync, readlinkSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { execFileSync } from 'node:child_process'
import {
  bufferTime,
  concat,
  filter,
  firstValueFrom,
  interval,
  lastValueFrom,
  NEVER,
  Observable,
  Subscription,
  take,
  tap,
  toArray,
} from 'rxjs'
import { replayCommunicator } from '../../lib/communicators/replayCommunicator.js'
import type { Signal } from '../../lib/Signal.js'
import { bundled } from '../helpers/bundled.js'
import { collectGarbage } from '../helpers/collectGarbage.js'
import { played, playedWhole, scratch, told } from './scratch.js'

const { file, path } = scratch()

const descriptors = '/proc/self/fd'

const isOpen = (at: string) =>
  existsSync(descriptors) &&
  readdirSync(descriptors).some((fd) => {
    try {
      return readlinkSync(`${descriptors}/${fd}`) === at
    } catch {
      return false
    }
  })

/** Turns of the event loop, until something is so. */
const until = async (isSo: () => boolean) => {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve))
}

describe('frames', () => {
  test('have text, time, the one source of their file, and their offset in bytes', async () => {
    const at = file('1000 {"a":"é"}\n\n1000.25 b c\n1001 last')
    const signals = await played({ files: { path: at, stream: 'btcusdt@depth' } })
    const source = { id: at, stream: 'btcusdt@depth' }
    expect(signals).toEqual([
      { _tag: 'Frame', text: '{"a":"é"}', receivedAt: 1000, source, offset: 0 },
      { _tag: 'Frame', text: 'b c', receivedAt: 1000.25, source, offset: 17 },
      { _tag: 'Frame', text: 'last', receivedAt: 1001, source, offset: 29 },
    ])
    expect(new Set(signals.map((signal) => signal.source)).size).toBe(1)
  })

  test('a source without a stream has only its id', async () => {
    const at = file('1 a')
    expect((await played({ files: at }))[0]?.source).toStrictEqual({ id: at })
  })

  test.each([
    ['ns', ' ', '1723161253937085768 a', 1723161253937.0858],
    ['us', ', ', '1723161253937085, a', 1723161253937.085],
    ['s', ': ', '1723161253.937: a', 1723161253937],
    ['iso', '\t', '2024-08-08T23:54:13.937Z\ta', 1723161253937],
  ] as const)('with a time in %s before %j', async (timestamps, separator, text, receivedAt) => {
    expect(await played({ files: file(text), timestamps, separator })).toMatchObject([{ text: 'a', receivedAt }])
  })

  test('an empty text is a text; the first separator counts', async () => {
    expect(told(await played({ files: file('1 \n2  b') }))).toEqual(['1 ', '2  b'])
  })

  test('without times everything comes at from, or at 0, and the clock stands still', async () => {
    const at = file('a\nb\n')
    for (const from of [undefined, 5000]) {
      const communicator = replayCommunicator({ files: at, timestamps: 'none', ...(from !== undefined && { from }) })
      const { scheduler } = communicator
      const nows: number[] = []
      const signals = await lastValueFrom(
        communicator(NEVER).pipe(
          tap(() => nows.push(scheduler.now())),
          toArray(),
        ),
      )
      expect(told(signals)).toEqual([`${from ?? 0} a`, `${from ?? 0} b`])
      expect(nows).toEqual([from ?? 0, from ?? 0])
    }
  })

  test('with the time of the event: where there is none the one before, never back', async () => {
    const at = file('none\n{"E":500}\n{"u":1}\n{"data":{"E":400}}\n{"E":600}\n')
    expect(told(await played({ files: at, timestamps: 'event' }))).toEqual([
      '0 none',
      '500 {"E":500}',
      '500 {"u":1}',
      '500 {"data":{"E":400}}',
      '600 {"E":600}',
    ])
    expect(told(await played({ files: at, timestamps: 'event', from: 500, to: 600 }))).toEqual([
      '500 {"E":500}',
      '500 {"u":1}',
      '500 {"data":{"E":400}}',
    ])
  })

  test('events without a time have that of the file before', async () => {
    const files = [file('{"E":500}'), file('{"u":1}\n{"E":600}')]
    expect(told(await played({ files, timestamps: 'event' }))).toEqual([
      '500 {"E":500}',
      '500 {"u":1}',
      '600 {"E":600}',
    ])
  })

  test('any delimiter, header lines, a byte order mark, empty records', async () => {
    const text = '\uFEFFheader 1\r\r\n\r\r\nheader 2\r\r\n1 a\r\r\r\n\r\r\n2 →\r\r\n'
    expect(told(await played({ files: file(text), delimiter: '\r\r\n', headers: 2 }))).toEqual(['1 a\r', '2 →'])
  })

  test('gzip, whatever its name', async () => {
    expect(told(await played({ files: file(Buffer.concat([gzipSync('1 a\n2'), gzipSync(' b\n')])) }))).toEqual([
      '1 a',
      '2 b',
    ])
  })

  test('F50 an empty file, plain or gzip, holds nothing', async () => {
    expect(await played({ files: [file(''), file(gzipSync(''))] })).toEqual([])
  })
})

describe('a span', () => {
  const at = file('10 a\n20 b\n30 c\n40 d\n')

  test('from is in it, to is not; a Date will do', async () => {
    expect(told(await played({ files: at, from: 20, to: 40 }))).toEqual(['20 b', '30 c'])
    expect(told(await played({ files: at, from: new Date(20) }))).toEqual(['20 b', '30 c', '40 d'])
    expect(told(await played({ files: at, to: new Date(20) }))).toEqual(['10 a'])
  })

  test('a file is read up to the first record at or after its end, and the next file comes', async () => {
    const files = [file('10 a\n30 c\nnonsense\n15 b\n'), file('12 d\n')]
    expect(told(await played({ files, to: 30 }))).toEqual(['10 a', '12 d'])
  })

  test('before it nothing is reported but what is no record at all', async () => {
    const files = file('10 a\n5 b\nnonsense\n20 c\n')
    expect(await played({ files, from: 20 })).toMatchObject([
      { _tag: 'BadRecord', offset: 9, receivedAt: 20 },
      { text: 'c', receivedAt: 20 },
    ])
  })
})

describe('what is wrong is a value, and the rest comes', () => {
  test('F50 a record without a valid time', async () => {
    const at = file('wss://stream.example.com:9443/stream?streams=a\n1000 a\nabc def\n1001 b\n')
    const source = { id: at }
    const reason = (came: string) =>
      `expected a time in ms before ' ', came '${came}': name the format with \`timestamps\`, or skip first lines with \`headers\``
    expect(await played({ files: at })).toEqual([
      { _tag: 'BadRecord', file: at, offset: 0, reason: reason('wss://stream.example.com'), receivedAt: 0 },
      { _tag: 'Frame', text: 'a', receivedAt: 1000, source, offset: 47 },
      { _tag: 'BadRecord', file: at, offset: 54, reason: reason('abc'), receivedAt: 1000, source },
      { _tag: 'Frame', text: 'b', receivedAt: 1001, source, offset: 62 },
    ])
  })

  test.each([
    ['s', 'in s'],
    ['us', 'in µs'],
    ['ns', 'in ns'],
    ['iso', 'in ISO 8601'],
  ] as const)('the complaint names the format: %s', async (timestamps, name) => {
    const [status] = await played({ files: file('x; a'), timestamps, separator: '; ' })
    expect(status).toMatchObject({
      reason: expect.stringContaining(`a time ${name} before '; ', came 'x': `) as string,
    })
  })

  test('a separator that is only begun is none', async () => {
    expect(told(await played({ files: file('5:a\n6:'), separator: ': ' }))).toEqual(['0 BadRecord', '0 BadRecord'])
  })

  test('F50 a time that goes back: said, and the frame follows with the last time', async () => {
    const at = file('1000 a\n999 b\n1000 c\n998.5 d')
    const source = { id: at }
    const reason = (came: string) =>
      `expected a time of 1000 or later, came ${came}: the record gets the time before it, 1000`
    expect(await played({ files: at })).toEqual([
      { _tag: 'Frame', text: 'a', receivedAt: 1000, source, offset: 0 },
      { _tag: 'BadRecord', file: at, offset: 7, reason: reason('999'), time: 999, receivedAt: 1000, source },
      { _tag: 'Frame', text: 'b', receivedAt: 1000, source, offset: 7 },
      { _tag: 'Frame', text: 'c', receivedAt: 1000, source, offset: 13 },
      { _tag: 'BadRecord', file: at, offset: 20, reason: reason('998.5'), time: 998.5, receivedAt: 1000, source },
      { _tag: 'Frame', text: 'd', receivedAt: 1000, source, offset: 20 },
    ])
  })

  test('bytes that are no UTF-8, and records that are too long', async () => {
    const at = file(Buffer.concat([Buffer.from('1 a\n2 '), Buffer.from([0xff]), Buffer.from('\n3 0123456789\n4 b')]))
    const signals = await played({ files: at, maxRecord: 11 })
    expect(told(signals)).toEqual(['1 a', '1 BadRecord', '1 BadRecord', '4 b'])
    expect(signals).toMatchObject([{}, { offset: 4 }, { offset: 8 }, {}])
  })

  test('F50 files that are missing, or none: the rest comes', async () => {
    const [missing, folder] = [path('missing.txt'), path('empty')]
    mkdirSync(folder)
    const [status, , other] = await played({ files: [missing, file('1000 a'), folder] })
    expect(status).toEqual({
      _tag: 'BadFile',
      file: missing,
      offset: 0,
      reason: `expected a file to read, came 'ENOENT: no such file or directory, open '${missing}'': check the path, and who may read it`,
      receivedAt: 0,
    })
    expect(other).toMatchObject({ _tag: 'BadFile', file: folder, receivedAt: 1000 })
  })

  test('F50 a gzip that is cut: all whole records before, marked, where reading ended, then the next file', async () => {
    const lines = Array.from({ length: 50_000 }, (_, i) => `${1000 + i} {"a":${(i * 7919) % 1_000_003}}`)
    const zipped = gzipSync(lines.join('\n'))
    const cut = file(zipped.subarray(0, zipped.length - 30_000))
    const [mark, ...signals] = await played({ files: [cut, file('900000 next')] })
    expect(mark).toMatchObject({ _tag: 'Unverified', file: cut, offset: 0 })
    const frames = signals.slice(0, -2)
    expect(frames.length).toBeGreaterThan(30_000)
    expect(told(frames)).toEqual(lines.slice(0, frames.length))
    const offset = Buffer.byteLength(told(frames).join('\n') + '\n')
    expect(signals.at(-2)).toMatchObject({
      _tag: 'BadFile',
      file: cut,
      offset,
      receivedAt: 1000 + frames.length - 1,
      from: 0,
      to: zipped.length - 30_000,
      reason: `expected sound gzip, came 'unexpected end of file': bytes 0 to ${zipped.length - 30_000} of the file are damaged, and what they held is missing, but for what came behind Unverified`,
    })
    expect(signals.at(-1)).toMatchObject({ text: 'next', receivedAt: 900_000 })
  })
})

describe('many files', () => {
  test('one after the other, a source each', async () => {
    const files = [file('1 a\n2 b'), file('2 c\n3 d')]
    const signals = await played({ files })
    expect(told(signals)).toEqual(['1 a', '2 b', '2 c', '3 d'])
    expect(signals.map(({ source }) => source?.id)).toEqual([files[0], files[0], files[1], files[1]])
  })

  test('a file that starts before the last one ended keeps its times; said once, the clock stays', async () => {
    const [first, second] = [file('1 a\n10 b'), file('5 c\n4 d\n20 e')]
    const communicator = replayCommunicator({ files: [first, second] })
    const nows: number[] = []
    const signals = await lastValueFrom(
      communicator(NEVER).pipe(
        filter(({ _tag }) => _tag !== 'Closed'),
        tap(() => nows.push(communicator.scheduler.now())),
        toArray(),
      ),
    )
    expect(told(signals)).toEqual(['1 a', '10 b', '5 BadRecord', '5 c', '5 BadRecord', '5 d', '20 e'])
    expect(nows).toEqual([1, 10, 10, 10, 10, 10, 20])
    expect(signals[2]).toEqual({
      _tag: 'BadRecord',
      file: second,
      offset: 0,
      reason:
        'expected a file that starts at 10 or later, came 5: the clock stays, play files that overlap with `merge`',
      receivedAt: 5,
      source: { id: second },
    })
  })

  test('a file that starts where the last one ended is fine', async () => {
    expect(told(await played({ files: [file('1 a\n10 b'), file('10 c')] }))).toEqual(['1 a', '10 b', '10 c'])
  })

  test('each file says where it ends, because its source says no more; a single file need not', async () => {
    const files = [file('1 a\n10 b'), file(''), file('10 c')]
    const whole = await playedWhole({ files })
    expect(told(whole)).toEqual(['1 a', '10 b', '10 Closed', '10 c', '10 Closed'])
    expect(whole.filter(({ _tag }) => _tag === 'Closed').map(({ source }) => source?.id)).toEqual([files[0], files[2]])
    expect(told(await playedWhole({ files: files.slice(0, 1) }))).toEqual(['1 a', '10 b'])
  })

  test.each([false, true])('so do files without times, which come one after the other: merged %p', async (merge) => {
    const files = [file('a;;b;;'), file(''), file('c;;d')]
    const whole = await playedWhole({ files, delimiter: ';;', timestamps: 'none', merge })
    expect(told(whole)).toEqual(['0 a', '0 b', '0 Closed', '0 c', '0 d', '0 Closed'])
    expect(whole.map(({ source }) => source?.id)).toEqual([0, 0, 0, 2, 2, 2].map((i) => files[i]))
  })

  test('headers are skipped in each', async () => {
    expect(told(await played({ files: [file('h\n1 a'), file('h\n2 b')], headers: 1 }))).toEqual(['1 a', '2 b'])
  })
})

describe('the recorded clock', () => {
  test('shows each frame its time, and timers due at that time came before', async () => {
    const communicator = replayCommunicator({ files: file('1000 a\n1500 b\n3000 c\n'), drain: 1000 })
    const { scheduler } = communicator
    const order: string[] = []
    interval(1000, scheduler).subscribe(() => order.push(`tick ${scheduler.now()}`))
    await lastValueFrom(
      communicator(NEVER).pipe(
        tap((signal) => order.push(`${signal._tag === 'Frame' ? signal.text : signal._tag} ${scheduler.now()}`)),
      ),
    )
    expect(order).toEqual(['a 1000', 'b 1500', 'tick 2000', 'tick 3000', 'c 3000', 'tick 4000'])
  })

  test('runs on after the last frame until nothing is due', async () => {
    const communicator = replayCommunicator({ files: file('1000 a\n') })
    const out: unknown[] = []
    await lastValueFrom(
      communicator(NEVER).pipe(
        tap(() => communicator.scheduler.schedule(() => out.push(communicator.scheduler.now()), 59_999)),
      ),
    )
    expect(out).toEqual([60_999])
  })

  test.each([
    [0, [1000]],
    [999, [1000]],
    [1000, [1000, 2000]],
    [undefined, Array.from({ length: 61 }, (_, i) => 1000 * (i + 1))],
  ])('but no longer than drain: %p', async (drain, ticks) => {
    const communicator = replayCommunicator({ files: file('0 a\n1000 b\n'), ...(drain !== undefined && { drain }) })
    const out: number[] = []
    interval(1000, communicator.scheduler).subscribe(() => out.push(communicator.scheduler.now()))
    await lastValueFrom(communicator(NEVER))
    expect(out).toEqual(ticks)
  })

  test('a buffer that was opened before connecting does not tick since 1970', async () => {
    const communicator = replayCommunicator({
      files: file('1723161253000 a\n1723161253999.5 b\n1723161254000 c'),
      drain: 0,
    })
    const { scheduler } = communicator
    const buffers = await lastValueFrom(communicator(NEVER).pipe(bufferTime(1000, scheduler), toArray()))
    expect(buffers.map(told)).toEqual([['1723161253000 a', '1723161253999.5 b'], ['1723161254000 c']])
  })

  test('shows from before the first frame, else 0', () => {
    expect(replayCommunicator({ files: 'a' }).scheduler.now()).toBe(0)
    expect(replayCommunicator({ files: 'a', from: 5 }).scheduler.now()).toBe(5)
  })
})

describe('subscribing', () => {
  const many = Array.from({ length: 100_000 }, (_, i) => `${i} {"a":"text ${i}"}\n`).join('')

  test('the wanted streams are not asked for', async () => {
    let asked = 0
    const wanted$ = new Observable<ReadonlySet<string>>(() => {
      asked += 1
    })
    await lastValueFrom(replayCommunicator({ files: file('1 a') })(wanted$))
    expect(asked).toBe(0)
  })

  test('a second subscription while one runs is an error, and disturbs nothing', async () => {
    const replay = replayCommunicator({ files: file('1 a\n2 b') })(NEVER)
    const errors: unknown[] = []
    const first = lastValueFrom(replay.pipe(toArray()))
    replay.subscribe({ error: (error: unknown) => errors.push(error) })
    expect(errors).toEqual([
      new Error(
        'expected one subscription at a time, came a second: there is one clock, make another replayCommunicator, or share the Observable',
      ),
    ])
    expect(told(await first)).toEqual(['1 a', '2 b'])
  })

  test('once it ended it plays again, from the start of the file and of the clock', async () => {
    const communicator = replayCommunicator({ files: file('1000 a\n2000 b') })
    const nows: number[] = []
    const replay = communicator(NEVER).pipe(tap(() => nows.push(communicator.scheduler.now())))
    expect(told(await lastValueFrom(concat(replay, replay).pipe(toArray())))).toEqual([
      '1000 a',
      '2000 b',
      '1000 a',
      '2000 b',
    ])
    expect(nows).toEqual([1000, 2000, 1000, 2000])
    expect(told(await lastValueFrom(replay.pipe(take(1), toArray())))).toEqual(['1000 a'])
    expect(told(await lastValueFrom(replay.pipe(take(1), toArray())))).toEqual(['1000 a'])
  })

  test.each([false, true])('unsubscribing is silence at once, and closes the files (merge: %p)', async (merge) => {
    const [at, other] = [file(many), file(gzipSync(many))]
    const seen: Signal[] = []
    const replay = replayCommunicator({ files: [at, other], merge })(NEVER)
    await firstValueFrom(
      new Observable((subscriber) => {
        const subscription = replay.subscribe((signal) => {
          seen.push(signal)
          if (seen.length < 10) return
          subscription.unsubscribe()
          subscriber.next('unsubscribed')
        })
      }),
    )
    await until(() => !isOpen(at) && !isOpen(other))
    expect(seen).toHaveLength(10)
  })

  test('unsubscribing before anything came', async () => {
    const at = file(many)
    let seen = 0
    replayCommunicator({ files: at })(NEVER)
      .subscribe(() => (seen += 1))
      .unsubscribe()
    await until(() => !isOpen(at))
    expect(seen).toBe(0)
  })

  test('unsubscribing inside an action of the clock: no action and no frame after it', async () => {
    const communicator = replayCommunicator({ files: file('0 a\n1000 b\n') })
    const { scheduler } = communicator
    const seen: unknown[] = []
    let going = Subscription.EMPTY
    interval(10, scheduler).subscribe((n) => {
      seen.push(n)
      if (n === 2) going.unsubscribe()
    })
    going = communicator(NEVER).subscribe((signal) => seen.push(signal.receivedAt))
    await until(() => going.closed)
    expect(seen).toEqual([0, 0, 1, 2])
    expect(scheduler.now()).toBe(30)
  })

  test('files are closed at the end', async () => {
    const files = [file(many), file(gzipSync(many).subarray(0, 5000))]
    await played({ files })
    expect(files.map(isOpen)).toEqual([false, false])
  })

  test('a process that unsubscribed ends by itself', () => {
    const program = bundled('spec/communicators/replay/program.ts')
    expect(execFileSync(process.execPath, [program, file(many)]).toString()).toBe('over, timers: 0')
  })
})

test('F50 memory does not grow with the file', async () => {
  const record = `${'{"stream":"btcusdt@depth","data":"x"}'.repeat(8)}\n`
  // A member at a time: what packing would leave behind is as much as what is measured.
  const member = gzipSync(record.repeat(1_000))
  const at = file(Buffer.concat(Array.from({ length: 200 }, () => member)))
  collectGarbage()
  const before = process.memoryUsage().arrayBuffers
  let most = 0
  let count = 0
  await lastValueFrom(
    replayCommunicator({ files: at, timestamps: 'none' })(NEVER).pipe(
      tap(() => {
        count += 1
        if (count % 50_000 > 0) return
        collectGarbage()
        most = Math.max(most, process.memoryUsage().arrayBuffers - before)
      }),
    ),
  )
  expect(count).toBe(200_000)
  expect(most).toBeLessThan(5_000_000)
})
