import { catchError, EMPTY, exhaustMap, ignoreElements, merge, of, Subject, tap, type Observable } from 'rxjs'
import { isValues, type Values } from '../../codecs/Values.js'
import { listenKeyEvents, type ListenKeyConfig } from '../../operators/listenKey.js'
import type { Rest } from '../../rest/Rest.js'
import { serverTime } from '../../rest/serverTime.js'
import type { Signer } from '../../rest/sign.js'
import type { Dialect } from '../../venues/Dialect.js'
import type { Venue } from '../../venues/Venue.js'
import type { WebsocketApi } from '../../venues/WebsocketApi.js'
import type { ConnectionSettings } from '../websocket/websocketConfig.js'
import { ACCOUNT, type KeyNews } from './accountState.js'
import { parsed } from './byListenKey.js'
import { carrierSessions } from './carrierSessions.js'
import type { Mask } from './mask.js'
import type { AccountCarrier } from './runAccount.js'

/** Whose account it is, and how its subscriptions are kept. */
export interface WebsocketApiPlan {
  readonly venue: Venue
  readonly api: WebsocketApi
  readonly settings: ConnectionSettings
  readonly rest: Rest
  readonly signer: Signer
  readonly keeping: Pick<ListenKeyConfig, 'createRetry'>
  readonly mask: Pick<Mask, 'learn'>
}

/**
 * Carries an account by a subscription on each of its connections, which is signed anew whenever it is asked for. What
 * stands for a key is the number of the subscription that is kept: one that ended is replaced by the next, over a
 * connection of its own. A connection that is back subscribes again, so that no key has to prove that it lives.
 */
export const byWebsocketApi = (plan: WebsocketApiPlan): AccountCarrier => {
  const { venue, api, settings, keeping } = plan
  const { scheduler, random } = settings
  const streams: ReadonlySet<string> = new Set([ACCOUNT])
  const clock = venueTime(plan)
  let subscriptions = 0
  return {
    streams,
    reasons: { another: 'another subscription', expired: 'the subscription has ended' },
    keyEvents: (commands) =>
      merge(
        listenKeyEvents(
          { create: () => of(`#${(subscriptions += 1)}`), extend: () => of(undefined) },
          { ...commands, createRetry: { random, ...keeping.createRetry }, scheduler, what: 'subscriptions' },
        ),
        clock.measured$,
      ),
    session: carrierSessions({ ...venue, dialect: signing(plan, clock) }, settings, streams),
    newsIn: (text) => newsIn(text, venue, api, clock.refused),
  }
}

/** The venue's time for signatures. */
interface VenueTime {
  /** That of a request that leaves now. */
  readonly leaving: () => number
  /** The venue refused our clock, and may say its time. */
  readonly refused: (time: unknown) => void
  /** Asks the venue for its time where it refused ours and did not say its own; says nothing. */
  readonly measured$: Observable<never>
}

const venueTime = ({ settings, rest }: WebsocketApiPlan): VenueTime => {
  const { venueClock, stamp } = settings
  const asked$ = new Subject<void>()
  let sentAt = stamp()
  const measure = (time: number) => venueClock.answered(time, 1, sentAt, stamp())
  return {
    leaving: () => {
      sentAt = stamp()
      return venueClock.now()
    },
    refused: (time) => (typeof time === 'number' ? measure(time) : asked$.next()), // F37
    measured$: asked$.pipe(
      exhaustMap(() => {
        sentAt = stamp()
        return serverTime(rest).pipe(
          tap(measure),
          ignoreElements(),
          catchError(() => EMPTY),
        )
      }),
    ),
  }
}

/**
 * Asks for the account by signed requests, whose weight is that of calls; none of them waits for the budget. What is no
 * word on the credentials passes, whatever it says.
 */
const signing = ({ venue, api, signer, mask, rest }: WebsocketApiPlan, { leaving }: VenueTime): Dialect => {
  const { credentialCodes, apiKeyHeader } = venue.rest
  const { methods, scheme, weight } = api
  const request: WebsocketApi['request'] = (method, parameters, id) => {
    rest.spend(weight)
    return api.request(method, parameters, id)
  }
  const { [apiKeyHeader]: apiKey = '' } = signer.headers()
  const signed = (): Values => {
    const parameters = new URLSearchParams(signer.sign([['apiKey', apiKey]], leaving(), scheme))
    mask.learn(apiKey, REDACTED) // F49
    mask.learn(parameters.get('signature') ?? '', REDACTED) // F49
    return Object.fromEntries([...parameters].map(([name, value]) => [name, numeric.has(name) ? Number(value) : value]))
  }
  return {
    account: (key) => {
      rest.spend(weight)
      return venue.dialect.account(key)
    },
    subscribe: (_, id) => request(methods.subscribe, signed(), id),
    unsubscribe: (_, id) => request(methods.unsubscribe, {}, id),
    probe: (id) => request(methods.ping, {}, id),
    isTransient: (code) => !credentialCodes.includes(code),
  }
}

const REDACTED = '<redacted>'

/** What is sent as a number. */
const numeric: ReadonlySet<string> = new Set(['timestamp', 'recvWindow'])

/** What a frame says of its subscription: that it ended, or, where nobody had asked, that its API key is refused. */
const newsIn = (
  text: string,
  { envelope, rest, control }: Pick<Venue, 'envelope' | 'rest' | 'control'>,
  { ended }: WebsocketApi,
  clockRefused: (time: unknown) => void,
): KeyNews | undefined => {
  if (!text.includes(ended) && !text.includes('"error"')) return undefined
  const value = parsed(text)
  if (!isValues(value)) return undefined
  const payloads = [value, value[envelope.account ?? envelope.data]].filter(isValues)
  if (payloads.some(({ e }) => e === ended)) return EXPIRED // F32
  const said = control(value)
  if (said?.type !== 'error') return undefined
  if (rest.clockCodes.includes(said.code)) clockRefused(serverTimeIn(value))
  return typeof said.id !== 'number' && rest.credentialCodes.includes(said.code) ? EXPIRED : undefined
}

const EXPIRED: KeyNews = { _tag: 'Expired', key: undefined }

/** `{"error":{"data":{"serverTime":…}}}`. */
const serverTimeIn = ({ error }: Values): unknown =>
  isValues(error) && isValues(error['data']) ? error['data']['serverTime'] : undefined
