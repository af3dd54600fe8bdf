import { retryAfter } from '../../rest/retryAfter.js'
import type { SocketEvent } from './transport/Transport.js'

/** Why a connection ended, though nobody here wanted it to. */
export interface End {
  /** The close code, the HTTP status of a refused upgrade, or 1006 where there is neither. */
  readonly code: number
  readonly reason: string
  /** The venue says that we ask for too much: wait longer, and ask for less at a time. */
  readonly isSlow: boolean
  /** It was open, and nothing ever came: not stable, however long it lasted. */
  readonly isFruitless: boolean
  /** What the venue asked us to wait, in ms. */
  readonly retryAfter?: number
}

/** A connection that broke without a word, or that we gave up. */
export const ABNORMAL = 1006

/** Codes after which the next connection is slower and asks for less at a time: policy, too much, too long. */
const slow: readonly number[] = [1008, 3001, 400, 414, 431] // F05

const end = (code: number, reason: string): End => ({ code, reason, isSlow: slow.includes(code), isFruitless: false })

/** A connection that we gave up. */
export const givenUp = (reason: string, isFruitless = false): End => ({ ...end(ABNORMAL, reason), isFruitless })

/** Why a socket ended; `undefined` for what is no end. */
export const endOf = (event: SocketEvent, now: number): End | undefined => {
  if (event._tag === 'Failed') return end(event.code ?? ABNORMAL, event.reason)
  if (event._tag === 'Closed') return end(event.code, event.reason)
  if (event._tag !== 'Refused') return undefined
  const wait = retryAfter(event.retryAfter, now)
  return { ...end(event.status, event.reason), ...(wait !== undefined && { retryAfter: wait }) }
}
