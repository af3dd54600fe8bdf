import { Observable, Subscription, type BehaviorSubject } from 'rxjs'
import type { Signal, Source, Unstamped } from '../../Signal.js'
import type { Venue } from '../../venues/Venue.js'
import type { Address } from './address.js'
import type { Attempts } from './attempts.js'
import { connection, type Vital } from './connection.js'
import { ABNORMAL } from './End.js'
import type { Fact } from './Fact.js'
import { leastDelay } from './reconnectDelay.js'
import { emptyLine, type Leg, type Line, type LineContext, type LineInput, type LineOutput } from './Line.js'
import { lineDue, stepLine } from './stepLine.js'
import { termOf } from './termOf.js'
import { createTimer } from '../../timing/timer.js'
import type { ConnectionSettings } from './websocketSettings.js'

/** What a line carries, and how. */
export interface LinePlan {
  readonly venue: Venue
  readonly settings: ConnectionSettings
  /** The streams that it carries; when they complete, the line closes what is open and completes. */
  readonly names$: BehaviorSubject<ReadonlySet<string>>
  /** Where the next connection goes at this endpoint, with at most so many names in its address. */
  readonly address: (endpoint: string, names: ReadonlySet<string>, most: number) => Address
  readonly nextSource: () => Source
  readonly attempts: Attempts
}

interface OpenLeg {
  readonly source: Source
  readonly vital: Vital
  readonly subscription: Subscription
}

/**
 * Carries a set of streams for as long as it is subscribed: connects again whenever the connection is lost, and
 * replaces it before it has to end. While one takes over from the other, both are heard.
 *
 * ```
 * Connecting Connected Frame… Disconnected Waiting Connecting … Closed|
 * ```
 */
export const keepLine = (plan: LinePlan): Observable<Signal> =>
  new Observable((subscriber) => {
    const { venue, settings, names$, attempts } = plan
    const { scheduler, clock, stamp, overlap, reconnect: policy, random, rotate$, endpoints } = settings
    const legs = new Map<number, OpenLeg>()
    /** That of the connection that ended last. */
    let ended: Source | undefined
    let state = emptyLine(clock())
    /** Attempts that did not reach the venue: each goes on to the next endpoint. */
    let unreached = 0
    const isClosed = () => subscriber.closed
    const fail = (error: unknown) => subscriber.error(error)

    const emit = (status: Unstamped, source: Source | undefined) => {
      subscriber.next({ ...status, receivedAt: stamp(), ...(source !== undefined && { source }) })
    }

    const dataAt = ({ id }: Leg) => legs.get(id)?.vital.dataAt
    const mayHandOver = (active: Leg, successor: Leg) => {
      const { id, settledAt } = successor
      const isSettled = legs.get(id)?.vital.isSettled === true
      // F10
      if (settledAt === undefined || !isSettled || clock() < settledAt + overlap) return false
      return dataAt(successor) !== undefined || (dataAt(active) ?? -Infinity) < settledAt // F10
    }

    const context = (): LineContext => {
      const now = clock()
      return { now, policy, random, term: termOf(venue, settings), attemptAt: attempts.at(now), mayHandOver }
    }

    const open = (id: number, caution: number) => {
      const most = (limit: number) => Math.floor(limit / 2 ** Math.min(caution, MOST_CAUTION)) // F05
      const { streamsPerConnection, namesPerRequest } = venue.limits
      const source = plan.nextSource()
      const endpoint = endpoints[unreached % endpoints.length] ?? endpoints[0]
      const vital = { dataAt: undefined, isSettled: false }
      const subscription = new Subscription()
      legs.set(id, { source, vital, subscription })
      attempts.made(clock())
      subscription.add(
        connection({
          ...{ venue, settings, source, vital, names$ },
          address: plan.address(endpoint, names$.value, most(streamsPerConnection)),
          namesPerRequest: Math.max(1, most(namesPerRequest)),
          report: (fact) => onFact(id, fact),
        }).subscribe({ next: (signal) => subscriber.next(signal), error: fail }),
      )
    }

    const close = (id: number) => {
      const leg = legs.get(id)
      legs.delete(id)
      leg?.subscription.unsubscribe() // F13
      emit({ _tag: 'Closed' }, leg?.source)
    }

    const onFact = (id: number, fact: Fact) => {
      if (fact._tag === 'Carrying') return put({ _tag: 'Tick' })
      if (fact._tag !== 'Ended') return put({ _tag: fact._tag, id })
      ended = legs.get(id)?.source
      if (fact.end.code === ABNORMAL && !wasOpen(state, id)) unreached += 1
      legs.delete(id)
      if (TOO_MANY.includes(fact.end.code)) attempts.block(clock() + leastDelay(fact.end)) // F03
      put({ _tag: 'Ended', id, end: fact.end })
    }

    const act = (output: LineOutput) => {
      if (output._tag === 'Open') return open(output.id, output.caution)
      if (output._tag === 'Close') return close(output.id)
      const source = legs.get(output.id)?.source ?? ended
      if (output._tag === 'Rotating') return emit({ _tag: 'Rotating', reason: output.reason }, source)
      const { delay, attempt, reason } = output
      emit({ _tag: 'Waiting', delay, attempt, reason }, source)
    }

    const put = (input: LineInput) => {
      const [next, outputs] = stepLine(state, input, context())
      state = next
      for (const output of outputs) {
        if (isClosed()) return // F46
        act(output)
      }
      timer.at(lineDue(state, overlap, clock()))
    }
    const timer = createTimer(scheduler, clock, () => put({ _tag: 'Tick' }))

    subscriber.add(() => {
      timer.stop()
      for (const { subscription } of legs.values()) subscription.unsubscribe()
      legs.clear()
    })
    const end = () => {
      for (const id of [...legs.keys()]) close(id)
      subscriber.complete()
    }
    put({ _tag: 'Tick' })
    subscriber.add(
      rotate$.subscribe({ next: (reason) => put({ _tag: 'Rotate', reason: reasonOf(reason) }), error: fail }),
    )
    subscriber.add(names$.subscribe({ complete: end }))
  })

const wasOpen = ({ active, successor }: Line, id: number) =>
  [active, successor].some((leg) => leg?.id === id && leg.openedAt !== undefined)

/** Refusals that concern every connection from here. */
const TOO_MANY: readonly number[] = [418, 429]

/** How often what is asked for at once is halved. */
const MOST_CAUTION = 6

const reasonOf = (reason: unknown) => (typeof reason === 'string' && reason !== '' ? reason : 'on demand')
