import type { Input } from './Input.js'
import { broken, bytesAt, cutOff, type Came, type MemberHeader, type Compression } from './Compression.js'

const magic = Buffer.from('PK\x03\x04', 'latin1')

/** What stands behind the members: the entries of the directory, and its end, also of one of more than 4 GiB. */
const behind = ['PK\x01\x02', 'PK\x05\x06', 'PK\x06\x06', 'PK\x06\x08'].map((text) => Buffer.from(text, 'latin1'))

const DESCRIPTOR = Buffer.from('PK\x07\x08', 'latin1')

const HEADER = 30
const ENCRYPTED = 1
/** Checksum and lengths stand behind the member. */
const DESCRIBED = 8
/** A length that stands in an extra field, as it has more than 32 bits. */
const ELSEWHERE = 0xffffffff

/** What is told of a member. */
interface Told extends Came {
  /** Where that ends which stands behind it. */
  readonly end?: number
}

/** The extra field of an archive that is larger than 4 GiB has both lengths, 8 bytes each, the unpacked one first. */
const longLengths = (extra: Buffer): readonly [length: number, packed: number] | undefined => {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2))
    if (extra.readUInt16LE(at) === 1 && at + 20 <= extra.length)
      return [Number(extra.readBigUInt64LE(at + 4)), Number(extra.readBigUInt64LE(at + 12))]
  return undefined
}

/** What stands behind the compressed bytes: lengths of 4 bytes or of 8, whichever says what came. */
const described = async (input: Input, start: number, { packed, length }: Came): Promise<Told | undefined> => {
  const bytes = await bytesAt(input, start, 24)
  const at = bytes.subarray(0, 4).equals(DESCRIPTOR) ? 4 : 0
  if (bytes.length < at + 12) return undefined
  const checksum = bytes.readUInt32LE(at)
  const short = { checksum, packed: bytes.readUInt32LE(at + 4), length: bytes.readUInt32LE(at + 8) }
  const isShort = short.packed === packed % 2 ** 32 && short.length === length % 2 ** 32
  if (isShort || bytes.length < at + 20) return { ...short, end: start + at + 12 }
  return { checksum, packed, length: Number(bytes.readBigUInt64LE(at + 12)), end: start + at + 20 }
}

const checkedBy =
  (known: Told | undefined): MemberHeader['check'] =>
  async (input, at, came) => {
    const told = known ?? (await described(input, at, came))
    if (told === undefined) return cutOff(at)
    if (told.checksum !== came.checksum) return broken('incorrect data check', at)
    if (told.length % 2 ** 32 !== came.length % 2 ** 32) return broken('incorrect length check', at)
    return { _tag: 'Sound', end: told.end ?? at }
  }

const problemOf = (flags: number, method: number): string | undefined => {
  if ((flags & ENCRYPTED) !== 0) return 'a member that is encrypted'
  if (method === 0 && (flags & DESCRIBED) !== 0) return 'a member that is stored without its length'
  if (method !== 0 && method !== 8) return `a member that is compressed by method ${method}, and not by deflate`
  return undefined
}

const header = async (input: Input, start: number): Promise<MemberHeader | undefined> => {
  const fixed = await bytesAt(input, start, HEADER)
  if (fixed.length < HEADER || !fixed.subarray(0, 4).equals(magic)) return undefined
  const [flags, method] = [fixed.readUInt16LE(6), fixed.readUInt16LE(8)]
  const names = fixed.readUInt16LE(26)
  const variable = await bytesAt(input, start + HEADER, names + fixed.readUInt16LE(28))
  const long = longLengths(variable.subarray(names))
  const [packed, length] = [fixed.readUInt32LE(18), fixed.readUInt32LE(22)]
  const told = {
    checksum: fixed.readUInt32LE(14),
    packed: packed === ELSEWHERE ? (long?.[1] ?? packed) : packed,
    length: length === ELSEWHERE ? (long?.[0] ?? length) : length,
  }
  const problem = problemOf(flags, method)
  return {
    end: start + HEADER + variable.length,
    isWhole: false,
    name: variable.toString('utf8', 0, names),
    check: checkedBy((flags & DESCRIBED) === 0 ? told : undefined),
    ...(method === 0 && { stored: told.packed }),
    ...(problem !== undefined && { problem }),
  }
}

/** The files of an archive, one behind the other as they stand in it: so it can be read as it comes. */
export const zip: Compression = {
  ...{ name: 'zip', magic, header, missing: 'the directory at its end' },
  isOver: async (input, at) => {
    const bytes = await bytesAt(input, at, 4)
    return behind.some((signature) => signature.equals(bytes))
  },
}
