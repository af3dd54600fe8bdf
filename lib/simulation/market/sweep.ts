/** What an order would take. */
export interface Swept {
  /** In lots. */
  readonly quantity: number
  /** In ticks times lots. */
  readonly amount: number
}

/** How much of an order the levels of the other side, best first, would fill now. */
export const sweep = (
  levels: Iterable<readonly [price: number, quantity: number]>,
  { side, quantity, price }: { readonly side: 'BUY' | 'SELL'; readonly quantity: number; readonly price?: number },
): Swept => {
  const worst = price ?? (side === 'BUY' ? Infinity : 0)
  let open = quantity
  let amount = 0
  for (const [offer, waiting] of levels) {
    if (open === 0 || (side === 'BUY' ? offer > worst : offer < worst)) break
    const filled = Math.min(open, waiting)
    open -= filled
    amount += filled * offer
  }
  return { quantity: quantity - open, amount }
}

/** How many lots a budget, in ticks times lots, buys from the levels. */
export const lotsFor = (levels: Iterable<readonly [price: number, quantity: number]>, budget: number): number => {
  let left = budget
  let lots = 0
  for (const [offer, waiting] of levels) {
    const bought = Math.min(waiting, Math.floor(left / offer))
    lots += bought
    left -= bought * offer
    if (bought < waiting) break
  }
  return lots
}
