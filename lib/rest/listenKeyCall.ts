import type * as t from 'io-ts'
import type { Observable } from 'rxjs'
import type { Method, Rest } from './Rest.js'

/**
 * A call for listen keys: sent again when it fails, as the venue's rules allow.
 *
 * @throws TypeError where the venue has no listen keys, or credentials are missing.
 */
export const listenKeyCall = <A>(
  { venue, version, paths, request }: Rest,
  method: Method,
  codec: t.Decoder<unknown, A>,
  listenKey?: string,
): Observable<A> => {
  const row = paths.listenKey
  if (row === undefined) throw new TypeError(`${venue.name} has no listen keys in its REST ${version}`)
  const { path, authentication, isNamed } = row
  return request(method, path, isNamed ? { listenKey } : {}, codec, { authentication, idempotent: true })
}
