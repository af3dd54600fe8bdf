import { gzip } from './gzip.js'
import type { Input } from './Input.js'
import { bytesAt, type Compression } from './Compression.js'
import { decompressed, type Hole, type Member, type Unverified } from './decompressed.js'
import { zip } from './zip.js'

/** What files begin with that are packed in a way that is not read here, and how to unpack them. */
const others: readonly (readonly [magic: string, name: string, advice: string])[] = [
  ['\x28\xb5\x2f\xfd', 'zstd', 'zstd -d'],
  ['\xfd7zXZ\0', 'xz', 'xz -d'],
  ['BZh', 'bzip2', 'bzip2 -d'],
  ['7z\xbc\xaf\x27\x1c', '7-Zip', '7z x'],
  ['Rar!', 'RAR', 'unrar x'],
  ['PAR1', 'Parquet', 'a program that writes it as CSV'],
]

/** What an archive begins with, also one that holds nothing. */
const archives = [zip.magic, Buffer.from('PK\x05\x06', 'latin1')]

/** So many bytes are in every record, and nobody waits for more of a pipe unless they are those of a packed file. */
const FEW = 3

/** How a file is packed; `undefined` where it is not. @throws Error where it is in a way that is not read here. */
const compressionOf = async (input: Input): Promise<Compression | undefined> => {
  const first = await bytesAt(input, 0, FEW)
  // Two of the three first bytes are enough: no text has them, and one may be damaged.
  if (gzip.magic.filter((byte, i) => byte === first[i]).length >= 2) return gzip // F62
  const begins = async (magic: Buffer) =>
    first.length === FEW &&
    magic.subarray(0, FEW).equals(first) &&
    (await bytesAt(input, 0, magic.length)).equals(magic)
  for (const magic of archives) if (await begins(magic)) return zip
  for (const [magic, name, advice] of others)
    if (await begins(Buffer.from(magic, 'latin1')))
      throw new Error(`expected a plain file, gzip or zip, came ${name}: unpack it first, with ${advice}`)
  return undefined
}

/** It is packed by others, as a whole, and not in members that each hold whole records. */
export const isPackedByOthers = async (input: Input): Promise<boolean> => {
  const compression = await compressionOf(input)
  return compression !== undefined && (await compression.header(input, 0))?.isWhole !== true
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
 * What comes in, in chunks, unpacked where it is gzip or zip, whatever its name. A chunk is valid until the next one is
 * asked for. Throws where it cannot be read on; returning early closes it.
 */
export async function* fileChunks(input: Input): AsyncGenerator<Buffer | Member | Unverified | Hole> {
  try {
    const compression = await compressionOf(input)
    for await (const chunk of compression === undefined ? plain(input) : decompressed(input, compression)) yield chunk
  } finally {
    await input.close()
  }
}
