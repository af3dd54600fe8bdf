import { isObservable, Subscription, type SchedulerLike } from 'rxjs'
import type { Engine } from '../market/engine.js'
import type { Publisher } from './publisher.js'
import { repeatedly } from './repeatedly.js'
import type { VenueConfig } from './VenueConfig.js'

/** Moves a venue's market, or its replay, on. */
export interface Stepper {
  readonly run: () => void
  readonly halt: () => void
  readonly step: (count?: number) => void
}

/** What a stepper works with. */
export interface StepperConfig extends Pick<VenueConfig, 'replay'> {
  readonly engine: Engine
  readonly publisher: Publisher
  readonly scheduler: SchedulerLike
  /** Steps per second. */
  readonly rate: number
  /** A step of the market was said. */
  readonly stepped: () => void
}

/** A process that was away for longer does not make up for it, in steps. */
const MOST_AT_ONCE = 100

export const stepper = ({ engine, publisher, scheduler, rate, replay, stepped }: StepperConfig): Stepper => {
  let running = new Subscription()
  running.unsubscribe()
  const payloads = replay === undefined || isObservable(replay) ? undefined : replay[Symbol.iterator]()

  const one = () => {
    if (replay === undefined) {
      for (const said of engine.step(scheduler.now())) publisher.publish(said)
      stepped()
      return
    }
    const next = payloads?.next()
    if (next?.done === false) publisher.send(next.value.stream, next.value.data)
  }

  const halt = () => running.unsubscribe()

  return {
    halt,
    run: () => {
      if (!running.closed) return
      if (isObservable(replay)) {
        running = replay.subscribe(({ stream, data }) => publisher.send(stream, data))
        return
      }
      const period = 1_000 / rate
      let before = scheduler.now()
      running = repeatedly(period, scheduler, () => {
        const steps = Math.floor((scheduler.now() - before) / period)
        before += steps * period
        for (let i = 0; i < Math.min(steps, MOST_AT_ONCE); i++) one()
      })
    },
    step: (count = 1) => {
      if (isObservable(replay)) throw new TypeError('step: an Observable is replayed as it comes; expected run()')
      for (let i = 0; i < count; i++) one()
    },
  }
}
