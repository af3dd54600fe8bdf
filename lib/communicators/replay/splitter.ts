import { isAscii, isUtf8 } from 'node:buffer'

/** One record, as a part of `bytes`: valid during the call only. */
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
  readonly push: (chunk: Buffer) => void
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

/**
 * Cuts chunks of bytes into records, wherever the chunks end. A byte order mark at the start and empty records are
 * skipped; a record that is not valid UTF-8, or too long, is reported, and the next one comes.
 */
export const splitter = ({ delimiter, maxRecord, base: origin = 0, record, bad, empty }: Splitting): Splitter => {
  const mark = Buffer.from(delimiter)
  const overlap = mark.length - 1
  let store = Buffer.alloc(0)
  let start = 0
  let end = 0
  /** Up to here there is no start of a delimiter. */
  let searched = 0
  /** Where `store[0]` stands in the file. */
  let base = origin
  let skipping = false
  let first = true

  const append = (chunk: Buffer) => {
    if (end + chunk.length > store.length) {
      const rest = end - start
      const room = rest + chunk.length > store.length ? Buffer.allocUnsafe(2 * (rest + chunk.length)) : store
      store.copy(room, 0, start, end)
      store = room
      base += start
      searched -= start
      start = 0
      end = rest
    }
    end += chunk.copy(store, end)
  }

  /** What the records up to `stop` are as a whole: looked at once, so that the usual case costs little. */
  const look = (stop: number): Raw['encoding'] | undefined => {
    const whole = store.subarray(start, stop)
    return isAscii(whole) ? 'latin1' : isUtf8(whole) ? 'utf8' : undefined
  }

  const cut = (stop: number, whole: Raw['encoding'] | undefined, isOpen = false) => {
    if (first && store.subarray(start, stop).subarray(0, BOM.length).equals(BOM)) start += BOM.length
    first = false
    const offset = base + start
    if (skipping) skipping = false
    else if (stop - start > maxRecord) tooLong(offset)
    else if (stop > start) {
      const encoding = whole ?? (isUtf8(store.subarray(start, stop)) ? 'utf8' : undefined)
      if (encoding === undefined)
        bad(offset, 'expected UTF-8, came other bytes: the record is skipped, convert the file to keep it')
      else record({ bytes: store, start, end: stop, offset, encoding, isOpen })
    } else if (!isOpen) empty?.()
  }

  const tooLong = (offset: number) =>
    bad(
      offset,
      `expected at most ${maxRecord} bytes up to ${JSON.stringify(delimiter)}, came more: the record is skipped, raise \`maxRecord\` to keep it, or name the \`delimiter\``,
    )

  /** A record without an end in sight: nothing of it is kept but what may begin its delimiter. */
  const forget = () => {
    if (end - start <= maxRecord + overlap) return
    if (!skipping) tooLong(base + start)
    skipping = true
    first = false
    start = end - overlap
  }

  return {
    push: (chunk) => {
      append(chunk)
      const live = store.subarray(0, end)
      const last = live.subarray(searched).lastIndexOf(mark)
      const whole = last < 0 ? undefined : look(searched + last)
      for (let at = live.indexOf(mark, searched); at >= 0; at = live.indexOf(mark, searched)) {
        cut(at, whole)
        start = searched = at + mark.length
      }
      searched = Math.max(start, end - overlap)
      forget()
    },
    tear: ({ isWhole }) => {
      const offset = base + start
      skipping = !isWhole // F62
      first = false
      start = searched = end
      return offset
    },
    end: () => {
      cut(end, undefined, true)
      start = end
    },
    length: () => base + end,
  }
}
