import { isWaiting, openLots, type Order, type PositionSide } from './Order.js'
import type { Instrument } from './Instrument.js'
import { moneyText, ONE, type Money } from './Money.js'
import { feeOf, type Holding, type Need, type Wallet, type WalletConfig } from './Wallet.js'
import type { NumberedFill } from '../market/tradeLog.js'

/** Positions and orders lock a twentieth of what they are worth, until their account has it otherwise. */
const USUAL_LEVERAGE = 20

/**
 * A position after a fill, and the profit that the fill realised, before fees. What closes takes its share of the cost,
 * and of what was added to its margin, along, truncated; what is beyond the position opens one on the other side.
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
  const shareOf = (amount: Money) => (closed === 0 ? 0n : (amount * BigInt(closed)) / BigInt(against))
  const share = shareOf(holding.cost)
  const realized = side === 'SELL' ? worth(closed) - share : share - worth(closed)
  const next = {
    ...holding,
    lots: holding.lots + sign * quantity,
    cost: holding.cost - share + worth(quantity - closed),
    realized: holding.realized + realized,
    added: holding.added - shareOf(holding.added),
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
 * One position per symbol, or one for each side, with margin that is shared or its own; profit counts once it is
 * realised, and nobody is liquidated. An order that closes a position needs no margin, and one that waits for its trigger
 * none before it is set off.
 */
export const futuresWallet = ({ balances: start, open, fees }: WalletConfig): Wallet => {
  const totals = new Map(Object.entries(start))
  const holdings = new Map<string, Holding>()
  const leverages = new Map<string, number>()
  const isolated = new Set<string>()
  let isDualSide = false
  const leverageOf = (symbol: string) => leverages.get(symbol) ?? USUAL_LEVERAGE
  const total = (asset: string) => totals.get(asset) ?? 0n
  const placeOf = ({ symbol }: Instrument, positionSide: PositionSide) => `${symbol} ${positionSide}`
  const holdingOf = (instrument: Instrument, positionSide: PositionSide = 'BOTH'): Holding =>
    holdings.get(placeOf(instrument, positionSide)) ?? {
      ...{ instrument, positionSide, lots: 0, cost: 0n, realized: 0n, added: 0n },
    }

  const marginOf = ({ instrument, side, lots, amount, positionSide, isWaiting = false }: Need): Money => {
    const { lots: held } = holdingOf(instrument, positionSide)
    const closing = (side === 'BUY' ? held < 0 : held > 0) ? Math.abs(held) : 0
    const opening = Math.max(0, lots - closing)
    return lots === 0 || isWaiting
      ? 0n
      : (BigInt(amount) * instrument.tickLot * BigInt(opening)) / (BigInt(lots) * BigInt(leverageOf(instrument.symbol)))
  }
  const positionMargin = ({ instrument, cost, added }: Holding): Money =>
    cost / BigInt(leverageOf(instrument.symbol)) + added
  const orderMargin = (order: Order): Money => {
    const { instrument, side, positionSide, price = 0 } = order
    const lots = openLots(order)
    const need = { instrument, side, lots, amount: lots * price, isWaiting: isWaiting(order) }
    return marginOf({ ...need, ...(positionSide && { positionSide }) })
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
      const released = need.instead === undefined ? 0n : orderMargin(need.instead)
      return margin === 0n || margin <= free(need.instrument.quote) + released
    },
    filled: ({ instrument, side, positionSide = 'BOTH' }, fill, isMaker) => {
      const { quote, tickLot } = instrument
      const [holding, realized] = withContractFill(holdingOf(instrument, positionSide), side, fill)
      const commission = feeOf(fees, BigInt(fill.price) * BigInt(fill.quantity) * tickLot, isMaker)
      holdings.set(placeOf(instrument, positionSide), holding)
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
      locked: (instrument, positionSide = 'BOTH') => {
        const own = [...open()].filter((order) => order.instrument.symbol === instrument.symbol)
        const ofSide = own.filter((order) => (order.positionSide ?? 'BOTH') === positionSide)
        const orders = ofSide.reduce((sum, order) => sum + orderMargin(order), 0n)
        return { position: positionMargin(holdingOf(instrument, positionSide)), orders }
      },
      isIsolated: (symbol) => isolated.has(symbol),
      isolate: (symbol, isIsolated) => {
        if (isIsolated) isolated.add(symbol)
        else isolated.delete(symbol)
      },
      isDualSide: () => isDualSide,
      keepApart: (is) => {
        isDualSide = is
      },
      isolatedWallet: (holding) => (isolated.has(holding.instrument.symbol) ? positionMargin(holding) : 0n),
      addMargin: (holding, amount) => {
        const added = holding.added + amount
        holdings.set(placeOf(holding.instrument, holding.positionSide), { ...holding, added })
      },
    },
    balances: () => [...totals.keys()].map((asset) => ({ asset, free: free(asset), locked: locked(asset) })),
    holdings: () => [...holdings.values()],
  }
}
