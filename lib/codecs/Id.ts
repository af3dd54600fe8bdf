import * as t from 'io-ts'
import { guarded, type Codec } from './Codec.js'
import { Integer } from './Integer.js'
import { isWhole } from './parseLossless.js'
import { scanInteger } from './scan.js'

/** Ids have at most 64 bits, signed or not. */
const LONGEST = 20

const isLong = (u: unknown): u is string =>
  typeof u === 'string' && u.length <= LONGEST && isWhole(u) && !Number.isSafeInteger(Number(u))

const idOf = (u: unknown): Id | undefined => {
  if (Integer.is(u) || isLong(u)) return u // F77
  return typeof u === 'string' && u.length <= LONGEST && isWhole(u) ? Number(u) : undefined
}

/**
 * What names something: a number, or its digits where it is beyond 2^53 - 1, `'8389766079988521101'`. It may come in
 * either form; the same id is always the same value.
 */
export type Id = number | string
export const Id: Codec<Id, Id> = Object.assign(
  new t.Type<Id, Id, unknown>(
    'Id',
    (u): u is Id => Integer.is(u) || isLong(u),
    (u, context) => {
      const id = idOf(u)
      return id === undefined ? t.failure(u, context) : t.success(id)
    },
    (id) => id,
  ),
  { fast: idOf, scan: scanInteger },
)

/** An id that may also be a text. */
export const IdOrText = guarded<number | string>(
  'Id or string',
  (u): u is number | string => typeof u === 'string' || Integer.is(u),
)

const textOf = (u: unknown): string | undefined => {
  if (typeof u === 'string') return u
  return Integer.is(u) ? String(u) : undefined
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

/** A codec of ids refused a whole number that was rounded as it was read. */
export const isSpoiltId = ({ value, context }: t.ValidationError): boolean => {
  const codec = context.at(-1)?.type
  return Number.isInteger(value) && [Id, IdOrText, IdText].some((one) => one === codec)
}
