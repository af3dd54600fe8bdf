import { aConfigOfVenue, checked } from '../codecs/checked.js'
import type * as t from 'io-ts'
import {
  asyncScheduler,
  catchError,
  concat,
  defer,
  filter,
  identity,
  map,
  tap,
  throwError,
  type MonoTypeOperatorFunction,
  type Observable,
  type SchedulerLike,
} from 'rxjs'
import { SECOND } from '../timing/rateWindow.js'
import { clockOf } from '../timing/realTime.js'
import { createVenueClock } from '../timing/venueClock.js'
import type { RestPaths } from '../venues/RestTable.js'
import type { Venue } from '../venues/Venue.js'
import { concurrencyGate, signerGate, type ConcurrencyGate } from './concurrencyGate.js'
import { addressOf } from './address.js'
import { budgetOf, type Budget } from './createBudget.js'
import { chosenPaths, proving } from './credentials.js'
import { checkedEndpoint, createEndpoints, endpointsOf } from './endpoints.js'
import { MAX_BODY, type Fetch } from './fetchText.js'
import { entriesOf, type Parameters } from './Parameters.js'
import type { RequestConfig, Rest, RestConfig, RestResponse } from './Rest.js'
import { RestError } from './RestError.js'
import { sendAgain } from './sendAgain.js'
import { createServerClock, ServerTimeReply } from './serverTime.js'
import type { Method } from './sign.js'
import { progressing } from './progressing.js'
import { isResponse, transmit, type Call, type RestContext, type Transmission } from './transmit.js'
import { within } from '../timing/wait.js'
import { countVersions } from '../copies.js'

/** For what is not signed. */
const openGate: ConcurrencyGate = { pass: identity }

/** Some hosts have none, as documents of jsdom, whatever their types say: there requests fail. */
const hostFetch = (): Fetch => {
  const own: { readonly fetch?: Fetch } = globalThis
  return own.fetch ?? noFetch
}
const noFetch: Fetch = () => Promise.reject(new Error('this host has no fetch: give one'))

const checkedSize = (maxBody: number): number => {
  if (maxBody >= 1) return maxBody
  throw new TypeError(`maxBody: expected a number of bytes of at least 1, came ${maxBody}`)
}

