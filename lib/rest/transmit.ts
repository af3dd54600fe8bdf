import type * as t from 'io-ts'
import { catchError, concat, defer, map, of, switchMap, throwError, type Observable, type SchedulerLike } from 'rxjs'
import type { Venue } from '../venues/Venue.js'
import { compose, type Ingredients } from './compose.js'
import type { Budget } from './createBudget.js'
import { fetchText, type Fetch } from './fetchText.js'
import type { Places } from './createPlaces.js'
import { readAnswer } from './readAnswer.js'
import type { Exchange } from './Rest.js'
import { RestError } from './RestError.js'
import { within } from './within.js'

/** One request, before it is signed. */
export interface Call<A> {
  readonly ingredients: Omit<Ingredients, 'endpoint'>
  readonly codec: t.Decoder<unknown, A>
  readonly weight: number
  /** In ms. */
  readonly timeout: number
  /** Goes before all that wait. */
  readonly isUrgent: boolean
  /** May be sent again, elsewhere. */
  readonly isRepeatable: boolean
  /** Where the venue counts such calls apart, what it counts them by. */
  readonly pace?: Budget
}

/** First that it leaves, then what came back. */
export type Transmission<A> = 'left' | Exchange<A>

export const isExchange = <A>(said: Transmission<A>): said is Exchange<A> => said !== 'left'

/** What transmissions share. */
export interface Line {
  readonly budget: Budget
  readonly fetch: Fetch
  readonly scheduler: SchedulerLike
  readonly venue: Venue
  readonly places: Places
  /** The longest body, in bytes. */
  readonly maxBody: number
}

/**
 * Waits for the budget, then signs and sends in one go. Each subscription is a transmission of its own.
 *
 * @throws TypeError for a weight that no minute allows.
 */
export const transmit = <A>(
  { budget, fetch, scheduler, venue, maxBody, places }: Line,
  { ingredients, codec, weight, timeout: patience, isUrgent, isRepeatable, pace }: Call<A>,
  venueTime: () => number,
): Observable<Transmission<A>> => {
  const sent$ = defer(() => {
    const sentAt = scheduler.now()
    const endpoint = places.current()
    const composed = compose({ ...ingredients, endpoint }, venueTime())
    const isLate = { kind: 'timeout', reason: `no answer within ${patience} ms`, after: patience } as const
    return fetchText(fetch, composed, maxBody).pipe(
      within(patience, scheduler, () => new RestError(composed.request, isLate)),
      map((answer): Exchange<A> => {
        const receivedAt = scheduler.now()
        const { usedWeightHeader } = venue.rest
        if (usedWeightHeader !== undefined) budget.used(Number(answer.header(usedWeightHeader)))
        return { value: readAnswer(answer, composed, venue, codec, receivedAt), text: answer.text, sentAt, receivedAt }
      }),
      catchError((error: unknown) => {
        if (isRepeatable) places.failed(endpoint, error)
        if (error instanceof RestError && error.failure.kind === 'rateLimited') budget.pause(error.failure.retryAfter)
        return throwError(() => error)
      }),
    )
  })
  const admitted$ = budget.admit(weight, isUrgent)
  const paced$ = pace === undefined ? admitted$ : pace.admit(1).pipe(switchMap(() => admitted$))
  return paced$.pipe(switchMap(() => concat(of('left' as const), sent$)))
}
