import { aCodec, checked } from './checked.js'
import * as t from 'io-ts'
import { noUnknown, type Codec } from './Codec.js'
import { scanNull } from './scan.js'

/** The codec's value, or `null` where the venue says that there is none. */
export const nullable = checked('nullable', [aCodec], <A, O>(inner: Codec<A, O>): Codec<A | null, O | null> =>
  Object.assign(
    new t.Type<A | null, O | null, unknown>(
      `${inner.name} or null`,
      (u): u is A | null => u === null || inner.is(u),
      (u, context) => (u === null ? t.success(null) : inner.validate(u, context)),
      (value) => (value === null ? null : inner.encode(value)),
    ),
    {
      fast: (u: unknown) => (u === null ? null : inner.fast(u)),
      scan: inner.scan && ((text: string, at: number) => (scanNull(text, at) === null ? null : inner.scan?.(text, at))),
      unknownValues:
        inner.unknownValues &&
        ((value: A | null) => (value === null ? noUnknown : (inner.unknownValues?.(value) ?? noUnknown))),
    },
  ),
)
