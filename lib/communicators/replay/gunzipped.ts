import { gzipHeader, MAGIC, type GzipHeader } from './gzipHeader.js'
import { readAhead } from './readAhead.js'
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

/**
 * A member of a file that has more bytes, inflated, is read twice: to check it, and to deliver it. One that is held and
 * the next one, which is checked meanwhile, are at most 1 MiB. Of a pipe, where nothing is read ahead, one may be so large.
 */
const HELD = { file: 512 * 1024, pipe: 1024 * 1024 }

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
    if (length > HELD.file && !isPipe) chunks = undefined
    chunks?.push(value)
    if (length > HELD.pipe && isPipe) return { outcome: undefined, chunks, length }
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

/** A member whose reading has begun, as far as there is one. */
interface Begun extends Attempt {
  readonly header: GzipHeader | undefined
  readonly member: AsyncGenerator<Buffer, Outcome> | undefined
}

/** Begins what stands from `at` on; `undefined` at the end of the file. */
const begin = async (input: Input, at: number): Promise<Begun | undefined> => {
  if (await isAtEnd(input, at)) return undefined
  const header = await gzipHeader(input, at)
  const member = header && readMember(input, header)
  return { header, member, ...(member === undefined ? NONE : await attempt(member, input.isPipe)) }
}

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
  let ahead: Promise<Begun | undefined> | undefined
  for (;;) {
    const begun = await (ahead ?? begin(input, at))
    ahead = undefined
    if (begun === undefined) break
    const { header, member } = begun
    let { outcome, chunks } = begun
    isOurs ||= header?.isWhole === true
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
      at = outcome.end
      // The next member is checked while somebody reads this one.
      if (chunks !== undefined && !input.isPipe) ahead = readAhead(begin(input, at))
      yield* chunks ?? readMember(input, header)
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
