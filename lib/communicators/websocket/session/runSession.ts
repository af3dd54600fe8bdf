import { Observable, type BehaviorSubject, type Observer } from 'rxjs'
import type { Frame, Source, Status, Unstamped } from '../../../Signal.js'
import { createDeadline } from '../../../timing/deadline.js'
import type { Venue } from '../../../venues/Venue.js'
import type { Address } from '../connection/address.js'
import { createConnection, type Connection } from '../connection/connection.js'
import type { ConnectionFact } from '../connection/ConnectionFact.js'
import { restricted } from '../connection/subscriptions.js'
import type { ConnectionSettings } from '../websocketConfig.js'
import type { Attempts } from './attempts.js'
import { leastDelay } from './reconnectDelay.js'
import { newSession, type SessionContext, type SessionInput, type SessionOutput } from './Session.js'
import { sessionDueAt, stepSession } from './stepSession.js'
import type { Step } from './transitions.js'

/** What a session carries, and how. */
export interface SessionPlan {
  readonly venue: Venue
  readonly settings: ConnectionSettings
  /** The streams that it carries; when they complete, the session closes what is open and completes. */
  readonly names$: BehaviorSubject<ReadonlySet<string>>
  /** Where the next connection goes at this endpoint, with at most so many names in its address. */
  readonly address: (endpoint: string, names: ReadonlySet<string>, most: number) => Address
  /** Whether a stream is asked for at another route, too: that this one brings it is not hoped for any more. */
  readonly isElsewhere?: (stream: string) => boolean
  readonly nextSource: () => Source
  readonly attempts: Attempts
  /** Where its frames go: nobody stands between a connection and who listens. */
  readonly frames: Pick<Observer<Frame>, 'next'>
}

/**
 * Carries a set of streams for as long as it is subscribed: connects again whenever the connection is lost, and
 * replaces it before it has to end. While one takes over from the other, both say what they have to. It emits statuses;
 * frames go their own way, in order with them.
 *
 * ```
 * frames                       Frame…
 * statuses Connecting Connected      Disconnected Waiting Connecting … Closed|
 * ```
 */
export const runSession = (plan: SessionPlan): Observable<Status> =>
  new Observable((subscriber) => {
    const { venue, settings, names$, attempts, frames } = plan
    const { scheduler, clock, stamp, endpoints } = settings
    const { lifetime, streamsPerConnection, namesPerRequest } = venue.limits
    const connections = new Map<number, Connection>()
    let session = newSession(clock())
    /** That of the connection that ended last. */
    let lastSource: Source | undefined

    const say = (status: Unstamped, source: Source | undefined) =>
      subscriber.next({ ...status, receivedAt: stamp(), ...(source !== undefined && { source }) })

    const open = ({ id, throttleLevel, unreached, quiet }: Extract<SessionOutput, { _tag: 'Open' }>) => {
      const most = (limit: number) => Math.floor(limit / 2 ** Math.min(throttleLevel, MOST_HALVINGS)) // F05
      const endpoint = endpoints[unreached % endpoints.length] ?? endpoints[0]
      const connection = createConnection({
        ...{ venue, settings, names$, frames, statuses: subscriber },
        ...(quiet !== undefined && { quiet }),
        isAlone: () => connections.size === 1,
        source: plan.nextSource(),
        address: plan.address(endpoint, restricted(names$.value, quiet), most(streamsPerConnection)),
        namesPerRequest: Math.max(1, most(namesPerRequest)),
        tell: (fact) => onFact(id, fact),
      })
      connections.set(id, connection)
      attempts.made(clock())
      connection.connect()
    }

    const close = (id: number) => {
      const connection = connections.get(id)
      connections.delete(id)
      connection?.close() // F13
      say({ _tag: 'Closed' }, connection?.source)
    }

    const hopedFor = ({ _tag, streams }: Extract<ConnectionFact, { _tag: 'Quiet' }>): ConnectionFact => ({
      _tag,
      streams: new Map([...streams].filter(([name]) => plan.isElsewhere?.(name) !== true)),
    })

    const onFact = (id: number, fact: ConnectionFact) => {
      if (fact._tag === 'Ended') {
        lastSource = connections.get(id)?.source
        connections.delete(id)
        if (TOO_MANY.includes(fact.end.code)) attempts.block(clock() + leastDelay(fact.end)) // F03
      }
      put({ ...(fact._tag === 'Quiet' ? hopedFor(fact) : fact), id })
    }

    const act = (output: SessionOutput) => {
      if (output._tag === 'Open') open(output)
      else if (output._tag === 'Close') close(output.id)
      else if (output._tag === 'AwaitData')
        connections.get(output.id)?.awaitData() // F10
      else if (output._tag === 'Extend')
        connections.get(output.id)?.extend() // F52
      else say(output.status, connections.get(output.id)?.source ?? lastSource)
    }

    /** What somebody's policy throws ends all. */
    const step = (input: SessionInput, context: SessionContext): Step => {
      try {
        return stepSession(session, input, context)
      } catch (reason) {
        subscriber.error(reason)
        return [session, []]
      }
    }

    const put = (input: SessionInput) => {
      const now = clock()
      const allowed = { attemptAt: attempts.at(now), probeAllowedAt: attempts.probeAt(now) }
      const [next, outputs] = step(input, { ...settings, ...allowed, now, lifetime })
      session = next
      for (const output of outputs) {
        if (subscriber.closed) return // F46
        act(output)
      }
      if (!subscriber.closed) deadline.at(sessionDueAt(session))
    }
    const deadline = createDeadline(scheduler, clock, () => put({ _tag: 'Tick' }))

    subscriber.add(() => {
      deadline.stop()
      for (const connection of connections.values()) connection.close()
      connections.clear()
    })
    const error = (reason: unknown) => subscriber.error(reason)
    const complete = () => {
      for (const id of [...connections.keys()]) close(id)
      subscriber.complete()
    }
    put({ _tag: 'Tick' })
    subscriber.add(
      settings.rotate$.subscribe({ next: (reason) => put({ _tag: 'Rotate', reason: reasonOf(reason) }), error }),
    )
    subscriber.add(settings.sending.reconnect$.subscribe((reason) => put({ _tag: 'Reconnect', reason })))
    subscriber.add(names$.subscribe({ next: (names) => put({ _tag: 'Want', names }), complete }))
  })

/** Refusals that concern every connection from here. */
const TOO_MANY: readonly number[] = [418, 429]

/** How often what is asked for at once is halved. */
const MOST_HALVINGS = 6

const reasonOf = (reason: unknown) => (typeof reason === 'string' && reason !== '' ? reason : 'on demand')
