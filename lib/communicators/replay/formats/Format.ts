import type { RecordFormat } from '../RecordFormat.js'

/** What is known of records beside them. */
export interface About {
  /** The name of the member of an archive, where it is one, and the path of the file. */
  readonly names: readonly string[]
  /** As the config says of the file. */
  readonly stream?: string | undefined
  readonly symbol?: string | undefined
}

/** Takes a record as our own format would hold it: its time in ms, and a frame or a signal that `formatRecorded` wrote. */
export type Write = (at: number, text: string, offset: number) => void

/** What a file does not hold. */
export interface Lack {
  /** In words; empty where it holds everything. */
  readonly lacks: string
  /** Ids of updates are made up. */
  readonly ids?: 'synthetic'
  /**
   * The fields of which it holds nothing though the venue sends them always, `kline.kline.firstTradeId`: -1 stands there for
   * a number or an amount, and an empty text for a text.
   */
  readonly absent?: readonly string[]
}

/** Makes records of our own of those of one file, or of one member of an archive. */
export interface Translation extends Lack {
  /** Its times are those of receipt: one that goes back is told. */
  readonly isStamped: boolean
  /** Gives what is wrong with a record, if anything is. */
  readonly record: (text: string, offset: number) => string | undefined
  /** No other record comes. */
  readonly end?: () => void
}

/** A format of files: a row of the table. */
export interface Format extends RecordFormat {
  /** Whose files they are, in words. */
  readonly says: string
  /** What such files do not hold, in words. */
  readonly lacks?: string
  /** Whether what begins so can be of no other format: the first line, as far as 4 KiB hold it. */
  readonly begins?: (head: string, about: About) => boolean
  /** For files whose records are more than a time and a frame: gives why they are refused, where they are. */
  readonly translate?: (head: string, about: About, write: Write) => Translation | string
}

/** Records that are lines, with a time somewhere in them. */
export const lines: RecordFormat = {
  ...{ delimiter: '\n', timestamps: 'event', separator: ' ', headers: 0, empty: 'nothing' },
}
