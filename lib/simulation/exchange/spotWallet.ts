import { openLots, type Order } from './Order.js'
import type { Money } from './Money.js'
import { feeOf, type Wallet, type WalletConfig } from './Wallet.js'

/** What an open order locks: the quote asset of a buyer, or the base asset of a seller. */
const lockedBy = (order: Order): readonly [asset: string, amount: Money] => {
  const { instrument, side, trigger, price = Math.ceil(trigger?.price ?? 0) } = order
  const lots = BigInt(openLots(order))
  return side === 'BUY'
    ? [instrument.quote, lots * BigInt(price) * instrument.tickLot]
    : [instrument.base, lots * instrument.lot]
}

/** Base and quote asset are exchanged; fees are taken from what is received. */
export const spotWallet = ({ balances: start, open, fees }: WalletConfig): Wallet => {
  const totals = new Map(Object.entries(start))
  const total = (asset: string) => totals.get(asset) ?? 0n
  const change = (asset: string, by: Money) => totals.set(asset, total(asset) + by)

  const locked = (asset: string): Money => {
    let sum = 0n
    for (const order of open()) {
      const [what, amount] = lockedBy(order)
      if (what === asset) sum += amount
    }
    return sum
  }
  const free = (asset: string) => total(asset) - locked(asset)

  return {
    affords: ({ instrument, side, lots, amount, instead }) => {
      const [asset, needed] =
        side === 'BUY'
          ? [instrument.quote, BigInt(amount) * instrument.tickLot]
          : [instrument.base, BigInt(lots) * instrument.lot]
      const [released, lock] = instead === undefined ? ['', 0n] : lockedBy(instead)
      return needed <= free(asset) + (released === asset ? lock : 0n)
    },
    filled: ({ instrument, side }, { price, quantity }, isMaker) => {
      const { base, quote, lot, tickLot } = instrument
      const baseAmount = BigInt(quantity) * lot
      const quoteAmount = BigInt(price) * BigInt(quantity) * tickLot
      const [given, givenAsset, received, asset] =
        side === 'BUY' ? [quoteAmount, quote, baseAmount, base] : [baseAmount, base, quoteAmount, quote]
      const commission = feeOf(fees, received, isMaker)
      change(givenAsset, -given)
      change(asset, received - commission)
      return { commission, commissionAsset: asset, realized: 0n }
    },
    balances: () => [...totals.keys()].map((asset) => ({ asset, free: free(asset), locked: locked(asset) })),
    holdings: () => [],
  }
}
