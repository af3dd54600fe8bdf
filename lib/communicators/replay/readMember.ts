import { crc32, createInflateRaw } from 'node:zlib'
import type { Input } from './Input.js'
import { broken, cutOff, type MemberHeader, type Outcome } from './Compression.js'
import { readAhead } from './readAhead.js'

/** What goes in at a time; what comes out may be a thousand times as much. */
const PIECE = 16 * 1024 // F50

/** Holds what usually comes out of a piece: so one job of the thread pool inflates all of it. */
const CHUNK = 128 * 1024

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

/** What came out of a piece that went in. */
interface Piece {
  /** Of what went in, in bytes; 0 at the end of the file. */
  readonly length: number
  readonly chunks: readonly Buffer[]
  readonly failure: string | undefined
}

/**
 * What a member holds, piece by piece, and at last how it ended: nothing of it is known to be true before. Everything
 * that can be decoded comes; up to `slowFrom` in pieces, and from there on byte by byte, since a decoder that fails
 * keeps what came out of its last piece.
 */
export async function* readMember(
  input: Input,
  header: MemberHeader,
  slowFrom = Infinity,
): AsyncGenerator<Buffer, Outcome> {
  const { end: start, stored, problem, check } = header
  if (problem !== undefined) return broken(problem, start)
  if (stored !== undefined) return yield* readStored(input, header, stored)
  const inflate = inflater()
  let checksum = 0
  let length = 0
  const read = async (from: number): Promise<Piece> => {
    const piece = await input.read(from, from < slowFrom ? PIECE : 1)
    if (piece.length === 0) return { length: 0, chunks: [], failure: undefined }
    return { length: piece.length, chunks: await inflate.write(piece), failure: inflate.failure() }
  }
  try {
    let at = start
    let isOver = false
    for (let ahead = read(at); !isOver;) {
      const { length: size, chunks, failure } = await ahead
      if (size === 0) {
        // A decoder that has all does not say so before more comes.
        const found = await check(input, at, { checksum, length, packed: at - start })
        return found._tag === 'Sound' ? found : cutOff(at)
      }
      isOver = inflate.isOver()
      const isLast = isOver || failure !== undefined
      // The next piece is inflated while somebody reads what came out of this one.
      if (!isLast) ahead = readAhead(read(at + size))
      for (const chunk of chunks) {
        checksum = crc32(chunk, checksum)
        length += chunk.length
        yield chunk
      }
      if (failure !== undefined) return broken(failure, at) // F50
      at += size
    }
    const packed = inflate.used()
    return await check(input, start + packed, { checksum, length, packed })
  } finally {
    inflate.close()
  }
}

/** A member that is not compressed. */
async function* readStored(
  input: Input,
  { end: start, check }: MemberHeader,
  length: number,
): AsyncGenerator<Buffer, Outcome> {
  let checksum = 0
  for (let at = start; at < start + length;) {
    const piece = Buffer.from(await input.read(at, Math.min(CHUNK, start + length - at)))
    if (piece.length === 0) return cutOff(at)
    at += piece.length
    checksum = crc32(piece, checksum)
    yield piece
  }
  return check(input, start + length, { checksum, length, packed: length })
}
