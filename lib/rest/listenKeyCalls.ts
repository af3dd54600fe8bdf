import { anObject, checked } from '../codecs/checked.js'
import * as t from 'io-ts'
import type { Observable } from 'rxjs'
import { guarded } from '../codecs/Codec.js'
import type { Rest } from './Rest.js'
import type { Method } from './sign.js'

/** The three calls of one rest: what `listenKey` takes. Each errors with a `RestError`. */
export interface ListenKeyCalls {
  /**
   * Asks for a listen key, which lives 60 minutes: emits it and completes. On Aster, where one lives already, it is the
   * same one, for another 60 minutes.
   */
  readonly create: () => Observable<string>
  /**
   * Gives a listen key another 60 minutes: emits the venue's answer and completes. A key that is gone is an error with
   * code -1125, or with status 404.
   */
  readonly extend: (key: string) => Observable<unknown>
  /** Ends a listen key, for every process that uses the account: emits the venue's answer and completes. */
  readonly close: (key: string) => Observable<unknown>
}

/**
 * The calls by which `listenKey` gets, keeps and closes its keys: sent again when they fail, as the venue's rules allow.
 * Where the venue has no listen keys, or credentials are missing, they throw a `TypeError`.
 *
 * ```ts
 * listenKey(listenKeyCalls(createRest({ venue: asterSpot, apiKey })))
 * ```
 */
export const listenKeyCalls = checked(
  'listenKeyCalls',
  [anObject('a rest, as createRest makes one', ['venue', 'paths'], ['request'])],
  ({ venue, version, paths, request }: Rest): ListenKeyCalls => {
    const call = <A>(method: Method, codec: t.Decoder<unknown, A>, listenKey?: string): Observable<A> => {
      const row = paths.listenKey
      if (row === undefined) throw new TypeError(`${venue.name} has no listen keys in its REST ${version}`)
      const { path, authentication, isNamed } = row
      return request(method, path, isNamed ? { listenKey } : {}, codec, { authentication, idempotent: true })
    }
    return {
      create: () => call('POST', ListenKeyReply),
      extend: (key) => call('PUT', t.unknown, key),
      close: (key) => call('DELETE', t.unknown, key),
    }
  },
)

const Key = guarded('a listen key', (u): u is string => typeof u === 'string' && u !== '')
const Bare = t.type({ listenKey: Key })
const Wrapped = t.type({ data: Bare })

/** No part of an address is `.` or `..`, or holds half of a character, however it is written. */
const isAddressable = (key: string): boolean => !/^\.{1,2}$|\p{Surrogate}/u.test(key)

const Addressable = guarded(
  'a listen key that can stand in an address',
  (u): u is string => Key.is(u) && isAddressable(u),
)

/** A listen key, from `{"listenKey":"…"}`, or the same within `data`. */
export const ListenKeyReply = new t.Type<string, unknown>(
  'ListenKeyReply',
  Addressable.is,
  (u, context) => {
    const bare = Wrapped.is(u) ? u.data : u
    const result = Bare.validate(bare, context)
    if (result._tag === 'Left') return result
    const { listenKey } = result.right
    return Addressable.validate(listenKey, t.appendContext(context, 'listenKey', Addressable, listenKey))
  },
  (listenKey) => ({ listenKey }),
)
