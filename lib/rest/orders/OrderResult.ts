import type { RefusalReason } from '../../venues/CallTable.js'
import type { RestError } from '../RestError.js'

/** It was not done, and will not be. */
export interface Refused {
  readonly _tag: 'Refused'
  /** Why not, in the same words at every venue. */
  readonly reason: RefusalReason
  /** The venue's code of the error, where it gave one. */
  readonly code?: number
  /** What went wrong, in the words of the venue, or in ours where it said nothing. */
  readonly text: string
  /** How long the venue asks to be left alone, in ms, where it does. */
  readonly retryAfter?: number
}

/** Nobody knows whether it was done: the venue could not be asked for long enough. */
export interface Unknown {
  readonly _tag: 'Unknown'
  /** What went wrong when it was sent. */
  readonly error: RestError
}

/** What became of an order that was to be placed, cancelled or replaced. */
export type OrderResult<Order> =
  /** It was done; the order as the venue answered, or as it was found when the answer did not come. */
  { readonly _tag: 'Accepted'; readonly order: Order } | Refused | Unknown
