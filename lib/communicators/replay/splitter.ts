import { isAscii, isUtf8 } from 'node:buffer'

/** One record, as a part of `bytes`, which stay as they are until all of the chunk is cut and the next one comes. */
export interface Raw {
  readonly bytes: Buffer
  readonly start: number
  readonly end: number
  /** Where it starts in the file, in bytes. */
  readonly offset: number
  readonly encoding: 'latin1' | 'utf8'
  /** It is the last one, and no delimiter follows. */
  readonly isOpen: boolean
}

export interface Splitting {
  readonly delimiter: string
  /** In bytes; a longer record is bad, and no more than this is ever kept. */
  readonly maxRecord: number
  /** Where the first byte stands in the file; default 0. */
  readonly base?: number
  readonly record: (raw: Raw) => void
  readonly bad: (offset: number, reason: string) => void
  /** A record without a byte. */
  readonly empty?: (() => void) | undefined
}

export interface Splitter {
  /** Takes a chunk, which stays as it is until all of it is cut: then the next one may come. */
  readonly load: (chunk: Buffer) => void
  /** Cuts records out of so many bytes of the chunk; gives whether more of it is left. */
  readonly cut: (bytes: number) => boolean
  /**
   * What follows does not join what came: a record without its end is dropped, and so is what comes up to the next
   * delimiter, unless a whole record comes next. Gives where the last whole record ended, in bytes.
   */
  readonly tear: (next: { readonly isWhole: boolean }) => number
  /** What stands behind the last delimiter is a record, too. */
  readonly end: () => void
  /** How many bytes came so far. */
  readonly length: () => number
}

const BOM = Buffer.from('\uFEFF')
const NOTHING = Buffer.alloc(0)

const encodingOf = (bytes: Buffer): Raw['encoding'] | undefined =>
  isAscii(bytes) ? 'latin1' : isUtf8(bytes) ? 'utf8' : undefined

/**
 * Cuts chunks of bytes into records, wherever the chunks end. A byte order mark at the start and empty records are
 * skipped; a record that is not valid UTF-8, or too long, is reported, and the next one comes.
 */
export const splitter = ({ delimiter, maxRecord, base: origin = 0, record, bad, empty }: Splitting): Splitter => {
  const mark = Buffer.from(delimiter)
  const overlap = mark.length - 1
  let chunk: Buffer = NOTHING
  /** Where the chunk stands in the file, and the next record in the chunk. */
  let base = origin
  let start = 0
  /** What the rest of the chunk is as a whole: looked at once, so that the usual case costs little. */
  let whole: Raw['encoding'] | undefined
  /** The beginning of a record whose end is not in the chunks so far, in the first `keptLength` bytes. */
  let kept: Buffer = NOTHING
  let keptLength = 0
  let skipping = false
  let first = true

  const tooLong = (offset: number) =>
    bad(
      offset,
      `expected at most ${maxRecord} bytes up to ${JSON.stringify(delimiter)}, came more: the record is skipped, raise \`maxRecord\` to keep it, or name the \`delimiter\``,
    )

  const emit = (bytes: Buffer, from: number, stop: number, offset: number, isOpen = false): void => {
    if (first) {
      first = false
      if (bytes.subarray(from, stop).subarray(0, BOM.length).equals(BOM))
        return emit(bytes, from + BOM.length, stop, offset + BOM.length, isOpen)
    }
    if (skipping) skipping = false
    else if (stop - from > maxRecord) tooLong(offset)
    else if (stop > from) {
      const encoding = (bytes === chunk ? whole : undefined) ?? encodingOf(bytes.subarray(from, stop))
      if (encoding === undefined)
        bad(offset, 'expected UTF-8, came other bytes: the record is skipped, convert the file to keep it')
      else record({ bytes, start: from, end: stop, offset, encoding, isOpen })
    } else if (!isOpen) empty?.()
  }

  /** Keeps the chunk up to `stop`. */
  const keep = (stop: number) => {
    const length = keptLength + stop - start
    if (length > kept.length) kept = Buffer.concat([kept.subarray(0, keptLength)], 2 * length)
    chunk.copy(kept, keptLength, start, stop)
    keptLength = length
    start = stop
  }

  /** A record without an end in sight: nothing of it is kept but what may begin its delimiter. */
  const forget = () => {
    if (keptLength <= maxRecord + overlap) return
    if (!skipping) tooLong(base + start - keptLength)
    skipping = true
    first = false
    kept.copyWithin(0, keptLength - overlap, keptLength)
    keptLength = overlap
  }

  /** Where the record ends in the chunk, with its delimiter, whose beginning may have come before; -1 where it does not. */
  const endOfKept = (): number => {
    const before = Math.min(overlap, keptLength)
    const seam = Buffer.concat([kept.subarray(keptLength - before, keptLength), chunk.subarray(0, overlap)])
    const across = seam.indexOf(mark)
    const at = across < 0 ? chunk.indexOf(mark) : across - before
    return across < 0 && at < 0 ? -1 : at + mark.length
  }

  const join = () => {
    const stop = endOfKept()
    if (stop < 0) return
    keep(stop)
    emit(kept, 0, keptLength - mark.length, base + stop - keptLength)
    // Who was given it may still read it.
    kept = NOTHING
    keptLength = 0
  }

  return {
    load: (next) => {
      base += chunk.length
      chunk = next
      start = 0
      if (keptLength > 0) join()
      whole = encodingOf(chunk.subarray(start, Math.max(start, chunk.lastIndexOf(mark))))
    },
    cut: (bytes) => {
      const limit = start + bytes
      for (let at = keptLength > 0 ? -1 : chunk.indexOf(mark, start); at >= 0; at = chunk.indexOf(mark, start)) {
        emit(chunk, start, at, base + start)
        start = at + mark.length
        if (start >= limit && start < chunk.length) return true
      }
      keep(chunk.length)
      forget()
      return false
    },
    tear: ({ isWhole }) => {
      const offset = base + start - keptLength
      skipping = !isWhole // F62
      first = false
      keptLength = 0
      return offset
    },
    end: () => {
      emit(kept, 0, keptLength, base + start - keptLength, true)
      keptLength = 0
    },
    length: () => base + chunk.length,
  }
}
