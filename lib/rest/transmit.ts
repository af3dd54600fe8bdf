import type * as t from 'io-ts'
import {
  catchError,
  concat,
  defer,
  map,
  of,
  switchMap,
  throwError,
  type MonoTypeOperatorFunction,
  type Observable,
  type SchedulerLike,
} from 'rxjs'
import type { MeasuredClock } from '../timing/venueClock.js'
import { wait, within } from '../timing/wait.js'
import type { Venue } from '../venues/Venue.js'
import type { Address } from './address.js'
import type { Budget } from './createBudget.js'
import type { Endpoints } from './endpoints.js'
import { fetchText, type Fetch } from './fetchText.js'
import { readAnswer } from './readAnswer.js'
import type { RestResponse } from './Rest.js'
import { timeOf } from './retryAfter.js'
import { RestError } from './RestError.js'
import { sign, type UnsignedRequest } from './sign.js'

/** One request, before it is signed. */
export interface Call<A> {
  readonly unsigned: Omit<UnsignedRequest, 'endpoint'>
  readonly codec: t.Decoder<unknown, A>
  readonly weight: number
  /** In ms. */
  readonly timeout: number
  /** Goes before all that wait for the budget, or behind them. */
  readonly place: 'first' | 'last' | undefined
  /** What it passes, on its way, once it is admitted. */
  readonly pass: MonoTypeOperatorFunction<Transmission<A>>
  /** May be sent again, elsewhere. */
  readonly isRepeatable: boolean
  /** Where the venue counts such calls apart, what it counts them by. */
  readonly rateLimit: Budget | undefined
}

/** First that it leaves, then what came back. */
export type Transmission<A> = 'left' | RestResponse<A>

export const isResponse = <A>(said: Transmission<A>): said is RestResponse<A> => said !== 'left'

/** A Date header has whole seconds, in ms. */
const SECOND = 1_000

/** What all transmissions of a rest share. */
export interface RestContext {
  readonly budget: Budget
  readonly address: Address
  readonly fetch: Fetch
  readonly scheduler: SchedulerLike
  /** The time of day. */
  readonly now: () => number
  readonly venueClock: MeasuredClock
  /** Where the venue tells its time. */
  readonly timePath: string
  readonly venue: Venue
  readonly endpoints: Endpoints
  /** The longest body, in bytes. */
  readonly maxBody: number
}

/**
 * Waits for the budget, then signs and sends in one go. Each subscription is a transmission of its own.
 *
 * @throws TypeError for a weight that no minute allows.
 */
export const transmit = <A>(
  { budget, address, fetch, scheduler, now, venueClock, timePath, venue, maxBody, endpoints }: RestContext,
  { unsigned, codec, weight, timeout: patience, place, pass, isRepeatable, rateLimit }: Call<A>,
  venueTime: () => number,
): Observable<Transmission<A>> => {
  const sent$ = defer(() => {
    const sentAt = now()
    const endpoint = endpoints.current()
    const signed = sign({ ...unsigned, endpoint }, venueTime())
    const isLate = { kind: 'timeout', reason: `no answer within ${patience} ms`, after: patience } as const
    return fetchText(fetch, signed, maxBody).pipe(
      within(patience, scheduler, () => new RestError(signed.request, isLate)),
      map((answer): RestResponse<A> => {
        const receivedAt = now()
        const date = timeOf(answer.header('date'))
        if (date !== undefined) venueClock.answered(date, SECOND, sentAt, receivedAt) // F54
        const { usedWeightHeader } = venue.rest
        if (usedWeightHeader !== undefined) budget.used(Number(answer.header(usedWeightHeader)))
        const value = readAnswer(answer, signed, venue, codec, receivedAt)
        const isTime = unsigned.path === timePath && typeof value === 'number'
        if (isTime) venueClock.answered(value, 1, sentAt, receivedAt) // F54
        return { value, text: answer.text, sentAt, receivedAt }
      }),
      catchError((error: unknown) => {
        if (isRepeatable) endpoints.failed(endpoint, error)
        if (error instanceof RestError && error.failure.kind === 'rateLimited') {
          const { retryAfter: delay, reason } = error.failure
          budget.pause(delay) // F24
          address.pause({ delay, reason }) // F76
        }
        return throwError(() => error)
      }),
    )
  })
  const admitted$: Observable<void> = budget.admit(weight, place).pipe(
    switchMap(() => {
      // Whoever else asks this address may have been told to wait, over a budget of its own.
      const delay = address.pausedFor()
      if (delay === 0) return of(undefined)
      budget.pause(delay)
      return wait(delay, scheduler).pipe(switchMap(() => admitted$)) // F76
    }),
  )
  const limited$ = rateLimit === undefined ? admitted$ : rateLimit.admit(1).pipe(switchMap(() => admitted$))
  return limited$.pipe(switchMap(() => concat(of('left' as const), sent$).pipe(pass)))
}
