import * as t from 'io-ts'
import { guarded, type Codec } from './Codec.js'
import { Decimal } from './Decimal.js'
import { LevelsView, type Level } from './LevelsView.js'
import { scanLevels } from './scanLevels.js'

export type { Level } from './LevelsView.js'

/**
 * Price levels in the order sent. What was read from a frame makes their texts when somebody asks, and prints,
 * serialises and spreads as the array it stands for; `[...levels]` is that array, to compare it or to send it elsewhere.
 */
export interface Levels extends Iterable<Level> {
  /** How many levels. */
  readonly length: number
}

const isLevel = (u: unknown): u is Level => Array.isArray(u) && u.length >= 2 && Decimal.is(u[0]) && Decimal.is(u[1])

const isLevels = (u: unknown): u is readonly Level[] => {
  if (!Array.isArray(u)) return false
  for (let i = 0; i < u.length; i++) if (!isLevel(u[i])) return false
  return true
}

const LevelArray = t.array(
  guarded<Level>('[price, quantity]', isLevel, {
    explain: (u, context) => {
      if (!Array.isArray(u)) return t.failure(u, context)
      const part = Decimal.is(u[0]) ? 1 : 0
      return t.failure(u[part], t.appendContext(context, String(part), Decimal, u[part]))
    },
  }),
)

/** Bids or asks on the wire: `[["61686.00","2.29"],…]`. */
export const Levels: Codec<Levels> = Object.assign(
  new t.Type<Levels, unknown, unknown>(
    'Levels',
    (u): u is Levels => u instanceof LevelsView || isLevels(u),
    (u, context) => (isLevels(u) ? t.success(u) : LevelArray.validate(u, context)),
    (levels) => (levels instanceof LevelsView ? levels.toJSON() : levels),
  ),
  { fast: (u: unknown) => (isLevels(u) ? u : undefined), scan: scanLevels },
)
