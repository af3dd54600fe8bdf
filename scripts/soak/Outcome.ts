import type { Finding } from './oracle/Finding.js'

/** What came of one seed, or of some minutes. */
export interface Outcome {
  readonly findings: readonly Finding[]
  /** How often each fault was put in. */
  readonly injected: ReadonlyMap<string, number>
  /** Events compared. */
  readonly events: number
  /** Books compared, and those of them to the last level. */
  readonly books: number
  readonly whole: number
  /** How often nobody carried a stream, as the client said. */
  readonly windows: number
}
