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

export const nothingYet: Outcome = { findings: [], injected: new Map(), events: 0, books: 0, whole: 0, windows: 0 }

/** Several outcomes as one. */
export const added = (one: Outcome, other: Outcome): Outcome => {
  const injected = new Map(one.injected)
  for (const [name, count] of other.injected) injected.set(name, (injected.get(name) ?? 0) + count)
  return {
    injected,
    findings: [...one.findings, ...other.findings],
    events: one.events + other.events,
    books: one.books + other.books,
    whole: one.whole + other.whole,
    windows: one.windows + other.windows,
  }
}
