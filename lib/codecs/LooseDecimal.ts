import * as t from 'io-ts'
import type { Codec } from './Codec.js'
import { Decimal } from './Decimal.js'

const textOf = (u: unknown): Decimal | undefined => (Number.isFinite(u) ? String(u) : Decimal.fast(u))

/**
 * A decimal that comes as a text or as a bare number: the number's text, which is the venue's own where `parseLossless`
 * read it.
 */
export const LooseDecimal: Codec<Decimal, Decimal> = Object.assign(
  new t.Type<Decimal, Decimal, unknown>(
    'Decimal',
    Decimal.is,
    (u, context) => {
      const text = textOf(u)
      return text === undefined ? t.failure(u, context) : t.success(text)
    },
    (text) => text,
  ),
  { fast: textOf },
)
