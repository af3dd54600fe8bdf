import type { Observable } from 'rxjs'
import { aRest, checked } from '../codecs/checked.js'
import type { CallRow, CallTable } from '../venues/CallTable.js'
import type { Venue } from '../venues/Venue.js'
import { callOf } from './callOf.js'
import type { Rest } from './Rest.js'

/** The calls that a venue has. */
type CallsOf<V extends Venue> = V extends { readonly calls: infer Table } ? Table : object

/** What a call is given: nothing need be where all may be left out. */
type Given<P> = object extends P ? readonly [parameters?: P] : readonly [parameters: P]

type Ask<Row> = Row extends CallRow
  ? (...given: Given<Row['parameters']['_A']>) => Observable<Row['answer']['_A']>
  : never

/** A function for each call of a venue's table. */
export type Calls<V extends Venue> = { readonly [Name in keyof CallsOf<V>]: Ask<CallsOf<V>[Name]> }

/**
 * The calls of a venue's table, typed: what they ask and what they answer, with ids and decimals as the venue writes
 * them. Each subscription asks once, within the budget; it emits the answer and completes, or errors with a `RestError`.
 * What only reads is asked again when it fails, anything else is not: see `orders` for orders that are never sent twice.
 *
 * ```ts
 * const rest = createRest({ venue: asterFutures, signer: eip712Signer({ user, privateKey }) })
 * calls(rest).positions({ symbol: 'BTCUSDT' }).subscribe(([position]) => console.log(position?.amount))
 * ```
 *
 * A call throws a `TypeError` at once for a parameter that is missing, unknown or not as it should be, and where the
 * venue's version does not have it. What is in no table is asked by `rest.request`.
 */
export const calls = checked('calls', [aRest], <V extends Venue>(rest: Rest<V>): Calls<V> => {
  const table: CallTable = rest.venue.calls ?? {}
  const made = Object.entries(table).map(
    ([name, row]) => [name, (given: object = {}) => callOf(rest, name, row, { ...given })()] as const,
  )
  // The table of V names the calls, and its codecs read what they promise.
  return Object.fromEntries(made) as unknown as Calls<V>
})
