import { Observable, type BehaviorSubject } from 'rxjs'
import type { Signal, Source, Unstamped } from '../../Signal.js'
import type { Venue } from '../../venues/Venue.js'
import type { Address } from './address.js'
import { endOf, givenUp, type End } from './End.js'
import type { Fact } from './Fact.js'
import { openConnection, type OpenConnection } from './openConnection.js'
import type { SocketEvent } from './transport/Transport.js'
import { LOOK_AGAIN } from './connection/liveness.js'
import { createTimer } from '../../timing/timer.js'
import type { ConnectionSettings } from './websocketSettings.js'

/** One connection, and who wants to know about it. */
export interface ConnectionPlan {
  readonly venue: Venue
  readonly settings: ConnectionSettings
  readonly source: Source
  readonly address: Address
  /** Stream names in one request. */
  readonly namesPerRequest: number
  /** The streams that it should carry, now and whenever they change. */
  readonly names$: BehaviorSubject<ReadonlySet<string>>
  readonly report: (fact: Fact) => void
  readonly vital: Vital
}

/** How a connection is, for others to see. */
export interface Vital {
  /** When data came last; `undefined` before the first. */
  dataAt: number | undefined
  /** Everything wanted was asked for and answered. */
  isSettled: boolean
}

/** What an open connection works with. */
export interface Desk {
  readonly plan: ConnectionPlan
  readonly emit: (status: Unstamped) => void
  readonly next: (signal: Signal) => void
  readonly isClosed: () => boolean
  readonly giveUp: (reason: string, isFruitless?: boolean) => void
  readonly wake: (due: number) => void
}

/**
 * The signals of one connection, from `Connecting` to `Disconnected`, or until it is unsubscribed, which closes the
 * socket and is silent at once.
 *
 * ```
 * Connecting Connected Acknowledged… Frame… Disconnected|
 * ```
 */
export const connection = (plan: ConnectionPlan): Observable<Signal> =>
  new Observable((subscriber) => {
    const { settings, source, address, report } = plan
    const { transport, scheduler, clock, stamp, connectTimeout } = settings
    const isClosed = () => subscriber.closed
    const emit = (status: Unstamped) => subscriber.next({ ...status, receivedAt: stamp(), source })
    const finish = (end: End) => {
      emit({ _tag: 'Disconnected', code: end.code, reason: end.reason })
      subscriber.complete()
      report({ _tag: 'Ended', end })
    }

    let open: OpenConnection | undefined
    let giveUpAt = clock() + connectTimeout
    let isLate = false
    const onLate = () => {
      if (isLate) return giveUp(`not open after ${connectTimeout} ms`) // F02
      isLate = true
      giveUpAt = clock() + LOOK_AGAIN
      timer.at(giveUpAt)
    }
    const timer = createTimer(scheduler, clock, () => {
      if (open !== undefined) open.tick()
      else if (clock() < giveUpAt) timer.at(giveUpAt)
      else onLate()
    })
    const socket = transport(address.url)
    const giveUp = (reason: string, isFruitless = false) => finish(givenUp(reason, isFruitless))
    const desk: Desk = {
      ...{ plan, emit, isClosed, giveUp, wake: timer.at },
      next: (signal) => subscriber.next(signal),
    }

    const onEvent = (event: SocketEvent) => {
      if (event._tag === 'Text') return open?.on(event)
      const end = endOf(event, clock())
      if (end !== undefined) return finish(end)
      if (event._tag === 'Opened') {
        open ??= openConnection(desk, socket.send)
        return open.begin()
      }
      open?.on(event)
    }

    subscriber.add(timer.stop) // F46 F47
    emit({ _tag: 'Connecting' })
    if (isClosed()) return
    timer.at(giveUpAt)
    subscriber.add(plan.names$.subscribe(() => open?.tick()))
    subscriber.add(
      socket.event$.subscribe({
        next: onEvent,
        error: () => giveUp('the socket failed'),
        complete: () => giveUp('the socket ended'),
      }),
    )
  })
