import { anObject, checked } from '../codecs/checked.js'
import { defer, filter, type MonoTypeOperatorFunction } from 'rxjs'
import { choose, type Victims } from './Victims.js'

/**
 * Loses some values, as a lossy connection does.
 *
 * ```
 * source           -a-b-c-d-|
 * drop(c)          -a-b---d-|
 * ```
 *
 * Completes and errors with the source; unsubscribing unsubscribes from it.
 *
 * ```ts
 * frames$.pipe(drop({ rate: 0.01, random: seeded(7) }))
 * signals$.pipe(drop({ when: (signal) => signal._tag === 'Frame' && signal.text.includes('@depth') }))
 * ```
 *
 * @throws RangeError when `rate` is no share from 0 to 1.
 */
export const drop = checked('drop', [anObject('a config')], <T>(victims: Victims<T>): MonoTypeOperatorFunction<T> => {
  choose(victims)
  return (source) =>
    defer(() => {
      const isVictim = choose(victims)
      return source.pipe(filter((value) => !isVictim(value)))
    })
})
