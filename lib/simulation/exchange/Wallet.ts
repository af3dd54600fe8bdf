import { Decimal } from '../../codecs/Decimal.js'
import type { NumberedFill } from '../market/tradeLog.js'
import type { Instrument } from './Instrument.js'
import { money, ONE, type Money } from './Money.js'
import type { Order, PositionSide } from './Order.js'

/** What an account has of one asset. */
export interface Balance {
  readonly asset: string
  /** What orders may still use. */
  readonly free: Money
  /** What open orders, or positions, lock. */
  readonly locked: Money
}

/** What an account holds of one contract. */
export interface Holding {
  readonly instrument: Instrument
  readonly positionSide: PositionSide
  /** In lots; below 0 when sold short. */
  readonly lots: number
  /** What the lots were bought, or sold, for; never below 0. */
  readonly cost: Money
  /** Realised since the beginning, before fees. */
  readonly realized: Money
  /** What was added to its own margin, beyond what its leverage asks for. */
  readonly added: Money
}

/** What a fill did to an account. */
export interface Settlement {
  readonly commission: Money
  readonly commissionAsset: string
  readonly realized: Money
}

/**
 * What an order would cost: `amount` is that at its price, or at the prices it would be filled at, in ticks times lots.
 */
export interface Need {
  readonly instrument: Instrument
  readonly side: 'BUY' | 'SELL'
  readonly lots: number
  readonly amount: number
  /** Default: the only position. */
  readonly positionSide?: PositionSide
  /** It is not in force before the market comes to its trigger. Default: it is at once. */
  readonly isWaiting?: boolean
  /** The order that it takes the place of: what that one locks is free. */
  readonly instead?: Order
}

/** The balances of one account. What orders lock is computed from the orders that are open. */
export interface Wallet {
  readonly affords: (need: Need) => boolean
  /** A fill of an order of this account; `isMaker` when the order waited. */
  readonly filled: (order: Order, fill: NumberedFill, isMaker: boolean) => Settlement
  readonly balances: () => readonly Balance[]
  /** Empty where there are no positions. */
  readonly holdings: () => readonly Holding[]
  /** Absent where nothing is bought on margin. */
  readonly margin?: MarginAccount
}

/** How an account buys on margin. */
export interface MarginAccount {
  /** How many times its margin a position of this symbol may be worth. */
  readonly leverage: (symbol: string) => number
  /** False where the margin would not suffice any more; nothing is changed then. */
  readonly changeLeverage: (instrument: Instrument, leverage: number) => boolean
  /** What a position locks, and what the open orders of its symbol do. */
  readonly locked: (
    instrument: Instrument,
    positionSide?: PositionSide,
  ) => { readonly position: Money; readonly orders: Money }
  /** Positions of this symbol have margins of their own; else they share that of the account. */
  readonly isIsolated: (symbol: string) => boolean
  readonly isolate: (symbol: string, isIsolated: boolean) => void
  /** Long and short positions are kept apart. */
  readonly isDualSide: () => boolean
  readonly keepApart: (isDualSide: boolean) => void
  /** The margin of a position's own; 0 where it shares that of the account. */
  readonly isolatedWallet: (holding: Holding) => Money
  /** Adds to a position's own margin, or, below 0, takes from it. */
  readonly addMargin: (holding: Holding, amount: Money) => void
}

/** What a wallet is made of. */
export interface WalletConfig {
  /** By asset. */
  readonly balances: Readonly<Record<string, Money>>
  /** The open orders of the account. */
  readonly open: () => Iterable<Order>
  readonly fees: Fees
}

/** In millionths of the amount that is traded. */
export interface Fees {
  readonly maker: bigint
  readonly taker: bigint
}

const MILLION = 1_000_000n

/** The fee of a fill, truncated: nobody pays more than the rate. */
export const feeOf = ({ maker, taker }: Fees, amount: Money, isMaker: boolean): Money =>
  (amount * (isMaker ? maker : taker)) / MILLION

/** What an account starts with of a quote asset, and of any other. */
const MONEY = 1_000_000n * ONE
const GOODS = 1_000n * ONE

const read = (asset: string, text: string): Money => {
  const amount = Decimal.is(text) ? money(text) : undefined
  if (amount === undefined || amount < 0n)
    throw new TypeError(
      `balances.${asset}: expected a decimal from 0 on with at most 8 digits behind the point, came '${text}'`,
    )
  return amount
}

/**
 * What an account starts with: the given balances, or plenty of each asset that is needed to trade the instruments.
 *
 * @throws TypeError for a balance that is no amount.
 */
export const startingBalances = (
  assets: (instrument: Instrument) => readonly string[],
  instruments: Iterable<Instrument>,
  balances: Readonly<Record<string, Decimal>> | undefined,
): Readonly<Record<string, Money>> => {
  if (balances !== undefined)
    return Object.fromEntries(Object.entries(balances).map(([asset, text]) => [asset, read(asset, text)]))
  const all = [...instruments]
  const quotes = new Set(all.map(({ quote }) => quote))
  return Object.fromEntries(all.flatMap(assets).map((asset) => [asset, quotes.has(asset) ? MONEY : GOODS]))
}
