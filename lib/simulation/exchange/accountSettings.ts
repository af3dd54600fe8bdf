import type { Instrument } from './Instrument.js'
import type { Money } from './Money.js'
import { isOpen, type PositionSide } from './Order.js'
import type { OrderEntry } from './orderEntry.js'
import type { Refusal } from './Refusal.js'
import type { MarginAccount } from './Wallet.js'

/** What accounts may change of how they trade on margin: each gives why it was refused, and tells the account of it. */

/** No position is worth more times its margin. */
export const MOST_LEVERAGE = 125

/** An account, and the contract that is about. */
export interface OfContract {
  readonly entry: OrderEntry
  readonly account: string
  readonly instrument: Instrument
  readonly margin: MarginAccount
}

const openOrders = ({ entry, account }: Pick<OfContract, 'entry' | 'account'>, symbol?: string) =>
  entry.orders(account, symbol).filter(isOpen).length

const holdingsOf = ({ entry, account }: Pick<OfContract, 'entry' | 'account'>) =>
  entry
    .wallet(account)
    .holdings()
    .filter(({ lots }) => lots !== 0)

/** It buys and sells at another leverage. */
export const changeLeverage = (of: OfContract, leverage: number): Refusal | undefined => {
  const { entry, account, instrument, margin } = of
  const isPossible = Number.isInteger(leverage) && leverage >= 1 && leverage <= MOST_LEVERAGE
  if (!isPossible) return { refusal: 'leverage', detail: String(leverage) }
  const { symbol } = instrument
  const isHeld = holdingsOf(of).some((holding) => holding.instrument === instrument)
  if (margin.isIsolated(symbol) && isHeld && leverage < margin.leverage(symbol)) return { refusal: 'isolatedLeverage' }
  if (!margin.changeLeverage(instrument, leverage)) return { refusal: 'leverageTooLow' }
  entry.changed(account, { kind: 'leverage', instrument, leverage })
  return undefined
}

/** Its positions of the contract have margins of their own, or share that of the account. */
export const changeMarginType = (of: OfContract, isIsolated: boolean): Refusal | undefined => {
  const { entry, account, instrument, margin } = of
  const { symbol } = instrument
  if (margin.isIsolated(symbol) === isIsolated) return { refusal: 'sameMarginType' }
  if (openOrders(of, symbol) > 0) return { refusal: 'openOrders' }
  if (holdingsOf(of).some((holding) => holding.instrument === instrument)) return { refusal: 'openPosition' }
  margin.isolate(symbol, isIsolated)
  entry.changed(account, { kind: 'marginType', instrument })
  return undefined
}

/** Its long and short positions are kept apart, or are one. */
export const changePositionMode = (of: Omit<OfContract, 'instrument'>, isDualSide: boolean): Refusal | undefined => {
  const { entry, account, margin } = of
  if (margin.isDualSide() === isDualSide) return { refusal: 'samePositionMode' }
  if (openOrders(of) > 0) return { refusal: 'modeOpenOrders' }
  if (holdingsOf(of).length > 0) return { refusal: 'modeOpenPosition' }
  margin.keepApart(isDualSide)
  entry.changed(account, { kind: 'positionMode', isDualSide })
  return undefined
}

/** Adds to a position's own margin, or, below 0, takes from it what its leverage does not need. */
export const changeMargin = (of: OfContract, positionSide: PositionSide, amount: Money): Refusal | undefined => {
  const { entry, account, instrument, margin } = of
  if (!margin.isIsolated(instrument.symbol)) return { refusal: 'notIsolated' }
  if (amount === 0n) return { refusal: 'amountTooLow' }
  const own = holdingsOf(of).filter((holding) => holding.instrument === instrument)
  const holding = own.find((each) => each.positionSide === positionSide)
  if (holding === undefined) return { refusal: 'noPosition' }
  const free = entry
    .wallet(account)
    .balances()
    .find(({ asset }) => asset === instrument.quote)?.free
  if (amount > (free ?? 0n)) return { refusal: 'crossBalance' }
  if (-amount > holding.added) return { refusal: 'isolatedBalance' }
  margin.addMargin(holding, amount)
  entry.changed(account, { kind: 'margin', instrument, positionSide, amount })
  return undefined
}
