import type { Observable } from 'rxjs'
import { ListenKeyReply } from './ListenKeyReply.js'
import { listenKeyCall } from './listenKeyCall.js'
import type { Rest } from './Rest.js'

/**
 * Asks for a listen key, which lives 60 minutes: emits it and completes. On Aster, where one lives already, it is the
 * same one, for another 60 minutes. Errors with a `RestError`.
 *
 * ```ts
 * const rest = createRest({ venue: asterFutures, signer: eip712Signer({ user, privateKey }) })
 * createListenKey(rest).subscribe((key) => console.log(key.length))
 * ```
 *
 * @throws TypeError where the venue has no listen keys, or credentials are missing.
 */
export const createListenKey = (rest: Rest): Observable<string> => listenKeyCall(rest, 'POST', ListenKeyReply)
