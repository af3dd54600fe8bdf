/** What a connection carries, and how. */
export interface Carried {
  readonly streams: ReadonlySet<string>
  /** Frames name their stream. */
  readonly combined: boolean
  /** Times are in microseconds; default: milliseconds. */
  readonly isMicroseconds?: true
  /** Whose account events it may ask for, where they are asked for by name. */
  readonly listenKey?: string
}
