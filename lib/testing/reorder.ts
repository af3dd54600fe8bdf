import { anObject, checked } from '../codecs/checked.js'
import { concat, defer, EMPTY, from, mergeMap, type MonoTypeOperatorFunction } from 'rxjs'
import { neverBack } from './neverBack.js'
import { choose, type Victims } from './Victims.js'

/** Which values change places, and how far. */
export type Reordering<T> = Victims<T> & {
  /**
   * With how many of the next values a victim may change places, at least 1; default 1. `random` says which; without
   * it, the last of them.
   */
  readonly span?: number
}

/**
 * Some values change places with one of the next `span` values. Until that one came, the victim and what is between
 * them are held back, and no other victim is chosen; when the source completes first, the victim changes places with
 * the last value held, so nothing is lost.
 *
 * ```
 * source                -a-b-c----d-|
 * reorder(b)            -a---(cb)-d-|
 * source                -a-b-|
 * reorder(b)            -a---(b|)
 * ```
 *
 * Values that have a `receivedAt` and come later than they were stamped get the stamp of the one they come with: it
 * never goes back. Completes and errors with the source (an error loses what is held); unsubscribing unsubscribes from
 * it.
 *
 * ```ts
 * frames$.pipe(reorder({ rate: 0.02, span: 3, random: seeded(7) }))
 * ```
 *
 * @throws RangeError when `rate` is no share from 0 to 1, or `span` no whole number from 1.
 */
export const reorder = checked(
  'reorder',
  [anObject('a config')],
  <T>(config: Reordering<T>): MonoTypeOperatorFunction<T> => {
    const { span = 1, random } = config
    choose(config)
    if (!Number.isInteger(span) || span < 1) throw new RangeError(`span: expected a whole number from 1, came ${span}`)
    return (source) =>
      defer(() => {
        const isVictim = choose(config)
        const stamp = neverBack<T>()
        let held: readonly T[] = []
        let distance = 0
        const release = (): readonly T[] => {
          const released = swapped(held)
          held = []
          return released
        }
        const step = (value: T): readonly T[] => {
          if (held.length === 0) {
            if (!isVictim(value)) return [stamp(value)]
            distance = random === undefined ? span : 1 + Math.floor(random() * span)
            held = [value]
            return []
          }
          held = [...held, value]
          return held.length > distance ? release().map(stamp) : []
        }
        return concat(
          source.pipe(mergeMap(step)),
          defer(() => (held.length === 0 ? EMPTY : from(release().map(stamp)))),
        )
      })
  },
)

/** First and last change places. */
const swapped = <T>(values: readonly T[]): readonly T[] =>
  values.length < 2 ? values : [...values.slice(-1), ...values.slice(1, -1), ...values.slice(0, 1)]
