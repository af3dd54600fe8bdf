import type { Decimal } from '../../codecs/Decimal.js'

/** An order as a script writes it: the parameters of the venue's call. */
export interface ScriptedOrder {
  readonly symbol: string
  readonly side: 'BUY' | 'SELL'
  /** Default: LIMIT where there is a price, else MARKET. */
  readonly type?: 'LIMIT' | 'MARKET'
  readonly quantity: Decimal
  readonly price?: Decimal
  /** Default: GTC for a limit order. */
  readonly timeInForce?: 'GTC' | 'IOC' | 'FOK' | 'GTX'
  /** Default: one that the venue makes. */
  readonly clientOrderId?: string
  /** Futures. Default: false. */
  readonly isReduceOnly?: boolean
}

/** An order as it is. */
export interface PlacedOrder {
  readonly symbol: string
  /** Digits; on BingX beyond 2^53. */
  readonly orderId: string
  readonly clientOrderId: string
  readonly side: 'BUY' | 'SELL'
  readonly type: 'LIMIT' | 'MARKET'
  readonly timeInForce: 'GTC' | 'IOC' | 'FOK' | 'GTX'
  readonly status: 'NEW' | 'PARTIALLY_FILLED' | 'FILLED' | 'CANCELED' | 'EXPIRED'
  /** `0` for a market order. */
  readonly price: Decimal
  readonly quantity: Decimal
  readonly filledQuantity: Decimal
  /** What the fills cost together. */
  readonly filledQuote: Decimal
}

/** What an account has of an asset. On futures `locked` is margin, and both together the wallet's balance. */
export interface AccountBalance {
  readonly asset: string
  readonly free: Decimal
  readonly locked: Decimal
}

/** What an account holds of a contract: the amount is below 0 when sold short. */
export interface AccountHolding {
  readonly symbol: string
  readonly amount: Decimal
  readonly entryPrice: Decimal
  readonly accumulatedRealizedProfit: Decimal
}

/** One account of a simulated venue in the hands of a script: everything happens at once, and without REST. */
export interface AccountControls {
  /** @throws TypeError, in the venue's words, where REST would refuse it. */
  readonly place: (order: ScriptedOrder) => PlacedOrder
  /** @throws TypeError where no such order is open. */
  readonly cancel: (symbol: string, orderId: string) => PlacedOrder
  /**
   * The market takes an order that waits, so much of it at most, and all orders that go before it. Default: all of it.
   *
   * @throws TypeError where no such order is open, or for a quantity that is none.
   */
  readonly fill: (symbol: string, orderId: string, quantity?: Decimal) => PlacedOrder
  /** The orders that are remembered, oldest first. */
  readonly orders: (symbol?: string) => readonly PlacedOrder[]
  readonly balances: () => readonly AccountBalance[]
  /** Empty on spot markets. */
  readonly positions: () => readonly AccountHolding[]
}
