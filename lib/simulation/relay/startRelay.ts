import { aConfigOfVenue, checked } from '../../codecs/checked.js'
import { asyncScheduler, BehaviorSubject, filter, firstValueFrom, merge, Subject, Subscription } from 'rxjs'
import { router } from '../../venues/router.js'
import { after, wait } from '../../timing/wait.js'
import { connections } from '../host/connections.js'
import { venueFaults } from '../host/faults.js'
import { loopbackHost } from '../host/loopbackHost.js'
import type { ServerContext } from '../host/ServerContext.js'
import { serverBehaviourOf } from '../venues/serverBehaviourOf.js'
import type { Relay, RelayConfig, RelayEvent } from './RelayConfig.js'
import { forwardedRest, recordedRest } from './relayRest.js'
import { relaySession, type RelaySession } from './relaySession.js'

const MOST_BUFFERED = 64 * 2 ** 20

/**
 * Serves what a communicator brings, a recording or one live connection, to any number of clients in any language: with
 * the venue's own WebSocket endpoints, requests for streams, heartbeats and limits, and each frame as it came, byte for
 * byte. A client of the venue needs nothing but the address.
 *
 * A session begins when its clients are ready, with the first stream that one of them asks for, and ends with its signals,
 * or when the last client leaves; the next one that asks for a stream begins another. Who connects meanwhile joins it.
 *
 * ```
 * client 1    connect  subscribe a ----------------------------------close
 * client 2                              connect  subscribe a b -----------close
 * session                       started-a-a-a-a---------a-b-a-b-a-b------ended
 * ```
 *
 * ```ts
 * const { addresses, close } = await startRelay({
 *   venue: asterFutures,
 *   open: (ready) => replayCommunicator({ files: 'day.txt.gz', onRead: ready }),
 * })
 * await close()
 * ```
 *
 * @throws TypeError (as a rejection) for a venue whose servers nobody knows, or a `port` that is none; Error for a port
 * that is taken.
 */
export const startRelay = checked(
  'startRelay',
  [aConfigOfVenue('a config { venue, open }', ['open'])],
  async (config: RelayConfig): Promise<Relay> => {
    const { venue, like, open, clients = 1, settle = 0, maxBuffer = MOST_BUFFERED, scheduler = asyncScheduler } = config
    const route = router(venue)
    const event$ = new Subject<RelayEvent>()
    const wanted$ = new BehaviorSubject<ReadonlySet<string>>(new Set())
    const now = () => Math.floor(scheduler.now())
    let session: RelaySession | undefined
    let latest: RelaySession | undefined
    let settling = Subscription.EMPTY
    let isClosed = false

    const context: ServerContext = {
      ...{ venue, behaviour: serverBehaviourOf(venue, like), scheduler, now, faults: venueFaults() },
      // A recording may hold more than a table lists.
      hasStream: () => true,
      changed: () => onRequest(),
      log: ({ type, connection }) => {
        if (type !== 'opened' && type !== 'closed') return
        event$.next({ type, connection })
        if (type === 'closed') onClosed()
      },
    }
    const taken = connections(context)
    const all = () => taken.open.values()
    const carrying = () => [...all()].filter((each) => each.subscriptions().streams.size > 0)

    const names = () => [...new Set([...all()].flatMap((each) => [...each.subscriptions().streams]))]
    const isOfMarket = (name: string) => route(name)?.isAccount === false
    /** Of one's own account nothing is asked for, since everybody here would have it. */
    const carried = (): ReadonlySet<string> => new Set(names().filter(isOfMarket))
    /** What no table lists is told, too, but for what may be a listen key. */
    const told = () => names().filter((name) => name.includes('@') || isOfMarket(name))

    const ready = (): Promise<void> | undefined => {
      const full = [...all()].flatMap((each) => each.full() ?? [])
      return full.length === 0 ? undefined : Promise.all(full).then(() => undefined)
    }

    const dropSlow = () => {
      for (const each of all()) if (each.buffered() > maxBuffer) each.close(1008, 'Read too slowly')
    }

    const end = (isWhole: boolean, error?: unknown) => {
      const ended = session
      if (ended === undefined) return
      session = undefined
      ended.stop()
      recorded?.settle()
      const missing = told().filter((name) => !ended.brought(name))
      const counts = { frames: ended.frames(), sent: ended.sent(), missing }
      event$.next({ type: 'ended', isWhole, ...counts, ...(error !== undefined && { error }) })
    }

    const sessionOf = (): RelaySession =>
      relaySession({
        ...{ context, communicator: open(ready), wanted$, connections: all },
        hasBooks: config.rest === undefined && venue.depthRule !== undefined,
        told: (status) => event$.next({ type: 'status', status }),
        heard: () => {
          dropSlow()
          recorded?.settle()
        },
        ended: (error) => end(error === undefined, error),
      })

    const start = () => {
      const streams = told()
      try {
        session = sessionOf()
      } catch (error) {
        return event$.next({ type: 'ended', isWhole: false, frames: 0, sent: 0, missing: streams, error })
      }
      latest = session
      event$.next({ type: 'started', connections: carrying().length, streams })
      latest.run()
    }

    const onRequest = () => {
      wanted$.next(carried())
      session?.changed()
      if (session !== undefined || isClosed) return
      settling.unsubscribe()
      if (carrying().length >= clients) settling = after(settle, scheduler, start)
    }
    const onClosed = () => {
      wanted$.next(carried())
      session?.changed()
      if (carrying().length < clients) settling.unsubscribe()
      if (taken.open.size === 0) end(false)
    }

    const isAboutToBegin = () => !settling.closed || (latest === undefined && carrying().length > 0)
    const recorded = config.rest === undefined ? recordedRest(context, () => session, isAboutToBegin) : undefined
    const rest = config.rest === undefined ? recorded : forwardedRest(context, config.rest)
    const request: Parameters<typeof loopbackHost>[0]['request'] = (asked, respond) => rest?.request(asked, respond)
    const listening = await loopbackHost({ upgrade: taken.upgrade, request }, { ...config, who: 'startRelay' })

    const closeAll: Relay['close'] = async (how = { code: 1001, reason: 'Going away', within: 1_000 }) => {
      isClosed = true
      settling.unsubscribe()
      end(false)
      for (const each of all()) each.close(how.code, how.reason)
      const left$ = event$.pipe(filter(() => taken.open.size === 0))
      if (taken.open.size > 0) await firstValueFrom(merge(left$, wait(how.within, scheduler)))
      for (const each of all()) each.stop()
      rest?.stop()
      await listening.close()
      event$.complete()
    }
    let closing: Promise<void> | undefined
    return {
      addresses: listening.addresses,
      frames: () => latest?.frames() ?? 0,
      event$: event$.asObservable(),
      close: (how) => (closing ??= closeAll(how)),
    }
  },
)
