import { createGunzip } from 'node:zlib'

const CHUNK = 256 * 1024

/** Decodes gzip piece by piece: a promise of what came out for each piece that went in. */
const decoder = () => {
  const gunzip = createGunzip({ chunkSize: CHUNK })
  let out: Buffer[] = []
  let failure: Error | undefined
  /** A decoder that fails never calls back: it only closes. */
  let settle = (): void => undefined
  gunzip.once('close', () => settle())
  gunzip.on('data', (chunk: Buffer) => out.push(chunk))
  gunzip.on('error', (error) => (failure = error))
  const taken = () => {
    const chunks = out
    out = []
    return chunks
  }
  return {
    failure: () => failure,
    /** How many bytes belonged to gzip members. */
    used: () => gunzip.bytesWritten,
    write: async (bytes: Buffer) => {
      await new Promise<void>((resolve) => {
        settle = resolve
        gunzip.write(bytes, () => resolve())
      })
      return taken()
    },
    end: async () => {
      await new Promise<void>((resolve) => {
        settle = resolve
        gunzip.end()
      })
      return taken()
    },
    close: () => gunzip.destroy(),
  }
}

const broken = (came: string) =>
  new Error(`expected gzip up to the end, came '${came}': it is cut or corrupt, what can be decoded was delivered`)

const lengthOf = (chunks: readonly Buffer[]) => chunks.reduce((sum, { length }) => sum + length, 0)

/**
 * What a decoder, when it fails, keeps of the piece that it failed on: everything again up to that piece,
 * then byte by byte, less the `known` bytes that came out before.
 */
async function* salvaged(compressed: () => AsyncIterable<Buffer>, good: number, known: number) {
  const gunzip = decoder()
  let seen = 0
  const fresh = (chunks: readonly Buffer[]) => {
    const before = seen
    const whole = Buffer.concat(chunks)
    seen += whole.length
    return whole.subarray(Math.max(0, known - before))
  }
  try {
    let position = 0
    for await (const piece of compressed()) {
      const step = position < good ? piece.length : 1
      position += piece.length
      for (let at = 0; at < piece.length; at += step) {
        yield fresh(await gunzip.write(piece.subarray(at, at + step)))
        if (gunzip.failure() !== undefined) return
      }
    }
  } finally {
    gunzip.close()
  }
}

/**
 * The bytes that a gzip file holds, all members, in chunks. Where it is cut or corrupt, everything that can be decoded
 * comes first, and then the error is thrown. `compressed` reads the file from its start each time it is called.
 */
export async function* gunzipped(compressed: () => AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = decoder()
  let known = 0
  let position = 0
  let lastByte = 0
  try {
    for await (const piece of compressed()) {
      const chunks = await gunzip.write(piece)
      known += lengthOf(chunks)
      yield* chunks
      const failure = gunzip.failure()
      if (failure !== undefined) {
        yield* salvaged(compressed, position, known) // F50
        throw broken(failure.message)
      }
      const last = piece.findLastIndex((byte) => byte !== 0)
      if (last >= 0) lastByte = position + last + 1
      position += piece.length
    }
    yield* await gunzip.end()
    const failure = gunzip.failure()
    if (failure !== undefined) throw broken(failure.message) // F50
    if (gunzip.used() < lastByte) throw broken('zeros, and then more')
  } finally {
    gunzip.close()
  }
}
