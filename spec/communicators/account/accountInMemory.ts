import { concatMap, defer, NEVER, Observable, of, throwError, timer, type Subscription } from 'rxjs'
import type { AccountCommunicatorConfig } from '../../../lib/communicators/account/AccountCommunicatorConfig.js'
import { accountCommunicator } from '../../../lib/communicators/accountCommunicator.js'
import { createBudget } from '../../../lib/rest/createBudget.js'
import type { Rest } from '../../../lib/rest/Rest.js'
import { RestError, type RestFailure } from '../../../lib/rest/RestError.js'
import type { Signal } from '../../../lib/Signal.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { createVenueClock } from '../../../lib/timing/venueClock.js'
import type { Venue } from '../../../lib/venues/Venue.js'
import { line } from '../websocket/inMemory.js'
import { createMemoryVenue } from '../websocket/MemoryVenue.js'

/** What the venue answers to one call for listen keys: the key, whatever is no error, or why not. */
export type KeyAnswer = string | { readonly listenKey: string } | RestFailure

export const keyOf = (n: number) => `canary-listen-key-${n}`

const isFailure = (answer: KeyAnswer): answer is RestFailure => typeof answer === 'object' && 'kind' in answer

export const gone: RestFailure = { kind: 'venue', status: 400, code: -1125, reason: 'This listenKey does not exist.' }
export const missing: RestFailure = { kind: 'http', status: 404, reason: 'no such key' }
export const broken: RestFailure = { kind: 'http', status: 503, reason: '<html>' }
export const refused: RestFailure = { kind: 'venue', status: 401, code: -2014, reason: 'API-key format invalid.' }

/**
 * A communicator for the account of a venue in memory, with everything that it said. No call takes longer than `took`;
 * every failure says that it is final, if told so.
 */
export const accountInMemory = (
  config: AccountCommunicatorConfig = {},
  venue: Venue = asterFutures,
  took = 20,
  isFinal = false,
) => {
  const memory = createMemoryVenue()
  const { scheduler } = memory.clock
  const calls: string[] = []
  /** What the next calls are answered. By default a POST makes another key, and everything else works. */
  const answers: Record<string, KeyAnswer[]> = { POST: [], PUT: [], DELETE: [] }
  let keys = 0
  let newest = ''
  let underWay = 0
  let creating = 0
  let mostCreating = 0
  const answerTo = (method: string): KeyAnswer =>
    answers[method]?.shift() ?? (method === 'POST' ? keyOf((keys += 1)) : 'done')

  const request: Rest['request'] = (method, path, parameters, codec) =>
    new Observable((subscriber) => {
      underWay += 1
      if (method === 'POST') mostCreating = Math.max(mostCreating, (creating += 1))
      calls.push([scheduler.now(), method, ...Object.values(parameters)].join(' '))
      const answered$ = timer(took, scheduler).pipe(
        concatMap(() =>
          defer(() => {
            const answer = answerTo(method)
            if (isFailure(answer)) return throwError(() => failureOf(`${method} ${path}`, answer, isFinal))
            const decoded = codec.decode(typeof answer === 'string' ? { listenKey: answer } : answer)
            if (decoded._tag === 'Left') throw new Error('no such answer')
            if (method === 'POST' && typeof answer === 'string') newest = answer
            return of(decoded.right)
          }),
        ),
      )
      subscriber.add(() => {
        underWay -= 1
        if (method === 'POST') creating -= 1
      })
      return answered$.subscribe(subscriber)
    })
  const [version, paths] = Object.entries(venue.rest.versions)[0] ?? ['', undefined]
  if (paths === undefined) throw new Error('no version')
  const response = () => throwError(() => new Error('not asked for'))
  const venueClock = createVenueClock(() => scheduler.now())
  const { usage } = createBudget({ weightPerMinute: 9 })
  const rest: Rest = {
    venue,
    version,
    paths,
    request,
    response,
    venueClock,
    usage,
    pause$: NEVER,
    spend: () => undefined,
  }

  const communicator = accountCommunicator(
    venue,
    { rest },
    { transport: memory.transport, scheduler, random: () => 0, ...config },
  )
  const signals: Signal[] = []
  const everything: string[] = []
  let isComplete = false
  let error: unknown
  let listener: (signal: Signal) => void = () => undefined
  const subscribe = (): Subscription =>
    communicator(of(new Set<string>())).subscribe({
      next: (signal) => {
        signals.push(signal)
        everything.push(JSON.stringify(signal))
        listener(signal)
      },
      error: (reason: unknown) => (error = reason),
      complete: () => (isComplete = true),
    })
  const subscription = subscribe()
  const said = (): readonly string[] => signals.splice(0).map(line)
  const checkSilence = () => {
    expect(memory.connections.filter((connection) => !connection.isLeft())).toEqual([])
    expect(underWay).toBe(0)
    expect(memory.clock.due()).toBeUndefined()
    signals.length = 0
    memory.pass(10_000_000)
    expect(signals).toEqual([])
    // I5: whatever was said, it held no listen key.
    expect(everything.filter((text) => text.includes('canary'))).toEqual([])
  }

  return {
    ...memory,
    ...{ communicator, signals, subscription, subscribe, calls, answers, said, checkSilence },
    isComplete: () => isComplete,
    error: () => error,
    underWay: () => underWay,
    /** How many keys were being created at one time, at most. */
    mostCreating: () => mostCreating,
    /** The key that was given last. */
    newest: () => newest,
    tap: (next: (signal: Signal) => void) => {
      listener = next
    },
    /** An account event on a connection. */
    event: (n: number, connection = memory.last()) => connection.text(eventText(n)),
    /** The paths that were connected to. */
    paths: () => memory.connections.map(({ url }) => url.replace(/^wss?:\/\/[^/]+/, '')),
    /** Unsubscribes: nothing remains, and no key was said. */
    end: () => {
      subscription.unsubscribe()
      checkSilence()
    },
  }
}

/** An account event that tells its number. */
export const eventText = (n: number) => `{"e":"MARGIN_CALL","E":${n},"p":[]}`

export const expiredText = (listenKey?: string) => JSON.stringify({ e: 'listenKeyExpired', E: 1, listenKey })

const finalCodes = [401, 400]

const failureOf = (request: string, failure: RestFailure, isFinal: boolean) =>
  new RestError(request, failure, isFinal || ('status' in failure && finalCodes.includes(failure.status)))
