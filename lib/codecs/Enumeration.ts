import { aList, aText, checked } from './checked.js'
import { guarded, noUnknown, type Codec } from './Codec.js'
import { scanText } from './scan.js'

/** One of the documented values, or whatever else the venue sends one day: unknown values pass as they came. */
export type Enumeration<Known extends string> = Known | (string & {})

/** A text with a documented list of values. A value outside the list is no error; it is counted, and told once. */
export const enumeration = checked(
  'enumeration',
  [aText('a name'), aList('the list of its values')],
  <const Known extends string>(
    name: string,
    known: readonly Known[],
  ): Codec<Enumeration<Known>, Enumeration<Known>> => {
    const documented = new Set<string>(known)
    return Object.assign(
      guarded<Enumeration<Known>>(name, (u): u is Enumeration<Known> => typeof u === 'string', { scan: scanText }),
      { unknownValues: (value: string) => (documented.has(value) ? noUnknown : [{ field: '', value }]) },
    )
  },
)
