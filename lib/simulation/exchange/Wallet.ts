import type { NumberedFill } from '../market/tape.js'
import type { Instrument } from './Instrument.js'
import type { Money } from './Money.js'
import type { Order } from './Order.js'

/** What an account has of one asset. */
export interface Balance {
  readonly asset: string
  /** What orders may still use. */
  readonly free: Money
  /** What open orders, or positions, hold. */
  readonly locked: Money
}

/** What an account holds of one contract. */
export interface Holding {
  readonly instrument: Instrument
  /** In lots; below 0 when sold short. */
  readonly lots: number
  /** What the lots were bought, or sold, for; never below 0. */
  readonly cost: Money
  /** Realised since the beginning, before fees. */
  readonly realized: Money
}

/** What a fill did to an account. */
export interface Settlement {
  readonly commission: Money
  readonly commissionAsset: string
  readonly realized: Money
}

/** What an order would need; `amount` is its price, or what it would be filled for, in ticks times lots. */
export interface Need {
  readonly instrument: Instrument
  readonly side: 'BUY' | 'SELL'
  readonly lots: number
  readonly amount: number
}

/** The money of one account. What orders hold follows from the orders that are open, and is never counted twice. */
export interface Wallet {
  readonly affords: (need: Need) => boolean
  /** A fill of an order of this account; `isMaker` when the order waited. */
  readonly filled: (order: Order, fill: NumberedFill, isMaker: boolean) => Settlement
  readonly balances: () => readonly Balance[]
  /** Empty where there are no positions. */
  readonly holdings: () => readonly Holding[]
}

/** What a wallet is made of. */
export interface WalletConfig {
  /** By asset. */
  readonly balances: Readonly<Record<string, Money>>
  /** The open orders of the account. */
  readonly open: () => Iterable<Order>
  readonly fees: Fees
}

/** In millionths of what is traded. */
export interface Fees {
  readonly maker: bigint
  readonly taker: bigint
}

const MILLION = 1_000_000n

/** The fee of a fill, cut off: nobody pays more than the rate. */
export const feeOf = ({ maker, taker }: Fees, amount: Money, isMaker: boolean): Money =>
  (amount * (isMaker ? maker : taker)) / MILLION
