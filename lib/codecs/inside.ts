import * as t from 'io-ts'
import { aCodec, aText, checked } from './checked.js'
import type { AnyCodec, Codec } from './Codec.js'
import { isValues } from './Values.js'

/** What stands under a key of an object, as in `{"code":0,"data":…}`; nothing else of the object is looked at. */
export const inside = checked(
  'inside',
  [aText('a key'), aCodec],
  <C extends AnyCodec>(key: string, inner: C): Codec<C['_A']> => {
    const type = new t.Type<C['_A'], unknown, unknown>(
      inner.name,
      inner.is as t.Is<C['_A']>,
      (u, context) => {
        if (!isValues(u)) return t.failure(u, context)
        return inner.validate(u[key], t.appendContext(context, key, inner, u[key]))
      },
      (value) => ({ [key]: inner.encode(value) }),
    )
    return Object.assign(type, { fast: (u: unknown) => (isValues(u) ? inner.fast(u[key]) : undefined) })
  },
)
