import { promisify } from 'node:util'
import { deflate, gzipSync } from 'node:zlib'
import { fileChunks } from '../../../lib/communicators/replay/fileChunks.js'
import type { Input } from '../../../lib/communicators/replay/Input.js'

/** What goes into the decoder at a time, and the header that `gzipSync` writes, in bytes. */
const PIECE = 16 * 1024
const HEADER = 10

/** Bytes as a file, that says where it was read; `failsAt` cannot be read, and nothing once it is closed. */
const inputOf = (bytes: Buffer, failsAt = Infinity) => {
  const reads: number[] = []
  let isClosed = false
  const input: Input = {
    isPipe: false,
    size: bytes.length,
    read: (position, most) => {
      reads.push(position)
      if (isClosed || position >= failsAt) return Promise.reject(new Error(isClosed ? 'closed' : 'unreadable'))
      return Promise.resolve(bytes.subarray(position, position + Math.min(most, PIECE)))
    },
    close: () => {
      isClosed = true
      return Promise.resolve()
    },
  }
  return { input, reads }
}

/** Numbers that hardly repeat. */
const lines = (count: number) => Array.from({ length: count }, (_, i) => `${(i * 7919) % 1_000_003}\n`).join('')

/** Until what was begun has gone as far as it goes by itself: the pool of threads has done much more meanwhile. */
const settled = async () => {
  for (let i = 0; i < 20; i++) await promisify(deflate)(Buffer.alloc(PIECE, i))
}

test('while a piece of a long member is read, the next one is inflated, and no other', async () => {
  const { input, reads } = inputOf(gzipSync(lines(200_000)))
  const chunks = fileChunks(input)
  await chunks.next()
  await settled()
  // It is delivered in a second pass, which begins behind the header again.
  const second = reads.slice(reads.lastIndexOf(HEADER))
  expect(second).toEqual([HEADER, HEADER + PIECE])
  await chunks.return(undefined)
})

test('while a short member is read, the next one is checked, and no other', async () => {
  const member = gzipSync(lines(1_000))
  const { input, reads } = inputOf(Buffer.concat([member, member, member]))
  const chunks = fileChunks(input)
  expect((await chunks.next()).value).toEqual(Buffer.from(lines(1_000)))
  await settled()
  const furthest = Math.max(...reads)
  expect(furthest).toBeGreaterThan(member.length + HEADER)
  expect(furthest).toBeLessThan(2 * member.length)
  await chunks.return(undefined)
})

test('who stops reading hears nothing of what was begun', async () => {
  for (const bytes of [gzipSync(lines(200_000)), Buffer.concat([gzipSync('a'), gzipSync(lines(200_000))])]) {
    const { input } = inputOf(bytes)
    const chunks = fileChunks(input)
    await chunks.next()
    await chunks.return(undefined)
    await settled()
  }
})

test('where reading ahead fails, what was read before comes first', async () => {
  const member = gzipSync('first')
  const { input } = inputOf(Buffer.concat([member, gzipSync('second')]), member.length)
  const came: unknown[] = []
  const all = async () => {
    for await (const chunk of fileChunks(input)) came.push(Buffer.isBuffer(chunk) ? chunk.toString() : chunk)
  }
  await expect(all()).rejects.toThrow('unreadable')
  expect(came).toEqual(['first'])
})
