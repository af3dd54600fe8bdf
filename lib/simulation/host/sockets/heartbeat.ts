import { Subscription, type SchedulerLike } from 'rxjs'
import { later } from '../later.js'
import type { PingTimes } from '../PingTimes.js'
import { repeatedly } from '../repeatedly.js'

/** The venue's heartbeats on one connection. */
export interface Heartbeat {
  /** An answer came: it is for the heartbeat that wants this one and, unless each wants its own, for those before. */
  readonly pong: (answer: string) => void
  readonly stop: () => void
}

/** What a heartbeat does. */
export interface HeartbeatConfig {
  readonly ping: PingTimes
  readonly scheduler: SchedulerLike
  /** Sends the n-th, counted from 0, and gives what will answer it. */
  readonly send: (n: number) => string
  /** Each wants an answer of its own. */
  readonly isEach?: boolean
  /** No answer came in time. */
  readonly missed: () => void
}

/** Sends one every so often, and waits for its answer. */
export const heartbeat = ({ ping, scheduler, send, isEach = false, missed }: HeartbeatConfig): Heartbeat => {
  const all = new Subscription()
  let waiting: readonly { readonly answer: string; readonly deadline: Subscription }[] = []
  let sent = 0
  all.add(
    repeatedly(ping.every, scheduler, () => {
      const deadline = later(ping.within, scheduler, missed)
      all.add(deadline)
      waiting = [...waiting, { answer: send(sent++), deadline }]
    }),
  )
  return {
    pong: (answer) => {
      const place = waiting.findIndex((one) => one.answer === answer)
      const isAnswered = (i: number) => (isEach ? i === place : i <= place)
      for (const { deadline } of waiting.filter((_, i) => isAnswered(i))) deadline.unsubscribe()
      waiting = waiting.filter((_, i) => !isAnswered(i))
    },
    stop: () => all.unsubscribe(),
  }
}
