import { retryAfter, timeOf } from '../../../rest/retryAfter.js'
import type { SocketEvent } from '../transport/Transport.js'

/** What a connection tells its session. */
export type ConnectionFact =
  | { readonly _tag: 'Opened' }
  /** Everything wanted was asked for and answered; `Unsettled` when there is more to ask for. */
  | { readonly _tag: 'Settled' | 'Unsettled' }
  /** Data came: the first, or the first since it was awaited. */
  | { readonly _tag: 'Data' }
  /** These streams bring nothing, though they were asked for anew; since when, in ms. */
  | { readonly _tag: 'Quiet'; readonly streams: ReadonlyMap<string, number> }
  /** A stream that was said to be quiet brings data. */
  | { readonly _tag: 'Back'; readonly stream: string }
  /** The venue says that it will close this connection. */
  | { readonly _tag: 'ShuttingDown' }
  /** Nothing more comes. */
  | { readonly _tag: 'Ended'; readonly end: End }

/** Why a connection ended, though nobody here wanted it to. */
export interface End {
  /** The close code, the HTTP status of a refused upgrade, or 1006 where there is neither. */
  readonly code: number
  readonly reason: string
  /** The venue says that we ask for too much: wait longer, and ask for less at a time. */
  readonly isThrottled: boolean
  /** It was open, and nothing ever came: not stable, however long it lasted. */
  readonly isFruitless: boolean
  /** What the venue asked us to wait, in ms. */
  readonly retryAfter?: number
}

/** The code of a connection that broke without a word, or that we gave up. */
export const ABNORMAL = 1006

/** Codes after which the next connection waits longer and asks for less at a time: policy, too much, too long. */
const throttling: readonly number[] = [1008, 3001, 400, 414, 431] // F05

const endWith = (code: number, reason: string): End => ({
  ...{ code, reason },
  isThrottled: throttling.includes(code),
  isFruitless: false,
})

/** The end of a connection that we gave up. */
export const givenUp = (reason: string, isFruitless = false): End => ({ ...endWith(ABNORMAL, reason), isFruitless })

/** Why a socket ended; `undefined` for what is no end. `now`, in ms since 1970, is the venue's where it does not say. */
export const endOf = (event: SocketEvent, now: number): End | undefined => {
  if (event._tag === 'Failed') return endWith(event.code ?? ABNORMAL, event.reason)
  if (event._tag === 'Closed') return endWith(event.code, event.reason || `closed with ${event.code}`) // F83
  if (event._tag !== 'Refused') return undefined
  const wait = retryAfter(event.retryAfter, timeOf(event.date) ?? now)
  return { ...endWith(event.status, event.reason), ...(wait !== undefined && { retryAfter: wait }) }
}
