import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { played, scratch, told } from '../scratch.js'
import { zipOf, type Entry } from './zips.js'

const { file, path } = scratch()

/** Records that hardly repeat. */
const lines = (count: number, salt = 7919) =>
  Array.from({ length: count }, (_, i) => `${1000 + i} {"a":${(i * salt) % 1_000_003}}\n`).join('')
const texts = (content: string) => content.trimEnd().split('\n')

const one = (more: Partial<Entry> = {}): Entry => ({ name: 'a.txt', content: lines(50), ...more })

test.each<[string, Partial<Entry>]>([
  ['deflated', {}],
  ['stored', { method: 'stored' }],
  ['with lengths behind it', { described: 'short' }],
  ['with lengths of 8 bytes behind it', { described: 'long' }],
  ['with lengths in the extra field', { isLong: true }],
  ['stored, with lengths in the extra field', { isLong: true, method: 'stored' }],
  ['longer than is kept', { content: lines(60_000) }],
  ['empty', { content: '' }],
])('an archive of one file, %s', async (_name, more) => {
  const { content } = one(more)
  const found = await played({ files: file(zipOf([one(more)]), 'day.zip') })
  expect(told(found)).toEqual(content === '' ? [] : texts(String(content)))
})

test('what other programs write is read: as one file, and as it comes', async () => {
  const script = `import sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED) as z: z.writestr('day.txt', sys.argv[2])
with open(sys.argv[1] + '.streamed', 'wb') as f:
  class Pipe:
    def write(self, data): return f.write(data)
    def flush(self): f.flush()
  with zipfile.ZipFile(Pipe(), 'w', zipfile.ZIP_DEFLATED) as z: z.writestr('day.txt', sys.argv[2])`
  const at = path('python.zip')
  try {
    execFileSync('python3', ['-c', script, at, lines(2_000)])
  } catch (error) {
    if (process.env['CI'] !== undefined) throw error
    return void process.stdout.write('skipped: there is no python3\n')
  }
  expect(readFileSync(`${at}.streamed`).readUInt16LE(6) & 8).toBe(8)
  for (const name of [at, `${at}.streamed`]) expect(told(await played({ files: name }))).toEqual(texts(lines(2_000)))
})

test('several files come one after the other, each with a first line of its own; what is none is passed over', async () => {
  const rest = [
    { name: '__MACOSX/._a.txt', content: 'nonsense' },
    { name: 'folder/', content: '' },
  ]
  const all = zipOf([...rest, one({ content: '1 a\n2 b' }), { name: 'b.txt', content: '3 c\n4 d\n' }])
  expect(told(await played({ files: file(all) }))).toEqual(['1 a', '2 b', '3 c', '4 d'])
  expect(told(await played({ files: file(all), headers: 1 }))).toEqual(['2 b', '4 d'])
  expect(told(await played({ files: file(zipOf([])) }))).toEqual([])
})

describe('F62 a damaged archive', () => {
  const first = one({ content: lines(300) })
  const second: Entry = { name: 'b.txt', content: lines(300, 31).replace(/^1/gm, '9') }
  const bytesOfFirst = zipOf([first], false).length

  /** What came, and what was told. */
  const read = async (bytes: Buffer) => {
    const all = await played({ files: file(bytes) })
    const statuses = all.filter(({ _tag }) => _tag !== 'Frame')
    return { frames: told(all.filter(({ _tag }) => _tag === 'Frame')), statuses }
  }

  test('one byte of its first file: that is marked and told, and the second comes whole', async () => {
    const bytes = zipOf([first, second])
    bytes.writeUInt8(bytes.readUInt8(1000) ^ 1, 1000)
    const { frames, statuses } = await read(bytes)
    expect(frames.filter((text) => text.startsWith('9'))).toEqual(texts(String(second.content)))
    expect(statuses.map(({ _tag }) => _tag)).toEqual(expect.arrayContaining(['Unverified', 'BadFile']))
    expect(statuses.find(({ _tag }) => _tag === 'BadFile')).toMatchObject({
      ...{ from: 0, to: bytesOfFirst, reason: expect.stringContaining("expected a sound zip, came '") as string },
    })
  })

  test('a checksum that is wrong', async () => {
    const bytes = zipOf([first])
    bytes.writeUInt32LE(1, 14)
    const { frames, statuses } = await read(bytes)
    expect(frames).toEqual(texts(String(first.content)))
    expect(statuses).toMatchObject([
      { _tag: 'Unverified' },
      { _tag: 'BadFile', reason: expect.stringContaining('incorrect data check') as string },
    ])
  })

  test('cut within a file: what can be decoded comes, marked', async () => {
    const { frames, statuses } = await read(zipOf([first]).subarray(0, bytesOfFirst - 200))
    expect(frames.length).toBeGreaterThan(200)
    expect(frames.slice(0, -1)).toEqual(texts(String(first.content)).slice(0, frames.length - 1))
    expect(statuses).toMatchObject([
      { _tag: 'Unverified' },
      { _tag: 'BadFile', reason: expect.stringContaining('unexpected end of file') as string },
    ])
  })

  test('cut between its files: the directory is missing', async () => {
    const { frames, statuses } = await read(zipOf([first, second]).subarray(0, bytesOfFirst))
    expect(frames).toEqual(texts(String(first.content)))
    expect(statuses).toMatchObject([
      {
        _tag: 'BadFile',
        from: bytesOfFirst,
        reason: expect.stringContaining('without the directory at its end') as string,
      },
    ])
  })

  test.each<[string, Partial<Entry>, string]>([
    ['encrypted', { flags: 1 }, 'a member that is encrypted'],
    ['stored as it came', { method: 'stored', described: 'short' }, 'a member that is stored without its length'],
  ])('%s is told, and the rest comes', async (_name, more, reason) => {
    const { frames, statuses } = await read(zipOf([{ ...first, ...more }, second]))
    expect(frames).toEqual(texts(String(second.content)))
    expect(statuses).toMatchObject([{ _tag: 'BadFile', reason: expect.stringContaining(reason) as string }])
  })

  test('another compression', async () => {
    const bytes = zipOf([first, second])
    bytes.writeUInt16LE(93, 8)
    const { statuses } = await read(bytes)
    expect(statuses).toMatchObject([{ reason: expect.stringContaining('compressed by method 93') as string }])
  })
})

test.each<[string, Buffer, string]>([
  ['zstd', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0]), 'zstd: unpack it first, with zstd -d'],
  ['xz', Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]), 'xz: unpack it first, with xz -d'],
  ['bzip2', Buffer.from('BZh91AY'), 'bzip2: unpack it first, with bzip2 -d'],
  ['7-Zip', Buffer.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]), '7-Zip: unpack it first, with 7z x'],
  ['Parquet', Buffer.from('PAR1....'), 'Parquet: unpack it first, with a program that writes it as CSV'],
  ['tar', Buffer.from(`${'a'.padEnd(257, '\0')}ustar${'\0'.repeat(5000)}`), 'tar: unpack it first, with tar -x'],
  ['tar in gzip', gzipSync(`${'a'.padEnd(257, '\0')}ustar${'\0'.repeat(5000)}`), 'tar: unpack it first, with tar -x'],
])('%s is refused by a sentence', async (_name, bytes, advice) => {
  const at = file(bytes)
  expect(await played({ files: at })).toEqual([
    { _tag: 'BadFile', file: at, offset: 0, reason: expect.stringContaining(advice) as string, receivedAt: 0 },
  ])
})
