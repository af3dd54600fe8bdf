import type { Outcome } from './Outcome.js'

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
