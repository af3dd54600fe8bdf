import { moneyText, ONE } from './Money.js'
import type { Holding } from './Wallet.js'

/** Of prices. */
const DIGITS = 5

/** A position's numbers as decimals, by a price in ticks. */
export const holdingTexts = ({ instrument, lots, cost, realized }: Holding, mark: number) => {
  const { lot, tickLot } = instrument
  const size = BigInt(Math.abs(lots)) * lot
  // Marks may be halves of ticks.
  const worth = (BigInt(Math.round(mark * 2)) * BigInt(Math.abs(lots)) * tickLot) / 2n
  return {
    amount: instrument.scale.quantity(lots),
    entryPrice: moneyText(size === 0n ? 0n : (cost * ONE) / size, DIGITS),
    accumulatedRealizedProfit: moneyText(realized),
    unrealizedProfit: moneyText(lots < 0 ? cost - worth : worth - cost),
  }
}
