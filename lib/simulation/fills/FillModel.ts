import type { NewOrder } from '../market/matching.js'
import type { RestingSide } from '../market/RestingSide.js'

/** What a recording shows of a side, best first; prices in ticks, quantities in lots. */
export type ShownSide = Pick<RestingSide, 'best' | 'levels' | 'quantityAt'>

/** The order book that a recording shows. What a model took of it is still in it. */
export interface ShownBook {
  /** The best first. */
  readonly bids: ShownSide
  /** The best first. */
  readonly asks: ShownSide
}

/** A trade of the recording. */
export interface ShownTrade {
  /** In ticks. */
  readonly price: number
  /** In lots. */
  readonly quantity: number
  /** The taker sold, so that bids were filled. */
  readonly isBuyerMaker: boolean
  /**
   * The changes of the book that were told last have this trade in them already, since streams overtake each other: it
   * says nothing of an order that came after them. Default: false.
   */
  readonly isInBook?: boolean
}

/** A level's new quantity, in lots: 0 where there is no such level any more. */
export type LevelChange = readonly [side: 'BUY' | 'SELL', price: number, quantity: number]

/** What a model of fills is told, in the order in which it happened at the venue. */
export type FillInput =
  /** The book is synced, and this is all of it; `undefined`: it is not synced any more. */
  | { readonly _tag: 'Book'; readonly book: ShownBook | undefined }
  | { readonly _tag: 'Levels'; readonly changes: Iterable<LevelChange> }
  | { readonly _tag: 'Trade'; readonly trade: ShownTrade }
  /** An order arrives. Ids are of your choice, each for one order. The book is that of the moment, while it is synced. */
  | { readonly _tag: 'Order'; readonly id: number; readonly order: NewOrder; readonly book: ShownBook | undefined }
  /** A cancellation arrives. */
  | { readonly _tag: 'Cancel'; readonly id: number }

/** An order, or a part of it, is filled. */
export interface ModelFill {
  /** Of the order. */
  readonly id: number
  /** In ticks. */
  readonly price: number
  /** In lots. */
  readonly quantity: number
  /** The order waited. */
  readonly isMaker: boolean
}

/** An order that waits. */
export interface WaitingOrder {
  /** Tells it from others. */
  readonly id: number
  /** Whether it buys or sells. */
  readonly side: 'BUY' | 'SELL'
  /** In ticks. */
  readonly price: number
  /** What is left of it, in lots. */
  readonly quantity: number
}

/** What a model knows; one of your own may know more. */
export interface FillState<Waiting extends WaitingOrder = WaitingOrder> {
  /** Oldest first. An order that is not here is filled, cancelled or expired. */
  readonly orders: readonly Waiting[]
}

/**
 * Decides which orders a recorded market would have filled: a pure function of what it knew and of what happened, with the
 * state that it starts from. It hears of an order when that arrives; being under way takes time elsewhere.
 */
export interface FillModel<State extends FillState = FillState> {
  /** The state that it starts from. */
  readonly start: State
  /**
   * What an input makes of a state, and the fills that come of it.
   * A method, so that each model is a `FillModel`, whatever its state: it is given its own only.
   */
  step(state: State, input: FillInput): readonly [State, readonly ModelFill[]]
}
