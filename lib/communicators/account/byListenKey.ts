import { isValues, type Values } from '../../codecs/Values.js'
import { listenKeyEvents, type ListenKeyConfig } from '../../operators/listenKey.js'
import type { ListenKeyCalls } from '../../rest/listenKeyCalls.js'
import type { Venue } from '../../venues/Venue.js'
import type { ConnectionSettings } from '../websocket/websocketConfig.js'
import type { KeyNews } from './accountState.js'
import { carrierSessions } from './carrierSessions.js'
import type { AccountCarrier } from './runAccount.js'

/** Whose account it is, and how its keys are kept. */
export interface ListenKeyPlan {
  readonly venue: Venue
  readonly settings: ConnectionSettings
  readonly calls: ListenKeyCalls
  readonly keeping: Pick<ListenKeyConfig, 'every' | 'retry' | 'createRetry' | 'gone' | 'close'>
}

/** Carries an account by a listen key, which stands in the address of its connections. */
export const byListenKey = ({ venue, settings, calls, keeping }: ListenKeyPlan): AccountCarrier => {
  const { scheduler, random } = settings
  const { every, retry, createRetry, gone, close } = keeping
  const streams = streamsOf(venue)
  return {
    streams,
    reasons: { another: 'another listen key', expired: 'the listen key has expired' },
    keyEvents: (commands) =>
      listenKeyEvents(calls, {
        ...commands,
        ...(every !== undefined && { every }),
        ...(gone !== undefined && { gone }),
        ...(close !== undefined && { close }),
        retry: { random, ...retry },
        createRetry: { random, ...createRetry },
        refused: refusedBy(venue),
        scheduler,
      }),
    session: carrierSessions(venue, settings, streams),
    newsIn: (text, isUnproven) => newsIn(text, isUnproven, venue),
  }
}

/** What the venue wants to be asked for; where there is nothing, an account is carried by its address alone. */
export const streamsOf = ({ account }: Pick<Venue, 'account'>): ReadonlySet<string> =>
  new Set(Object.values(account).flatMap(({ stream }) => (stream === undefined ? [] : [stream])))

const UNAUTHORIZED = 401

/** An error is final only where it concerns credentials; any other may pass, whatever else it says. */
export const refusedBy =
  ({ rest }: Pick<Venue, 'rest'>) =>
  (error: unknown): boolean => {
    if (!isValues(error) || error['final'] !== true) return false
    const { code, status } = error
    return status === UNAUTHORIZED || rest.credentialCodes.some((one) => one === code)
  }

const EXPIRED = 'listenKeyExpired'

/** What a frame, raw or wrapped, says of listen keys: an event shows that its own lives, which counts while that `isUnproven`. */
export const newsIn = (
  text: string,
  isUnproven: boolean,
  { account, envelope }: Pick<Venue, 'account' | 'envelope'>,
): KeyNews | undefined => {
  if (!isUnproven && !text.includes(EXPIRED)) return undefined
  const value = parsed(text)
  if (!isValues(value)) return undefined
  const payloads = [value, value[envelope.data], value[envelope.account ?? envelope.data]].filter(isValues)
  const expiry = payloads.find(({ e }) => e === EXPIRED)
  if (expiry !== undefined) return { _tag: 'Expired', key: keyIn(expiry) }
  const isEvent = payloads.some(({ e }) => typeof e === 'string' && Object.hasOwn(account, e))
  return isEvent ? { _tag: 'Event' } : undefined
}

const keyIn = ({ listenKey }: Values): string | undefined =>
  typeof listenKey === 'string' && listenKey !== '' ? listenKey : undefined

/** What a text holds; `undefined` where it is no JSON. */
export const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
