import { openLots, type Order } from './Order.js'
import type { Instrument } from './Instrument.js'
import { moneyText, ONE, type Money } from './Money.js'
import { feeOf, type Holding, type Need, type Wallet, type WalletConfig } from './Wallet.js'
import type { NumberedFill } from '../market/tradeLog.js'

/** Positions and orders lock a twentieth of what they are worth, until their account has it otherwise. */
const USUAL_LEVERAGE = 20

/**
 * A position after a fill, and the profit that the fill realised, before fees. What closes takes its share of the cost
 * along, truncated; what is beyond the position opens one on the other side.
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

/** Digits of a position's prices. */
const DIGITS = 5

/** A position's numbers as decimals; `mark` is the price, in ticks, that its unrealised profit is counted by. */
export const positionFields = ({ instrument, lots, cost, realized }: Holding, mark: number) => {
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

/**
 * One position per symbol, with cross margin, in one-way mode; profit counts once it is realised, and nobody is
 * liquidated. An order that closes a position needs no margin.
 */
export const futuresWallet = ({ balances: start, open, fees }: WalletConfig): Wallet => {
  const totals = new Map(Object.entries(start))
  const holdings = new Map<string, Holding>()
  const leverages = new Map<string, number>()
  const leverageOf = (symbol: string) => leverages.get(symbol) ?? USUAL_LEVERAGE
  const total = (asset: string) => totals.get(asset) ?? 0n
  const holdingOf = (instrument: Instrument): Holding =>
    holdings.get(instrument.symbol) ?? { instrument, lots: 0, cost: 0n, realized: 0n }

  const marginOf = ({ instrument, side, lots, amount }: Need): Money => {
    const { lots: held } = holdingOf(instrument)
    const closing = (side === 'BUY' ? held < 0 : held > 0) ? Math.abs(held) : 0
    const opening = Math.max(0, lots - closing)
    return lots === 0
      ? 0n
      : (BigInt(amount) * instrument.tickLot * BigInt(opening)) / (BigInt(lots) * BigInt(leverageOf(instrument.symbol)))
  }
  const positionMargin = ({ instrument, cost }: Holding): Money => cost / BigInt(leverageOf(instrument.symbol))
  const orderMargin = (order: Order): Money => {
    const lots = openLots(order)
    return marginOf({ instrument: order.instrument, side: order.side, lots, amount: lots * (order.price ?? 0) })
  }
  const locked = (asset: string): Money => {
    let sum = 0n
    for (const holding of holdings.values()) if (holding.instrument.quote === asset) sum += positionMargin(holding)
    for (const order of open()) if (order.instrument.quote === asset) sum += orderMargin(order)
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
    margin: {
      leverage: leverageOf,
      changeLeverage: ({ symbol, quote }, leverage) => {
        const before = leverageOf(symbol)
        leverages.set(symbol, leverage)
        if (leverage >= before || free(quote) >= 0n) return true
        leverages.set(symbol, before)
        return false
      },
      locked: (instrument) => {
        const own = [...open()].filter((order) => order.instrument.symbol === instrument.symbol)
        const orders = own.reduce((sum, order) => sum + orderMargin(order), 0n)
        return { position: positionMargin(holdingOf(instrument)), orders }
      },
    },
    balances: () => [...totals.keys()].map((asset) => ({ asset, free: free(asset), locked: locked(asset) })),
    holdings: () => [...holdings.values()],
  }
}
