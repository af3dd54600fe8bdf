import type { Subscription } from 'rxjs'
import type { Answered } from './Answered.js'
import type { Carried } from './Carried.js'
import { later } from '../later.js'
import type { Premises } from '../Premises.js'
import { refusal } from './refusal.js'

/** The requests of one connection. */
export interface Requests {
  readonly carried: () => Carried
  readonly receive: (text: string) => void
}

/** What answering needs. */
export interface RequestsConfig {
  readonly premises: Premises
  /** What the connection carries from the start. */
  readonly asked: Carried
  readonly timers: Subscription
  readonly reply: (text: string) => void
  /** More streams than a connection may carry were asked for. */
  readonly tooMany: () => void
}

/** Answers as the venue does, or as it was told to. */
export const requests = ({ premises, asked, timers, reply, tooMany }: RequestsConfig): Requests => {
  const { venue, manner, scheduler, now, faults, knows } = premises
  const rules = { streamsPerConnection: venue.limits.streamsPerConnection, knows, now }
  let carried = asked

  const finish = (answered: Answered) => {
    reply(JSON.stringify(answered.reply))
    if (answered.isTooMany) tooMany()
  }

  return {
    carried: () => carried,
    receive: (text) => {
      const answered = manner.answer(text, carried, rules)
      const fault = answered.isDone ? faults.requests.take() : undefined
      if (fault?._tag === 'ignore') return
      if (fault?._tag === 'refuse') return reply(JSON.stringify(refusal(text, fault)))
      carried = answered.carried
      if (fault?._tag === 'late') timers.add(later(fault.delay, scheduler, () => finish(answered)))
      else finish(answered)
    },
  }
}
