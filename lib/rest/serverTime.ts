import type { Observable } from 'rxjs'
import type { Rest } from './Rest.js'
import { ServerTimeReply } from './ServerTimeReply.js'

/**
 * The venue's time, in ms since 1970: emits once and completes. Errors with a `RestError`.
 *
 * ```ts
 * serverTime(createRest({ venue: asterFutures })).subscribe((now) => console.log(new Date(now)))
 * ```
 */
export const serverTime = (rest: Rest): Observable<number> => rest.request('GET', rest.paths.time, {}, ServerTimeReply)
