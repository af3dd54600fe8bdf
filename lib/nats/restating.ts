import type { NatsConnection } from '@nats-io/transport-node'
import { Subscription, type SchedulerLike } from 'rxjs'
import type { Reply } from '../Signal.js'
import { clockOf } from '../timing/realTime.js'
import { after } from '../timing/wait.js'
import type { Subjects } from './subjects.js'

export interface RestatingConfig {
  readonly connection: NatsConnection
  readonly subjects: Subjects
  readonly books: (() => readonly Reply[]) | undefined
  readonly every: number
  readonly scheduler: SchedulerLike
  /** Publishes which connections are open. */
  readonly heading: () => void
  readonly publish: (book: Reply) => void
}

/** Consumers that ask are answered no more often than this, in ms, however many they are. */
const SOONEST = 1_000

/**
 * Publishes every so often what is so now: the connections that are open, and right behind it the order books. Books that
 * consumers ask for meanwhile come at once, all that were asked for within a second together.
 */
export const restating = ({
  connection,
  subjects,
  books,
  every,
  scheduler,
  heading,
  publish,
}: RestatingConfig): Subscription => {
  const work = new Subscription()
  const { now } = clockOf(scheduler)
  const asked = new Set<string>()
  let answered = -Infinity

  const state = (isMeant: (symbol: string) => boolean) => {
    heading()
    for (const book of books?.() ?? []) if (isMeant(book.symbol)) publish(book)
  }
  const tick = () => {
    state(() => true)
    work.add(after(every, scheduler, tick))
  }
  const answer = () => {
    answered = now()
    const meant = new Set(asked)
    asked.clear()
    state((symbol) => meant.has(subjects.ask(symbol)))
  }
  const asks = connection.subscribe(subjects.ask('*'), {
    callback: (error, { subject }) => {
      if (error !== null || books === undefined) return
      asked.add(subject)
      if (asked.size === 1) work.add(after(answered + SOONEST - now(), scheduler, answer))
    },
  })
  work.add(() => asks.unsubscribe())
  tick()
  return work
}
