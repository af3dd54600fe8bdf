import { openLots } from './Order.js'
import type { Instrument } from './Instrument.js'
import type { Money } from './Money.js'
import { feeOf, type Holding, type Need, type Wallet, type WalletConfig } from './Wallet.js'
import { withContractFill } from './withContractFill.js'

/** Positions and orders hold a twentieth of what they are worth. */
export const LEVERAGE = 20n

/**
 * One position per symbol, crossed, in one-way mode; profit counts when it is realised, and nobody is liquidated. An
 * order that closes needs no margin.
 */
export const futuresWallet = ({ balances: start, open, fees }: WalletConfig): Wallet => {
  const totals = new Map(Object.entries(start))
  const holdings = new Map<string, Holding>()
  const total = (asset: string) => totals.get(asset) ?? 0n
  const holdingOf = (instrument: Instrument): Holding =>
    holdings.get(instrument.symbol) ?? { instrument, lots: 0, cost: 0n, realized: 0n }

  const marginOf = ({ instrument, side, lots, amount }: Need): Money => {
    const { lots: held } = holdingOf(instrument)
    const closing = (side === 'BUY' ? held < 0 : held > 0) ? Math.abs(held) : 0
    const opening = Math.max(0, lots - closing)
    return lots === 0 ? 0n : (BigInt(amount) * instrument.tickLot * BigInt(opening)) / (BigInt(lots) * LEVERAGE)
  }
  const locked = (asset: string): Money => {
    let sum = 0n
    for (const { instrument, cost } of holdings.values()) if (instrument.quote === asset) sum += cost / LEVERAGE
    for (const order of open()) {
      const lots = openLots(order)
      const need = { instrument: order.instrument, side: order.side, lots, amount: lots * (order.price ?? 0) }
      if (order.instrument.quote === asset) sum += marginOf(need)
    }
    return sum
  }
  const free = (asset: string) => total(asset) - locked(asset)

  return {
    affords: (need) => {
      const margin = marginOf(need)
      return margin === 0n || margin <= free(need.instrument.quote)
    },
    filled: ({ instrument, side }, fill, isMaker) => {
      const { quote, symbol, tickLot } = instrument
      const [holding, realized] = withContractFill(holdingOf(instrument), side, fill)
      const commission = feeOf(fees, BigInt(fill.price) * BigInt(fill.quantity) * tickLot, isMaker)
      holdings.set(symbol, holding)
      totals.set(quote, total(quote) + realized - commission)
      return { commission, commissionAsset: quote, realized }
    },
    balances: () => [...totals.keys()].map((asset) => ({ asset, free: free(asset), locked: locked(asset) })),
    holdings: () => [...holdings.values()],
  }
}
