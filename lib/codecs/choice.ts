import { aList, aText, checked } from './checked.js'
import { guarded, type Codec } from './Codec.js'

/** A text out of a list and no other: what we say ourselves, where a venue may say more one day. Errors name the list. */
export const choice = checked(
  'choice',
  [aText('a name'), aList('the list of its values')],
  <const Value extends string>(name: string, values: readonly Value[]): Codec<Value, Value> =>
    guarded<Value>(
      values.every((value) => name.includes(value)) ? name : `${name} (${values.join(', ')})`,
      (u): u is Value => values.some((value) => value === u),
    ),
)
