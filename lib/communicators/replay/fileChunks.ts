import { open, type FileHandle } from 'node:fs/promises'
import { gunzipped } from './gunzipped.js'
import { messageOf } from './messageOf.js'

/** A gzip piece is smaller: it may hold a thousand times as much. */
const CHUNK = {
  plain: 256 * 1024,
  gzip: 16 * 1024, // F50
}

const isGzip = async (handle: FileHandle) => {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0).catch(unreadable)
  return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b
}

async function* pieces(handle: FileHandle, size: number): AsyncGenerator<Buffer> {
  const buffer = Buffer.allocUnsafe(size)
  for (let position = 0; ;) {
    const { bytesRead } = await handle.read(buffer, 0, size, position).catch(unreadable)
    if (bytesRead === 0) return // F50
    position += bytesRead
    yield buffer.subarray(0, bytesRead)
  }
}

/** The system's own words, and what to do. */
const unreadable = (cause: unknown): never => {
  throw new Error(`expected a file to read, came '${messageOf(cause)}': check the path, and who may read it`, { cause })
}

/**
 * The bytes of a file in chunks, decoded when the file is gzip, whatever its name. A chunk is valid until the next one is
 * asked for. Throws where the file cannot be read on; returning early closes the file.
 */
export async function* fileChunks(path: string): AsyncGenerator<Buffer> {
  const handle = await open(path).catch(unreadable)
  try {
    if (await isGzip(handle)) yield* gunzipped(() => pieces(handle, CHUNK.gzip))
    else yield* pieces(handle, CHUNK.plain)
  } finally {
    await handle.close()
  }
}
