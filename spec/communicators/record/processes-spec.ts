import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, readdirSync, rmSync, statSync, truncateSync, watch, writeFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { createInterface } from 'node:readline'
import { lastValueFrom, of, Subject } from 'rxjs'
import { record } from '../../../lib/communicators/record.js'
import type { RecordConfig } from '../../../lib/communicators/record/RecordConfig.js'
import { frame, type Signal } from '../../../lib/Signal.js'
import { bundled } from '../../helpers/bundled.js'
import { played, scratch } from '../scratch.js'

const { path } = scratch()

const program = bundled('spec/communicators/record/program.ts')

/** A process of its own that records. */
const recorder = (config: RecordConfig, shell?: string) => {
  const args = [program, JSON.stringify(config)]
  const child: ChildProcess =
    shell === undefined
      ? spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'ignore'] })
      : spawn('bash', ['-c', `${shell}; exec "$@"`, '-', process.execPath, ...args], {
          stdio: ['pipe', 'pipe', 'ignore'],
        })
  const { stdin, stdout } = child
  if (stdin === null || stdout === null) throw new Error('expected pipes')
  const lines = createInterface(stdout)[Symbol.asyncIterator]()
  const ended = once(child, 'close').then(([code, signal]: unknown[]) => ({ code, signal }))
  /** The next line that it says. */
  const heard = async (): Promise<string> => String((await lines.next()).value)
  return {
    child,
    pid: child.pid,
    heard,
    ended,
    tell: (line: string) => stdin.write(`${line}\n`),
    /** Has it record these, and hears each of them. */
    records: async (...all: readonly string[]) => {
      for (const line of all) {
        stdin.write(`${line}\n`)
        await heard()
      }
    },
    kill: (signal: NodeJS.Signals) => {
      child.kill(signal)
      return ended
    },
  }
}

/** Waits for what happens to a file. */
const until = async (at: string, isSo: () => boolean) => {
  const watcher = watch(dirname(at))
  const changes = once(watcher, 'never').catch(() => undefined)
  try {
    while (!isSo()) await once(watcher, 'change')
  } finally {
    watcher.close()
    void changes
  }
}

const sizeOf = (at: string) => statSync(at, { throwIfNoEntry: false })?.size ?? 0

const textsIn = async (...files: readonly string[]) =>
  (await played({ files })).flatMap((signal) => (signal._tag === 'Frame' ? [signal.text] : [signal._tag]))

const partsOf = (name: string) =>
  readdirSync(path('.'))
    .filter((part) => part.startsWith(`${name}-`) && !part.endsWith('.lock'))
    .sort()

const locksOf = (at: string) =>
  readdirSync(path('.')).filter((name) => name.startsWith(`${basename(at)}.`) && name.endsWith('.lock'))

const NEVER_BY_TIME = 600_000

