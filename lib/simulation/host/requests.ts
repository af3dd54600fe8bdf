import type { Subscription } from 'rxjs'
import { isValues } from '../../codecs/Values.js'
import { parsedJson } from '../venues/parsedJson.js'
import type { AnsweredRequest, Subscriptions } from '../venues/ServerBehaviour.js'
import type { RequestFault } from './faults.js'
import type { ServerContext } from './ServerContext.js'
import { after } from '../../timing/wait.js'

/** The requests of one connection. */
export interface Requests {
  readonly subscriptions: () => Subscriptions
  readonly receive: (text: string) => void
}

/** What answering needs. */
export interface RequestsConfig {
  readonly context: ServerContext
  /** What the connection carries from the start. */
  readonly initial: Subscriptions
  readonly timers: Subscription
  readonly reply: (text: string) => void
  /** More streams than a connection may carry were asked for. */
  readonly tooMany: () => void
}

/** The answer to a request that a planned fault refuses. */
const refusalOf = (request: string, { code, msg, shape }: Extract<RequestFault, { _tag: 'refuse' }>): unknown => {
  const asked = parsedJson(request)?.value
  const id = isValues(asked) ? asked['id'] : undefined
  if (shape === 'wrapped') return { error: { code, msg }, id }
  return shape === 'numbered' ? { code, msg, id } : { code, msg }
}

/** Answers as the venue does, unless a fault is planned. */
export const requests = ({ context, initial, timers, reply, tooMany }: RequestsConfig): Requests => {
  const { venue, behaviour, scheduler, now, faults, hasStream } = context
  const rules = { streamsPerConnection: venue.limits.streamsPerConnection, hasStream, now }
  let subscriptions = initial

  const finish = (answered: AnsweredRequest) => {
    reply(JSON.stringify(answered.reply))
    if (answered.isTooMany) tooMany()
  }

  return {
    subscriptions: () => subscriptions,
    receive: (text) => {
      const answered = behaviour.answer(text, subscriptions, rules)
      const fault = answered.isAccepted ? faults.requests.take() : undefined
      if (fault?._tag === 'ignore') return
      if (fault?._tag === 'refuse') return reply(JSON.stringify(refusalOf(text, fault)))
      const isChanged = subscriptions !== answered.subscriptions
      subscriptions = answered.subscriptions
      if (fault?._tag === 'late') timers.add(after(fault.delay, scheduler, () => finish(answered)))
      else finish(answered)
      if (isChanged) context.changed?.()
    },
  }
}
