/** Which values a fault affects: those that `when` picks, all of them or a share `rate` (0 to 1) by `random`. */
export type Victims<T> =
  | {
      /** Called with each value and its number, counted from 0 in each subscription. */
      readonly when: (value: T, index: number) => boolean
      readonly rate?: undefined
      readonly random?: undefined
    }
  | {
      /** Limits the choice; default: every value may be chosen. */
      readonly when?: (value: T, index: number) => boolean
      /** The share of the values that are chosen, 0 to 1. */
      readonly rate: number
      /**
       * Gives numbers from 0 to below 1, asked once for each value that may be chosen. It is the caller's: give each
       * subscription that shall see the same faults a fresh one, with
       * `defer(() => source.pipe(drop({ rate, random: seeded(7) })))`.
       */
      readonly random: () => number
    }

/** Whether a value is chosen, called with one value after the other; one function for each subscription. */
export const choose = <T>({ when, rate, random }: Victims<T>): ((value: T) => boolean) => {
  if (rate !== undefined && !(rate >= 0 && rate <= 1))
    throw new RangeError(`rate: expected a share from 0 to 1, came ${rate}`)
  let index = 0
  return (value) => {
    const eligible = when === undefined || when(value, index)
    index++
    return eligible && (rate === undefined || random() < rate)
  }
}
