import { MOST_LISTED, type Findings } from './RecordingReport.js'

/** Counts what is found, and keeps the first of it. */
export const collect = <A>() => {
  let count = 0
  const first: A[] = []
  return {
    add: (one: A) => {
      count += 1
      if (first.length < MOST_LISTED) first.push(one)
    },
    found: (): Findings<A> => ({ count, first }),
  }
}
