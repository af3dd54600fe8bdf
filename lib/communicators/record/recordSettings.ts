import { asyncScheduler, type SchedulerLike } from 'rxjs'
import { partName } from './partName.js'
import { spanOf } from './period.js'
import type { RecordConfig, RecordPart } from './RecordConfig.js'

/** A config that was checked, with its defaults. */
export interface RecordSettings {
  readonly nameOf: (part: RecordPart) => string
  /** What only one writer may have; `undefined` where each part is named by the user. */
  readonly name: string | undefined
  readonly delimiter: string
  readonly separator: string
  readonly gzip: boolean | undefined
  /** Bytes of a file on the disk, at most. */
  readonly bytes: number
  /** How many ms a file covers, at most. */
  readonly span: number | undefined
  readonly flush: number
  readonly fsync: 'flush' | 'close' | 'never'
  readonly append: boolean
  readonly books: RecordConfig['books']
  readonly scheduler: SchedulerLike
}

const misuse = (expected: string, came: unknown, advice: string) =>
  new TypeError(`record: expected ${expected}, came ${JSON.stringify(came)}: ${advice}`)

/** The config with its defaults; throws a `TypeError` where it cannot be meant. */
export const recordSettings = (config: RecordConfig): RecordSettings => {
  const { file, delimiter = '\n', separator = ' ', gzip, rotate = {}, append = false } = config
  const { flush = 1_000, fsync = 'close', scheduler = asyncScheduler, books } = config
  const { bytes = Infinity, every } = rotate
  const span = every === undefined ? undefined : spanOf(every)
  if (file === '') throw misuse('a path in `file`', file, 'name the recording')
  if (delimiter === '') throw misuse('a `delimiter` of at least one character', delimiter, "'\\n' ends lines")
  if (separator === '') throw misuse('a `separator` of at least one character', separator, "' ' is what replay expects")
  if (!(bytes > 0)) throw misuse('`rotate.bytes` above 0', bytes, 'leave it out to write one file')
  if (span !== undefined && !(Number.isInteger(span) && span > 0))
    throw misuse("`rotate.every` as 'hour', 'day' or whole ms above 0", every, 'leave it out to write one file')
  if (!(flush >= 0)) throw misuse('`flush` in ms, 0 or more', flush, '0 writes each signal at once')
  if (!['flush', 'close', 'never'].includes(fsync))
    throw misuse("`fsync` as 'flush', 'close' or 'never'", fsync, "'close' is the default")
  if (books !== undefined && typeof books !== 'function')
    throw misuse('a function as `books`', books, 'client.heldBooks is one')
  const nameOf =
    typeof file === 'function' ? file : partName(file, { timed: span !== undefined, numbered: bytes !== Infinity })
  const name = typeof file === 'string' ? file : undefined
  return { nameOf, name, delimiter, separator, gzip, bytes, span, flush, fsync, append, books, scheduler }
}
