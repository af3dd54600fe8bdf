import * as t from 'io-ts'
import { Subscription } from 'rxjs'
import type { Rest } from '../../rest/Rest.js'
import { RestError } from '../../rest/RestError.js'
import { after } from '../../timing/wait.js'
import type { Venue } from '../../venues/Venue.js'
import { depthSnapshots } from '../host/depthSnapshots.js'
import type { RestServer } from '../host/restServer.js'
import type { ServerContext } from '../host/ServerContext.js'
import { failure, page, success, type RestAnswer, type RestRequest } from '../venues/RestMessage.js'
import type { RelaySession } from './relaySession.js'

/** A request for a book waits so many ms for the snapshot that makes it. */
const PATIENCE = 5_000
/** What a request costs whose cost nobody knows: as much as the dearer ones. */
const WEIGHT = 20

const unavailable = (reason: string): RestAnswer => failure(-1001, reason, 503)

const isDepth = ({ rest }: Venue, { method, path }: RestRequest): boolean =>
  method === 'GET' && Object.values(rest.versions).some(({ depth }) => path === depth)

const isTime = ({ rest }: Venue, { method, path }: RestRequest): boolean =>
  method === 'GET' && Object.values(rest.versions).some(({ time }) => path === time)

/** Answers requests from the session that runs; one for an order book waits for a session that is about to begin. */
export const recordedRest = (
  { venue, scheduler, now }: Pick<ServerContext, 'venue' | 'scheduler' | 'now'>,
  session: () => RelaySession | undefined,
  isAboutToBegin: () => boolean,
): Omit<RestServer, 'spend'> & { readonly settle: () => void } => {
  const timers = new Subscription()
  const waiting = new Map<() => boolean, Subscription>()

  const answerDepth = (request: RestRequest, respond: (answer: RestAnswer) => void) => {
    const attempt = (): boolean => {
      const running = session()
      if (running === undefined && isAboutToBegin()) return false
      const answer =
        running === undefined
          ? unavailable(
              'The recording begins when a stream is subscribed to: do that before the order book is asked for.',
            )
          : running.books.answer(request)
      if (answer !== undefined) respond(answer)
      return answer !== undefined
    }
    if (attempt()) return
    const patience = after(PATIENCE, scheduler, () => {
      waiting.delete(attempt)
      timers.remove(patience)
      respond(unavailable(`The recording has brought no order book of ${request.parameters.get('symbol') ?? ''} yet.`))
    })
    timers.add(patience)
    waiting.set(attempt, patience)
  }

  return {
    request: (request, respond) => {
      if (isDepth(venue, request)) return answerDepth(request, respond)
      if (!isTime(venue, request)) return respond(page(404))
      respond(success({ serverTime: Math.floor(session()?.scheduler.now() ?? now()) }))
    },
    settle: () => {
      for (const [attempt, patience] of waiting) {
        if (!attempt()) continue
        waiting.delete(attempt)
        timers.remove(patience)
        patience.unsubscribe()
      }
    },
    stop: () => timers.unsubscribe(),
  }
}

/** What went wrong with a request that was passed on, as the venue would say it. */
const failed = (error: unknown): RestAnswer => {
  if (!(error instanceof RestError)) return failure(-1100, error instanceof Error ? error.message : String(error))
  const { failure: what } = error
  if (what.kind === 'venue') return failure(what.code, what.reason, what.status)
  if (what.kind === 'http') return page(what.status)
  if (what.kind !== 'rateLimited') return failure(-1001, what.reason, 502)
  const answer = failure(what.code ?? -1003, what.reason, 429)
  return { ...answer, headers: { 'Retry-After': String(Math.ceil(what.retryAfter / 1_000)) } }
}

/** Passes on what anybody may ask, within the budget of `rest`; the answer is the venue's, to the letter. */
export const forwardedRest = (
  context: Pick<ServerContext, 'venue' | 'behaviour'>,
  rest: Rest,
): Omit<RestServer, 'spend'> => {
  const { venue, behaviour } = context
  const weights = new Map(behaviour.marketCalls.map(({ path, weight }) => [path, weight]))
  const running = new Subscription()
  const snapshots = depthSnapshots(context, [], () => undefined)

  const isPublic = ({ method, parameters, headers }: RestRequest) =>
    method === 'GET' && !parameters.has('signature') && headers[venue.rest.apiKeyHeader.toLowerCase()] === undefined

  return {
    request: (request, respond) => {
      if (!isPublic(request)) return respond(failure(-1100, 'Only what needs no key is passed on.', 403))
      const { path, parameters } = request
      const known = weights.get(path)?.((name) => parameters.get(name)) ?? WEIGHT
      const weight = isDepth(venue, request) ? snapshots.weight(request) : isTime(venue, request) ? 1 : known
      try {
        const asking = rest.response('GET', path, Object.fromEntries(parameters), t.unknown, { weight }).subscribe({
          next: ({ text }) => respond({ status: 200, body: text }),
          error: (error: unknown) => respond(failed(error)),
        })
        running.add(asking)
        asking.add(() => running.remove(asking))
      } catch (error) {
        respond(failed(error))
      }
    },
    stop: () => running.unsubscribe(),
  }
}
