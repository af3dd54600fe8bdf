import { Subscription, type SchedulerLike } from 'rxjs'
import { later } from './later.js'
import type { Manner } from './Manner.js'
import { repeatedly } from './repeatedly.js'

/** The venue's PINGs on one connection. */
export interface Heartbeat {
  /** A PONG came: it answers the PING with this payload, and those before. */
  readonly pong: (payload: string) => void
  readonly stop: () => void
}

/** What a heartbeat does. */
export interface HeartbeatConfig {
  readonly ping: Manner['ping']
  readonly scheduler: SchedulerLike
  readonly now: () => number
  readonly send: (payload: string) => void
  /** No PONG came in time. */
  readonly missed: () => void
}

/** Each PING carries the time; its PONG must carry the same. */
export const heartbeat = ({ ping, scheduler, now, send, missed }: HeartbeatConfig): Heartbeat => {
  const all = new Subscription()
  let waiting: readonly { readonly payload: string; readonly deadline: Subscription }[] = []
  all.add(
    repeatedly(ping.every, scheduler, () => {
      const payload = String(now())
      const deadline = later(ping.within, scheduler, missed)
      all.add(deadline)
      waiting = [...waiting, { payload, deadline }]
      send(payload)
    }),
  )
  return {
    pong: (payload) => {
      const place = waiting.findIndex((sent) => sent.payload === payload)
      for (const { deadline } of waiting.slice(0, place + 1)) deadline.unsubscribe()
      waiting = waiting.slice(place + 1)
    },
    stop: () => all.unsubscribe(),
  }
}
