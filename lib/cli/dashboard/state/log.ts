/** A line of the log. */
export interface LogLine {
  /** In ms since 1970. */
  readonly at: number
  readonly text: string
  readonly tone: 'good' | 'bad' | 'quiet'
}

/** The last lines, newest first, and how many there have been. */
export interface Log {
  readonly lines: readonly LogLine[]
  readonly count: number
}

export const emptyLog: Log = { lines: [], count: 0 }

/** So many lines are kept. */
export const LOG = 200

export const withLine = ({ lines, count }: Log, line: LogLine): Log => ({
  lines: [line, ...lines].slice(0, LOG),
  count: count + 1,
})
