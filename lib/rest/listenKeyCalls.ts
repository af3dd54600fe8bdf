import type { Observable } from 'rxjs'
import { closeListenKey } from './closeListenKey.js'
import { createListenKey } from './createListenKey.js'
import { extendListenKey } from './extendListenKey.js'
import type { Rest } from './Rest.js'

/** The three calls of one rest: what `listenKey` takes. */
export interface ListenKeyCalls {
  readonly create: () => Observable<string>
  readonly extend: (key: string) => Observable<unknown>
  readonly close: (key: string) => Observable<unknown>
}

/**
 * The calls by which `listenKey` gets, keeps and closes its keys.
 *
 * ```ts
 * listenKey(listenKeyCalls(createRest({ venue: asterSpot, apiKey })))
 * ```
 */
export const listenKeyCalls = (rest: Rest): ListenKeyCalls => ({
  create: () => createListenKey(rest),
  extend: (key) => extendListenKey(rest, key),
  close: (key) => closeListenKey(rest, key),
})
