import { Observable, Subject } from 'rxjs'
import { isValues } from '../../codecs/Values.js'
import type { ListenKeyConfig, ListenKeyEvent } from '../../operators/listenKey.js'
import { trampoline } from '../../operators/trampoline.js'
import type { Signal } from '../../Signal.js'
import { createDeadline } from '../../timing/deadline.js'
import type { ConnectionSettings } from '../websocket/websocketConfig.js'
import {
  absent,
  accountDue,
  stepAccount,
  type AccountInput,
  type AccountOutput,
  type KeyNews,
  type KeyReasons,
} from './accountState.js'
import type { Mask } from './mask.js'
import type { AccountSignal } from './reconcileGate.js'

/** By what an account is carried: keys, connections that a key opens, and what frames say of keys. */
export interface AccountCarrier {
  /** What each connection asks for; empty where it carries the account by itself. */
  readonly streams: ReadonlySet<string>
  /** What is said of keys. */
  readonly reasons: KeyReasons
  /** What happens to keys; errors where none can be had. */
  readonly keyEvents: (
    commands: Required<Pick<ListenKeyConfig, 'expired$' | 'extendNow$'>>,
  ) => Observable<ListenKeyEvent>
  /** Keeps a connection with this key; nothing is opened before `signal$` is subscribed to. */
  readonly session: (key: string) => CarrierSession
  /** What a frame says of keys; events count only while a key `isUnproven`. */
  readonly newsIn: (text: string, isUnproven: boolean) => KeyNews | undefined
}

export interface CarrierSession {
  readonly signal$: Observable<Signal>
  /** Closes what is open, says so, and completes. */
  readonly end: () => void
}

/** What keeps an account. */
export interface AccountPlan {
  readonly carrier: AccountCarrier
  readonly settings: Pick<ConnectionSettings, 'scheduler' | 'clock' | 'stamp' | 'overlap'>
  readonly mask: Mask
}

/**
 * Keeps a key, and a session that carries its account: there is none before there is a key, and another key has another
 * session, which carries the account before the old one goes. Everything that is said is without keys.
 *
 * ```
 * key       a-------------------------------b
 *            Connecting Connected C Frame… L Rotating Connecting Connected C Frame… Closed     C: Carried, L: Lost
 * ```
 *
 * Completes after a `Rejected`, where no key can be had for good. Unsubscribing closes everything.
 */
export const runAccount = ({ carrier, settings, mask }: AccountPlan): Observable<AccountSignal> =>
  new Observable((subscriber) => {
    const { scheduler, clock, stamp, overlap } = settings
    const { streams, reasons } = carrier
    const oneByOne = trampoline(subscriber)
    const expired$ = new Subject<string>()
    const extendNow$ = new Subject<boolean>()
    const sessions = new Map<string, CarrierSession>()
    let state = absent

    const fail = (error: unknown) => oneByOne(() => subscriber.error(error))

    const hear = (key: string, signal: Signal) =>
      oneByOne(() => {
        const isUnproven = state.phase._tag === 'Unproven'
        const news = signal._tag === 'Frame' ? carrier.newsIn(signal.text, isUnproven) : undefined
        step({ _tag: 'Said', key, signal: mask.signal(signal), news })
      })

    const start = (key: string) => {
      const session = carrier.session(key)
      sessions.set(key, session)
      subscriber.add(session.signal$.subscribe({ next: (signal) => hear(key, signal), error: fail }))
    }

    const act = (output: AccountOutput): void => {
      switch (output._tag) {
        case 'Pass':
          return subscriber.next(output.signal)
        case 'Say': {
          const { status, source } = output
          return subscriber.next({ ...status, receivedAt: stamp(), ...(source !== undefined && { source }) })
        }
        case 'Carried':
        case 'Lost':
          return subscriber.next({ ...output, at: stamp() })
        case 'Start':
          return start(output.key)
        case 'End':
          sessions.get(output.key)?.end()
          sessions.delete(output.key)
          return
        case 'ExtendNow':
          return extendNow$.next(output.isDoubted)
        case 'Expire':
          return expired$.next(output.key)
        case 'Complete':
          // After what the sessions say at their end.
          return oneByOne(() => subscriber.complete())
      }
    }

    const step = (input: AccountInput) => {
      const [next, outputs] = stepAccount(state, input, { now: clock(), streams, overlap, reasons })
      state = next
      for (const output of outputs) if (!subscriber.closed) act(output)
      deadline.at(accountDue(state, overlap))
    }
    const put = (input: AccountInput) => oneByOne(() => step(input))
    // A session is not done yet with what it says when that ends it, so this happens a moment later.
    const deadline = createDeadline(scheduler, clock, () => put({ _tag: 'Tick' }))
    subscriber.add(deadline.stop)

    const onKeyEvent = (event: ListenKeyEvent) => {
      switch (event._tag) {
        case 'Created':
          mask.learn(event.key)
          return put(event)
        case 'Extended':
          return put(event)
        case 'Gone':
          return put({ ...event, reason: `the listen key is gone: ${mask.error(event.error)}` })
        case 'Failed':
          return put({ ...event, reason: mask.error(event.error) })
      }
    }
    const refused = (error: unknown) => put({ _tag: 'Refused', ...codeOf(error), reason: mask.error(error) })
    const keyEvent$ = carrier.keyEvents({ expired$, extendNow$ })
    subscriber.add(keyEvent$.subscribe({ next: onKeyEvent, error: refused })) // F35
  })

/** The code of an error, or its HTTP status, where it has one. */
const codeOf = (error: unknown): { readonly code?: number } => {
  const { code, status } = isValues(error) ? error : {}
  const found = [code, status].find((one) => typeof one === 'number')
  return found === undefined ? {} : { code: found }
}
