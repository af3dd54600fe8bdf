import { aVenue, anObject, came, checked, maybe } from '../../codecs/checked.js'
import { isValues } from '../../codecs/Values.js'
import {
  audit,
  BehaviorSubject,
  identity,
  Observable,
  Subject,
  Subscription,
  type MonoTypeOperatorFunction,
} from 'rxjs'
import type { Signal, Status } from '../../Signal.js'
import { router } from '../../venues/router.js'
import type { Venue } from '../../venues/Venue.js'
import type { Communicator } from '../Communicator.js'
import { createRest } from '../../rest/createRest.js'
import { depthSnapshot } from '../../rest/depthSnapshot.js'
import type { Rest } from '../../rest/Rest.js'
import { address } from './connection/address.js'
import { toldOf } from './connection/sending.js'
import { lateness } from './lateness.js'
import { byRoute, eachAlone, routesOf, spreadByRoute, together, type RoutedShards } from './session/byRoute.js'
import { createAttempts } from './session/attempts.js'
import { runSession } from './session/runSession.js'
import type { Host } from './transport/Host.js'
import { collectTime, connectionSettings, transportOf } from './websocketConfig.js'
import type { ConnectionSettings, WebsocketConfig } from './websocketConfig.js'
import { wait } from '../../timing/wait.js'
import { tellSteps } from '../tellSteps.js'
import { tellPauses } from '../tellPauses.js'

