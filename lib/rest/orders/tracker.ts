import {
  defaultIfEmpty,
  defer,
  identity,
  map,
  Observable,
  queueScheduler,
  retry,
  Subject,
  Subscription,
  type SchedulerLike,
} from 'rxjs'
import { backoff } from '../../timing/backoff.js'
import { clockOf } from '../../timing/realTime.js'
import { after, wait } from '../../timing/wait.js'
import type { OrderReport } from '../../venues/OrderReport.js'
import { reportsOf, type OrderClient } from './OrderClient.js'
import { isFinalOrder, type OrderState } from './OrderState.js'
import { LOST } from './refusalOf.js'
import { stepOrder, type OrderInput } from './stepOrder.js'

/** Names an order by one of its ids. */
export type Named = Pick<OrderState, 'symbol' | 'orderId' | 'clientOrderId'>

/** Follows orders, by what is said of them on the account's streams and by answers. */
export interface Tracker {
  /** Follows an order that is about to leave, from now on. */
  readonly follow: (name: Named) => void
  /** It has left. */
  readonly sent: (name: Named) => void
  /** Something was said of an order; those that nobody follows are left alone. */
  readonly put: (name: Named, input: OrderInput) => void
  /** The states of an order: the last one at once. */
  readonly states: (name: Named) => Observable<OrderState>
}

export interface TrackerConfig {
  readonly client: OrderClient
  /** Whether the account of the orders is among those that are carried. */
  readonly isCarried: (carried: ReadonlySet<string>) => boolean
  /** Asks the venue for an order; emits nothing where it knows none. */
  readonly ask: (name: Named) => Observable<OrderReport>
  /** So long after it has left an order cannot arrive any more, in ms. */
  readonly window: number
  /** An order of which nothing is heard for so long is asked for, in ms. */
  readonly every: number
  readonly scheduler: SchedulerLike
  readonly random: () => number
}

/** An order that is followed. */
interface Followed {
  state: OrderState
  readonly state$: Subject<OrderState>
  listeners: number
  /** It is placed here: it is followed though nobody listens. */
  isOwn: boolean
  /** When it left, by the monotonic time, in ms. */
  sentAt: number | undefined
  /** Something may have been missed, and nobody who listens has asked. */
  isDoubted: boolean
  /** What asks the venue. */
  asking: Subscription
  /** What asks when nothing is heard. */
  quiet: Subscription
}

/** So many orders are followed that nobody listens to, and so many are remembered that are final. */
const MOST_FOLLOWED = 10_000
const MOST_FINAL = 1_000

const keysOf = ({ symbol, orderId, clientOrderId }: Named): readonly string[] => [
  ...(clientOrderId === undefined ? [] : [`${symbol} c ${clientOrderId}`]),
  ...(orderId === undefined ? [] : [`${symbol} i ${orderId}`]),
]

