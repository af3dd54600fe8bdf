import type { Input } from './Input.js'

/** How a member of a packed file ended: sound, and where; or damaged, and where that was seen. */
export type Outcome =
  | { readonly _tag: 'Sound'; readonly end: number }
  | { readonly _tag: 'Damaged'; readonly reason: string; readonly seenAt: number; readonly isCut: boolean }

/** What came out of a member, to be compared with what its end says. */
export interface Came {
  readonly checksum: number
  /** In bytes: what came out, and what went in. */
  readonly length: number
  readonly packed: number
}

/** How a member begins. */
export interface MemberHeader {
  /** Where its compressed bytes begin in the file. */
  readonly end: number
  /** A recording of ours: what it holds begins and ends with a record. */
  readonly isWhole: boolean
  /** The name of a file of its own. */
  readonly name?: string
  /** It is not compressed, and has so many bytes. */
  readonly stored?: number
  /** Why it cannot be unpacked. */
  readonly problem?: string
  /** Looks at what stands behind its compressed bytes, and at what is told of them. */
  readonly check: (input: Input, at: number, came: Came) => Promise<Outcome>
}

/** Members that stand one behind the other in a file. */
export interface Compression {
  readonly name: 'gzip' | 'zip'
  /** What every member begins with. */
  readonly magic: Buffer
  /** Reads the header of a member; `undefined` where none is. */
  readonly header: (input: Input, start: number) => Promise<MemberHeader | undefined>
  /** What stands here is no member, and no damage. */
  readonly isOver: (input: Input, at: number) => Promise<boolean>
  /** What is missing where the file ends behind a sound member. */
  readonly missing?: string
}

const damaged = (reason: string, seenAt: number, isCut = false): Outcome => ({
  ...{ _tag: 'Damaged', reason, seenAt, isCut },
})

export const cutOff = (at: number): Outcome => damaged('unexpected end of file', at, true)
export const broken = (reason: string, at: number): Outcome => damaged(reason, at)

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

/** Where `found` says that something stands from `from` on, looking at a block at a time; else the end of the file. */
export const search = async (
  input: Input,
  from: number,
  overlap: number,
  found: (bytes: Buffer) => number,
): Promise<number> => {
  let tail = Buffer.alloc(0)
  for (let at = from; ;) {
    const block = await input.read(at, Infinity)
    if (block.length === 0) return at
    const bytes = Buffer.concat([tail, block])
    const place = found(bytes)
    if (place >= 0) return at - tail.length + place
    tail = bytes.subarray(Math.max(0, bytes.length - overlap))
    at += block.length
  }
}

export const isAtEnd = async (input: Input, at: number): Promise<boolean> => (await input.read(at, 1)).length === 0
