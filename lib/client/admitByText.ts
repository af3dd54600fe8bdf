import type { Admission, SourceId } from './Admission.js'

/** How many events are remembered. */
const REMEMBERED = 1_000

/**
 * For events that have no common number and come in no certain order, as those of an account: what two connections say
 * of one event is the same to the letter, so an event that another connection has brought already is a repeat.
 */
export const admitByText = (): Admission => {
  const seen = new Map<string, SourceId>()
  let latest: SourceId
  return {
    passes: () => false,
    admit: (message, source) => {
      latest = source
      const text = JSON.stringify(message.event)
      if (seen.has(text) && seen.get(text) !== source) return [] // F12
      seen.set(text, source)
      const [oldest] = seen.keys()
      if (seen.size > REMEMBERED && oldest !== undefined) seen.delete(oldest)
      return [message]
    },
    release: () => [],
    carriesAlone: (source) => seen.size > 0 && latest === source,
  }
}

/** For what no stream carries, as a depth snapshot. */
export const admitAll: Admission = {
  passes: () => true,
  admit: (message) => [message],
  release: () => [],
  carriesAlone: () => false,
}
