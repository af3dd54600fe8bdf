/** A line of the log. */
export interface LogLine {
  /** In ms since 1970. */
  readonly at: number
  readonly text: string
  readonly tone: 'good' | 'bad' | 'quiet'
}

/** So many lines are kept. */
export const LINES = 200
