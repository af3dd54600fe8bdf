/** When messages were sent, as far back as the venue counts. */
export type Sent = readonly number[]

/** What the venue counts as a second, in ms: a little longer, since messages may bunch up on their way. */
export const SECOND = 1_100

/** Whether a PONG, which goes first, or any other message. */
export type Urgency = 'pong' | 'other'

/**
 * When the next message may be sent, given those that were: at most `perSecond` in any second, and one slot of them is
 * kept for a PONG. A time at or before `now` means at once.
 */
export const slotAt = (sent: Sent, perSecond: number, urgency: Urgency): number => {
  const slots = urgency === 'pong' ? perSecond : Math.max(1, perSecond - 1)
  const before = sent[sent.length - slots]
  return before === undefined ? -Infinity : before + SECOND
}

/** Remembers a message, and no more of the others than can matter. */
export const send = (sent: Sent, perSecond: number, now: number): Sent => [...sent, now].slice(-perSecond)
