import * as t from 'io-ts'
import type { Observable } from 'rxjs'
import { listenKeyCall } from './listenKeyCall.js'
import type { Rest } from './Rest.js'

/**
 * Gives a listen key another 60 minutes: emits the venue's answer and completes. A key that is gone is a `RestError`
 * with code -1125, or with status 404.
 *
 * ```ts
 * keepAlive({ extend: (key) => extendListenKey(rest, key) })
 * ```
 *
 * @throws TypeError where the venue has no listen keys, or credentials are missing.
 */
export const extendListenKey = (rest: Rest, listenKey: string): Observable<unknown> =>
  listenKeyCall(rest, 'PUT', t.unknown, listenKey)
