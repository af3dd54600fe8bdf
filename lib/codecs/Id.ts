import * as t from 'io-ts'
import { guarded, type Codec } from './Codec.js'
import { scanInteger } from './scan.js'

const isId = (u: unknown): u is number => Number.isSafeInteger(u)

/** A whole number that a JSON number holds exactly; one beyond 2^53 - 1 would already be corrupt, and is refused. */
export type Id = number
export const Id = guarded<Id>('Id', isId, { scan: scanInteger })

/** An id that may also be a text. */
export const IdOrText = guarded<Id | string>('Id or string', (u): u is Id | string => typeof u === 'string' || isId(u))

const textOf = (u: unknown): string | undefined => {
  if (typeof u === 'string') return u
  return isId(u) ? String(u) : undefined
}

/** An id that comes as a number or as a text, and is a text always, so that the same id is the same value. */
export const IdText: Codec<string, string> = Object.assign(
  new t.Type<string, string, unknown>(
    'Id or string',
    (u): u is string => typeof u === 'string',
    (u, context) => {
      const text = textOf(u)
      return text === undefined ? t.failure(u, context) : t.success(text)
    },
    (text) => text,
  ),
  { fast: textOf },
)
