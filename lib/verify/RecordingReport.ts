/** So many of what was found are listed one by one; all are counted. */
export const MOST_LISTED = 20

/** What was found, all of it counted and the first of it listed. */
export interface Findings<A> {
  readonly count: number
  readonly first: readonly A[]
}

/** A hole in what a stream numbers, or in the time that its klines cover. */
export interface StreamGap {
  /** When it shows, in ms since 1970. */
  readonly at: number
  /** The last number before it, and the first behind it; of klines the times. */
  readonly after: number
  readonly before: number
  /** The connection was lost in between. */
  readonly isLoss: boolean
}

/** When nothing came, in ms since 1970. */
export interface Quiet {
  readonly from: number
  readonly to: number
}

/** What came of one stream. Times are those of receipt, in ms since 1970. */
export interface StreamReport {
  readonly stream: string
  readonly kind: string
  readonly events: number
  readonly from: number
  readonly to: number
  /** Events that another source of the recording had brought, and that do not count. */
  readonly repeated: number
  /** Where something is missing, of streams whose numbers or times tell it; of all others there are none. */
  readonly gaps: Findings<StreamGap>
  /** Whether its numbers or times tell what is missing. */
  readonly isNumbered: boolean
  /** Events whose number is below that of the one before. */
  readonly backwards: number
  /** When it was silent for longer than is usual for it. */
  readonly silences: Findings<Quiet>
}

/** What became of the book of one symbol. */
export interface BookReport {
  readonly symbol: string
  readonly isSynced: boolean
  /** How often it was synced, and for how many ms of the recording it was not. */
  readonly syncs: number
  readonly unsynced: number
  /** Comparisons with the venue's own best bid and ask, and those in which they differ. */
  readonly comparisons: number
  readonly mismatches: Findings<Mismatch>
  /** How often its best bid was not below its best ask. */
  readonly crossed: number
}

/** A best bid and ask, price and quantity each. */
export type TopText = readonly [bid: string, ask: string]

/** Where the book and the venue's own ticker say something else of one update. */
export interface Mismatch {
  readonly updateId: number
  readonly book: TopText
  readonly ticker: TopText
}

/** What is wrong with a file, by the bytes of what it holds. */
export interface FileProblem {
  readonly offset: number
  readonly reason: string
}

/** What was read of one file. */
export interface FileReport {
  readonly path: string
  /** Parts of it that cannot be read, and those that may not be what was written. */
  readonly damage: Findings<FileProblem>
  /** Records that are skipped, or whose times are not believed. */
  readonly badRecords: Findings<FileProblem>
  /** Whether it is what the `.CHECKSUM` beside it says; absent where there is none. */
  readonly checksum?: 'right' | 'wrong'
}

/** A time that is not believed. */
export interface TimeStep {
  readonly file: string
  readonly offset: number
  /** The time before it, and the one that was written, in ms since 1970. */
  readonly after: number
  readonly came: number
}

/** What a recording is worth. */
export interface RecordingReport {
  /** Of what was received, in ms since 1970; absent where nothing was. */
  readonly from?: number
  readonly to?: number
  readonly frames: number
  /** Of the frames: answers and heartbeats; those of streams that the venue does not have; those that are no events. */
  readonly control: number
  readonly unknown: number
  readonly invalid: number
  readonly files: readonly FileReport[]
  /** Formats that are not our own, and what they do not hold. */
  readonly formats: readonly { readonly format: string; readonly known: 'given' | 'guessed'; readonly lacks: string }[]
  readonly streams: readonly StreamReport[]
  readonly books: readonly BookReport[]
  /** Connections that were lost. */
  readonly losses: number
  /** When nothing came at all for more than 10 s. */
  readonly silences: Findings<Quiet>
  /** Times that go back, and times that are far ahead of those around them. */
  readonly stepsBack: Findings<TimeStep>
  readonly jumps: Findings<TimeStep>
  /** Streams that several sources carry in no common sequence. */
  readonly unmerged: readonly string[]
  /** Everything that is wrong, a sentence each; nothing for a recording that is whole. */
  readonly problems: readonly string[]
}
