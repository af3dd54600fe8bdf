import { Subscription, type SchedulerLike } from 'rxjs'
import type { PingTimes } from '../venues/ServerBehaviour.js'
import { after } from '../../timing/wait.js'
import { every } from './timers.js'

/** The venue's heartbeats on one connection. */
export interface Heartbeat {
  /** An answer came: it is for the heartbeat that wants this one and, unless each wants its own, for those before. */
  readonly answered: (answer: string) => void
  readonly stop: () => void
}

/** What heartbeats do. */
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
    every(ping.every, scheduler, () => {
      const deadline = after(ping.within, scheduler, missed)
      all.add(deadline)
      waiting = [...waiting, { answer: send(sent++), deadline }]
    }),
  )
  return {
    answered: (answer) => {
      const place = waiting.findIndex((one) => one.answer === answer)
      const isAnswered = (i: number) => (isEach ? i === place : i <= place)
      for (const { deadline } of waiting.filter((_, i) => isAnswered(i))) deadline.unsubscribe()
      waiting = waiting.filter((_, i) => !isAnswered(i))
    },
    stop: () => all.unsubscribe(),
  }
}
