import * as t from 'io-ts'
import { guarded } from './Codec.js'
import { Decimal, isDecimal } from './Decimal.js'

/** One price level: `[price, quantity]`; in a change, quantity 0 removes the level. */
export type Level = readonly [price: Decimal, quantity: Decimal]

/** Price levels in the order sent. */
export interface Levels extends Iterable<Level> {
  readonly length: number
}

const isLevel = (u: unknown): u is Level => Array.isArray(u) && u.length >= 2 && isDecimal(u[0]) && isDecimal(u[1])

const isLevels = (u: unknown): u is Levels => {
  if (!Array.isArray(u)) return false
  for (let i = 0; i < u.length; i++) if (!isLevel(u[i])) return false
  return true
}

const LevelArray = t.array(
  guarded<Level>('[price, quantity]', isLevel, (u, context) => {
    if (!Array.isArray(u)) return t.failure(u, context)
    const part = [0, 1].find((i) => !isDecimal(u[i]))
    return t.failure(u[part ?? 0], t.appendContext(context, String(part ?? 0), Decimal, u[part ?? 0]))
  }),
)

/** Bids or asks on the wire: `[["61686.00","2.29"], …]`. */
export const Levels = guarded<Levels>('Levels', isLevels, (u, context) => LevelArray.validate(u, context))
