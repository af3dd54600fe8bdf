/** So many of what was found are listed one by one; all are counted. */
export const MOST_LISTED = 20

/** What was found, all of it counted and the first of it listed. */
export interface Findings<A> {
  /** All of it. */
  readonly count: number
  /** At most 20 of it. */
  readonly first: readonly A[]
}

/** A hole in what a stream numbers, or in the time that its klines cover. */
export interface StreamGap {
  /** When it shows, in ms since 1970. */
  readonly at: number
  /** The last number before it; of klines the time. */
  readonly after: number
  /** The first number behind it; of klines the time. */
  readonly before: number
  /** The connection was lost in between. */
  readonly isLoss: boolean
}

/** When nothing came, in ms since 1970. */
export interface Quiet {
  /** What came last before it. */
  readonly from: number
  /** What came first after it. */
  readonly to: number
}

/** What came of one stream. Times are those of receipt, in ms since 1970. */
export interface StreamReport {
  /** Its name. */
  readonly stream: string
  /** The key of its row: `trade`. */
  readonly kind: string
  /** How many came. */
  readonly events: number
  /** The first. */
  readonly from: number
  /** The last. */
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
  /** Upper case: `BTCUSDT`. */
  readonly symbol: string
  /** Whether it can be read at the end. */
  readonly isSynced: boolean
  /** How often it was synced. */
  readonly syncs: number
  /** For how many ms of the recording it was not synced. */
  readonly unsynced: number
  /** Comparisons with the venue's own best bid and ask. */
  readonly comparisons: number
  /** Comparisons in which they differ. */
  readonly mismatches: Findings<Mismatch>
  /** How often its best bid was not below its best ask. */
  readonly crossed: number
}

/** A best bid and ask, price and quantity each. */
export type TopText = readonly [bid: string, ask: string]

/** Where the book and the venue's own ticker say something else of one update. */
export interface Mismatch {
  /** The update after which they differ. */
  readonly updateId: number
  /** What the book says. */
  readonly book: TopText
  /** What the venue says. */
  readonly ticker: TopText
}

/** What is wrong with a file, by the bytes of what it holds. */
export interface FileProblem {
  /** Where it begins. */
  readonly offset: number
  /** What it is, in words. */
  readonly reason: string
}

/** What was read of one file. */
export interface FileReport {
  /** As it was given. */
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
  /** As it was given. */
  readonly file: string
  /** Where its record begins, in bytes of what the file holds. */
  readonly offset: number
  /** The time before it, in ms since 1970. */
  readonly after: number
  /** The one that was written, in ms since 1970. */
  readonly came: number
}

/** What a recording is worth. */
export interface RecordingReport {
  /** Of what was received first, in ms since 1970; absent where nothing was. */
  readonly from?: number
  /** Of what was received last, in ms since 1970; absent where nothing was. */
  readonly to?: number
  /** How many frames were received. */
  readonly frames: number
  /** Of the frames: answers and heartbeats. */
  readonly control: number
  /** Of the frames: those of streams that the venue does not have. */
  readonly unknown: number
  /** Of the frames: those that are no events. */
  readonly invalid: number
  /** What was read of each. */
  readonly files: readonly FileReport[]
  /** Formats that are not our own, and what they do not hold. */
  readonly formats: readonly { readonly format: string; readonly known: 'given' | 'guessed'; readonly lacks: string }[]
  /** What came of each. */
  readonly streams: readonly StreamReport[]
  /** What became of each. */
  readonly books: readonly BookReport[]
  /** Connections that were lost. */
  readonly losses: number
  /** When nothing came at all for more than 10 s. */
  readonly silences: Findings<Quiet>
  /** Times that go back. */
  readonly stepsBack: Findings<TimeStep>
  /** Times that are far ahead of those around them. */
  readonly jumps: Findings<TimeStep>
  /** Streams that several sources carry in no common sequence. */
  readonly unmerged: readonly string[]
  /** Everything that is wrong, a sentence each; nothing for a recording that is whole. */
  readonly problems: readonly string[]
}
