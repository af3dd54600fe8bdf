import { anObject, checked } from '../codecs/checked.js'
import { defer, map, mergeMap, of, type MonoTypeOperatorFunction, type SchedulerLike } from 'rxjs'
import { neverBack } from './neverBack.js'
import { choose, type Victims } from './Victims.js'
import { wait } from '../timing/wait.js'

/** Which values come late, and how late. */
export type Lateness<T> = Victims<T> & {
  /** Milliseconds that a late value comes after its time. */
  readonly by: number
  /** In whose time it comes late. */
  readonly scheduler: SchedulerLike
}

/**
 * Some values come `by` ms late; the others pass them. Late values keep their order among themselves.
 *
 * ```
 * source                   -a-b-c---d---|
 * delay(b, 4 ms)           -a---c-b-d---|
 * source                   -a-b|
 * delay(b, 4 ms)           -a-----(b|)
 * ```
 *
 * Values that have a `receivedAt` get the time at which they come (`receivedAt + by`), and it never goes back.
 * Completes when the source has and the last late value came; an error comes at once, and what is late is lost;
 * unsubscribing unsubscribes from the source and leaves no timer.
 *
 * ```ts
 * frames$.pipe(delay({ rate: 0.01, by: 250, random: seeded(7), scheduler }))
 * ```
 *
 * @throws RangeError when `rate` is no share from 0 to 1.
 */
export const delay = checked('delay', [anObject('a config')], <T>(config: Lateness<T>): MonoTypeOperatorFunction<T> => {
  const { by, scheduler } = config
  choose(config)
  return (source) =>
    defer(() => {
      const isVictim = choose(config)
      return source.pipe(
        mergeMap((value) => (isVictim(value) ? wait(by, scheduler).pipe(map(() => received(value, by))) : of(value))),
        map(neverBack<T>()),
      )
    })
})

const received = <T>(value: T, by: number): T =>
  typeof value === 'object' && value !== null && 'receivedAt' in value && typeof value.receivedAt === 'number'
    ? { ...value, receivedAt: value.receivedAt + by }
    : value
