import { map, type Observable } from 'rxjs'
import type { Signal, Source } from '../Signal.js'

/**
 * The same signals, with sources that are told apart: where two communicators use the same id, those of the later one
 * have their place added, `asterFutures-1` becoming `asterFutures-1.2`. So what comes on both comes once.
 */
export const distinctSources = (all: readonly Observable<Signal>[]): readonly Observable<Signal>[] => {
  const owners = new Map<string, number>()
  return all.map((signal$, place) => {
    const renamed = new WeakMap<Source, Source>()
    const own = (source: Source): Source => {
      const owner = owners.get(source.id) ?? place
      owners.set(source.id, owner)
      if (owner === place) return source
      const known = renamed.get(source) ?? { ...source, id: `${source.id}.${place + 1}` }
      renamed.set(source, known)
      return known
    }
    return signal$.pipe(
      map((signal) => (signal.source === undefined ? signal : withSource(signal, own(signal.source)))),
    )
  })
}

const withSource = (signal: Signal, source: Source): Signal =>
  source === signal.source ? signal : { ...signal, source }
