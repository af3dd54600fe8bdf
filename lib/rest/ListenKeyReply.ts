import * as t from 'io-ts'
import { guarded } from '../codecs/Codec.js'

const Key = guarded('a listen key', (u): u is string => typeof u === 'string' && u !== '')
const Bare = t.type({ listenKey: Key })
const Wrapped = t.type({ data: Bare })

/** A listen key, from `{"listenKey":"…"}`, or the same within `data`. */
export const ListenKeyReply = new t.Type<string, unknown>(
  'ListenKeyReply',
  Key.is,
  (u, context) => {
    const bare = Wrapped.is(u) ? u.data : u
    const result = Bare.validate(bare, context)
    return result._tag === 'Right' ? t.success(result.right.listenKey) : result
  },
  (listenKey) => ({ listenKey }),
)
