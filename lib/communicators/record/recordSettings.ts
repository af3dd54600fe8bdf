import type { RecordConfig, RecordPart } from './RecordConfig.js'
import { partName } from './partName.js'

/** A config that was checked, with its defaults. */
export interface RecordSettings {
  readonly nameOf: (part: RecordPart) => string
  readonly delimiter: string
  readonly separator: string
  readonly gzip: boolean | undefined
  /** Uncompressed bytes of a file, at most. */
  readonly bytes: number
  readonly daily: boolean
  readonly flushEvery: number
  readonly append: boolean
}

const misuse = (expected: string, came: unknown, advice: string) =>
  new TypeError(`record: expected ${expected}, came ${JSON.stringify(came)}: ${advice}`)

/** The config with its defaults; throws a `TypeError` where it cannot be meant. */
export const recordSettings = (config: RecordConfig): RecordSettings => {
  const { file, delimiter = '\n', separator = ' ', gzip, rotate = {}, flushEvery = 1_000, append = false } = config
  const { bytes = Infinity, daily = false } = rotate
  if (file === '') throw misuse('a path in `file`', file, 'name the recording')
  if (delimiter === '') throw misuse('a `delimiter` of at least one character', delimiter, "'\\n' ends lines")
  if (separator === '') throw misuse('a `separator` of at least one character', separator, "' ' is what replay expects")
  if (!(bytes > 0)) throw misuse('`rotate.bytes` above 0', bytes, 'leave it out to write one file')
  if (!(flushEvery >= 0)) throw misuse('`flushEvery` in ms, 0 or more', flushEvery, '0 writes each signal at once')
  const nameOf = typeof file === 'function' ? file : partName(file, { daily, numbered: bytes !== Infinity })
  return { nameOf, delimiter, separator, gzip, bytes, daily, flushEvery, append }
}
