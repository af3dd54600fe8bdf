import * as t from 'io-ts'
import { Timestamp } from '../codecs/Timestamp.js'

const Bare = t.type({ serverTime: Timestamp }, 'ServerTime')
const Wrapped = t.type({ data: Bare })

/** The venue's time in ms since 1970, from `{"serverTime":…}`, or the same within `data`. */
export const ServerTimeReply = new t.Type<number, unknown>(
  'ServerTimeReply',
  t.number.is,
  (u, context) => {
    const bare = Wrapped.is(u) ? u.data : u
    const result = Bare.validate(bare, context)
    return result._tag === 'Right' ? t.success(result.right.serverTime) : result
  },
  (serverTime) => ({ serverTime }),
)
