import { readdirSync, readlinkSync, statSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { NEVER } from 'rxjs'
import type { FileRead } from '../../../lib/communicators/replay/ReplayConfig.js'
import { replayCommunicator } from '../../../lib/communicators/replayCommunicator.js'
import { played, scratch } from '../scratch.js'

const { file } = scratch()

/** Numbers that hardly repeat, so that gzip makes them a third at best. */
const records = Array.from({ length: 60_000 }, (_, i) => `${i} {"n":${(i * 7919) % 1_000_003}}\n`).join('')
const plain = file(records)
const packed = file(gzipSync(records), 'one.gz')
const half = records.indexOf('\n', records.length / 2) + 1
const members = file(
  Buffer.concat([records.slice(0, half), records.slice(half)].map((part) => gzipSync(part))),
  'two.gz',
)

test.each([
  ['plain', plain],
  ['one gzip member', packed],
  ['two gzip members', members],
])('how far a file was read never goes back, and comes to its size on the disk: %s', async (_, path) => {
  const reads: FileRead[] = []
  const onRead = (read: FileRead) => {
    reads.push(read)
    return undefined
  }
  expect(await played({ files: path, onRead })).toHaveLength(60_000)
  const { size } = statSync(path)
  expect(reads.length).toBeGreaterThan(5)
  expect(new Set(reads.map(({ path: of, size: all }) => `${of} ${String(all)}`))).toEqual(new Set([`${path} ${size}`]))
  const bytes = reads.map((read) => read.bytes)
  expect(bytes).toEqual(bytes.toSorted((a, b) => a - b))
  expect(bytes.at(-1)).toBe(size)
})

const openFiles = (path: string) =>
  readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`) === path
    } catch {
      return false
    }
  })

test('nothing more is read before the promise has settled, and unsubscribing closes the file though it never does', async () => {
  const reads: FileRead[] = []
  const waiting: (() => void)[] = []
  let heard: () => void = () => undefined
  const onRead = (read: FileRead) => {
    reads.push(read)
    heard()
    return new Promise<void>((resolve) => waiting.push(resolve))
  }
  const told = () => new Promise<void>((resolve) => (heard = resolve))
  let count = 0
  const first = told()
  const replaying = replayCommunicator({ files: plain, onRead })(NEVER).subscribe(() => count++)
  await first
  const turns = async () => {
    for (let i = 0; i < 50; i++) await new Promise(setImmediate)
  }
  await turns()
  const { bytes = 0 } = reads[0] ?? {}
  const before = count
  expect([reads.length, before > 0, before <= bytes]).toEqual([1, true, true])
  expect(openFiles(plain)).toHaveLength(1)
  const second = told()
  waiting[0]?.()
  await second
  await turns()
  expect(reads).toHaveLength(2)
  expect(count).toBeGreaterThan(before)
  replaying.unsubscribe()
  // Closing takes the time that it takes; where it never comes, this test fails for being too long.
  while (openFiles(plain).length > 0) await new Promise(setImmediate)
  expect(reads).toHaveLength(2)
})
