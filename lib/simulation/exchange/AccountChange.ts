import type { Instrument } from './Instrument.js'
import type { Money } from './Money.js'
import type { PositionSide } from './Order.js'
import type { Wallet } from './Wallet.js'

/** What an account changed of itself. */
export type Changed =
  | { readonly kind: 'leverage'; readonly instrument: Instrument; readonly leverage: number }
  | { readonly kind: 'marginType'; readonly instrument: Instrument }
  | { readonly kind: 'positionMode'; readonly isDualSide: boolean }
  | {
      readonly kind: 'margin'
      readonly instrument: Instrument
      readonly positionSide: PositionSide
      readonly amount: Money
    }

/** An account changed something of itself. */
export interface AccountChange {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly account: string
  readonly changed: Changed
  /** The middle between the best prices of the contract that it is about, in ticks; 0 where it is about all. */
  readonly mark: number
  /** The account's, as it is after. */
  readonly wallet: Wallet
}
