import type { SchedulerLike } from 'rxjs'
import type { Reply } from '../../Signal.js'

/** One of the files of a rotated recording. */
export interface RecordPart {
  /** Counts from 1, with `rotate.every` within the span. */
  readonly index: number
  /**
   * The span of `rotate.every`, by its beginning in UTC, as exact as the span needs: `2024-08-08`, `2024-08-08T13`,
   * `2024-08-08T1315`; without it, the day of the first signal.
   */
  readonly period: string
}

/** When a new file begins. */
export interface Rotation {
  /** Before a file grows over so many bytes on the disk. */
  readonly bytes?: number
  /** With each new UTC hour or day of `receivedAt`, or each span of so many ms, counted from 1970. */
  readonly every?: 'hour' | 'day' | number
}

/** Where signals are written, and how. */
export interface RecordConfig {
  /**
   * The file, or the name of each part. When a recording with one name is rotated, the period and the index come before
   * its extension, so that parts sort as they play: `btc.txt.gz` becomes `btc-2024-08-08.txt.gz`, `btc-0001.txt.gz`,
   * `btc-2024-08-08T13-0001.txt.gz`.
   */
  readonly file: string | ((part: RecordPart) => string)
  /** What ends a record; default `'\n'`. A signal whose record holds it elsewhere is not written. */
  readonly delimiter?: string
  /** What stands between the time and the text; default `' '`. */
  readonly separator?: string
  /**
   * Default: whether the name of the file ends in `.gz`. Each batch is a member with a checksum of its own; without gzip
   * nothing tells a byte that is wrong.
   */
  readonly gzip?: boolean
  /** When a new file begins; default never. */
  readonly rotate?: Rotation
  /** How many ms a signal may be kept back, at most, before it is given to the system; default 1,000, `0` not at all. */
  readonly flush?: number
  /**
   * When the system is made to write to the disk, which outlasts a loss of power: `'flush'` after each batch, which can
   * block the process for tens of ms, `'close'` (default) once a file is finished, `'never'`.
   */
  readonly fsync?: 'flush' | 'close' | 'never'
  /**
   * Whether to write on at the end of a file that exists, or of the last part; default `false`: it is an error. A tail
   * that was torn is cut off first, and `Repaired` says so.
   */
  readonly append?: boolean
  /**
   * The order books that are held, as snapshots: `client.heldBooks`. Each part then begins with them, and can be read
   * without those before it. The connections that are open, and their streams, are said in each part anyway.
   */
  readonly books?: () => readonly Reply[]
  /** What `flush` waits on; default RxJS's `asyncScheduler`. */
  readonly scheduler?: SchedulerLike
}
