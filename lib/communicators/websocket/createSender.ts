import { emptyOutbox, isFree, nextSign, outboxDue, sending } from './outbox.js'
import type { Outgoing } from './transport/Transport.js'

/** Sends what waits as soon as the venue's rate allows it. */
export interface Sender {
  /** A PING came: this answer goes first. */
  readonly pong: (answer: Outgoing) => void
  readonly ping: () => void
  /** Sends what may be sent now; `nextText` is asked for a request only when there is room for one. */
  readonly flush: (now: number, nextText: () => string | undefined) => void
  /** When to flush again. */
  readonly due: (hasRequest: boolean) => number
}

/** At most `perSecond` messages in any second. */
export const createSender = (perSecond: number, post: (message: Outgoing) => void): Sender => {
  let outbox = emptyOutbox

  const flushSigns = (now: number) => {
    for (;;) {
      const [next, sign] = nextSign(outbox, perSecond, now)
      outbox = next
      if (sign === undefined) return
      post(sign)
    }
  }

  return {
    pong: (answer) => {
      outbox = { ...outbox, pongs: [...outbox.pongs.filter(({ _tag }) => _tag !== answer._tag), answer] }
    },
    ping: () => {
      outbox = { ...outbox, ping: true }
    },
    flush: (now, nextText) => {
      flushSigns(now)
      while (isFree(outbox, perSecond, now)) {
        const text = nextText()
        if (text === undefined) return
        outbox = sending(outbox, perSecond, now)
        post({ _tag: 'Text', text })
      }
    },
    due: (hasRequest) => outboxDue(outbox, perSecond, hasRequest),
  }
}
