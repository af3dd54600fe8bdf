/** At most `most` in any span of `per` ms. */
export interface Rate {
  readonly most: number
  readonly per: number
}

/** What was spent and when, oldest first, as far back as it can matter. */
export type Spent = readonly { readonly at: number; readonly amount: number }[]

/**
 * What a venue takes for a second, in ms: a little longer, since messages and requests may bunch up on their way.
 */
export const SECOND = 1_100

/** When `amount` more may be spent; a time at or before now means at once, `Infinity` never. */
export const freeAt = (spent: Spent, { most, per }: Rate, amount = 1): number => {
  if (amount > most) return Infinity
  let excess = spent.reduce((sum, one) => sum + one.amount, amount) - most
  let free = -Infinity
  for (const one of spent) {
    if (excess <= 0) break
    excess -= one.amount
    free = one.at + per // F28
  }
  return free
}

/** Remembers what is spent now, and forgets what can matter no more. Where the clock went back, all of it was now at the latest. */
export const spend = (spent: Spent, { per }: Rate, now: number, amount = 1): Spent => [
  ...since(spent, per, now),
  { at: now, amount },
]

/** What still counts now. */
export const since = (spent: Spent, per: number, now: number): Spent =>
  spent.filter(({ at }) => at + per > now).map(({ at, amount }) => ({ at: Math.min(at, now), amount }))
