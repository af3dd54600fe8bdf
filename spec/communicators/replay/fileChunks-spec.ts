import { constants, gunzipSync, gzipSync } from 'node:zlib'
import { fileChunks } from '../../../lib/communicators/replay/fileChunks.js'
import { openInput } from '../../../lib/communicators/replay/openInput.js'
import { collectGarbage } from '../../helpers/collectGarbage.js'
import { scratch } from '../scratch.js'

const { file, path } = scratch()

/** Numbers that hardly repeat, so that they stay long when they are compressed. */
const lines = (count: number, salt = 7919) =>
  Array.from({ length: count }, (_, i) => `${i} {"a":${(i * salt) % 1_000_003}}\n`).join('')

/** What comes, what is told about it and where in the text, and the error that ends it. */
const readAll = async (at: string) => {
  const chunks: Buffer[] = []
  const told: unknown[] = []
  let error: unknown
  try {
    for await (const chunk of fileChunks(await openInput(at, new AbortController().signal))) {
      if (!('_tag' in chunk)) chunks.push(Buffer.from(chunk))
      else told.push({ ...chunk, behind: Buffer.concat(chunks).length })
    }
  } catch (thrown) {
    error = thrown
  }
  return { text: Buffer.concat(chunks).toString(), told, error }
}

/** What is told of damage that reaches to the end, and of which something can be decoded. */
const damage = (reason: string, [from, to]: readonly [number, number], behind: number, end: number) => [
  { _tag: 'Unverified', compression: 'gzip', reason, behind },
  { _tag: 'Hole', compression: 'gzip', reason, from, to, isWhole: false, behind: end },
]

const text = lines(60_000)
const zipped = gzipSync(text)

test('a plain file, longer than a chunk', async () => {
  expect(await readAll(file(text))).toEqual({ text, told: [], error: undefined })
})

test.each(['', 'a', '\x1f', '\x1f\x8c', 'x\x8b'])('a plain file of few bytes: %j', async (short) => {
  expect(await readAll(file(Buffer.from(short, 'latin1')))).toEqual({
    text: Buffer.from(short, 'latin1').toString(),
    told: [],
    error: undefined,
  })
})

test('gzip is known by its first bytes, whatever its name', async () => {
  expect(zipped.length).toBeGreaterThan(10 * 16 * 1024)
  expect(await readAll(file(zipped, 'named.txt'))).toEqual({ text, told: [], error: undefined })
  expect(await readAll(file('plain', 'plain.gz'))).toEqual({ text: 'plain', told: [], error: undefined })
})

test('all members decode, wherever they end, and zeros behind them are padding', async () => {
  const first = gzipSync(lines(2000, 17))
  const padding = Buffer.alloc(16 * 1024 - first.length - 1)
  expect(await readAll(file(Buffer.concat([first, zipped, gzipSync('last')])))).toEqual({
    text: `${lines(2000, 17)}${text}last`,
    told: [],
    error: undefined,
  })
  expect(await readAll(file(Buffer.concat([first, padding, padding])))).toEqual({
    text: lines(2000, 17),
    told: [],
    error: undefined,
  })
})

test('zeros that are no padding are told, and what follows comes', async () => {
  const member = gzipSync('one\n')
  const hole = { from: member.length, to: member.length + 20, isWhole: false, behind: 4 }
  expect(await readAll(file(Buffer.concat([member, Buffer.alloc(20), member])))).toEqual({
    text: 'one\none\n',
    told: [{ _tag: 'Hole', compression: 'gzip', reason: 'incorrect header check', ...hole }],
    error: undefined,
  })
})

test.each([11, 500, 16 * 1024, 16 * 1024 + 1, 100_001, zipped.length - 9, zipped.length - 8, zipped.length - 1])(
  'cut after %i bytes: not one byte that can be decoded is lost',
  async (length) => {
    const cut = zipped.subarray(0, length)
    const decoded = gunzipSync(cut, { finishFlush: constants.Z_SYNC_FLUSH })
    const told = damage('unexpected end of file', [0, length], 0, decoded.length)
    expect(await readAll(file(cut))).toEqual({
      text: decoded.toString(),
      told,
      error: undefined,
    })
  },
)

test('cut inside the header', async () => {
  const told = [
    { _tag: 'Hole', compression: 'gzip', reason: 'incorrect header check', from: 0, to: 5, isWhole: false, behind: 0 },
  ]
  expect(await readAll(file(zipped.subarray(0, 5)))).toEqual({ text: '', told, error: undefined })
})

test('a second member that is cut: the first one is whole', async () => {
  expect(await readAll(file(Buffer.concat([gzipSync('one\n'), gzipSync(lines(9)).subarray(0, 15)])))).toMatchObject({
    told: [{ reason: 'unexpected end of file', behind: 4 }, { _tag: 'Hole' }],
    text: expect.stringMatching(/^one\n/) as string,
  })
})

test('a wrong checksum: everything before it comes', async () => {
  const corrupt = Buffer.from(zipped)
  corrupt.writeUInt8(corrupt.readUInt8(corrupt.length - 6) ^ 1, corrupt.length - 6)
  const told = damage('incorrect data check', [0, zipped.length], 0, text.length)
  expect(await readAll(file(corrupt))).toEqual({ text, told, error: undefined })
})

test('something else behind a member: the member comes whole', async () => {
  const both = Buffer.concat([zipped, Buffer.from('no gzip at all')])
  const hole = { from: zipped.length, to: both.length, isWhole: false, behind: text.length }
  const told = [{ _tag: 'Hole', compression: 'gzip', reason: 'incorrect header check', ...hole }]
  expect(await readAll(file(both))).toEqual({ text, told, error: undefined })
})

test.each([3000, 40_000])('F50 corrupt from byte %i on: everything before it comes', async (position) => {
  const before = gunzipSync(zipped.subarray(0, position), { finishFlush: constants.Z_SYNC_FLUSH }).toString()
  const corrupt = Buffer.from(zipped).fill(0xff, position)
  const { text: came, told } = await readAll(file(corrupt))
  expect(told).toMatchObject([
    { _tag: 'Unverified', behind: 0 },
    { _tag: 'Hole', from: 0, to: zipped.length },
  ])
  expect(came.slice(0, before.length)).toBe(before)
})

test('a file that is not there, and one that is none', async () => {
  const missing = path('missing')
  const advice = 'check the path, and who may read it'
  const noFile = `expected a file to read, came 'ENOENT: no such file or directory, open '${missing}'': ${advice}`
  expect((await readAll(missing)).error).toEqual(new Error(noFile))
  const noText = `expected a file to read, came 'EISDIR: illegal operation on a directory, read': ${advice}`
  expect((await readAll(path('.'))).error).toEqual(new Error(noText))
})

test('F50 gzip that swells to a hundred times its size stays small in memory', async () => {
  const big = file(gzipSync(Buffer.alloc(50_000_000, 'spam spam egg\n')))
  collectGarbage()
  const before = process.memoryUsage().arrayBuffers
  let most = 0
  let length = 0
  let measured = 0
  for await (const chunk of fileChunks(await openInput(big, new AbortController().signal))) {
    if ('_tag' in chunk) throw new Error(chunk._tag)
    length += chunk.length
    if (length < measured + 15_000_000) continue
    measured = length
    collectGarbage()
    most = Math.max(most, process.memoryUsage().arrayBuffers - before)
  }
  expect([length, measured > 0]).toEqual([50_000_000, true])
  expect(most).toBeLessThan(5_000_000)
})
