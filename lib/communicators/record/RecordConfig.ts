/** One of the files of a rotated recording. */
export interface RecordPart {
  /** Counts from 1, with `rotate.daily` within the day. */
  readonly index: number
  /** The UTC day of its first signal: `2024-08-08`. */
  readonly day: string
}

/** Where signals are written, and how. */
export interface RecordConfig {
  /**
   * The file, or the name of each part. When a recording with one name is rotated, the day and the index come before
   * its extension: `btc.txt.gz` becomes `btc-2024-08-08.txt.gz`, `btc-1.txt.gz`, `btc-2024-08-08-1.txt.gz`.
   */
  readonly file: string | ((part: RecordPart) => string)
  /** What ends a record; default `'\n'`. A signal whose record holds it elsewhere is not written. */
  readonly delimiter?: string
  /** What stands between the time and the text; default `' '`. */
  readonly separator?: string
  /** Default: whether the name of the file ends in `.gz`. */
  readonly gzip?: boolean
  /** When a new file begins: before it grows over so many bytes (uncompressed), with each new UTC day of `receivedAt`. */
  readonly rotate?: { readonly bytes?: number; readonly daily?: boolean }
  /** How many ms of `receivedAt` may be kept back, at most; default 1,000. It is looked at when a signal comes. */
  readonly flushEvery?: number
  /** Whether to write on at the end of a file that exists; default `false`: it is an error. */
  readonly append?: boolean
}
