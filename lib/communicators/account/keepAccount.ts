import {
  auditTime,
  catchError,
  defer,
  Observable,
  Subject,
  Subscription,
  switchMap,
  tap,
  throwError,
  timer,
} from 'rxjs'
import { EXTENSION_RETRY, isKeyGone, type KeyFailure } from '../../operators/keepAlive.js'
import { listenKey, type ListenKeyConfig } from '../../operators/listenKey.js'
import type { ListenKeyCalls } from '../../rest/listenKeyCalls.js'
import type { Frame, Signal, Source, Unstamped } from '../../Signal.js'
import type { Venue } from '../../venues/Venue.js'
import type { ConnectionSettings } from '../websocket/websocketSettings.js'
import { accountLines } from './accountLines.js'
import { expiryIn } from './expiryIn.js'
import { extended } from './extended.js'
import type { Mask } from './mask.js'
import { codeOf, messageOf } from './messageOf.js'
import { provesKey } from './provesKey.js'
import { refusal } from './refusal.js'
import type { Told } from './Told.js'

/** What keeps an account. */
export interface AccountPlan {
  readonly venue: Venue
  readonly settings: ConnectionSettings
  readonly calls: ListenKeyCalls
  readonly keeping: Pick<ListenKeyConfig, 'every' | 'retry' | 'createRetry' | 'gone' | 'close'>
  readonly mask: Mask
}

/** The stream of account events, whatever listen key carries them. */
const ACCOUNT = 'account'

const EXPIRED = 'the listen key has expired'

/**
 * Keeps a listen key, and a line that carries its account: there is none before there is a key, and another key has
 * another line, which carries the account before the old one goes. Everything that is told is without keys.
 *
 * ```
 * key       a-------------------------------b
 * told       Connecting Connected C Frame… L Rotating Connecting Connected C Frame… Closed     C: Carried, L: Lost
 * ```
 *
 * Completes after a `Rejected`, where no key can be had for good. Unsubscribing closes everything.
 */
