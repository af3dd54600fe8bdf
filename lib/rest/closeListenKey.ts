import * as t from 'io-ts'
import type { Observable } from 'rxjs'
import { listenKeyCall } from './listenKeyCall.js'
import type { Rest } from './Rest.js'

/**
 * Ends a listen key, for every process that uses the account: emits the venue's answer and completes. Errors with a
 * `RestError`.
 *
 * @throws TypeError where the venue has no listen keys, or credentials are missing.
 */
export const closeListenKey = (rest: Rest, listenKey: string): Observable<unknown> =>
  listenKeyCall(rest, 'DELETE', t.unknown, listenKey)