/** `websocketCommunicator` over the sockets of a host. */
export const websocketCommunicatorOn = <Own extends object>(host: Host<Own>) =>
  checked(
    'websocketCommunicator',
    [aVenue, maybe(anObject('a config'))],
    <V extends Venue>(venue: V, given?: WebsocketConfig & Own): Communicator<V['name']> => {
      const config: WebsocketConfig = given ?? {}
      const settings = connectionSettings(venue, config, transportOf(venue, given, host))
      const collect = collectTime(config)
      const route = router(venue)
      const rest = ownRest(venue, config, settings)
      const asked: Communicator['snapshot'] =
        rest && ((symbol, onProgress) => depthSnapshot(rest, { symbol, onProgress }))
      const snapshot = config.snapshot ?? asked
      const { streamsPerConnection, connectionAttempts } = venue.limits
      const raw = rawOf(venue, config)

      const communicate = (wanted$: Observable<ReadonlySet<string>>): Observable<Signal> =>
        new Observable((subscriber) => {
          const sessions = new Map<string, BehaviorSubject<ReadonlySet<string>>>()
          const attempts = createAttempts(connectionAttempts)
          const changed$ = new Subject<void>()
          let wanted: ReadonlySet<string> = new Set()
          let refused: ReadonlySet<string> = new Set()
          /** Those that are silent at the route where they were asked for first. */
          let silent: ReadonlySet<string> = new Set()
          let shards: RoutedShards = new Map()
          let sources = 0
          let isEnding = false
          let lagging = Subscription.EMPTY

          const fail = (error: unknown) => subscriber.error(error)

          const refuse = (names: Iterable<string>) => {
            refused = new Set(names)
            changed$.next()
          }
          const onStatus = (status: Status) => {
            if (status._tag === 'Rejected') refuse([...refused, status.stream])
            // Of two connections that overlap, one may be refused what the other is given.
            if (status._tag === 'Acknowledged' && refused.has(status.stream))
              refuse([...refused].filter((name) => name !== status.stream))
            if (status._tag === 'Silent') askElsewhere(status.stream) // F16
            if (status._tag === 'Paused') attempts.block(settings.clock() + status.delay) // F76
            subscriber.next(status)
          }

          const askElsewhere = (stream: string) => {
            if (silent.has(stream) || routesOf(route, stream).length === 1) return
            silent = new Set([...silent, stream])
            changed$.next()
          }

          const isAskedFor = (name: string) => {
            const { unasked, retired } = route(name)?.row ?? {}
            return unasked === undefined && retired === undefined && !refused.has(name)
          }
          const tellRetired = (stream: string) => {
            const { retired } = route(stream)?.row ?? {}
            if (retired === undefined) return
            const reason = `${venue.name} retired it in ${retired}`
            subscriber.next({ _tag: 'Rejected', stream, reason, receivedAt: settings.stamp() })
          }

          const start = (id: string, at: string, names: ReadonlySet<string>) => {
            const names$ = new BehaviorSubject(names)
            const [only = ''] = names
            sessions.set(id, names$)
            const subscription = runSession({
              ...{ venue, settings, names$, attempts, frames: subscriber },
              address: (endpoint, all, most) =>
                raw === undefined
                  ? address(endpoint + at, venue.dialect, all, most)
                  : { url: endpoint + at + raw(only), carried: [only] },
              isElsewhere: (name) => silent.has(name) && routesOf(route, name).at(-1) !== at,
              nextSource: () => ({ id: `${settings.name}-${(sources += 1)}`, ...(raw && { stream: only }) }),
            }).subscribe({ next: onStatus, error: fail, complete: () => subscriber.remove(subscription) })
            subscriber.add(subscription)
          }

          const apply = () => {
            const asked = byRoute(route, [...wanted].filter(isAskedFor), silent)
            if (raw === undefined) shards = spreadByRoute(shards, asked, streamsPerConnection)
            const carried = raw === undefined ? together(shards) : eachAlone(asked)
            for (const [id, names$] of sessions)
              if (!carried.has(id)) {
                sessions.delete(id)
                names$.complete()
              }
            for (const [id, { at, names }] of carried) {
              const names$ = sessions.get(id)
              if (subscriber.closed) return
              if (names$ === undefined) start(id, at, names)
              else if (!isSame(names$.value, names)) names$.next(names)
            }
            if (sessions.size === 0) lagging.unsubscribe()
            else if (lagging.closed) watchLag()
            if (isEnding && sessions.size === 0) subscriber.complete()
          }

          const watchLag = () => {
            lagging = lateness(settings).subscribe((lag) =>
              subscriber.next({ _tag: 'Lagging', lag, receivedAt: settings.stamp() }),
            )
            subscriber.add(lagging)
          }

          const pausing = rest?.pause$.subscribe(({ delay }) => attempts.pause(settings.clock() + delay)) // F76
          subscriber.add(pausing)

          let isFirst = true
          subscriber.add(changed$.pipe(audit(() => wait(collect, settings.scheduler))).subscribe(apply))
          subscriber.add(
            wanted$.subscribe({
              next: (names) => {
                for (const name of names) if (!wanted.has(name)) tellRetired(name)
                wanted = names
                refused = new Set([...refused].filter((name) => wanted.has(name)))
                silent = new Set([...silent].filter((name) => wanted.has(name)))
                if (isFirst) apply()
                else changed$.next()
                isFirst = false
              },
              error: fail,
              complete: () => {
                isEnding = true
                changed$.next()
              },
            }),
          )
        })

      const pauses: MonoTypeOperatorFunction<Signal> = rest === undefined ? identity : tellPauses(rest, settings.stamp)
      const told: Communicator = (wanted$) => communicate(wanted$).pipe(pauses, tellSteps(settings))
      const { venueClock, sending } = settings
      return Object.assign(
        told,
        { venue: venue.name, venueClock },
        toldOf(sending),
        snapshot !== undefined && { snapshot },
      )
    },
  )

/** The raw addresses of streams, where these are asked for. @throws TypeError where the venue has none. */
const rawOf = ({ name, dialect: { raw } }: Venue, { raw: isRaw = false }: WebsocketConfig) => {
  if (isRaw && raw === undefined) throw new TypeError(`websocketCommunicator: ${name} has no raw addresses`)
  return isRaw ? raw : undefined
}

/** What asks the venue itself for order books, unless only its sockets are elsewhere. */
const ownRest = (
  venue: Venue,
  { snapshot, rest, endpoint }: WebsocketConfig,
  { venueClock }: Pick<ConnectionSettings, 'venueClock'>,
): Rest | undefined => {
  // A rest that is made is spread into a config without its endpoint: it would ask the venue itself.
  if (rest !== undefined && (!isValues(rest) || 'request' in rest))
    throw new TypeError(
      `websocketCommunicator: expected rest to be the config of one, as { endpoint }, came ${came(rest)}`,
    )
  const isAsked = snapshot === undefined && venue.depthSnapshot !== undefined
  return isAsked && (endpoint === undefined || rest !== undefined)
    ? createRest({ venue, venueClock, ...rest })
    : undefined
}

const isSame = (a: ReadonlySet<string>, b: ReadonlySet<string>) =>
  a.size === b.size && [...a].every((name) => b.has(name))