describe.each(['txt', 'txt.gz'])('a process that records to %s', (extension) => {
  test('F63 three events, then quiet, then kill -9: they are there', async () => {
    const at = path(`quiet.${extension}`)
    const { tell, kill } = recorder({ file: at, flush: 50 })
    // As one write they come at once, however slow the machine is.
    tell('1000 a\n1001 b\n1002 c')
    await until(at, () => sizeOf(at) > 0)
    expect(await kill('SIGKILL')).toMatchObject({ signal: 'SIGKILL' })
    expect(await textsIn(at)).toEqual(['a', 'b', 'c'])
  })

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('F63 %s ends it as ever, and loses nothing', async (signal) => {
    const at = path(`${signal}.${extension}`)
    const { records, kill } = recorder({ file: at, flush: NEVER_BY_TIME })
    await records('1000 a', '1001 b')
    expect(sizeOf(at)).toBe(0)
    expect(locksOf(at).length).toBe(1)
    expect(await kill(signal)).toEqual({ code: null, signal })
    expect(locksOf(at)).toEqual([])
    expect(await textsIn(at)).toEqual(['a', 'b'])
  })

  test('F63 SIGTERM that the program handles itself: it goes on, and loses nothing', async () => {
    const at = path(`handled.${extension}`)
    const { records, tell, heard, kill } = recorder({ file: at, flush: NEVER_BY_TIME })
    tell('handle')
    expect(await heard()).toBe('ready')
    await records('1000 a')
    expect(await kill('SIGTERM')).toEqual({ code: 7, signal: null })
    expect(await heard()).toBe('handled')
    expect(await textsIn(at)).toEqual(['a', 'afterwards'])
  })

  test('F63 SIGTERM that the program handles itself: all is there when it is heard, whatever comes then', async () => {
    const at = path(`heard.${extension}`)
    const { records, tell, heard, kill, child } = recorder({ file: at, flush: NEVER_BY_TIME })
    tell('hear')
    expect(await heard()).toBe('ready')
    await records('1000 a')
    child.kill('SIGTERM')
    expect(await heard()).toBe('heard')
    expect(await kill('SIGKILL')).toMatchObject({ signal: 'SIGKILL' })
    expect(await textsIn(at)).toEqual(['a'])
  })

  test.each([
    ['exit', 0],
    ['throw', 1],
  ])('F63 a process that ends by %s loses nothing', async (way, code) => {
    const at = path(`${way}.${extension}`)
    const { records, tell, ended } = recorder({ file: at, flush: NEVER_BY_TIME })
    await records('1000 a', '1001 b')
    tell(way)
    expect(await ended).toMatchObject({ code })
    expect(await textsIn(at)).toEqual(['a', 'b'])
  })

  test('F63 a disk that is full: said without another signal, how much is lost, and the file is sound', async () => {
    const at = path(`full.${extension}`)
    // A file may have 1,024 bytes: the write that goes beyond is cut there, and the next one fails.
    const { records, heard, kill } = recorder({ file: at, flush: 50 }, 'ulimit -f 1')
    await records('1000 a')
    await until(at, () => sizeOf(at) > 0)
    const size = sizeOf(at)
    const long = Array.from({ length: 700 }, (_, i) => ((i * 7919) % 1_000_003).toString(36)).join('')
    await records(`2000 ${long}`)
    expect(await heard()).toMatch(
      /^Error: record: expected to write '.*', came 'EFBIG: .*': 1 signal, from 1970-01-01T00:00:02.000Z on, is missing in it, and all before are there$/,
    )
    expect(sizeOf(at)).toBe(size)
    await kill('SIGKILL')
    expect(await textsIn(at)).toEqual(['a'])
  })

  test('F63 a file that is removed: said with the next batch, which begins a new one', async () => {
    const at = path(`removed.${extension}`)
    const { records, tell, heard, kill } = recorder({ file: at, flush: 0 })
    await records('1000 a')
    rmSync(at)
    tell('2000 b')
    const reason = `'${at}' was removed while it was written: what it held is gone, and a new file begins`
    expect(JSON.parse(await heard())).toEqual({ _tag: 'NotRecorded', reason, receivedAt: 2000 })
    expect(await heard()).toBe('b')
    await records('3000 c')
    await kill('SIGKILL')
    expect(await textsIn(at)).toEqual(['b', 'c'])
  })

  test('F63 a second writer is told with its first signal; a crash of the first one leaves no lock', async () => {
    const at = path(`second.${extension}`)
    const config = { file: at, flush: 0, append: true }
    const [first, second] = [recorder(config), recorder(config)]
    await first.records('1000 a')
    second.tell('1500 no')
    expect(await second.heard()).toMatch(
      new RegExp(
        `^Error: record: expected to be the only one that writes '.*', came process ${first.pid}, as '.*lock' says: choose another name, or end it first$`,
      ),
    )
    await first.records('2000 b')
    await first.kill('SIGKILL')
    const third = recorder(config)
    await third.records('3000 c')
    await third.kill('SIGTERM')
    await second.kill('SIGTERM')
    expect(await textsIn(at)).toEqual(['a', 'b', 'c'])
    const fourth = recorder(config)
    await fourth.records('4000 d')
    await fourth.kill('SIGKILL')
    expect(locksOf(at).length).toBe(1)
  })

  test('F63 a program that writes the file without asking is noticed with the next batch', async () => {
    const at = path(`foreign.${extension}`)
    const { records, tell, heard, kill } = recorder({ file: at, flush: 0 })
    await records('1000 a')
    const size = sizeOf(at)
    appendFileSync(at, 'x')
    tell('2000 b')
    expect(await heard()).toContain(`to have ${size} bytes, came ${size + 1}: another program writes it, or cut it off`)
    await kill('SIGKILL')
  })

  test('F62 F64 killed and begun again, torn each time: all that was written comes once, in order', async () => {
    const config = {
      file: path(`loop${extension.length}.${extension}`),
      flush: 0,
      append: true,
      rotate: { bytes: 400 },
    }
    const expected: string[] = []
    const torn: string[] = []
    for (let round = 0; round < 6; round += 1) {
      const child = recorder(config)
      for (let i = 0; i < 7; i += 1) {
        const text = `r${round}i${i}`
        child.tell(`${1000 * round + i} ${text}`)
        const said = await child.heard()
        if (said.startsWith('{')) torn.push(said)
        expect(said.startsWith('{') ? await child.heard() : said).toBe(text)
        expected.push(text)
      }
      await child.kill('SIGKILL')
      const last = path(partsOf(`loop${extension.length}`).at(-1))
      // A crash leaves the half of the last batch.
      truncateSync(last, sizeOf(last) - 1 - round)
      expected.pop()
    }
    expect(torn.map((text) => JSON.parse(text) as unknown)).toMatchObject(
      Array.from({ length: 5 }, () => ({ _tag: 'Repaired', bytes: expect.any(Number) as number })),
    )
    const parts = partsOf(`loop${extension.length}`)
    expect(parts).toEqual(parts.map((_, i) => `loop${extension.length}-${String(i + 1).padStart(4, '0')}.${extension}`))
    expect(parts.length).toBeGreaterThan(3)
    expect(parts.every((part) => sizeOf(path(part)) <= 400)).toBe(true)
    const frames = (await textsIn(...parts.map((part) => path(part)))).filter((text) => text.startsWith('r'))
    expect(frames).toEqual(expected)
  })
})

test('F63 two in one process: the second one is told, and may begin once the first has ended', async () => {
  const at = path('twice.txt')
  const [first, second] = [new Subject<Signal>(), new Subject<Signal>()]
  const errors: unknown[] = []
  const recording = () =>
    second.pipe(record({ file: at, append: true })).subscribe({ error: (error: unknown) => errors.push(error) })
  first.pipe(record({ file: at })).subscribe()
  recording()
  first.next(frame('a', 1))
  second.next(frame('no', 2))
  expect(String(errors)).toContain(`to be the only one that writes '${at}', came this process`)
  first.complete()
  expect(locksOf(at)).toEqual([])
  recording()
  second.next(frame('b', 2))
  second.complete()
  expect(await textsIn(at)).toEqual(['a', 'b'])
})

test.each(['', '1', '999999999 5 elsewhere', `${process.pid} 5 `])(
  'F63 a lock that says %j is one that a crash left',
  async (text) => {
    const at = path('stale.txt')
    writeFileSync(`${at}.12345-678.lock`, text)
    await lastValueFrom(of(frame('a', 1)).pipe(record({ file: at, append: true })))
    expect(locksOf(at)).toEqual([])
  },
)
