import { anObject, type Expected } from '../../codecs/checked.js'
import { filter, isObservable, map, merge, type Observable, type SchedulerLike } from 'rxjs'
import type { OrderReport } from '../../venues/OrderReport.js'
import type { Venue } from '../../venues/Venue.js'

/** What orders take from the client that hears of them: every `Client` of a venue with accounts is one. */
export interface OrderClient {
  /** Its venue; events whose row has `reportOf` say what becomes of orders. */
  readonly venue: Venue
  /** What it runs on: waiting for it does, too. */
  readonly scheduler: SchedulerLike
  /** The accounts whose events come now, at once and whenever that changes. */
  readonly carried$: Observable<ReadonlySet<string>>
}

export const anOrderClient: Expected = anObject('a client, as createClient makes one', [
  'venue',
  'scheduler',
  'carried$',
])

/** What the account's events say of orders, by the columns of the venue's table. */
export const reportsOf = (client: OrderClient): Observable<OrderReport> =>
  merge(
    ...Object.values(client.venue.account).flatMap((row) => {
      const event$: unknown = Reflect.get(client, `${row.kind}$`)
      if (row.reportOf === undefined || !isObservable(event$)) return []
      return [event$.pipe(map((event: unknown) => row.reportOf?.(event)))]
    }),
  ).pipe(filter((report): report is OrderReport => report !== undefined))
