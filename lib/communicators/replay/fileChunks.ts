import { gunzipped, type Hole, type Unverified } from './gunzipped.js'
import { MAGIC, bytesAt } from './gzipHeader.js'
import type { Input } from './Input.js'

/** Two of the three first bytes are enough: no text has them, and one may be damaged. */
const isGzip = async (input: Input) => {
  const bytes = await bytesAt(input, 0, MAGIC.length)
  return bytes.filter((byte, i) => byte === MAGIC[i]).length >= 2 // F62
}

async function* plain(input: Input): AsyncGenerator<Buffer> {
  for (let at = 0; ;) {
    const bytes = await input.read(at, Infinity)
    if (bytes.length === 0) return
    at += bytes.length
    yield bytes
  }
}

/**
 * What comes in, in chunks, decoded when it is gzip, whatever its name. A chunk is valid until the next one is asked for.
 * Throws where it cannot be read on; returning early closes it.
 */
export async function* fileChunks(input: Input): AsyncGenerator<Buffer | Unverified | Hole> {
  try {
    for await (const chunk of (await isGzip(input)) ? gunzipped(input) : plain(input)) yield chunk
  } finally {
    await input.close()
  }
}
