import fs, {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { gunzipSync, gzipSync } from 'node:zlib'
import {
  concat,
  config as rxConfig,
  from,
  lastValueFrom,
  NEVER,
  of,
  Subject,
  take,
  tap,
  throwError,
  toArray,
} from 'rxjs'
import { record } from '../../lib/communicators/record.js'
import type { RecordConfig } from '../../lib/communicators/record/RecordConfig.js'
import { Clock } from '../helpers/Clock.js'
import { frame, type Signal, type Source } from '../../lib/Signal.js'
import { played, scratch, told } from './scratch.js'

const { file, path } = scratch()

const source: Source = { id: 'c1', stream: 'btcusdt@depth' }

const recorded = (signals: readonly Signal[], config: RecordConfig) =>
  lastValueFrom(from(signals).pipe(record(config), toArray()))

const textOf = (at: string) => readFileSync(at, 'utf8')

const day = (text: string) => Date.parse(`${text}Z`)

describe('what is written', () => {
  test('time, separator, text, delimiter; the source first; replies and statuses as JSON', async () => {
    const at = path()
    const signals: readonly Signal[] = [
      { _tag: 'Connected', receivedAt: 1000, source },
      frame('{"a":"é"}', 1000.25, source),
      { _tag: 'Reply', symbol: 'BTCUSDT', text: '{"lastUpdateId":1}', receivedAt: 1001, source },
      { _tag: 'Disconnected', code: 1006, reason: 'gone', receivedAt: 1723161253937.0857, source },
    ]
    expect(await recorded(signals, { file: at })).toEqual(signals)
    expect(textOf(at)).toBe(
      [
        '1000 {"_tag":"Source","id":"c1","stream":"btcusdt@depth"}',
        '1000 {"_tag":"Connected"}',
        '1000.25 {"a":"é"}',
        '1001 {"_tag":"Reply","symbol":"BTCUSDT","text":"{\\"lastUpdateId\\":1}"}',
        '1723161253937.0857 {"_tag":"Disconnected","code":1006,"reason":"gone"}',
        '',
      ].join('\n'),
    )
  })

  test('each change of the source is said, also to none and back', async () => {
    const at = path()
    const other = { id: 'c2' }
    await recorded([frame('a', 1), frame('b', 2, source), frame('c', 3, source), frame('d', 4, other), frame('e', 5)], {
      file: at,
    })
    expect(textOf(at)).toBe(
      [
        '1 {"_tag":"Source"}\n1 a',
        '2 {"_tag":"Source","id":"c1","stream":"btcusdt@depth"}\n2 b\n3 c',
        '4 {"_tag":"Source","id":"c2"}\n4 d',
        '5 {"_tag":"Source"}\n5 e\n',
      ].join('\n'),
    )
  })

  test('of a source only its id and its stream', async () => {
    const at = path()
    const rich = { id: 'c1', url: 'wss://stream.example.com/ws/listenKeyCanary' }
    await recorded([frame('a', 1, rich)], { file: at })
    expect(textOf(at)).toBe('1 {"_tag":"Source","id":"c1"}\n1 a\n')
  })

  test('a text that would be taken for a signal, or has no UTF-8, becomes JSON', async () => {
    const at = path()
    await recorded([frame('{"_tag":"Closed"}', 1, source), frame('\uD83D', 2, source)], { file: at })
    expect(textOf(at).split('\n').slice(1)).toEqual([
      '1 {"_tag":"Frame","text":"{\\"_tag\\":\\"Closed\\"}"}',
      '2 {"_tag":"Frame","text":"\\ud83d"}',
      '',
    ])
  })

  test('another delimiter and another separator', async () => {
    const at = path()
    await recorded([frame('a', 1), frame('b\n', 2)], { file: at, delimiter: '\r\r\n', separator: ': ' })
    expect(textOf(at)).toBe('1: {"_tag":"Source"}\r\r\n1: a\r\r\n2: b\n\r\r\n')
  })

  test('gzip by the name of the file, or as it is said', async () => {
    const [named, told, plain] = [path('a.gz'), path('b'), path('c.gz')]
    await recorded([frame('a', 1)], { file: named })
    await recorded([frame('a', 1)], { file: told, gzip: true })
    await recorded([frame('a', 1)], { file: plain, gzip: false })
    const text = '1 {"_tag":"Source"}\n1 a\n'
    expect(gunzipSync(readFileSync(named)).toString()).toBe(text)
    expect(gunzipSync(readFileSync(told)).toString()).toBe(text)
    expect(textOf(plain)).toBe(text)
  })
})

describe('what is refused', () => {
  const refusal = async (signal: Signal, config: Partial<RecordConfig> = {}) => {
    const at = path()
    const [passed, status, ...rest] = await recorded([signal, frame('next', 9, source)], { file: at, ...config })
    expect(passed).toBe(signal)
    expect(told(rest)).toEqual(['9 next'])
    expect(textOf(at)).not.toContain(signal._tag === 'Frame' ? signal.text : signal._tag)
    return status
  }

  test.each([
    ['\n', 'a\nb'],
    ['\n', 'a\n'],
    [';;', 'a;;b'],
    [';;', 'a;'],
    ['\r\r\n', 'a\r\r\n'],
    ['a b', 'x a b'],
    ['1', 'a'],
  ])('%j in a record of %j', async (delimiter, text) => {
    const at = path()
    const signal = frame(text, 1, source)
    expect(await recorded([signal], { file: at, delimiter })).toEqual([
      signal,
      {
        _tag: 'NotRecorded',
        reason: `the delimiter ${JSON.stringify(delimiter)} occurs in the record: choose one that does not`,
        receivedAt: 1,
        source,
      },
    ])
    expect(existsSync(at)).toBe(false)
  })

  test('\\r at the end of a text does not begin \\r\\r\\n', async () => {
    const at = path()
    expect(told(await recorded([frame('a\r', 1)], { file: at, delimiter: '\r\r\n' }))).toEqual(['1 a\r'])
  })

  test('the rest is written', async () => {
    expect(await refusal(frame('a\nb', 1, source))).toMatchObject({ _tag: 'NotRecorded', source })
  })

  test('a source whose line holds the delimiter takes its signals along', async () => {
    const at = path()
    const signals = [frame('a', 1, { id: 'x;;y' }), frame('b', 2, source)]
    expect(told(await recorded(signals, { file: at, delimiter: ';;' }))).toEqual(['1 a', '1 NotRecorded', '2 b'])
    expect(textOf(at)).toBe('2 {"_tag":"Source","id":"c1","stream":"btcusdt@depth"};;2 b;;')
  })

  test('a separator that occurs in the time', async () => {
    expect(await refusal(frame('a text', 1.5, source), { separator: '.' })).toEqual({
      _tag: 'NotRecorded',
      reason: 'the separator "." occurs in the time: choose one that does not',
      receivedAt: 1.5,
      source,
    })
  })

  test.each([NaN, -1, Infinity, 253402300800000])('a time of %p', async (receivedAt) => {
    expect(await refusal(frame('a text', receivedAt))).toStrictEqual({
      _tag: 'NotRecorded',
      reason: `expected a time in ms since 1970, came ${receivedAt}`,
      receivedAt,
    })
  })

  test('a NotRecorded is not written itself', async () => {
    const at = path()
    const signal: Signal = { _tag: 'NotRecorded', reason: 'r', receivedAt: 1 }
    expect(await recorded([signal], { file: at })).toEqual([signal])
    expect(existsSync(at)).toBe(false)
  })
})

describe('when it is written', () => {
  test('F63 after flush ms, whether another signal comes or not; or 64 KiB', () => {
    const at = path()
    const clock = new Clock()
    const signals = new Subject<Signal>()
    const subscription = signals.pipe(record({ file: at, scheduler: clock })).subscribe()
    expect(existsSync(at)).toBe(false)
    signals.next(frame('a', 5000, source))
    clock.pass(999)
    signals.next(frame('b', 9999.9, source))
    expect(textOf(at)).toBe('')
    clock.pass(1)
    expect(textOf(at)).toContain('5000 a\n9999.9 b\n')
    signals.next(frame('d', 10_000, source))
    clock.pass(999)
    expect(textOf(at)).not.toContain('d\n')
    signals.next(frame('x'.repeat(64 * 1024 - 13), 10_000, source))
    expect(textOf(at)).toMatch(/x\n$/)
    signals.next(frame('e', 10_001, source))
    clock.pass(999)
    expect(textOf(at)).toMatch(/x\n$/)
    subscription.unsubscribe()
    expect(clock.actions).toEqual([])
  })

  test('not yet at one byte less than 64 KiB', () => {
    const at = path()
    const signals = new Subject<Signal>()
    const subscription = signals.pipe(record({ file: at })).subscribe()
    signals.next(frame('x'.repeat(64 * 1024 - 1 - '1 {"_tag":"Source"}\n1 \n'.length), 1))
    expect(textOf(at)).toBe('')
    signals.next(frame('', 1))
    expect(textOf(at)).toMatch(/x\n1 \n$/)
    subscription.unsubscribe()
  })

  test('flush 0 writes each signal at once, and times that go back are written, too', () => {
    const [at, other] = [path(), path()]
    const signals = new Subject<Signal>()
    const subscription = signals.pipe(record({ file: at, flush: 0 }), record({ file: other })).subscribe()
    signals.next(frame('a', 5000))
    expect(textOf(at)).toMatch(/a\n$/)
    signals.next(frame('b', 4000))
    expect(textOf(at)).toMatch(/b\n$/)
    subscription.unsubscribe()
    expect(textOf(other)).toMatch(/5000 a\n4000 b\n$/)
  })

  test('on unsubscribing', () => {
    const at = path('unsubscribed.gz')
    const signals = new Subject<Signal>()
    const subscription = signals.pipe(record({ file: at })).subscribe()
    signals.next(frame('a', 1))
    subscription.unsubscribe()
    expect(gunzipSync(readFileSync(at)).toString()).toMatch(/1 a\n$/)
  })

  test('before completion and errors are heard', () => {
    const [at, other] = [path(), path()]
    const heard: string[] = []
    of(frame('a', 1))
      .pipe(record({ file: at }))
      .subscribe({ complete: () => heard.push(textOf(at)) })
    const failing = concat(
      of(frame('a', 1)),
      throwError(() => new Error('of the source')),
    )
    failing.pipe(record({ file: other })).subscribe({
      error: (error: unknown) => heard.push(textOf(other), String(error)),
    })
    const text = '1 {"_tag":"Source"}\n1 a\n'
    expect(heard).toEqual([text, text, 'Error: of the source'])
  })

  test('a signal is in the recording before anybody else has it', async () => {
    const at = path()
    const seen: string[] = []
    await lastValueFrom(
      of(frame('a', 1), frame('b', 2)).pipe(
        record({ file: at, flush: 0 }),
        tap(() => seen.push(textOf(at).slice(-4))),
        take(1),
      ),
    )
    expect(seen).toEqual(['1 a\n'])
  })

  test('nothing that comes makes no file', async () => {
    const at = path()
    expect(await recorded([], { file: at })).toEqual([])
    NEVER.pipe(record({ file: at }))
      .subscribe()
      .unsubscribe()
    expect(existsSync(at)).toBe(false)
  })

  test('each subscription records for itself', async () => {
    let files = 0
    const base = path('each')
    const recording = of(frame('a', 1)).pipe(record({ file: () => `${base}${(files += 1)}` }))
    await lastValueFrom(recording)
    await lastValueFrom(recording)
    expect(textOf(`${base}1`)).toBe(textOf(`${base}2`))
  })
})

describe('rotation', () => {
  test('by size: no part grows over it, the source is said again', async () => {
    const at = path('size.txt')
    const signals = ['aaaaaaaaaa', 'b', 'c', 'd'.repeat(200), 'e'].map((text, i) => frame(text, i, source))
    const head = '{"_tag":"Source","id":"c1","stream":"btcusdt@depth"}'
    const bytes = `0 ${head}\n0 aaaaaaaaaa\n1 b\n`.length
    await recorded(signals, { file: at, rotate: { bytes } })
    expect([1, 2, 3, 4].map((index) => textOf(path(`size-000${index}.txt`)))).toEqual([
      `0 ${head}\n0 aaaaaaaaaa\n1 b\n`,
      `2 ${head}\n2 c\n`,
      `3 ${head}\n3 ${'d'.repeat(200)}\n`,
      `4 ${head}\n4 e\n`,
    ])
    expect(existsSync(path('size-0005.txt'))).toBe(false)
  })

  test('bytes are counted as UTF-8', async () => {
    const at = path('utf8.txt')
    const signals = [frame('é', 1), frame('é', 1)]
    await recorded(signals, { file: at, rotate: { bytes: Buffer.byteLength('1 {"_tag":"Source"}\n1 é\n1 é\n') } })
    expect(textOf(path('utf8-0001.txt'))).toBe('1 {"_tag":"Source"}\n1 é\n1 é\n')
    await recorded(signals, { file: path('less.txt'), rotate: { bytes: 28 } })
    expect(textOf(path('less-0001.txt'))).toBe('1 {"_tag":"Source"}\n1 é\n')
  })

  test('by day: at midnight UTC, never back', async () => {
    const at = path('daily.txt.gz')
    const times = ['2024-08-08T23:59:59.999', '2024-08-09T00:00:00', '2024-08-08T23:59:59.9995', '2024-08-10T12:00:00']
    await recorded(
      times.map((time, i) => frame(`f${i}`, day(time))),
      { file: at, rotate: { every: 'day' } },
    )
    const texts = ['08', '09', '10'].map((name) =>
      gunzipSync(readFileSync(path(`daily-2024-08-${name}.txt.gz`))).toString(),
    )
    expect(texts.map((text) => text.match(/f\d/g))).toEqual([['f0'], ['f1', 'f2'], ['f3']])
    expect(texts.every((text) => text.includes('"Source"'))).toBe(true)
  })

  test('by both: the index begins anew with the day', async () => {
    const at = path('both.txt')
    const times = ['2024-08-08T01:00', '2024-08-08T02:00', '2024-08-09T01:00', '2024-08-09T02:00']
    await recorded(
      times.map((time, i) => frame(`f${i}`, day(time))),
      { file: at, rotate: { every: 'day', bytes: 1 } },
    )
    expect(
      ['08-0001', '08-0002', '09-0001', '09-0002'].map((name) => textOf(path(`both-2024-08-${name}.txt`)).slice(-3)),
    ).toEqual(['f0\n', 'f1\n', 'f2\n', 'f3\n'])
  })

  test('a function names the parts', async () => {
    const parts: unknown[] = []
    const signals = [frame('a', day('2024-08-08T01:00')), frame('b', day('2024-08-09T01:00'))]
    const name = path('named')
    await recorded(signals, {
      file: (part) => {
        parts.push(part)
        return `${name}${part.index}`
      },
      rotate: { bytes: 1 },
    })
    expect(parts).toEqual([
      { index: 1, period: '2024-08-08' },
      { index: 2, period: '2024-08-09' },
    ])
  })
})

describe('a file that exists', () => {
  test('is an error, and is left alone', async () => {
    const at = file('precious')
    await expect(recorded([frame('a', 1)], { file: at })).rejects.toThrow(
      `record: expected a new file, came '${at}', which exists: choose another name, or say \`append: true\` to write on at its end`,
    )
    expect(textOf(at)).toBe('precious')
  })

  test('with append it is written on; a last record without delimiter keeps its own', async () => {
    const at = file('0 x')
    await recorded([frame('a', 1)], { file: at, append: true })
    expect(textOf(at)).toBe('0 x\n1 {"_tag":"Source"}\n1 a\n')
    const zipped = file(gzipSync('0 x'), 'appended.gz')
    await recorded([frame('a', 1)], { file: zipped, append: true })
    expect(gunzipSync(readFileSync(zipped)).toString()).toBe('0 x\n1 {"_tag":"Source"}\n1 a\n')
    const fresh = path()
    await recorded([frame('a', 1)], { file: fresh, append: true })
    expect(textOf(fresh)).toBe('1 {"_tag":"Source"}\n1 a\n')
  })
})

describe('a disk that refuses', () => {
  afterEach(() => {
    rxConfig.onUnhandledError = null
  })

  test('is an error of the output, and the source is left', () => {
    const errors: unknown[] = []
    const signals = new Subject<Signal>()
    signals.pipe(record({ file: path('no/such/folder') })).subscribe({ error: (error: unknown) => errors.push(error) })
    signals.next(frame('a', 1))
    expect(errors).toMatchObject([{ code: 'ENOENT' }])
    expect(signals.observed).toBe(false)
    const folder = path('folder')
    mkdirSync(folder)
    of(frame('a', 1))
      .pipe(record({ file: folder, append: true }))
      .subscribe({ error: (error: unknown) => errors.push(error) })
    expect(errors[1]).toMatchObject({ code: 'EISDIR' })
  })

  const full = '/dev/full'
  const isThere = () => {
    if (existsSync(full)) return true
    process.stdout.write(`skipped: there is no ${full} here\n`)
    return false
  }

  test('while writing: the error comes instead of the signal, and the file is closed', async () => {
    if (!isThere()) return
    const errors: unknown[] = []
    const seen: Signal[] = []
    const signals = new Subject<Signal>()
    signals
      .pipe(record({ file: full, append: true, flush: 0 }))
      .subscribe({ next: (signal) => seen.push(signal), error: (error: unknown) => errors.push(error) })
    signals.next(frame('a', 1))
    expect(seen).toEqual([])
    expect(errors).toMatchObject([{ code: 'ENOSPC' }])
    await expect(recorded([frame('a', 1)], { file: full, append: true })).rejects.toMatchObject({
      code: 'ENOSPC',
    })
  })

  test('while unsubscribing: where RxJS reports errors', async () => {
    if (!isThere()) return
    const reported = new Promise((resolve) => {
      rxConfig.onUnhandledError = resolve
    })
    const signals = new Subject<Signal>()
    const subscription = signals.pipe(record({ file: full, append: true })).subscribe()
    signals.next(frame('a', 1))
    subscription.unsubscribe()
    expect(await reported).toMatchObject({ code: 'ENOSPC' })
  })
})

test.each<[object, string]>([
  [{ file: '' }, 'a path in `file`, came "": name the recording'],
  [{ delimiter: '' }, 'a `delimiter` of at least one character, came "": \'\\n\' ends lines'],
  [{ separator: '' }, 'a `separator` of at least one character, came "": \' \' is what replay expects'],
  [{ rotate: { bytes: 0 } }, '`rotate.bytes` above 0, came 0: leave it out to write one file'],
  [{ flush: -1 }, '`flush` in ms, 0 or more, came -1: 0 writes each signal at once'],
])('misuse is thrown at once: %j', (config, message) => {
  expect(() => record({ file: 'a', ...config })).toThrow(new TypeError(`record: expected ${message}`))
})

test('files are whole after each batch: what is cut off is the last batch only', () => {
  const at = path('whole.gz')
  const clock = new Clock()
  const signals = new Subject<Signal>()
  const subscription = signals.pipe(record({ file: at, flush: 10, scheduler: clock })).subscribe()
  for (let i = 0; i < 25; i += 1) {
    signals.next(frame(`f${i}`, i))
    clock.pass(1)
  }
  expect(gunzipSync(readFileSync(at)).toString()).toMatch(/\n19 f19\n$/)
  subscription.unsubscribe()
  expect(gunzipSync(readFileSync(at)).toString()).toMatch(/\n24 f24\n$/)
})

describe('F64 a rotated recording that is written on', () => {
  const base = (name: string) => path(`${name}.txt`)
  const part = (name: string, index: number) => path(`${name}-000${index}.txt`)
  const config = (name: string) => ({ file: base(name), append: true, rotate: { bytes: 60 } })

  test('goes on in the last part, also where the first ones were removed, until that is full', async () => {
    await recorded([frame('a'.repeat(40), 1), frame('b', 2)], config('on'))
    expect(textOf(part('on', 2))).toBe('2 {"_tag":"Source"}\n2 b\n')
    rmSync(part('on', 1))
    await recorded([frame('c', 3)], config('on'))
    expect(textOf(part('on', 2))).toMatch(/2 b\n3 {"_tag":"Source"}\n3 c\n$/)
    await recorded([frame('d'.repeat(40), 4)], config('on'))
    expect(textOf(part('on', 3))).toMatch(/d\n$/)
    expect(existsSync(part('on', 1))).toBe(false)
  })

  test('by time: in the last part of the span', async () => {
    const hours = { file: path('hours.txt'), append: true, rotate: { every: 'hour', bytes: 50 } } as const
    const times = ['2024-08-08T13:00', '2024-08-08T13:59', '2024-08-08T14:00', '2024-08-08T14:01']
    for (const [i, time] of times.entries()) await recorded([frame(`f${i}${'x'.repeat(20)}`, day(time))], hours)
    const names = readdirSync(path('.')).filter((name) => name.startsWith('hours'))
    expect(names.sort()).toEqual([
      'hours-2024-08-08T13-0001.txt',
      'hours-2024-08-08T13-0002.txt',
      'hours-2024-08-08T14-0001.txt',
      'hours-2024-08-08T14-0002.txt',
    ])
  })
})

describe('F62 a torn tail', () => {
  const sound = '1 {"_tag":"Source"}\n1 a\n'
  const repaired = (at: string, offset: number, bytes: number): Signal => ({
    ...{ _tag: 'Repaired', file: at, offset, bytes, receivedAt: 3 },
    reason: `its last ${bytes} bytes were torn by a crash, and were cut off`,
  })

  test.each(['2 b', '2 {"_tag":"Sour', '\0\0\0\0'])(
    'of text, %j, is cut off and said, here and in the file',
    async (tail) => {
      const at = file(sound + tail)
      const said = repaired(at, sound.length, tail.length)
      expect(await recorded([frame('c', 3)], { file: at, append: true })).toEqual([said, frame('c', 3)])
      expect((await played({ files: at })).map(({ _tag }) => _tag)).toEqual(['Frame', 'Repaired', 'Frame'])
    },
  )

  test('of gzip, cut anywhere, behind members and as the first', async () => {
    const at = path('torn.gz')
    await recorded([frame('a', 1)], { file: at })
    const first = readFileSync(at)
    for (let length = 0; length < first.length; length += 1) {
      for (const before of [Buffer.alloc(0), first]) {
        // Zeros may stand where nothing was written; the last bytes of a member are zeros themselves.
        const zeros = length < first.length - 4 ? length % 3 : 0
        writeFileSync(at, Buffer.concat([before, first.subarray(0, length), Buffer.alloc(zeros)]))
        const bytes = length + zeros
        const [status, ...rest] = await recorded([frame('c', 3)], { file: at, append: true })
        const isTorn = before.length + length > 0 && bytes > 0
        expect(isTorn ? status : undefined).toEqual(isTorn ? repaired(at, before.length, bytes) : undefined)
        expect(told(isTorn ? rest : [frame('c', 3)])).toEqual(['3 c'])
        const tags = told(await played({ files: at })).filter((text) => !text.endsWith('Repaired'))
        expect(tags).toEqual([...(before.length > 0 ? ['1 a'] : []), '3 c'])
      }
    }
  })

  test('of others is left as it is, since their last record needs no delimiter', async () => {
    const at = file('1 a\n2 b')
    await recorded([frame('c', 3)], { file: at, append: true })
    expect(told(await played({ files: at }))).toEqual(['1 a', '2 b', '3 c'])
  })
})

test.each([
  ['flush', ['fdatasync', 'fdatasync', 'close']],
  ['close', ['fsync', 'close']],
  ['never', ['close']],
] as const)('F63 fsync: %s', async (fsync, expected) => {
  const calls: string[] = []
  const at = file('0 x')
  // The lowest number that is free: the recording has it next.
  const opened = openSync(at, 'r')
  closeSync(opened)
  const spies = (['fsyncSync', 'fdatasyncSync', 'closeSync'] as const).map((name) => {
    const original = fs[name]
    return jest.spyOn(fs, name).mockImplementation((fd) => {
      if (fd === opened) calls.push(name.replace('Sync', ''))
      original(fd)
    })
  })
  await recorded([frame('a', 1), frame('b', 2)], { file: at, append: true, flush: 0, fsync })
  spies.forEach((spy) => spy.mockRestore())
  expect(calls).toEqual(expected)
})
