import { defer, filter, of, take, type Observable } from 'rxjs'
import type { DepthSnapshot } from '../events/DepthSnapshot.js'
import type { DepthUpdate } from '../events/DepthUpdate.js'
import type { Router } from '../venues/router.js'

/** What a recording holds of the order books: which streams, and the snapshots among them. */
export interface RecordedDepth {
  /** The first depth stream that the recording holds for a symbol. */
  readonly streamOf: (symbol: string) => Observable<string>
  /** One snapshot of a symbol. */
  readonly snapshotOf: (symbol: string) => Observable<DepthSnapshot>
}

interface Seen {
  /** Names of streams, each before its first event. */
  readonly discovered$: Observable<string>
  readonly update$: Observable<DepthUpdate>
  readonly snapshot$: Observable<DepthSnapshot>
}

/**
 * A snapshot that was asked for is recorded behind the update that made somebody ask: so `snapshotOf` waits for the next
 * one. In a recording that starts with its snapshot, that one is given: it stands right before the update that asks.
 * A snapshot without a symbol belongs to the only symbol whose updates were seen, and to nobody where there are several.
 */
export const recordedDepth = (route: Router, { discovered$, update$, snapshot$ }: Seen): RecordedDepth => {
  const streams = new Map<string, string>()
  const updatesSince = new Map<string, number>()
  const last = new Map<string | undefined, DepthSnapshot>()
  const isOnly = (symbol: string) => updatesSince.size === 0 || (updatesSince.size === 1 && updatesSince.has(symbol))
  const isOf = (symbol: string, snapshot: DepthSnapshot) =>
    snapshot.symbol === symbol || (snapshot.symbol === undefined && isOnly(symbol))

  listen(discovered$, (name) => {
    const found = route(name)
    if (found?.kind === 'depth' && found.symbol !== undefined && !streams.has(found.symbol))
      streams.set(found.symbol, name)
  })
  listen(update$, ({ symbol }) => updatesSince.set(symbol, (updatesSince.get(symbol) ?? 0) + 1))
  listen(snapshot$, (snapshot) => {
    last.set(snapshot.symbol, snapshot)
    for (const symbol of updatesSince.keys()) if (isOf(symbol, snapshot)) updatesSince.set(symbol, 0)
  })

  return {
    streamOf: (symbol) =>
      defer(() => {
        const known = streams.get(symbol)
        return known !== undefined
          ? of(known)
          : discovered$.pipe(
              filter((name) => streams.get(symbol) === name),
              take(1),
            )
      }),
    snapshotOf: (symbol) =>
      defer(() => {
        const before = last.get(symbol) ?? (isOnly(symbol) ? last.get(undefined) : undefined)
        return before !== undefined && (updatesSince.get(symbol) ?? 0) <= 1
          ? of(before)
          : snapshot$.pipe(
              filter((snapshot) => isOf(symbol, snapshot)),
              take(1),
            )
      }),
  }
}

/** An error of the signals goes to those who listen to the client, not here. */
const listen = <A>(source: Observable<A>, next: (value: A) => void) =>
  source.subscribe({ next, error: () => undefined })
