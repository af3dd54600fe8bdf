import { holdsWholeRecords } from '../record/gzipMember.js'
import type { Input } from './Input.js'

/** How a gzip member begins. */
export interface GzipHeader {
  /** Where its compressed bytes begin in the file. */
  readonly end: number
  /** A recording of ours: what it holds begins and ends with a record. */
  readonly isWhole: boolean
}

/** The first bytes of every gzip member that is compressed in the only way there is. */
export const MAGIC = Buffer.from([0x1f, 0x8b, 8])

const EXTRA = 4
const NAME = 8
const COMMENT = 16
const CHECKSUM = 2
const RESERVED = 0xe0

/** A name or a comment is shorter. */
const LONGEST = 64 * 1024

/** So many bytes from `position` on; fewer at the end of the file. */
export const bytesAt = async (input: Input, position: number, count: number): Promise<Buffer> => {
  const parts: Buffer[] = []
  for (let at = position; at < position + count;) {
    const part = Buffer.from(await input.read(at, position + count - at))
    if (part.length === 0) break
    parts.push(part)
    at += part.length
  }
  return Buffer.concat(parts)
}

/** Reads the header of a member; `undefined` where none is. */
export const gzipHeader = async (input: Input, start: number): Promise<GzipHeader | undefined> => {
  const fixed = await bytesAt(input, start, 10)
  const flags = fixed[3] ?? RESERVED
  if (fixed.length < 10 || !fixed.subarray(0, 3).equals(MAGIC) || (flags & RESERVED) !== 0) return undefined
  let end = start + 10
  if ((flags & EXTRA) !== 0) {
    const [low = 0, high = 0] = await bytesAt(input, end, 2)
    end += 2 + low + 256 * high
  }
  for (const flag of [NAME, COMMENT]) {
    if ((flags & flag) === 0) continue
    const length = (await bytesAt(input, end, LONGEST)).indexOf(0)
    if (length < 0) return undefined
    end += length + 1
  }
  if ((flags & CHECKSUM) !== 0) end += 2
  return { end, isWhole: holdsWholeRecords(await bytesAt(input, start, end - start)) }
}
