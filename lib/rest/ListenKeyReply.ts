import * as t from 'io-ts'
import { guarded } from '../codecs/Codec.js'

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