export const createTracker = (config: TrackerConfig): Tracker => {
  const { client, isCarried, ask, window, every, scheduler, random } = config
  const { monotonic } = clockOf(scheduler)
  const byKey = new Map<string, Followed>()
  const live = new Set<Followed>()
  const final = new Set<Followed>()
  let listening = Subscription.EMPTY
  let wasCarried: boolean | undefined

  const found = (name: Named): Followed | undefined => {
    for (const key of keysOf(name)) {
      const one = byKey.get(key)
      if (one !== undefined) return one
    }
    return undefined
  }

  const forget = (one: Followed, among: Set<Followed>) => {
    among.delete(one)
    for (const key of keysOf(one.state)) if (byKey.get(key) === one) byKey.delete(key)
  }
  const rest = (one: Followed) => {
    one.asking.unsubscribe()
    one.quiet.unsubscribe()
  }

  const askFor = (one: Followed) => {
    one.isDoubted = one.listeners === 0
    if (one.isDoubted) return
    one.asking.unsubscribe()
    const { sentAt = Infinity } = one
    one.asking = defer(() => {
      const isLate = monotonic() - sentAt >= window
      return ask(one.state).pipe(
        map((report): OrderInput => ({ _tag: 'Reported', report })),
        isLate ? defaultIfEmpty<OrderInput, OrderInput>({ _tag: 'Refused', refusal: LOST }) : identity,
      )
    })
      .pipe(retry({ delay: (_, attempt) => wait(backoff({ random }, attempt), scheduler) }))
      .subscribe((input) => step(one, input))
  }
  const arm = (one: Followed) => {
    one.quiet.unsubscribe()
    if (one.listeners > 0) one.quiet = after(every, scheduler, () => step(one, { _tag: 'Quiet' }))
  }

  const end = (one: Followed) => {
    rest(one)
    live.delete(one)
    final.add(one)
    const [oldest] = final
    if (final.size > MOST_FINAL && oldest !== undefined) forget(oldest, final)
    if (live.size === 0) listening.unsubscribe()
    one.state$.complete()
  }

  /** One after the other: what a listener does when it is told something comes after that. */
  const step = (one: Followed, input: OrderInput) =>
    queueScheduler.schedule(() => {
      const [next, outputs] = stepOrder(one.state, input)
      one.state = next
      for (const key of keysOf(next)) byKey.set(key, one)
      if (live.has(one)) arm(one)
      for (const output of outputs) {
        if (output._tag === 'Emit') one.state$.next(output.state)
        else if (output._tag === 'Ask') askFor(one)
        else end(one)
      }
    })

  const put: Tracker['put'] = (name, input) => {
    const one = found(name)
    if (one !== undefined) step(one, input)
  }

  const onCarried = (carried: ReadonlySet<string>) => {
    const now = isCarried(carried)
    if (now && wasCarried === false) for (const one of live) step(one, { _tag: 'Missed' })
    wasCarried = now
  }
  /** The client has ended: nothing more is heard of any order. */
  const endAll = () => {
    for (const one of live) {
      rest(one)
      one.state$.complete()
    }
  }
  const listen = () => {
    wasCarried = undefined
    listening = new Subscription()
    listening.add(reportsOf(client).subscribe((report) => put(report, { _tag: 'Reported', report })))
    listening.add(client.carried$.subscribe({ next: onCarried, complete: endAll, error: endAll }))
  }

  const start = (name: Named, isOwn: boolean): Followed => {
    const { symbol, orderId, clientOrderId } = name
    const ids = { ...(orderId !== undefined && { orderId }), ...(clientOrderId !== undefined && { clientOrderId }) }
    const one: Followed = {
      ...{ state: { _tag: 'Pending', symbol, ...ids }, state$: new Subject<OrderState>(), listeners: 0 },
      ...{ isOwn, sentAt: undefined, isDoubted: !isOwn, asking: Subscription.EMPTY, quiet: Subscription.EMPTY },
    }
    for (const key of keysOf(name)) byKey.set(key, one)
    live.add(one)
    if (live.size === 1) listen()
    const spare = live.size > MOST_FOLLOWED ? [...live].find(({ listeners }) => listeners === 0) : undefined
    if (spare !== undefined) forget(spare, live)
    return one
  }

  return {
    put,
    follow: (name) => {
      const known = found(name)
      // Its id is used again, as venues allow it.
      if (known !== undefined && isFinalOrder(known.state)) forget(known, final)
      const one = found(name) ?? start(name, true)
      one.isOwn = true
    },
    sent: (name) => {
      const one = found(name)
      if (one !== undefined) one.sentAt = monotonic()
    },
    states: (name) =>
      new Observable((subscriber) => {
        const one = found(name) ?? start(name, false)
        subscriber.next(one.state)
        if (isFinalOrder(one.state)) return subscriber.complete()
        one.listeners += 1
        subscriber.add(one.state$.subscribe(subscriber))
        if (one.isDoubted) askFor(one)
        arm(one)
        return () => {
          one.listeners -= 1
          if (one.listeners > 0) return
          rest(one)
          if (!one.isOwn && live.has(one)) forget(one, live)
          if (live.size === 0) listening.unsubscribe()
        }
      }),
  }
}
