import { crc32, createInflateRaw } from 'node:zlib'
import { bytesAt, type GzipHeader } from './gzipHeader.js'
import type { Input } from './Input.js'

/** How a member ended: sound, and where; or damaged, and where that was seen. */
export type Outcome =
  | { readonly _tag: 'Sound'; readonly end: number }
  | { readonly _tag: 'Damaged'; readonly reason: string; readonly seenAt: number; readonly isCut: boolean }

/** What goes in at a time; what comes out may be a thousand times as much. */
const PIECE = 16 * 1024 // F50
const CHUNK = 64 * 1024

/** Inflates piece by piece: what came out for each piece that went in. */
const inflater = () => {
  const inflate = createInflateRaw({ chunkSize: CHUNK })
  let out: Buffer[] = []
  let failure: string | undefined
  let isOver = false
  /** A decoder that fails, or has come to its end, never calls back. */
  let settle = (): void => undefined
  inflate.on('data', (chunk: Buffer) => out.push(chunk))
  inflate.on('error', ({ message }) => {
    failure = message
    settle()
  })
  inflate.on('end', () => {
    isOver = true
    settle()
  })
  return {
    failure: () => failure,
    isOver: () => isOver,
    /** How many bytes belonged to the member so far. */
    used: () => inflate.bytesWritten,
    write: async (piece: Buffer) => {
      out = []
      await new Promise<void>((resolve) => {
        settle = resolve
        inflate.write(piece, () => resolve())
      })
      return out
    },
    close: () => inflate.destroy(),
  }
}

/**
 * What a member holds, piece by piece, and at last how it ended: nothing of it is known to be true before. Everything
 * that can be decoded comes; up to `slowFrom` in pieces, and from there on byte by byte, since a decoder that fails
 * keeps what came out of its last piece.
 */
export async function* readMember(
  input: Input,
  { end: start }: GzipHeader,
  slowFrom = Infinity,
): AsyncGenerator<Buffer, Outcome> {
  const inflate = inflater()
  let checksum = 0
  let length = 0
  const damaged = (reason: string, seenAt: number, isCut = false): Outcome => ({
    ...{ _tag: 'Damaged', reason, seenAt, isCut },
  })
  try {
    let at = start
    while (!inflate.isOver()) {
      const piece = await input.read(at, at < slowFrom ? PIECE : 1)
      if (piece.length === 0) return damaged('unexpected end of file', at, true)
      for (const chunk of await inflate.write(piece)) {
        checksum = crc32(chunk, checksum)
        length += chunk.length
        yield chunk
      }
      const failure = inflate.failure()
      if (failure !== undefined) return damaged(failure, at) // F50
      at += piece.length
    }
    const trailer = start + inflate.used()
    const told = await bytesAt(input, trailer, 8)
    if (told.length < 8) return damaged('unexpected end of file', trailer, true)
    if (told.readUInt32LE(0) !== checksum) return damaged('incorrect data check', trailer)
    if (told.readUInt32LE(4) !== length % 2 ** 32) return damaged('incorrect length check', trailer)
    return { _tag: 'Sound', end: trailer + 8 }
  } finally {
    inflate.close()
  }
}
