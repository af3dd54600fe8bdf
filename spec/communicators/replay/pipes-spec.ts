import { execFileSync, spawn, type StdioOptions } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { gzipSync } from 'node:zlib'
import { bundled } from '../../helpers/bundled.js'
import { scratch } from '../scratch.js'
import { zipOf } from './zips.js'

const { file, path } = scratch()

const program = bundled('spec/communicators/replay/pipeProgram.ts')

const fifo = (name: string) => {
  execFileSync('mkfifo', [path(name)])
  return path(name)
}

const start = (count: number, configs: readonly object[], stdin: 'pipe' | 'ignore' | number = 'ignore') => {
  const stdio: StdioOptions = [stdin, 'pipe', 'inherit']
  const child = spawn(process.execPath, [program, String(count), ...configs.map((one) => JSON.stringify(one))], {
    stdio,
  })
  if (child.stdout === null) throw new Error('expected a pipe')
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  const ended = once(child, 'close').then(([code]: unknown[]) => code)
  const heard = async () => String((await lines.next()).value)
  /** What it says to its end, which it comes to by itself. */
  const rest = async () => {
    const all: string[] = []
    for (let line = await heard(); line !== 'undefined'; line = await heard()) all.push(line)
    expect(await ended).toBe(0)
    return all
  }
  return { stdin: child.stdin, heard, rest }
}

describe('F85 a named pipe', () => {
  test('that nobody writes keeps no thread: with ten of them a file is read, and the process ends', async () => {
    const waiting = Array.from({ length: 10 }, (_, i) => ({ files: fifo(`none${i}`) }))
    const { rest } = start(2, [...waiting, { files: file('1 a\n2 b\n') }])
    expect((await rest()).slice(0, 4)).toEqual(['begun', 'a', 'b', 'over'])
  })

  test('is read as it is written, whoever writes whenever, and its end is the end', async () => {
    const at = fifo('live')
    const { heard, rest } = start(10, [{ files: at }])
    expect(await heard()).toBe('begun')
    const writer = openSync(at, 'w')
    writeFileSync(writer, '1000 a\n')
    expect(await heard()).toBe('a')
    // Far ahead of the one before, and none after it: it does not wait.
    writeFileSync(writer, '99000 b\n')
    expect(await heard()).toBe('b')
    writeFileSync(writer, '99001 c')
    closeSync(writer)
    expect((await rest()).slice(0, 2)).toEqual(['c', 'over'])
  })

  test('is let go in the middle', async () => {
    const at = fifo('middle')
    const { heard, rest } = start(1, [{ files: at }])
    await heard()
    const writer = openSync(at, 'w')
    writeFileSync(writer, '1000 a\n2000 b\n')
    expect((await rest()).slice(0, 2)).toEqual(['a', 'over'])
    closeSync(writer)
  })

  test('beside files, by time', async () => {
    const at = fifo('merged')
    const { heard, rest } = start(9, [{ files: [file('1 a\n3 c\n'), at], merge: true }])
    await heard()
    writeFileSync(at, '2 b\n4 d\n')
    expect((await rest()).filter((line) => line.length === 1)).toEqual(['a', 'b', 'c', 'd'])
  })
})

describe('F85 standard input', () => {
  const text = '1000 a\n2000 b\n'

  test.each(['-', '/dev/stdin'])('%s is a pipe', async (name) => {
    const { stdin, rest } = start(9, [{ files: name }], 'pipe')
    stdin?.end(text)
    expect(await rest()).toEqual(['begun', 'a', 'b', 'over', ', timers: 0'])
  })

  test('is a file', async () => {
    const at = openSync(file(text), 'r')
    const { rest } = start(9, [{ files: '-' }], at)
    expect(await rest()).toEqual(['begun', 'a', 'b', 'over', ', timers: 0'])
    closeSync(at)
  })

  test('is gzip, in pieces', async () => {
    const { stdin, rest } = start(9, [{ files: '-' }], 'pipe')
    for (const byte of gzipSync(text)) stdin?.write(Buffer.of(byte))
    stdin?.end()
    expect(await rest()).toEqual(['begun', 'a', 'b', 'over', ', timers: 0'])
  })

  test('is zip, in pieces', async () => {
    const { stdin, rest } = start(9, [{ files: '-' }], 'pipe')
    for (const byte of zipOf([{ name: 'a.txt', content: text, described: 'short' }])) stdin?.write(Buffer.of(byte))
    stdin?.end()
    expect(await rest()).toEqual(['begun', 'a', 'b', 'over', ', timers: 0'])
  })

  test('that somebody keeps open is let go, and the process ends', async () => {
    const { stdin, rest } = start(1, [{ files: '-' }], 'pipe')
    stdin?.write(text)
    expect(await rest()).toEqual(['begun', 'a', 'over', ', timers: 0'])
    stdin?.destroy()
  })

  test('that is kept open is let go while more of it is at hand', async () => {
    const many = Array.from({ length: 300 }, (_, i) => `${1000 + i} a\n`).join('')
    const { stdin, rest } = start(1, [{ files: ['-', file('1000 b\n2000 b\n')], merge: true }], 'pipe')
    stdin?.write(many)
    expect(await rest()).toEqual(['begun', 'a', 'over', ', timers: 0'])
    stdin?.destroy()
  })

  test('gzip that cannot be checked ahead is marked, and comes', async () => {
    const long = Array.from({ length: 60_000 }, (_, i) => `${1000 + i} {"a":${(i * 7919) % 1_000_003}}\n`).join('')
    const { stdin, heard, rest } = start(70_000, [{ files: '-' }], 'pipe')
    stdin?.end(Buffer.concat([gzipSync(long), gzipSync('90000 last\n')]))
    expect(await heard()).toBe('begun')
    expect(await heard()).toContain('"_tag":"Unverified"')
    const all = await rest()
    expect(all.slice(-3)).toEqual(['last', 'over', ', timers: 0'])
    expect(all.length).toBe(60_003)
  })
})
