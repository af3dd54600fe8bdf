import type { Input } from './Input.js'
import { isAtEnd, search, type MemberHeader, type Outcome, type Compression } from './Compression.js'
import { readAhead } from './readAhead.js'
import { readMember } from './readMember.js'

/** What follows is a file of its own, a member of an archive. */
export interface Member {
  readonly _tag: 'Member'
  readonly name: string
}

/** What follows, up to the next hole, is of a member whose checksum does not hold, or never came. */
export interface Unverified {
  readonly _tag: 'Unverified'
  readonly compression: Compression['name']
  readonly reason: string
}

/** From one byte of the file up to another is no sound member. */
export interface Hole {
  readonly _tag: 'Hole'
  readonly from: number
  readonly to: number
  readonly compression: Compression['name']
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

/** A member whose reading has begun, as far as there is one. */
interface Begun extends Attempt {
  readonly header: MemberHeader | undefined
  readonly member: AsyncGenerator<Buffer, Outcome> | undefined
}

/** Begins what stands from `at` on; `undefined` at the end of the file. */
const begin = async (input: Input, compression: Compression, at: number): Promise<Begun | undefined> => {
  if (await isAtEnd(input, at)) return undefined
  const header = await compression.header(input, at)
  const member = header && readMember(input, header)
  return { header, member, ...(member === undefined ? NONE : await attempt(member, input.isPipe)) }
}

/** Folders, and what other systems put beside files. */
const isNoFile = (name: string) => name.endsWith('/') || /(^|\/)(\.|__MACOSX\/)/.test(name)

/**
 * The bytes that a packed file holds, all members, in chunks. What a member holds comes after its checksum was found
 * right, and reading goes on with the next sound member, wherever that begins: then `Hole` says what was passed over.
 *
 * Of a damaged member nothing comes where it is of a recording of ours, whose members are small; of another one comes
 * all that can be decoded, behind `Unverified` and before `Hole`.
 */
export async function* decompressed(
  input: Input,
  compression: Compression,
): AsyncGenerator<Buffer | Member | Unverified | Hole> {
  const { name, magic } = compression
  let damage: Pick<Hole, 'from' | 'reason'> | undefined
  const upTo = (to: number, isWhole: boolean): Hole[] =>
    damage === undefined ? [] : [{ _tag: 'Hole', compression: name, ...damage, to, isWhole }]
  const memberOf = (header: MemberHeader | undefined): Member[] =>
    header?.name === undefined ? [] : [{ _tag: 'Member', name: header.name }]

  let isOurs = false
  let at = 0
  let ahead: Promise<Begun | undefined> | undefined
  for (;;) {
    const begun = await (ahead ?? begin(input, compression, at))
    ahead = undefined
    if (begun === undefined) break
    const { header, member } = begun
    const isPassed = header?.name !== undefined && isNoFile(header.name)
    let { outcome, chunks } = begun
    isOurs ||= header?.isWhole === true
    if (member !== undefined && outcome === undefined) {
      yield* upTo(at, isOurs)
      damage = undefined
      yield* memberOf(header)
      yield { _tag: 'Unverified', compression: name, reason: TOO_LONG }
      yield* chunks ?? []
      outcome = yield* member
      chunks = []
    } else if (outcome?._tag === 'Sound' && !isPassed) {
      yield* upTo(at, header?.isWhole === true)
      damage = undefined
      yield* memberOf(header)
    }
    if (header !== undefined && outcome?._tag === 'Sound') {
      at = outcome.end
      // The next member is checked while somebody reads this one.
      if (chunks !== undefined && !input.isPipe) ahead = readAhead(begin(input, compression, at))
      if (!isPassed) yield* chunks ?? readMember(input, header)
    } else if (outcome?._tag === 'Damaged') {
      if (damage === undefined && (await compression.isOver(input, at))) return
      const { reason, seenAt, isCut } = outcome
      const wasDelivered = begun.outcome === undefined
      const isBelieved = damage === undefined || (isCut && begun.length > BELIEVED)
      if (header !== undefined && header.problem === undefined && !isOurs && isBelieved && !wasDelivered) {
        yield* upTo(at, false)
        yield* memberOf(header)
        yield { _tag: 'Unverified', compression: name, reason }
        yield* readMember(input, header, seenAt)
        damage = undefined
      }
      damage ??= { from: at, reason } // F62
      at = await search(input, wasDelivered ? seenAt : at + 1, magic.length - 1, (bytes) => bytes.indexOf(magic)) // F62
    }
  }
  if (compression.missing !== undefined)
    damage ??= { from: at, reason: `unexpected end of file, without ${compression.missing}` } // F62
  yield* upTo(at, false)
}
