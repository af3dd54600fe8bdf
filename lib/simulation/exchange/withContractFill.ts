import type { NumberedFill } from '../market/tape.js'
import type { Money } from './Money.js'
import type { Holding } from './Wallet.js'

/**
 * A position after a fill, and what the fill realised, before fees. What closes takes its share of the cost along, cut
 * off; what turns the position around opens it anew.
 */
export const withContractFill = (
  holding: Holding,
  side: 'BUY' | 'SELL',
  { price, quantity }: Pick<NumberedFill, 'price' | 'quantity'>,
): readonly [Holding, realized: Money] => {
  const { tickLot } = holding.instrument
  const sign = side === 'BUY' ? 1 : -1
  const worth = (lots: number) => BigInt(price) * BigInt(lots) * tickLot
  const against = holding.lots * sign < 0 ? Math.abs(holding.lots) : 0
  const closed = Math.min(against, quantity)
  const share = closed === 0 ? 0n : (holding.cost * BigInt(closed)) / BigInt(against)
  const realized = side === 'SELL' ? worth(closed) - share : share - worth(closed)
  const next = {
    ...holding,
    lots: holding.lots + sign * quantity,
    cost: holding.cost - share + worth(quantity - closed),
    realized: holding.realized + realized,
  }
  return [next, realized]
}
