/** What sets a conditional order off. Prices are in ticks. */
export interface Trigger {
  /** Whether the market has to rise or to fall to its price. */
  readonly to: 'rise' | 'fall'
  /** Absent while a trailing stop does not follow yet. */
  readonly price?: number
  /** Whether it goes by the last trade, or by the middle between the best prices. */
  readonly by: 'last' | 'mark'
  readonly trailing?: Trailing
}

/** How a stop follows the market. */
interface Trailing {
  /** How far it is behind, as a part of the price. */
  readonly rate: number
  /** From where on it follows. Default: at once. */
  readonly activation?: number
}

export const isReached = ({ to, price }: Trigger, market: number): boolean =>
  price !== undefined && (to === 'rise' ? market >= price : market <= price)

/** The trigger after the market was at a price: where it trails, it comes along, and never goes back. */
export const followed = (trigger: Trigger, market: number): Trigger => {
  const { to, price, trailing } = trigger
  if (trailing === undefined) return trigger
  const { rate, activation = market } = trailing
  const isFar = to === 'rise' ? market > activation : market < activation
  if (price === undefined && isFar) return trigger
  const behind = market * (to === 'rise' ? 1 + rate : 1 - rate)
  const nearest = to === 'rise' ? Math.min(price ?? behind, behind) : Math.max(price ?? behind, behind)
  return { ...trigger, price: nearest }
}