/** A path that holds parameters would get past the signature, and into error messages. */
const checkedPath = (path: string): string => {
  if (/^\/[^?#\s]*$/.test(path)) return path
  throw new TypeError("path: expected one like '/api/v3/depth'; parameters go into `parameters`")
}

/** Says what the calls of a path are counted by, where the venue counts them apart from everything else. */
const rateLimits = ({ listenKey }: RestPaths, scheduler: SchedulerLike): ((path: string) => Budget | undefined) => {
  if (listenKey?.perSecond === undefined) return () => undefined
  const limit = budgetOf({ most: listenKey.perSecond, per: SECOND }, scheduler)
  return (path) => (path === listenKey.path ? limit : undefined)
}

const make = <V extends Venue>(config: RestConfig<V>): Rest<V> => {
  countVersions()
  const { venue, fetch = hostFetch(), scheduler = asyncScheduler, random = Math.random, signer } = config
  const { timeout: usualTimeout = 10_000, maxWait: usualWait = 120_000, maxInFlight = 50, maxWaiting = 10_000 } = config
  const maxBody = checkedSize(config.maxBody ?? MAX_BODY)
  const again = { count: 3, delay: 500, maxDelay: 30_000, ...config.retry, random, scheduler }
  const [version, paths] = chosenPaths(config)
  const proof = proving(config, paths)
  const { weightPerMinute } = venue.limits
  const addresses = endpointsOf(config)
  const address = addressOf({ endpoint: addresses[0], fetch, scheduler })
  const budget = config.budget ?? address.budget(weightPerMinute)
  const endpoints = createEndpoints(addresses)
  const wallClock = clockOf(scheduler)
  const { now } = wallClock
  const venueClock = config.venueClock ?? createVenueClock(now)
  const context: RestContext = {
    ...{ budget, address, fetch, scheduler, now, venueClock, venue, maxBody, endpoints },
    timePath: paths.time,
  }
  /** Another address counts apart. */
  const contextAt = (other: string): RestContext => {
    const endpoint = checkedEndpoint(other)
    const there = addressOf({ endpoint, fetch, scheduler })
    return { ...context, address: there, budget: there.budget(weightPerMinute), endpoints: createEndpoints([endpoint]) }
  }
  const inFlight = concurrencyGate({ limit: maxInFlight, maxWaiting })
  /** Of those that may wait for ever, so many wait for the budget at a time. */
  const patient = concurrencyGate({ limit: maxInFlight, maxWaiting })
  const rateLimitOf = rateLimits(paths, scheduler)

  const askTime = (): Observable<RestResponse<number>> => {
    const call: Call<number> = {
      unsigned: { method: 'GET', path: paths.time, entries: [], headers: {}, signer: undefined },
      codec: ServerTimeReply,
      weight: 1,
      timeout: usualTimeout,
      place: 'first',
      pass: identity,
      isRepeatable: true,
      rateLimit: undefined,
    }
    return transmit(context, call, clock.now).pipe(filter(isResponse))
  }
  const clock = createServerClock(wallClock, askTime, (now) => signer?.clockSet?.(now))

  const isClockRefused = (error: unknown): boolean =>
    error instanceof RestError && error.code !== undefined && venue.rest.clockCodes.includes(error.code)

  const response = <A>(
    method: Method,
    path: string,
    parameters: Parameters,
    codec: t.Decoder<unknown, A>,
    options: RequestConfig = {},
  ): Observable<RestResponse<A>> => {
    const {
      authentication = 'none',
      weight = 1,
      idempotent = method === 'GET',
      timeout: patience = usualTimeout,
      onProgress,
    } = options
    const { maxWait = idempotent ? usualWait : patience, json, endpoint } = options
    const request = `${method} ${checkedPath(path)}`
    if (json !== undefined && authentication === 'signed') throw new TypeError('A body of JSON: it cannot be signed')
    const body = json === undefined ? undefined : JSON.stringify(json)
    const unsigned = {
      method,
      path,
      entries: entriesOf(parameters),
      ...(body !== undefined && { body }),
      ...proof(authentication),
    }
    const gate = signer !== undefined && authentication === 'signed' ? signerGate(signer) : openGate
    /** It may wait for ever: behind what may not, and without taking anybody's place meanwhile. */
    const isPatient = maxWait === Infinity

    const notSent = (reason: string) => () => new RestError(request, { kind: 'notSent', reason })
    const isFull = notSent('too many requests are waiting')
    const inItsTurn: MonoTypeOperatorFunction<Transmission<A>> = (source) => inFlight.pass(gate.pass(source), isFull)
    const call: Call<A> = {
      ...{ unsigned, codec, weight, timeout: patience, isRepeatable: idempotent, rateLimit: rateLimitOf(path) },
      ...(isPatient ? { place: 'last', pass: inItsTurn } : { place: undefined, pass: identity }), // F53
    }
    const transmission$ = transmit(endpoint === undefined ? context : contextAt(endpoint), call, clock.now)
    /** Errors where nothing leaves in time. */
    const leaving = within<Transmission<A>>(maxWait, scheduler, notSent(`it waited for more than ${maxWait} ms`))

    const attempt$ = defer(() => {
      let settings = 0
      /** Done nothing: it may be sent once more, signed by a clock that was set since. */
      const onceMore = (refusal: unknown) => {
        if (!isClockRefused(refusal)) return throwError(() => refusal)
        const set$ = clock.set(settings).pipe(catchError(() => throwError(() => refusal)))
        return concat(set$, transmission$).pipe(leaving)
      }
      const signed$ = transmission$.pipe(
        tap((said) => {
          if (said === 'left') settings = clock.settings()
        }),
        catchError(onceMore), // F37
      )
      return (isPatient ? patient.pass(signed$, isFull) : inItsTurn(signed$)).pipe(leaving)
    }).pipe(onProgress === undefined ? identity : progressing(onProgress), filter(isResponse))

    return idempotent
      ? attempt$.pipe(sendAgain({ ...again, maxWait, onProgress })) // F24
      : attempt$
  }

  return {
    venue,
    version,
    paths,
    ...(signer !== undefined && { signer }),
    venueClock,
    pause$: address.pause$,
    usage: budget.usage,
    spend: (weight) => budget.used(budget.usage().used + weight),
    response,
    request: (...question) => response(...question).pipe(map(({ value }) => value)),
  }
}

/**
 * A venue's REST interface over `fetch`.
 *
 * All who ask one address share its budget: requests leave in the order of asking, as the venue's weight allows, and
 * 429, 418 and whatever else the venue says of a ban stop everybody for as long as they say. All who use one rest share its clock, too: a request that was
 * refused for its time sets it by the venue's. Nothing is sent and no timer runs before somebody subscribes, or after
 * everybody left.
 *
 * ```ts
 * const rest = createRest({ venue: asterFutures })
 * depthSnapshot(rest, { symbol: 'BTCUSDT', limit: 100 }).subscribe(({ text }) => console.log(text))
 * ```
 *
 * @throws TypeError for an endpoint that is no address, or a version that the venue does not have.
 */
export const createRest = checked('createRest', [aConfigOfVenue('a config { venue }')], make)