export const keepAccount = ({ venue, settings, calls, keeping, mask }: AccountPlan): Observable<Told> =>
  new Observable((subscriber) => {
    const { stamp, scheduler, overlap } = settings
    const { gone = isKeyGone } = keeping
    const expired$ = new Subject<string>()
    const look$ = new Subject<void>()
    const carried$ = new Subject<void>()
    let key: string | undefined
    /** The venue said that the key is no more, and there is no other yet. */
    let isLapsed = false
    /** False after a loss, until it shows that the key lived through it. */
    let isProven = true
    let proof = Subscription.EMPTY
    /** The key of the connection that was opened last. */
    let opened: string | undefined
    let isCarried = false

    const emit = (status: Unstamped, source?: Source) =>
      subscriber.next({ ...status, receivedAt: stamp(), ...(source !== undefined && { source }) })

    const fail = (error: unknown) => subscriber.error(error)

    /** Says it when what is carried has changed. */
    const weigh = (reason: string) => {
      const now = key !== undefined && !isLapsed && isProven && lines.carries(key)
      if (now === isCarried) return
      isCarried = now
      subscriber.next(now ? { _tag: 'Carried', at: stamp() } : { _tag: 'Lost', at: stamp(), reason })
      if (now) carried$.next()
    }

    const closeDead = () => lines.closeDead((other) => other !== key || isLapsed)

    const onFrame = (frame: Frame) => {
      const used = lines.keyOf(frame.source)
      if (!isProven && used === key && provesKey(frame.text, venue)) onProven()
      const expiry = expiryIn(frame.text, venue)
      const which = expiry && (expiry.key ?? used)
      const expired = which !== undefined && which === key && !isLapsed ? which : undefined
      if (expired !== undefined) lapse(EXPIRED)
      subscriber.next(mask.signal(frame))
      if (expired === undefined) return
      weigh(EXPIRED)
      expired$.next(expired)
    }

    const api = {
      create: () =>
        defer(calls.create).pipe(
          tap(onCreated),
          catchError((error: unknown) => throwError(() => refusal(error, venue))),
        ),
      extend: (used: string) =>
        defer(() => calls.extend(used)).pipe(tap({ error: (error: unknown) => onExtensionFailed(used, error) })),
      close: calls.close,
    }

    /** A key may have died while nobody listened: the venue says so when it is extended. */
    const prove = (used: string) => {
      const error = () => {
        if (isLapsed && used === key) expired$.next(used)
      }
      const failed = (failure: KeyFailure) => {
        if (!isProven) onFailure(failure)
      }
      const waits = { random: settings.random, ...(keeping.retry ?? EXTENSION_RETRY) }
      proof.unsubscribe()
      const extended$ = extended({ extend: () => api.extend(used), retry: waits, gone, failed, scheduler })
      proof = extended$.subscribe({ error, complete: onProven })
      subscriber.add(proof)
    }

    const onProven = () => {
      trust()
      weigh('')
    }

    const trust = () => {
      isProven = true
      proof.unsubscribe()
    }

    const onConnected = (source: Source | undefined) => {
      const before = opened
      opened = lines.keyOf(source)
      if (opened === undefined || opened !== before || opened !== key || isLapsed || subscriber.closed) return
      // Where another connection carries the account, that one would have told.
      if (!isCarried) isProven = false
      prove(opened)
    }

    const onSignal = (signal: Signal) => {
      if (signal._tag === 'Frame') return onFrame(signal)
      subscriber.next(mask.signal(signal))
      lines.note(signal)
      if (signal._tag === 'Connected') onConnected(signal.source)
      weigh('reason' in signal && signal.reason ? mask.text(signal.reason) : 'the connection was lost')
      look$.next()
    }

    /** The status comes before anything that follows from it. */
    const lapse = (reason: string) => {
      isLapsed = true
      emit({ _tag: 'Waiting', delay: 0, attempt: 1, reason })
    }

    const onKey = (next: string) => {
      const [open] = key === undefined ? [] : lines.open(key)
      if (open !== undefined) emit({ _tag: 'Rotating', reason: 'another listen key' }, open)
      key = next
      isLapsed = false
      trust()
      closeDead()
      lines.closeOlder(next)
      lines.start(next)
      weigh('another listen key')
    }

    /** The same key lives again: it is not said anew. */
    const onCreated = (created: string) => {
      mask.learn(created)
      if (created !== key || !isLapsed) return
      isLapsed = false
      trust()
      weigh(EXPIRED)
      lines.start(created)
    }

    const onExtensionFailed = (failed: string, error: unknown) => {
      if (!gone(error) || failed !== key || isLapsed) return
      const reason = mask.text(`the listen key is gone: ${messageOf(error)}`)
      lapse(reason)
      weigh(reason)
      look$.next()
    }

    const onFailure = ({ error, attempt, delay }: KeyFailure) =>
      emit({ _tag: 'Waiting', delay, attempt, reason: mask.text(messageOf(error)) })

    const onRefused = (error: unknown) => {
      emit({ _tag: 'Rejected', stream: ACCOUNT, ...codeOf(error), reason: mask.text(messageOf(error)) })
      lines.closeOthers(undefined)
      subscriber.complete()
    }

    const lines = accountLines({ venue, settings, onSignal, fail })
    subscriber.add(lines.subscription)
    subscriber.add(carried$.pipe(switchMap(() => timer(overlap, scheduler))).subscribe(() => lines.closeOthers(key)))
    // A line is not done yet with what it says, so the look comes a moment later.
    subscriber.add(look$.pipe(auditTime(0, scheduler)).subscribe(closeDead))
    const createRetry = { random: settings.random, ...keeping.createRetry }
    const key$ = listenKey(api, { ...keeping, createRetry, gone, expired$, failed: onFailure, scheduler })
    subscriber.add(key$.subscribe({ next: onKey, error: onRefused })) // F35
  })
