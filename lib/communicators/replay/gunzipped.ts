import { gzipHeader, MAGIC } from './gzipHeader.js'
import { readMember, type Outcome } from './readMember.js'
import type { Input } from './Input.js'

/** What follows, up to the next hole, is of a member whose checksum does not hold, or never came. */
export interface Unverified {
  readonly _tag: 'Unverified'
  readonly reason: string
}

/** From one byte of the file up to another is no sound member. */
export interface Hole {
  readonly _tag: 'Hole'
  readonly from: number
  readonly to: number
  readonly reason: string
  /** What comes next begins with a whole record. */
  readonly isWhole: boolean
}

/** A member of more bytes, inflated, is read twice: to check it, and to deliver it. */
const HELD = 1024 * 1024

/** A member that is cut off by the end of the file is believed to be one when it has come so far. */
const BELIEVED = 64 * 1024

const TOO_LONG = 'a member of a pipe that is longer than can be kept until its checksum comes'

/** What was found out about a member. */
interface Attempt {
  /** `undefined` where it is too long to be read to its end first. */
  readonly outcome: Outcome | undefined
  /** What it holds; `undefined` where that is too much to keep. */
  readonly chunks: readonly Buffer[] | undefined
  readonly length: number
}

const NONE: Attempt = {
  outcome: { _tag: 'Damaged', reason: 'incorrect header check', seenAt: 0, isCut: false },
  chunks: undefined,
  length: 0,
}

/** Reads a member to its end before anything of it is delivered; of a pipe only as much as can be kept. */
const attempt = async (member: AsyncGenerator<Buffer, Outcome>, isPipe: boolean): Promise<Attempt> => {
  let chunks: Buffer[] | undefined = []
  let length = 0
  for (;;) {
    const { done, value } = await member.next()
    if (done === true) return { outcome: value, chunks, length }
    length += value.length
    if (length > HELD && !isPipe) chunks = undefined
    chunks?.push(value)
    if (length > HELD && isPipe) return { outcome: undefined, chunks, length }
  }
}

/** Where `found` says that something stands from `from` on, looking at a block at a time; else the end of the file. */
const search = async (input: Input, from: number, found: (bytes: Buffer) => number): Promise<number> => {
  let tail = Buffer.alloc(0)
  for (let at = from; ;) {
    const block = await input.read(at, Infinity)
    if (block.length === 0) return at
    const bytes = Buffer.concat([tail, block])
    const place = found(bytes)
    if (place >= 0) return at - tail.length + place
    tail = bytes.subarray(Math.max(0, bytes.length - MAGIC.length + 1))
    at += block.length
  }
}

const isAtEnd = async (input: Input, at: number) => (await input.read(at, 1)).length === 0

/** Zeros at the end are padding. */
const isPadding = async (input: Input, at: number) =>
  isAtEnd(input, await search(input, at, (bytes) => bytes.findIndex((byte) => byte !== 0)))

/**
 * The bytes that a gzip file holds, all members, in chunks. What a member holds comes after its checksum was found
 * right, and reading goes on with the next sound member, wherever that begins: then `Hole` says what was passed over.
 *
 * Of a damaged member nothing comes where it is of a recording of ours, whose members are small; of another one comes
 * all that can be decoded, behind `Unverified` and before `Hole`.
 */
export async function* gunzipped(input: Input): AsyncGenerator<Buffer | Unverified | Hole> {
  let damage: Pick<Hole, 'from' | 'reason'> | undefined
  const upTo = (to: number, isWhole: boolean): Hole[] =>
    damage === undefined ? [] : [{ _tag: 'Hole', ...damage, to, isWhole }]

  let isOurs = false
  let at = 0
  while (!(await isAtEnd(input, at))) {
    const header = await gzipHeader(input, at)
    isOurs ||= header?.isWhole === true
    const member = header && readMember(input, header)
    const begun = member === undefined ? NONE : await attempt(member, input.isPipe)
    let { outcome, chunks } = begun
    if (member !== undefined && outcome === undefined) {
      yield* upTo(at, isOurs)
      damage = undefined
      yield { _tag: 'Unverified', reason: TOO_LONG }
      yield* chunks ?? []
      outcome = yield* member
      chunks = []
    }
    if (header !== undefined && outcome?._tag === 'Sound') {
      yield* upTo(at, header.isWhole)
      damage = undefined
      yield* chunks ?? readMember(input, header)
      at = outcome.end
    } else if (outcome?._tag === 'Damaged') {
      if (damage === undefined && (await isPadding(input, at))) return
      const { reason, seenAt, isCut } = outcome
      const wasDelivered = begun.outcome === undefined
      const isBelieved = damage === undefined || (isCut && begun.length > BELIEVED)
      if (header !== undefined && !isOurs && isBelieved && !wasDelivered) {
        yield* upTo(at, false)
        yield { _tag: 'Unverified', reason }
        yield* readMember(input, header, seenAt)
        damage = undefined
      }
      damage ??= { from: at, reason } // F62
      at = await search(input, wasDelivered ? seenAt : at + 1, (bytes) => bytes.indexOf(MAGIC)) // F62
    }
  }
  yield* upTo(at, false)
}
