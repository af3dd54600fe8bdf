import type { SchedulerLike } from 'rxjs'
import type { FormatName } from './formats/formats.js'
import type { Timestamps } from './RecordFormat.js'

/** A file of a replay, and what is known about it. */
export interface ReplayFile {
  /**
   * As `fs.open` takes it; it becomes the `id` of the source. Plain, gzip or zip is seen from its first bytes, not its
   * name. A folder stands for its files, a pattern as `'data/btc-*.zip'` for those that it matches, in natural order: 2
   * before 10. A named pipe will do, and `'-'` is the standard input: then what comes is delivered as it comes.
   */
  readonly path: string
  /** The single stream whose raw frames the file holds, `btcusdt@depth`; it becomes the `stream` of the source. */
  readonly stream?: string
  /** The only symbol that the file holds, `BTCUSDT`: what its depth snapshots are of, where they do not say so. */
  readonly symbol?: string
}

/** `'instant'`: as fast as possible; `'recorded'`: as it was; a factor: `2` is twice as fast as it was. */
export type Pace = 'instant' | 'recorded' | number

/** How far a file of a replay was read. */
export interface FileRead {
  /** As it was given in `files`. */
  readonly path: string
  /** Bytes of the file as it is on the disk, packed where it is; a little ahead of what was delivered. */
  readonly bytes: number
  /** How many it has; `undefined` for a pipe. */
  readonly size: number | undefined
}

/** What is replayed, and how it is written. Times are ms since 1970. */
export interface ReplayConfig {
  /** One file or many. */
  readonly files: string | ReplayFile | readonly (string | ReplayFile)[]
  /**
   * Whose files they are: `'record'`, what `record` writes; `'tardis'`, `'hftbacktest'`, `'cryptofeed'` and `'dotnet'`,
   * raw frames as those collectors write them; `'binanceCsv'` and `'tardisCsv'`, whose lines become the frames that they
   * were. Default: what the first bytes of a file say where they can be of one format only, and else `'record'`. What
   * was guessed, and what a format does not hold, is said once by the status `FileFormat`.
   *
   * Beside `'record'`, `'tardis'`, `'hftbacktest'` and `'dotnet'` the next options say how records are written, in place of
   * the format; where they are given without a format, nothing is guessed.
   */
  readonly format?: FormatName
  /** What ends a record, of any length; default `'\n'`. The last record of a file may go without. */
  readonly delimiter?: string
  /**
   * Default `'ms'`, which `record` writes. With `'none'` everything comes at `from ?? 0` and the clock stands still.
   * With `'event'` a text without a time has that of the record before, and no time goes back.
   */
  readonly timestamps?: Timestamps
  /** What stands between the time and the text; default `' '`. The first one in a record counts. */
  readonly separator?: string
  /** How many records at the start of each file are skipped; default 0. Empty records are never counted. */
  readonly headers?: number
  /** What an empty record says: `'nothing'` (default), or `'disconnected'`: the connection was lost there. */
  readonly empty?: 'nothing' | 'disconnected'
  /**
   * Only what came at this time or later: ms since 1970, or a Date. What came before makes the order books that a client
   * begins with, and the connections that were open are said; of files without times there is no before.
   */
  readonly from?: number | Date
  /** Only what came before this time: a file is read up to the first record at or after it. */
  readonly to?: number | Date
  /**
   * All files at once, by time, equal times in the order of `files`; default `false`: one after the other. Of a stream
   * that several of them hold a client delivers each event once; where they are not recordings of one feed, all events,
   * behind the status `Unmerged`.
   */
  readonly merge?: boolean
  /** Default `'instant'`. What is emitted, and in which order, is the same at any pace. */
  readonly pace?: Pace
  /** How many ms the clock runs on after the last frame, at most, while something is due; default 60,000. */
  readonly drain?: number
  /** The longest record, in bytes; default 16 MiB. A longer one is a `BadRecord`, and is skipped. */
  readonly maxRecord?: number
  /**
   * Hears, with every piece of a file that was read, how far that is. Where it returns a promise, nothing more of the
   * file is read until that has settled: so one who cannot keep up, as with a full pipe, holds the replay back.
   */
  readonly onRead?: (read: FileRead) => PromiseLike<unknown> | undefined
  /** The real time in which a paced replay waits; default RxJS's `asyncScheduler`. */
  readonly timer?: SchedulerLike
}
