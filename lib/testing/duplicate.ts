import { anObject, checked } from '../codecs/checked.js'
import { defer, mergeMap, type MonoTypeOperatorFunction } from 'rxjs'
import { choose, type Victims } from './Victims.js'

/**
 * Emits some values twice, one right after the other.
 *
 * ```
 * source           -a-b----c-|
 * duplicate(b)     -a-(bb)-c-|
 * ```
 *
 * Completes and errors with the source; unsubscribing unsubscribes from it.
 *
 * ```ts
 * frames$.pipe(duplicate({ rate: 0.05, random: seeded(7) }))
 * ```
 *
 * @throws RangeError when `rate` is no share from 0 to 1.
 */
export const duplicate = checked(
  'duplicate',
  [anObject('a config')],
  <T>(victims: Victims<T>): MonoTypeOperatorFunction<T> => {
    choose(victims)
    return (source) =>
      defer(() => {
        const isVictim = choose(victims)
        return source.pipe(mergeMap((value) => (isVictim(value) ? [value, value] : [value])))
      })
  },
)
