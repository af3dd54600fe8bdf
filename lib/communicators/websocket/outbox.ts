import { send, slotAt, type Sent, type Urgency } from './pace.js'
import type { Outgoing } from './transport/Transport.js'

/** What waits for a slot, beside the requests, which are made when there is one. */
export interface Outbox {
  readonly sent: Sent
  /** The answer to the last PING of each form, a frame or a text; earlier ones need none. */
  readonly pongs: readonly Outgoing[]
  /** Whether a PING of our own is due. */
  readonly ping: boolean
}

export const emptyOutbox: Outbox = { sent: [], pongs: [], ping: false }

/** Whether a message may be sent now. */
export const isFree = ({ sent }: Outbox, perSecond: number, now: number, urgency: Urgency = 'other'): boolean =>
  slotAt(sent, perSecond, urgency) <= now

/** Remembers that a message is sent. */
export const sending = (outbox: Outbox, perSecond: number, now: number): Outbox => ({
  ...outbox,
  sent: send(outbox.sent, perSecond, now),
})

/** The PONG or PING that may be sent now: the PONG first. */
export const nextSign = (outbox: Outbox, perSecond: number, now: number): readonly [Outbox, Outgoing | undefined] => {
  const { pongs, ping } = outbox
  const [pong, ...others] = pongs
  if (pong !== undefined && isFree(outbox, perSecond, now, 'pong'))
    return [{ ...sending(outbox, perSecond, now), pongs: others }, pong]
  if (ping && isFree(outbox, perSecond, now))
    return [{ ...sending(outbox, perSecond, now), ping: false }, { _tag: 'Ping' }]
  return [outbox, undefined]
}

/** When to look again: `Infinity` when nothing waits. */
export const outboxDue = ({ sent, pongs, ping }: Outbox, perSecond: number, hasRequest: boolean): number =>
  Math.min(
    pongs.length === 0 ? Infinity : slotAt(sent, perSecond, 'pong'),
    ping || hasRequest ? slotAt(sent, perSecond, 'other') : Infinity,
  )
