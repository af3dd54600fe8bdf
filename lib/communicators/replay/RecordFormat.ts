/**
 * How the time of a record is written: before its text in ms, µs, ns or s since 1970 (digits, fractions allowed)
 * or as ISO 8601 (`2024-08-08T23:54:13.937085768Z`, UTC where no zone is given), not at all, or inside the event (`E`).
 */
export type Timestamps = 'ms' | 'us' | 'ns' | 's' | 'iso' | 'none' | 'event'

/** How records are written, and what they mean by convention. */
export interface RecordFormat {
  /** What ends a record. */
  readonly delimiter: string
  readonly timestamps: Timestamps
  /** What stands between the time and the text. */
  readonly separator: string
  /** How many records at the start of a file are none. */
  readonly headers: number
  /** What an empty record says: nothing, or that the connection was lost here. */
  readonly empty: 'nothing' | 'disconnected'
}
