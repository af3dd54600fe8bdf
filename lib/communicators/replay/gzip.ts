import { holdsWholeRecords } from '../record/gzipMember.js'
import type { Input } from './Input.js'
import { broken, bytesAt, cutOff, isAtEnd, search, type MemberHeader, type Compression } from './Compression.js'

/** The first bytes of every gzip member that is compressed in the only way there is. */
const magic = Buffer.from([0x1f, 0x8b, 8])

const EXTRA = 4
const NAME = 8
const COMMENT = 16
const CHECKSUM = 2
const RESERVED = 0xe0

/** A name or a comment is shorter. */
const LONGEST = 64 * 1024

const check: MemberHeader['check'] = async (input, at, { checksum, length }) => {
  const told = await bytesAt(input, at, 8)
  if (told.length < 8) return cutOff(at)
  if (told.readUInt32LE(0) !== checksum) return broken('incorrect data check', at)
  if (told.readUInt32LE(4) !== length % 2 ** 32) return broken('incorrect length check', at)
  return { _tag: 'Sound', end: at + 8 }
}

const header = async (input: Input, start: number): Promise<MemberHeader | undefined> => {
  const fixed = await bytesAt(input, start, 10)
  const flags = fixed[3] ?? RESERVED
  if (fixed.length < 10 || !fixed.subarray(0, 3).equals(magic) || (flags & RESERVED) !== 0) return undefined
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
  return { end, isWhole: holdsWholeRecords(await bytesAt(input, start, end - start)), check }
}

/** Any number of members, and zeros at the end, which are padding. */
export const gzip: Compression = {
  ...{ name: 'gzip', magic, header },
  isOver: async (input, at) =>
    isAtEnd(input, await search(input, at, 0, (bytes) => bytes.findIndex((byte) => byte !== 0))),
}
