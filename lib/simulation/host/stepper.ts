import { isObservable, Subscription, type SchedulerLike } from 'rxjs'
import type { MarketsStep } from '../market/markets.js'
import type { Publisher } from './publisher.js'
import { every } from './timers.js'
import type { VenueConfig } from './VenueConfig.js'

/** Moves a venue's markets, or its replay, on. */
export interface Stepper {
  readonly run: () => void
  readonly halt: () => void
  readonly step: (count?: number) => void
}

/** What a stepper works with. */
export interface StepperConfig extends Pick<VenueConfig, 'replay'> {
  readonly step: (now: number) => MarketsStep
  readonly settle: (trades: MarketsStep['trades']) => void
  readonly publisher: Publisher
  readonly scheduler: SchedulerLike
  /** Steps per second. */
  readonly rate: number
}

/** A process that was away for more steps does not make up for them. */
const MOST_AT_ONCE = 100

export const stepper = ({ step, settle, publisher, scheduler, rate, replay }: StepperConfig): Stepper => {
  let running = new Subscription()
  running.unsubscribe()
  const payloads = replay === undefined || isObservable(replay) ? undefined : replay[Symbol.iterator]()

  const one = (now: number) => {
    if (replay === undefined) {
      const { publications, trades } = step(now)
      for (const publication of publications) publisher.publish(publication)
      settle(trades)
      return
    }
    const next = payloads?.next()
    if (next?.done === false) publisher.send(next.value.stream, next.value.data)
  }

  return {
    halt: () => running.unsubscribe(),
    run: () => {
      if (!running.closed) return
      if (isObservable(replay)) {
        running = replay.subscribe(({ stream, data }) => publisher.send(stream, data))
        return
      }
      const period = 1_000 / rate
      let before = scheduler.now()
      running = every(period, scheduler, () => {
        const now = scheduler.now()
        if (now < before) before = now
        const steps = Math.floor((now - before) / period)
        before += Math.max(0, steps - MOST_AT_ONCE) * period
        for (let i = 0; i < Math.min(steps, MOST_AT_ONCE); i++) {
          before += period // F84
          one(before)
        }
      })
    },
    step: (count = 1) => {
      if (isObservable(replay)) throw new TypeError('step: an Observable is replayed as it comes; expected run()')
      for (let i = 0; i < count; i++) one(scheduler.now())
    },
  }
}
