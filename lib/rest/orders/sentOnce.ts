import { catchError, defer, map, of, tap, throwError, type Observable, type SchedulerLike } from 'rxjs'
import { clockOf } from '../../timing/realTime.js'
import type { OrderRules } from '../../venues/CallTable.js'
import type { PreparedCall } from '../callOf.js'
import { RestError } from '../RestError.js'
import type { OrderResult } from './OrderResult.js'
import { LOST, refusalOf } from './refusalOf.js'
import { settled, type SettleConfig } from './settled.js'

/** What is sent, and how to find out what became of it. */
export interface SentOnceConfig<Order> extends Pick<SettleConfig<Order>, 'ask' | 'isDone' | 'window' | 'random'> {
  readonly call: PreparedCall
  /** The order in an answer. */
  readonly read: (answer: unknown) => Order
  readonly rules: OrderRules
  readonly scheduler: SchedulerLike
  /** Is told when it leaves. */
  readonly left: () => void
  /** Is told what became of it, once for each time that it was asked for. */
  readonly told: (result: OrderResult<Order>) => void
}

/** It was sent before, and whoever sent it did not wait for the answer. */
const UNHEARD = new RestError('an order', { kind: 'network', reason: 'nobody waited for the answer' })

/**
 * Sends something once, however often it is subscribed to, and tells what became of it: where no answer came, or none
 * that says it, the venue is asked until that is certain. Emits once and completes; it never errors.
 *
 * ```
 * request   s----------x                 s: sent, x: no answer
 * asked                n---n----(o|)     n: not known, o: the order
 * result    --------------------(A|)     A: Accepted
 * ```
 */
export const sentOnce = <Order>(config: SentOnceConfig<Order>): Observable<OrderResult<Order>> => {
  const { call, read, ask, isDone, window, random, rules, scheduler, left, told } = config
  const { monotonic } = clockOf(scheduler)
  let sentAt: number | undefined
  let result: OrderResult<Order> | undefined

  const settle = (error: RestError, since: number): Observable<OrderResult<Order>> =>
    settled({ ask, isDone, window, random, scheduler, sentAt: since }).pipe(
      map((found): OrderResult<Order> => {
        if (found._tag === 'Unknown') return { _tag: 'Unknown', error }
        return found._tag === 'NotDone' ? LOST : { _tag: 'Accepted', order: found.order }
      }),
    )

  const send = (): Observable<OrderResult<Order>> =>
    call({
      onProgress: ({ _tag }) => {
        if (_tag !== 'Sent') return
        sentAt = monotonic()
        left()
      },
    }).pipe(
      map((answer): OrderResult<Order> => ({ _tag: 'Accepted', order: read(answer) })),
      catchError((error: unknown) => {
        if (!(error instanceof RestError)) return throwError(() => error)
        const refusal = refusalOf(rules, error)
        return refusal === undefined ? settle(error, sentAt ?? monotonic()) : of(refusal)
      }),
    )

  return defer(() => {
    if (result !== undefined) return of(result)
    return (sentAt === undefined ? send() : settle(UNHEARD, sentAt)).pipe(
      tap((said) => {
        const isOpen = said._tag === 'Unknown' || (said._tag === 'Refused' && said.reason === 'notSent')
        if (!isOpen) result = said
        told(said)
      }),
    )
  })
}
