import * as t from 'io-ts'
import { guarded } from './Codec.js'
import { Decimal } from './Decimal.js'
import { scanList, scanPair } from './scan.js'

/** One price level: `[price, quantity]`; in a change, quantity 0 removes the level. */
export type Level = readonly [price: Decimal, quantity: Decimal]

/** Price levels in the order sent. */
export interface Levels extends Iterable<Level> {
  readonly length: number
}

const isLevel = (u: unknown): u is Level => Array.isArray(u) && u.length >= 2 && Decimal.is(u[0]) && Decimal.is(u[1])

const isLevels = (u: unknown): u is Levels => {
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
export const Levels = guarded<Levels>('Levels', isLevels, {
  scan: (text, at) => scanList(scanPair, text, at),
  explain: (u, context) => LevelArray.validate(u, context),
})
