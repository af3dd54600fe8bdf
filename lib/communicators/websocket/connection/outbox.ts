import { freeAt, SECOND, spend, type Rate, type Spent } from '../../../timing/rateWindow.js'
import type { Dialect } from '../../../venues/Dialect.js'
import type { Outgoing, Socket } from '../transport/Transport.js'

/** What a connection sends, in this order: PONG, PING, requests; at most so many messages in any second. */
export interface Outbox {
  /** Answers a PING. Of each form, a frame or a text, only the last PING needs an answer. */
  readonly pong: (answer: Outgoing) => void
  /** Asks whether the venue is there, by what the outbox was given for it. */
  readonly ping: () => void
  /** A text that somebody else asks to be sent, before our own requests: false where too many wait. */
  readonly post: (text: string) => boolean
  /** No request leaves before then; PONG and PING do. */
  readonly hold: (until: number) => void
  /** Sends what may be sent now; `nextText` is asked for a request only when there is room for one. */
  readonly flush: (now: number, nextText: () => string | undefined) => void
  /** When to flush again: `Infinity` when nothing waits. */
  readonly dueAt: (hasRequest: boolean) => number
}

/**
 * What asks whether the venue is there: a PING, or, of sockets without them, a request of the venue's, where it has one. No
 * other request has this id, so that the answer says only that somebody is there.
 */
export const probeOf = (
  { hasPings = true }: Pick<Socket, 'hasPings'>,
  { list, probe = list, requestId }: Pick<Dialect, 'list' | 'probe' | 'requestId'>,
): Outgoing | undefined => {
  if (hasPings) return { _tag: 'Ping' }
  return probe && { _tag: 'Text', text: probe(requestId?.(0) ?? 0) } // F09
}

/** So many texts of others wait at most. */
const MOST_POSTED = 1_000

/** At most `perSecond` messages in any second, one of which is kept for a PONG where there is more than one. */
export const createOutbox = (
  perSecond: number,
  write: (message: Outgoing) => void,
  ping: Outgoing = { _tag: 'Ping' },
): Outbox => {
  const all: Rate = { most: perSecond, per: SECOND }
  const others: Rate = { most: Math.max(1, perSecond - 1), per: SECOND }
  let spent: Spent = []
  let pongs: readonly Outgoing[] = []
  const posted: string[] = []
  let isPingDue = false
  let heldUntil = -Infinity

  const isFree = (rate: Rate, now: number) => freeAt(spent, rate) <= now // F08
  const mayAsk = (now: number) =>
    now >= heldUntil && // F76
    isFree(others, now)
  const send = (message: Outgoing, now: number) => {
    spent = spend(spent, all, now)
    write(message)
  }

  return {
    pong: (answer) => {
      pongs = [...pongs.filter(({ _tag }) => _tag !== answer._tag), answer]
    },
    ping: () => {
      isPingDue = true
    },
    post: (text) => {
      if (posted.length >= MOST_POSTED) return false // F69
      posted.push(text)
      return true
    },
    hold: (until) => {
      heldUntil = Math.max(heldUntil, until)
    },
    flush: (now, nextText) => {
      for (let [pong] = pongs; pong !== undefined && isFree(all, now); [pong] = pongs) {
        pongs = pongs.slice(1)
        send(pong, now)
      }
      if (isPingDue && isFree(others, now)) {
        isPingDue = false
        send(ping, now)
      }
      while (mayAsk(now)) {
        const text = posted.shift() ?? nextText()
        if (text === undefined) return
        send({ _tag: 'Text', text }, now)
      }
    },
    dueAt: (hasRequest) =>
      Math.min(
        pongs.length > 0 ? freeAt(spent, all) : Infinity,
        isPingDue ? freeAt(spent, others) : Infinity,
        hasRequest || posted.length > 0 ? Math.max(heldUntil, freeAt(spent, others)) : Infinity,
      ),
  }
}
