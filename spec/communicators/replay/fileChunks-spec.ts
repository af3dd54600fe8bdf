import { constants, gunzipSync, gzipSync } from 'node:zlib'
import { fileChunks } from '../../../lib/communicators/replay/fileChunks.js'
import { collectGarbage } from '../../helpers/collectGarbage.js'
import { scratch } from '../scratch.js'

const { file, path } = scratch()

/** Numbers that hardly repeat, so that they stay long when they are compressed. */
const lines = (count: number, salt = 7919) =>
  Array.from({ length: count }, (_, i) => `${i} {"a":${(i * salt) % 1_000_003}}\n`).join('')

/** What comes, and the error that ends it. */
const readAll = async (at: string): Promise<{ text: string; error: unknown }> => {
  const chunks: Buffer[] = []
  let error: unknown
  try {
    for await (const chunk of fileChunks(at)) chunks.push(Buffer.from(chunk))
  } catch (thrown) {
    error = thrown
  }
  return { text: Buffer.concat(chunks).toString(), error }
}

const broken = (came: string) =>
  new Error(`expected gzip up to the end, came '${came}': it is cut or corrupt, what can be decoded was delivered`)

const text = lines(60_000)
const zipped = gzipSync(text)

test('a plain file, longer than a chunk', async () => {
  expect(await readAll(file(text))).toEqual({ text, error: undefined })
})

test.each(['', 'a', '\x1f', '\x1f\x8c', 'x\x8b'])('a plain file of few bytes: %j', async (short) => {
  expect(await readAll(file(Buffer.from(short, 'latin1')))).toEqual({
    text: Buffer.from(short, 'latin1').toString(),
    error: undefined,
  })
})

test('gzip is known by its first bytes, whatever its name', async () => {
  expect(zipped.length).toBeGreaterThan(10 * 16 * 1024)
  expect(await readAll(file(zipped, 'named.txt'))).toEqual({ text, error: undefined })
  expect(await readAll(file('plain', 'plain.gz'))).toEqual({ text: 'plain', error: undefined })
})

test('all members decode, wherever they end, and zeros behind them are padding', async () => {
  const first = gzipSync(lines(2000, 17))
  const padding = Buffer.alloc(16 * 1024 - first.length - 1)
  expect(await readAll(file(Buffer.concat([first, zipped, gzipSync('last')])))).toEqual({
    text: `${lines(2000, 17)}${text}last`,
    error: undefined,
  })
  expect(await readAll(file(Buffer.concat([first, padding, padding])))).toEqual({
    text: lines(2000, 17),
    error: undefined,
  })
})

test('what follows after zeros is reported', async () => {
  const member = gzipSync('one\n')
  expect(await readAll(file(Buffer.concat([member, Buffer.alloc(20), member])))).toEqual({
    text: 'one\n',
    error: broken('zeros, and then more'),
  })
})

test.each([11, 500, 16 * 1024, 16 * 1024 + 1, 100_001, zipped.length - 9, zipped.length - 8, zipped.length - 1])(
  'cut after %i bytes: not one byte that can be decoded is lost',
  async (length) => {
    const cut = zipped.subarray(0, length)
    expect(await readAll(file(cut))).toEqual({
      text: gunzipSync(cut, { finishFlush: constants.Z_SYNC_FLUSH }).toString(),
      error: broken('unexpected end of file'),
    })
  },
)

test('cut inside the header', async () => {
  expect(await readAll(file(zipped.subarray(0, 5)))).toEqual({ text: '', error: broken('unexpected end of file') })
})

test('a second member that is cut: the first one is whole', async () => {
  expect(await readAll(file(Buffer.concat([gzipSync('one\n'), gzipSync(lines(9)).subarray(0, 15)])))).toMatchObject({
    error: broken('unexpected end of file'),
    text: expect.stringMatching(/^one\n/) as string,
  })
})

test('a wrong checksum: everything before it comes', async () => {
  const corrupt = Buffer.from(zipped)
  corrupt.writeUInt8(corrupt.readUInt8(corrupt.length - 6) ^ 1, corrupt.length - 6)
  expect(await readAll(file(corrupt))).toEqual({ text, error: broken('incorrect data check') })
})

test('something else behind a member: the member comes whole', async () => {
  const both = Buffer.concat([zipped, Buffer.from('no gzip at all')])
  expect(await readAll(file(both))).toEqual({ text, error: broken('incorrect header check') })
})

test.each([3000, 40_000])('F50 corrupt from byte %i on: everything before it comes', async (position) => {
  const before = gunzipSync(zipped.subarray(0, position), { finishFlush: constants.Z_SYNC_FLUSH }).toString()
  const corrupt = Buffer.from(zipped).fill(0xff, position)
  const { text: came, error } = await readAll(file(corrupt))
  expect(error).toBeInstanceOf(Error)
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

test('gzip that swells to a hundred times its size stays small in memory', async () => {
  const big = file(gzipSync(Buffer.alloc(50_000_000, 'spam spam egg\n')))
  collectGarbage()
  const before = process.memoryUsage().arrayBuffers
  let most = 0
  let length = 0
  let measured = 0
  for await (const chunk of fileChunks(big)) {
    length += chunk.length
    if (length < measured + 15_000_000) continue
    measured = length
    collectGarbage()
    most = Math.max(most, process.memoryUsage().arrayBuffers - before)
  }
  expect([length, measured > 0]).toEqual([50_000_000, true])
  expect(most).toBeLessThan(5_000_000)
})
